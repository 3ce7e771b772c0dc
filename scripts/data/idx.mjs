// The IDX file format of the MNIST files, as far as these scripts need it: writing, and checking
// that a file is what its name says. Pictures in colour have a fourth dimension, of 3: red, green and
// blue of a pixel lie together. The page does not use this; it parses with src/data/idx.rs.

import { gunzipSync } from "node:zlib";

import { Failure } from "../lib/proc.mjs";

const LABELS = 0x00000801;
const GREYS = 0x00000803;
const COLOURS = 0x00000804;
export const SIDE = 28;

/** How the pictures of a set are: squares. @typedef {{ side: number, channels: 1 | 3 }} Shape */

/** @type {Shape} */
export const DIGITS = { side: SIDE, channels: 1 };

/** The four files of the digits, always gzipped under these names. */
export const NAMES = namesOf(DIGITS);

/**
 * The four files of a set.
 * @param {Pick<Shape, "channels">} shape
 */
export function namesOf({ channels }) {
  return ["train", "t10k"].flatMap((part) => [
    `${part}-images-idx${channels === 1 ? 3 : 4}-ubyte.gz`,
    `${part}-labels-idx1-ubyte.gz`,
  ]);
}

/**
 * The two files of the pictures from which those of a set are to be made.
 * @param {Pick<Shape, "channels">} shape
 */
export function inputNamesOf({ channels }) {
  return ["train", "t10k"].map((part) => `${part}-inputs-idx${channels === 1 ? 3 : 4}-ubyte.gz`);
}

/**
 * @param {Uint8Array[]} images each side × side × channels bytes, row by row
 * @param {Shape} [shape]
 */
export function encodeImages(images, { side, channels } = DIGITS) {
  const dimensions = [images.length, side, side, ...(channels === 1 ? [] : [channels])];
  return Buffer.concat([header(channels === 1 ? GREYS : COLOURS, dimensions), ...images]);
}

/** @param {number[]} labels */
export function encodeLabels(labels) {
  return Buffer.concat([header(LABELS, [labels.length]), Uint8Array.from(labels)]);
}

/**
 * @param {number} magic
 * @param {number[]} dimensions
 */
function header(magic, dimensions) {
  const bytes = Buffer.alloc(4 + 4 * dimensions.length);
  [magic, ...dimensions].forEach((value, place) => bytes.writeUInt32BE(value, 4 * place));
  return bytes;
}

/**
 * How many items a file holds; fails when its magic number or its length is wrong.
 * @param {string} name
 * @param {Buffer} raw
 * @param {Shape} [shape] of its images
 */
export function count(name, raw, { side, channels } = DIGITS) {
  const images = !name.includes("labels");
  const own = !images ? [] : channels === 1 ? [side, side] : [side, side, channels];
  const magic = !images ? LABELS : channels === 1 ? GREYS : COLOURS;
  const start = 8 + 4 * own.length;
  if (raw.length < start) throw new Failure(`${name} ends inside its header.`);
  const found = raw.readUInt32BE(0);
  if (found !== magic) {
    throw new Failure(`${name} has the magic number ${hex(found)}, expected ${hex(magic)}.`);
  }
  const items = raw.readUInt32BE(4);
  const theirs = own.map((_, place) => raw.readUInt32BE(8 + 4 * place));
  if (theirs.some((size, place) => size !== own[place])) {
    throw new Failure(
      `${name} holds images of ${theirs.join(" × ")}, expected ${own.join(" × ")}.`,
    );
  }
  const length = start + own.reduce((product, size) => product * size, items);
  if (raw.length !== length) {
    throw new Failure(`${name} has ${raw.length} bytes, expected ${length} for ${items} items.`);
  }
  return items;
}

/**
 * Checks the files of a set together: four, or six with inputs.
 * @param {Map<string, Buffer>} raw by gzipped name, contents not compressed
 * @param {Shape} [shape]
 * @param {Shape} [input] of the inputs, where there are some
 */
export function checkSet(raw, shape = DIGITS, input = undefined) {
  for (const part of ["train", "t10k"]) {
    const counted = (/** @type {string[]} */ names, /** @type {Shape} */ own) =>
      names
        .filter((name) => name.startsWith(part))
        .map((name) => count(name, raw.get(name) ?? Buffer.alloc(0), own));
    const [images, labels] = counted(namesOf(shape), shape);
    if (images !== labels) {
      throw new Failure(`the ${part} files hold ${images} images but ${labels} labels.`);
    }
    if (input === undefined) continue;
    const [inputs] = counted(inputNamesOf(input), input);
    if (images !== inputs) {
      throw new Failure(`the ${part} files hold ${images} images but ${inputs} inputs.`);
    }
  }
}

/** @param {Buffer} bytes */
export function isGzip(bytes) {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * @param {string} name
 * @param {Buffer} bytes
 */
export function unpack(name, bytes) {
  if (!isGzip(bytes)) return bytes;
  try {
    return gunzipSync(bytes);
  } catch {
    throw new Failure(`${name} is not a whole gzip file.`);
  }
}

/** @param {number} value */
function hex(value) {
  return `0x${value.toString(16).padStart(8, "0")}`;
}
