// Pairs for a network that makes pictures out of pictures. OpenMoji's emoji, and of each its lines alone: its artists
// draw areas and black lines, so that both parts can be told apart and lie exactly on one another. And the emoji of
// one artist as those of another.

import { emoji } from "./emoji.mjs";

/** @import { Artist } from "./icons.mjs" */
/** @import { Sketch } from "./faces.mjs" */

/**
 * All its emoji, by the rule of the set `emoji`.
 * @param {Artist[]} artists one
 * @returns {{ sketches: Sketch[], classes: string[] }}
 */
export function lineart(artists) {
  const { sketches, classes } = emoji(artists);
  const linesOf = (/** @type {Sketch} */ { body, box }) => ({ body: inLines(body), box });
  return { sketches: sketches.map((one) => ({ ...one, input: linesOf(one) })), classes };
}

/**
 * The first artist's as the second one's, where both have it.
 * @param {Artist[]} artists
 * @returns {{ sketches: Sketch[], classes: string[] }}
 */
export function styles([from, to]) {
  const byBase = new Map(
    to.icons.flatMap((icon) => (icon.isToned ? [] : [/** @type {const} */ ([icon.base, icon])])),
  );
  const both = from.icons.filter(({ base }) => byBase.has(base));
  const { sketches, classes } = emoji([{ ...from, icons: both }]);
  const paired = sketches.map((sketch) => {
    const { body, box } = /** @type {import("./icons.mjs").Icon} */ (byBase.get(sketch.base));
    return { ...sketch, body, box, input: { body: sketch.body, box: sketch.box } };
  });
  return { sketches: paired, classes };
}

/**
 * A drawing without what is not black. What has no colour of its own is black in SVG, and stays.
 * @param {string} body
 */
export function inLines(body) {
  return body.replace(/\b(fill|stroke)="([^"]*)"/g, (own, what, colour) =>
    /^(#000|none)$/i.test(colour) ? own : `${what}="none"`,
  );
}
