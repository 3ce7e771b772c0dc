// What tells the sets of a site from each other, as a run's file tells what it learned from (src/data/fingerprint.rs):
// how many pictures, of how many numbers, and their checksum. Labels and inputs, which follow there, are left out.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { crc32 } from "node:zlib";

import { unpack } from "../data/idx.mjs";

/**
 * @param {string} folder of a set
 * @returns {string} empty where it has no pictures to learn
 */
export function fingerprintOf(folder) {
  const name = readdirSync(folder).find((file) => file.startsWith("train-images-"));
  if (name === undefined) return "";
  const raw = unpack(name, readFileSync(path.join(folder, name)));
  const sizes = Array.from({ length: raw[3] }, (_, place) => raw.readUInt32BE(4 + 4 * place));
  const [count, ...sides] = sizes;
  const sum = crc32(raw.subarray(4 + 4 * sizes.length));
  const features = sides.reduce((product, side) => product * side, 1);
  return `${count}x${features} ${sum.toString(16).padStart(8, "0")}`;
}
