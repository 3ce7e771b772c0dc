// Pictures that come as numbers: NumPy's arrays, and CIFAR's binary files. Finds out which of them are pictures,
// which are labels, which are to learn and which to be held out, and hands out each picture. It resizes nothing.

import { pictures as texts } from "#words/pictures.js";
import { parseNpy } from "./npy.js";
import { zipEntries } from "./zip.js";

/** @import { Pixels } from "./pixels.js" */
/** @import { Found } from "./sifting.js" */
/** @import { Numbers } from "./npy.js" */

/**
 * Pictures of one size.
 * @typedef {object} Part
 * @property {number} count
 * @property {number} width
 * @property {number} height
 * @property {1 | 3} channels
 * @property {(index: number) => Pixels} picture
 * @property {number[] | undefined} labels from 0, one each
 */

/** @typedef {{ learned: Part, heldOut: Part | undefined, classes: string[] | undefined }} Arrays */

const NUMPY = /\.np[yz]$/i;
/** CIFAR's names: ten classes, and a hundred. */
const CIFAR = /(^|\/)(data_batch_\d+|test_batch|train|test)\.bin$/i;
const CIFAR_NAMES = /(^|\/)(batches\.meta|fine_label_names)\.txt$/i;
const CIFAR_SIDE = 32;
const CIFAR_PIXELS = CIFAR_SIDE ** 2;

const OUT = /(^|[^a-z])(test|t10k|val|valid|validation|eval|heldout)([^a-z]|$)/i;
const LABELS = /(^|[^a-z])(y|labels?|targets?|classes|class)([^a-z]|$)/i;
const MAX_CLASSES = 256;
/** Arrays are read whole. */
const MAX_BYTES = 1024 ** 3;

/** @param {string} path */
export function isArrays(path) {
  return NUMPY.test(path) || CIFAR.test(path) || CIFAR_NAMES.test(path);
}

/**
 * @param {readonly Found[]} found
 * @returns {Promise<Arrays>}
 */
export async function readArrays(found) {
  const cifar = found.filter(({ path }) => CIFAR.test(path));
  if (cifar.length > 0) return readCifar(cifar, found);
  /** @type {{ name: string, numbers: Numbers }[]} */
  const arrays = [];
  let bytes = 0;
  const admit = (/** @type {number} */ size) => {
    bytes += size;
    if (bytes > MAX_BYTES) throw new Error(texts.archives.tooLarge);
  };
  for (const { file, path } of found.filter(({ path }) => NUMPY.test(path))) {
    if (/\.npy$/i.test(path)) {
      admit(file.size);
      arrays.push({ name: nameOf(path), numbers: parseNpy(await file.arrayBuffer()) });
      continue;
    }
    for (const entry of await zipEntries(file)) {
      admit(entry.size);
      const numbers = parseNpy(await (await entry.open()).arrayBuffer());
      arrays.push({ name: nameOf(entry.path), numbers });
    }
  }
  const learned = partOf(arrays.filter(({ name }) => !OUT.test(name)));
  if (learned === undefined) {
    throw new Error(texts.arrays.noPictures(arrays.map(describe).join(", ")));
  }
  // Of several, such as those for validation and for tests, the last.
  const out = arrays.filter(({ name }) => OUT.test(name));
  const tests = out.filter(({ name }) => /test|t10k/i.test(name));
  return { learned, heldOut: partOf(tests.length > 0 ? tests : out), classes: undefined };
}

/** @param {string} path */
function nameOf(path) {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.npy$/i, "");
}

/** @param {{ name: string, numbers: Numbers }} array */
function describe({ name, numbers }) {
  return `${name} (${numbers.shape.join("×")})`;
}

/**
 * @param {{ name: string, numbers: Numbers }[]} arrays
 * @returns {Part | undefined} nothing where none of them is pictures
 */
function partOf(arrays) {
  const [best] = arrays
    .filter(({ name }) => !LABELS.test(name))
    .map(({ numbers }) => ({ numbers, images: picturesIn(numbers) }))
    .sort((a, b) => (b.images?.count ?? 0) - (a.images?.count ?? 0));
  const images = best?.images;
  if (images === undefined) return undefined;
  const labels = arrays
    .filter(({ numbers }) => numbers !== best.numbers && numbers.shape[0] === images.count)
    .sort((a, b) => Number(LABELS.test(b.name)) - Number(LABELS.test(a.name)))
    .map(({ numbers }) => labelsIn(numbers))
    .find((all) => all !== undefined);
  return { ...images, labels };
}

/**
 * @param {Numbers} numbers
 * @returns {Omit<Part, "labels"> | undefined} nothing where they are no pictures
 */
function picturesIn({ shape, values }) {
  const layout = layoutOf(shape);
  if (layout === undefined) return undefined;
  const { count, width, height, depth, isPlanar } = layout;
  const toByte = scaleOf(values);
  const pixels = width * height;
  const step = isPlanar ? pixels : 1;
  return {
    ...{ count, width, height },
    channels: depth < 3 ? 1 : 3,
    picture(index) {
      const rgba = new Uint8ClampedArray(4 * pixels).fill(255);
      for (let pixel = 0; pixel < pixels; pixel++) {
        const at = index * pixels * depth + pixel * (isPlanar ? 1 : depth);
        for (let c = 0; c < 3; c++) {
          rgba[4 * pixel + c] = toByte(values[at + (depth < 3 ? 0 : c) * step]);
        }
        if (depth === 4) rgba[4 * pixel + 3] = toByte(values[at + 3 * step]);
      }
      return { rgba, width, height };
    },
  };
}

