// Emoji as the npm packages of Iconify hold them: one JSON of SVG bodies for each artist. Finds them by their
// Unicode code points, which all artists share where names differ, and draws them. It does not choose.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { Failure } from "../lib/proc.mjs";

const require = createRequire(import.meta.url);
const MISSING = "run `npm ci`.";

/** Fitzpatrick's five skin tones. */
const TONES = /-1f3f[b-f]/g;

/** A part of a drawing: left, top, width and height. @typedef {readonly [number, number, number, number]} Box */

/** @typedef {{ title: string, author: string, license: string, url: string }} Credit */

/**
 * @typedef {object} Icon
 * @property {string} name
 * @property {string} base its code points without skin tones
 * @property {boolean} isToned whether it has some
 * @property {string} body SVG
 * @property {Box} box
 */

/**
 * @typedef {object} Artist
 * @property {string} id as the package is named
 * @property {Credit} credit
 * @property {Icon[]} icons without aliases, in the order of their code points
 * @property {Map<string, string>} categories by name
 */

/**
 * @param {string} id
 * @returns {Artist}
 */
export function openArtist(id) {
  const read = (/** @type {string} */ file) => {
    try {
      return JSON.parse(readFileSync(require.resolve(`@iconify-json/${id}/${file}`), "utf8"));
    } catch {
      throw new Failure(`the npm package \`@iconify-json/${id}\` is not installed: ${MISSING}`);
    }
  };
  const [set, info, chars] = ["icons.json", "info.json", "chars.json"].map(read);
  /** @type {Record<string, string[]>} */
  const byCategory = read("metadata.json").categories;
  const { name, author, license } = info;
  const places = Object.entries(/** @type {Record<string, string>} */ (chars))
    .filter(([, icon]) => icon in set.icons)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    id,
    credit: { title: name, author: author.name, license: license.spdx, url: author.url },
    icons: places.map(([points, icon]) => {
      const { body, left = 0, top = 0, width = set.width, height = set.height } = set.icons[icon];
      const base = points.replace(TONES, "");
      const isToned = base !== points;
      return { name: icon, base, isToned, body, box: [left, top, width, height] };
    }),
    categories: new Map(
      Object.entries(byCategory).flatMap(([category, names]) =>
        names.map((icon) => /** @type {const} */ ([icon, category])),
      ),
    ),
  };
}

/**
 * Draws on white.
 * @param {Pick<Icon, "body" | "box">[]} icons
 * @param {number} side in pixels
 * @returns {Promise<Uint8Array[]>} RGB, row by row
 */
export async function draw(icons, side) {
  const sharp = await openSharp();
  /** @type {Uint8Array[]} */
  const drawn = [];
  const AT_ONCE = 64;
  for (let from = 0; from < icons.length; from += AT_ONCE) {
    const some = icons.slice(from, from + AT_ONCE).map(async ({ body, box }) => {
      const svg =
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ' +
        `viewBox="${box.join(" ")}" width="${side}" height="${side}">${body}</svg>`;
      const picture = sharp(Buffer.from(svg)).flatten({ background: "#fff" }).toColourspace("srgb");
      const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
      if (info.width !== side || info.height !== side || info.channels !== 3) {
        throw new Failure(
          `a picture came out as ${info.width} × ${info.height} × ${info.channels}.`,
        );
      }
      return data;
    });
    drawn.push(...(await Promise.all(some)));
  }
  return drawn;
}

async function openSharp() {
  try {
    // Its own types are not needed, and a checkout without the package can still be type-checked.
    return require("sharp");
  } catch {
    throw new Failure(`the npm package \`sharp\`, which draws, is not installed: ${MISSING}`);
  }
}
