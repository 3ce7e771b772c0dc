// Which emoji are faces, and where in a drawing the face is: smileys, and people's heads in all skin tones,
// by four artists. Chosen by looking at them: animals, hands, tools, whole persons and what covers a face are
// left out, so that the pictures are of one kind.

/** @import { Artist, Box, Icon } from "./icons.mjs" */

/** Smileys, by the end of Unicode's names; those that no longer look like one are left out. */
const SMILEY = /face|^face-|^rolling-on-the-floor|^cowboy-hat-face|^head-shaking/;
const NO_SMILEY =
  /\b(cat|moon|sun|monkey|clouds|dotted|upside|melting|cracking|distorted|wind|clock|tongue-face)\b|spiral-shell/;
const SMILEYS = "Smileys & Emotion";

/** Heads that fill the drawing, by what they have in common. */
const HEADS = {
  adult: ["man", "woman", "person"],
  child: ["boy", "girl", "child", "baby"],
  old: ["old-man", "old-woman", "older-person"],
  bald: gendered("bald"),
  beard: gendered("beard"),
  blond: gendered("blond-hair"),
  curly: gendered("curly-hair"),
  red: gendered("red-hair"),
  white: gendered("white-hair"),
  turban: gendered("wearing-turban"),
  claus: ["santa-claus", "mrs-claus", "mx-claus"],
  angel: ["baby-angel"],
};

/** Heads with shoulders. */
const BUSTS = {
  headscarf: ["woman-with-headscarf"],
  crown: ["prince", "princess", "person-with-crown"],
  veil: gendered("with-veil"),
  tuxedo: gendered("in-tuxedo"),
  frowning: gendered("frowning"),
  pouting: gendered("pouting"),
  police: ["police-officer", ...gendered("police-officer")],
  construction: ["construction-worker", ...gendered("construction-worker")],
  pilot: ["pilot", ...gendered("pilot")],
  student: ["student", ...gendered("student")],
  firefighter: ["firefighter", ...gendered("firefighter")],
  health: ["health-worker", ...gendered("health-worker")],
  elf: ["elf", ...gendered("elf")],
  vampire: ["vampire", ...gendered("vampire")],
};

/** @param {string} trait */
function gendered(trait) {
  return ["man", "woman", "person"].map((who) => `${who}-${trait}`);
}

/** @typedef {"smiley" | "head" | "bust"} Kind */

/** Where the face is. Others fill their drawings. @type {Record<string, Partial<Record<Kind, Box>>>} */
const BOXES = {
  "fluent-emoji-flat": { smiley: [1, 1, 30, 30], head: [1, 1, 30, 30], bust: [5.5, 0.5, 21, 21] },
  openmoji: { smiley: [10, 10, 52, 52], head: [15, 7, 42, 42], bust: [14, 5, 44, 44] },
};

/** By the artists' packages, what a class calls them. */
const SHORT = {
  noto: "Noto",
  twemoji: "Twemoji",
  "fluent-emoji-flat": "Fluent",
  openmoji: "OpenMoji",
};
export const ARTISTS = Object.keys(SHORT);

/** @typedef {Pick<Icon, "body" | "box">} Drawing */

/**
 * A picture to be drawn, and the one out of which it is to be made, if there is one.
 * @typedef {Drawing & { family: string, label: number, input?: Drawing }} Sketch
 */

/**
 * @param {Artist[]} artists in the order of ARTISTS; the first one's names and categories hold for all
 * @returns {{ sketches: Sketch[], classes: string[] }} the classes: smileys and people, of each artist
 */
export function faces(artists) {
  const kinds = kindsByBase(artists[0]);
  const classes = Object.values(SHORT).flatMap((name) => [`${name} smileys`, `${name} people`]);
  const sketches = artists.flatMap((artist, place) =>
    artist.icons.flatMap(({ base, body, box }) => {
      const found = kinds.get(base);
      if (found === undefined) return [];
      const { kind, family } = found;
      const label = 2 * place + (kind === "smiley" ? 0 : 1);
      return { body, box: BOXES[artist.id]?.[kind] ?? box, family, label };
    }),
  );
  return { sketches, classes };
}

/** @param {Artist} artist */
function kindsByBase({ icons, categories }) {
  const families = new Map(
    [
      { kind: /** @type {Kind} */ ("head"), all: HEADS },
      { kind: /** @type {Kind} */ ("bust"), all: BUSTS },
    ].flatMap(({ kind, all }) =>
      Object.entries(all).flatMap(([trait, names]) =>
        names.map(
          (name) =>
            /** @type {const} */ ([
              name,
              { kind, family: `${trait}, ${isWoman(name) ? "she" : "he"}` },
            ]),
        ),
      ),
    ),
  );
  /** @type {Map<string, { kind: Kind, family: string }>} */
  const kinds = new Map();
  for (const { name, base } of icons) {
    const person = families.get(name);
    if (person !== undefined) kinds.set(base, person);
    else if (isSmiley(name, categories)) kinds.set(base, { kind: "smiley", family: name });
  }
  return kinds;
}

/**
 * Men and persons look much the same with some artists.
 * @param {string} name
 */
function isWoman(name) {
  return /\b(woman|girl|princess|mrs)\b/.test(name);
}

/**
 * @param {string} name
 * @param {Map<string, string>} categories
 */
function isSmiley(name, categories) {
  return categories.get(name) === SMILEYS && SMILEY.test(name) && !NO_SMILEY.test(name);
}