/**
 * How pictures lie in an array: many of rows and columns, with colours last or first, or each in one row.
 * @param {number[]} shape
 */
function layoutOf(shape) {
  const isDepth = (/** @type {number} */ size) => size === 1 || size === 3 || size === 4;
  const [count, ...rest] = shape;
  const plain = { count, depth: 1, isPlanar: false };
  if (count === 0) return undefined;
  if (rest.length === 3) {
    const [a, b, c] = rest;
    if (isDepth(c)) return { ...plain, height: a, width: b, depth: c };
    if (isDepth(a)) return { count, depth: a, height: b, width: c, isPlanar: true };
    return undefined;
  }
  if (rest.length === 2 && Math.min(...rest) > 4) {
    return { ...plain, height: rest[0], width: rest[1] };
  }
  const side = Math.sqrt(rest[0] ?? 0);
  const isSquare = rest.length === 1 && Number.isInteger(side) && side > 4;
  return isSquare ? { ...plain, height: side, width: side } : undefined;
}

/**
 * What makes bytes of them: whatever runs from 0 to 1, or from -1 to 1, is spread over them.
 * @param {ArrayLike<number>} values
 * @returns {(value: number) => number}
 */
function scaleOf(values) {
  if (values instanceof Uint8Array) {
    const isBinary = values.every((value) => value <= 1);
    return isBinary ? (value) => 255 * value : (value) => value;
  }
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    least = Math.min(least, values[i]);
    most = Math.max(most, values[i]);
  }
  if (!Number.isFinite(least) || !Number.isFinite(most)) throw new Error(texts.arrays.notFinite);
  if (most > 255 || least < -1) return (value) => (255 * (value - least)) / (most - least || 1);
  if (most > 1) return (value) => value;
  return least < 0 ? (value) => 127.5 * (value + 1) : (value) => 255 * value;
}

/**
 * @param {Numbers} numbers
 * @returns {number[] | undefined} nothing where they are no labels
 */
function labelsIn({ shape, values }) {
  const [count, width = 1, ...more] = shape;
  if (more.length > 0 || width > MAX_CLASSES) return undefined;
  const rows = Array.from({ length: count }, (_, i) => i * width);
  const isByte = (/** @type {number} */ value) =>
    Number.isInteger(value) && value >= 0 && value < MAX_CLASSES;
  if (width === 1) {
    const labels = rows.map((at) => values[at]);
    return labels.every(isByte) ? labels : undefined;
  }
  // One of many: the place that has it.
  return rows.map((at) => {
    let best = 0;
    for (let i = 1; i < width; i++) if (values[at + i] > values[at + best]) best = i;
    return best;
  });
}

/**
 * Records of a label, or of a coarse and a fine one, and then all reds, greens and blues of a picture.
 * @param {readonly Found[]} files
 * @param {readonly Found[]} all with the names of the classes
 * @returns {Promise<Arrays>}
 */
async function readCifar(files, all) {
  const sorted = [...files].sort((a, b) => a.path.localeCompare(b.path, "en", { numeric: true }));
  const parts = await Promise.all(
    [false, true].map(async (isOut) => {
      const own = sorted.filter(({ path }) => /(^|\/)test/i.test(path) === isOut);
      return own.length === 0 ? undefined : cifarPart(own);
    }),
  );
  const [learned = parts[1], heldOut] = parts;
  if (learned === undefined) throw new Error(texts.arrays.noPictures(""));
  const names = await all.find(({ path }) => CIFAR_NAMES.test(path))?.file.text();
  const classes = names?.split("\n").map((name) => name.trim());
  return {
    learned,
    heldOut: learned === heldOut ? undefined : heldOut,
    classes: classes?.filter((name) => name !== ""),
  };
}

/**
 * @param {Found[]} files
 * @returns {Promise<Part>}
 */
async function cifarPart(files) {
  const sizes = [1, 2].map((labels) => labels + 3 * CIFAR_PIXELS);
  const record = sizes.find((size) =>
    files.every(({ file }) => file.size > 0 && file.size % size === 0),
  );
  if (record === undefined) throw new Error(texts.arrays.notCifar(files[0].file.name));
  const bytes = new Uint8Array(await new Blob(files.map(({ file }) => file)).arrayBuffer());
  const count = bytes.length / record;
  const head = record - 3 * CIFAR_PIXELS;
  return {
    ...{ count, width: CIFAR_SIDE, height: CIFAR_SIDE, channels: 3 },
    labels: Array.from({ length: count }, (_, i) => bytes[i * record + head - 1]),
    picture(index) {
      const rgba = new Uint8ClampedArray(4 * CIFAR_PIXELS).fill(255);
      const start = index * record + head;
      for (let pixel = 0; pixel < CIFAR_PIXELS; pixel++) {
        for (let c = 0; c < 3; c++) rgba[4 * pixel + c] = bytes[start + c * CIFAR_PIXELS + pixel];
      }
      return { rgba, width: CIFAR_SIDE, height: CIFAR_SIDE };
    },
  };
}
