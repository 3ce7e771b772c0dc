// All emoji of one artist, with Unicode's categories as classes: the hard set. Skin tones are left out, as two
// thirds of the pictures would be people's; so are the few flags that come without their countries'.

/** @import { Artist } from "./icons.mjs" */
/** @import { Sketch } from "./faces.mjs" */

/** OpenMoji has emoji of its own besides. */
const LEFT_OUT = ["Flags", "Extras Openmoji", "Extras Unicode"];

/**
 * @param {Artist[]} artists one
 * @returns {{ sketches: (Sketch & { base: string })[], classes: string[] }}
 */
export function emoji([{ icons, categories }]) {
  const classes = [...new Set(categories.values())]
    .filter((name) => !LEFT_OUT.includes(name))
    .sort();
  const sketches = icons.flatMap(({ name, base, isToned, body, box }) => {
    const label = classes.indexOf(categories.get(name) ?? "");
    return label < 0 || isToned ? [] : { base, body, box, family: familyOf(name), label };
  });
  return { sketches, classes };
}

/**
 * What looks much the same: a man, a woman and a person at the same thing, hearts of all colours, clocks.
 * @param {string} name
 */
function familyOf(name) {
  if (/^(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)-/.test(name))
    return "clock";
  if (/-(heart|square|circle)$/.test(name)) return name.replace(/^.*-/, "");
  if (/^(family|couple-with-heart|kiss)(-|$)/.test(name)) return "family";
  return name.replace(/^(person|people|man|men|woman|women)-/, "").replace(/-facing-right$/, "");
}
