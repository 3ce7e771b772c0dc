// The IDX file format of the MNIST files, as far as these scripts need it: writing, and checking
// that a file is what its name says. The page does not use this; it parses with src/data/idx.rs.

import { gunzipSync } from "node:zlib";

import { Failure } from "../lib/proc.mjs";

const IMAGES = 0x00000803;
const LABELS = 0x00000801;
export const SIDE = 28;

/** The four files of the data set, always gzipped under these names. */
export const NAMES = [
  "train-images-idx3-ubyte.gz",
  "train-labels-idx1-ubyte.gz",
  "t10k-images-idx3-ubyte.gz",
  "t10k-labels-idx1-ubyte.gz",
];

/**
 * @param {Uint8Array[]} images each SIDE × SIDE bytes
 */
export function encodeImages(images) {
  const header = Buffer.alloc(16);
  header.writeUInt32BE(IMAGES, 0);
  header.writeUInt32BE(images.length, 4);
  header.writeUInt32BE(SIDE, 8);
  header.writeUInt32BE(SIDE, 12);
  return Buffer.concat([header, ...images]);
}

/** @param {number[]} labels */
export function encodeLabels(labels) {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(LABELS, 0);
  header.writeUInt32BE(labels.length, 4);
  return Buffer.concat([header, Uint8Array.from(labels)]);
}

/**
 * How many items a file holds; fails when its magic number or its length is wrong.
 * @param {string} name
 * @param {Buffer} raw
 */
export function count(name, raw) {
  const images = name.includes("images");
  const magic = images ? IMAGES : LABELS;
  if (raw.length < (images ? 16 : 8)) throw new Failure(`${name} ends inside its header.`);
  const found = raw.readUInt32BE(0);
  if (found !== magic) {
    throw new Failure(`${name} has the magic number ${hex(found)}, expected ${hex(magic)}.`);
  }
  const items = raw.readUInt32BE(4);
  if (images && (raw.readUInt32BE(8) !== SIDE || raw.readUInt32BE(12) !== SIDE)) {
    throw new Failure(
      `${name} holds images of ${raw.readUInt32BE(8)} × ${raw.readUInt32BE(12)}, ` +
        `expected ${SIDE} × ${SIDE}.`,
    );
  }
  const length = images ? 16 + items * SIDE * SIDE : 8 + items;
  if (raw.length !== length) {
    throw new Failure(`${name} has ${raw.length} bytes, expected ${length} for ${items} items.`);
  }
  return items;
}

/**
 * Checks the four files together.
 * @param {Map<string, Buffer>} raw by gzipped name, contents not compressed
 */
export function checkSet(raw) {
  for (const part of ["train", "t10k"]) {
    const [images, labels] = NAMES.filter((name) => name.startsWith(part)).map((name) =>
      count(name, raw.get(name) ?? Buffer.alloc(0)),
    );
    if (images !== labels) {
      throw new Failure(`the ${part} files hold ${images} images but ${labels} labels.`);
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
