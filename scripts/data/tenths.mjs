// The digits of a data set dealt out anew: how much a measure hangs on which thousand it compares
// with. Each tenth of all digits is the held-out part once, the other nine are the training part.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { encodeImages, encodeLabels, NAMES, SIDE, unpack } from "./idx.mjs";

export const TENTHS = 10;
const PIXELS = SIDE * SIDE;

/**
 * Writes ten sets of four files each. The files of a set come shuffled, so every tenth digit is a
 * random tenth; its classes are as many as chance has it.
 * @param {string} from a folder with four gzipped files
 * @param {string} to gets a folder a tenth
 * @returns {string[]} those folders
 */
export function dealTenths(from, to) {
  const [images, labels] = ["images", "labels"].map((kind) =>
    NAMES.filter((name) => name.includes(kind)).map((name) =>
      unpack(name, readFileSync(path.join(from, name))),
    ),
  );
  const digits = Buffer.concat(images.map((file) => file.subarray(16)));
  const classes = Buffer.concat(labels.map((file) => file.subarray(8)));
  const places = [...classes.keys()];
  return places.slice(0, TENTHS).map((tenth) => {
    const folder = path.join(to, String(tenth));
    mkdirSync(folder, { recursive: true });
    for (const part of ["train", "t10k"]) {
      const own = places.filter((place) => (place % TENTHS === tenth) === (part === "t10k"));
      const [imagesFile, labelsFile] = NAMES.filter((name) => name.startsWith(part)).map((name) =>
        path.join(folder, name.replace(/\.gz$/, "")),
      );
      const pixels = own.map((place) => digits.subarray(place * PIXELS, (place + 1) * PIXELS));
      writeFileSync(imagesFile, encodeImages(pixels));
      writeFileSync(labelsFile, encodeLabels(own.map((place) => classes[place])));
    }
    return folder;
  });
}
