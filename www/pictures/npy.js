// NumPy's files: one array in .npy, several of them in .npz, which is a zip. Numbers alone; the format is described
// in NumPy's `numpy.lib.format`.

import { pictures as texts } from "#words/pictures.js";

/** Numbers in any dimensions, the last one running fastest. @typedef {{ shape: number[], values: ArrayLike<number> }} Numbers */

const MAGIC = "\x93NUMPY";

/** By NumPy's name of a type, without the order of its bytes. */
const TYPES =
  /** @type {Record<string, (...where: [ArrayBuffer, number, number]) => ArrayLike<number>>} */ ({
    u1: (...where) => new Uint8Array(...where),
    b1: (...where) => new Uint8Array(...where),
    i1: (...where) => new Int8Array(...where),
    u2: (...where) => new Uint16Array(...where),
    i2: (...where) => new Int16Array(...where),
    u4: (...where) => new Uint32Array(...where),
    i4: (...where) => new Int32Array(...where),
    f4: (...where) => new Float32Array(...where),
    f8: (...where) => new Float64Array(...where),
    // Labels, and pixels at most, which are small.
    u8: (...where) => Array.from(new BigUint64Array(...where), Number),
    i8: (...where) => Array.from(new BigInt64Array(...where), Number),
  });

/**
 * @param {ArrayBuffer} buffer of a .npy file
 * @returns {Numbers}
 */
export function parseNpy(buffer) {
  const bytes = new Uint8Array(buffer);
  const view = new DataView(buffer);
  const text = (/** @type {number} */ from, /** @type {number} */ length) =>
    String.fromCharCode(...bytes.subarray(from, from + length));
  if (bytes.length < 12 || text(0, 6) !== MAGIC) throw new Error(texts.arrays.notNumpy);
  const isLong = bytes[6] > 1;
  const start = isLong ? 12 : 10;
  const length = isLong ? view.getUint32(8, true) : view.getUint16(8, true);
  const head = text(start, Math.min(length, 4096));
  const type = /'descr':\s*'([<>|=])(\w+)'/.exec(head);
  const shape = /'shape':\s*\(([^)]*)\)/.exec(head);
  const make = type && TYPES[type[2]];
  if (!make || !shape || /'fortran_order':\s*True/.test(head)) {
    throw new Error(texts.arrays.kind(type?.[2] ?? "?"));
  }
  const sizes = shape[1].split(",").flatMap((part) => (part.trim() === "" ? [] : Number(part)));
  const width = Number(type[2].slice(1));
  const count = sizes.reduce((product, size) => product * size, 1);
  const body = start + length;
  if (bytes.length - body !== count * width) throw new Error(texts.arrays.cut);
  if (type[1] === ">" && width > 1) swap(bytes.subarray(body), width);
  // NumPy begins the numbers where they can be read in place; others need not.
  const values =
    body % width === 0 ? make(buffer, body, count) : make(buffer.slice(body), 0, count);
  return { shape: sizes, values };
}

/**
 * Turns the bytes of each number round, in place.
 * @param {Uint8Array} bytes
 * @param {number} width of a number
 */
function swap(bytes, width) {
  for (let at = 0; at < bytes.length; at += width) bytes.subarray(at, at + width).reverse();
}
