// The sets that are drawn at set-up: the same emoji in small and in large. Makes of them what a set is:
// pictures to learn, pictures held out, each with its input if it has one, and a text that says what they show
// and who drew them.

import { Failure, say } from "../lib/proc.mjs";
import { sha256 } from "../lib/files.mjs";
import { mulberry32, shuffle } from "./chance.mjs";
import { emoji } from "./emoji.mjs";
import { ARTISTS, faces } from "./faces.mjs";
import { draw, openArtist } from "./icons.mjs";
import { encodeImages, encodeLabels, inputNamesOf, namesOf } from "./idx.mjs";
import { lineart, styles } from "./translated.mjs";

/** @import { Artist, Credit } from "./icons.mjs" */
/** @import { Shape } from "./idx.mjs" */
/** @import { Sketch } from "./faces.mjs" */

/** @typedef {{ sketches: Sketch[], classes: string[] }} Chosen */
/** What a set's `set.json` says. @typedef {{ classes: string[], credits: Credit[] }} About */

const SEED = 28;
const HELD_OUT = 0.1;

/**
 * The sets by name. They are as many as drawn here, less what looks exactly like another; how sharp rounds
 * may differ between machines, so no hash is held against them.
 */
export const DRAWN = {
  faces: { what: "faces", side: 32, expected: 2200 },
  faces64: { what: "faces", side: 64, expected: 2200 },
  emoji: { what: "emoji", side: 32, expected: 1680 },
  emoji64: { what: "emoji", side: 64, expected: 1680 },
  lineart: { what: "lineart", side: 32, expected: 1560 },
  lineart64: { what: "lineart", side: 64, expected: 1560 },
  styles: { what: "styles", side: 32, expected: 1640 },
};

/**
 * How each is chosen, and where its pictures are to be made out of others, how many numbers a pixel of those has: lines
 * are black on white, and one says all.
 * @type {Record<string, { artists: string[], choose: (artists: Artist[]) => Chosen, inputChannels?: 1 | 3 }>}
 */
const CHOICES = {
  faces: { artists: ARTISTS, choose: faces },
  emoji: { artists: ["noto"], choose: emoji },
  lineart: { artists: ["openmoji"], choose: lineart, inputChannels: 1 },
  styles: { artists: ["noto", "twemoji"], choose: styles, inputChannels: 3 },
};

const WHITE = 255;

/** Another version of the drawings, or half of a package. */
const TOLERANCE = 0.05;

/**
 * @param {keyof typeof DRAWN} name
 * @returns {Promise<{ shape: Shape, input?: Shape, raw: Map<string, Buffer>, about: About }>}
 */
export async function drawnSet(name) {
  const { what, side, expected } = DRAWN[name];
  const { artists: ids, choose, inputChannels } = CHOICES[what];
  const artists = ids.map(openArtist);
  const { sketches, classes } = choose(artists);
  const pictures = await draw(sketches, side);
  /** @type {Shape | undefined} */
  const input = inputChannels && { side, channels: inputChannels };
  const inputs = input ? await drawInputs(sketches, input) : [];
  const all = distinct(
    sketches.map((sketch, place) => ({ ...sketch, image: pictures[place], of: inputs[place] })),
  );
  if (Math.abs(all.length - expected) > TOLERANCE * expected) {
    throw new Failure(
      `${name} came out as ${all.length} pictures, expected ${expected}: are the npm packages ` +
        "the versions in package-lock.json?",
    );
  }
  /** @type {Shape} */
  const shape = { side, channels: 3 };
  const { training, heldOut } = split(all);
  const parts = [training, heldOut];
  const files = parts.flatMap((some) => [
    encodeImages(
      some.map(({ image }) => image),
      shape,
    ),
    encodeLabels(some.map(({ label }) => label)),
  ]);
  const raw = new Map(namesOf(shape).map((file, place) => [file, files[place]]));
  if (input !== undefined) {
    inputNamesOf(input).forEach((file, place) => {
      const own = parts[place].map(({ of }) => of);
      raw.set(file, encodeImages(own, input));
    });
  }
  for (const [file, bytes] of raw) say(`${name}/${file}  sha256 ${sha256(bytes)}`);
  return { shape, input, raw, about: { classes, credits: artists.map(({ credit }) => credit) } };
}

/**
 * @param {Sketch[]} sketches each with its input
 * @param {Shape} shape
 */
async function drawInputs(sketches, { side, channels }) {
  const drawn = await draw(
    sketches.flatMap(({ input }) => input ?? []),
    side,
  );
  // A grey's three numbers are the same.
  return channels === 3 ? drawn : drawn.map((all) => all.filter((_, place) => place % 3 === 0));
}

/**
 * Each picture once. Of pairs, those that ask for something: a blank input tells nothing, and what is the same as
 * its input has no colours.
 * @template {{ image: Uint8Array, of?: Uint8Array }} T
 * @param {T[]} pictures
 */
function distinct(pictures) {
  const seen = new Set();
  return pictures.filter(({ image, of }) => {
    if (of && (of.every((value) => value === WHITE) || isAlike(image, of))) return false;
    const hash = sha256(image);
    return !seen.has(hash) && seen.add(hash);
  });
}

/**
 * Whether a picture differs from its input by no more than rounding.
 * @param {Uint8Array} image
 * @param {Uint8Array} input
 */
function isAlike(image, input) {
  const each = image.length / input.length;
  return image.every((value, place) => Math.abs(value - input[Math.floor(place / each)]) <= 1);
}

/**
 * Holds out whole families, about a tenth of each class's pictures: a man's head in one skin tone has its
 * twins in others, which would be learned.
 * @template {Pick<Sketch, "family" | "label">} T
 * @param {T[]} pictures
 * @returns {{ training: T[], heldOut: T[] }} each shuffled
 */
export function split(pictures) {
  const random = mulberry32(SEED);
  const sizes = countBy(pictures.map(({ label }) => label));
  const labels = new Map();
  for (const { family, label } of pictures) {
    labels.set(family, (labels.get(family) ?? new Map()).set(label, 0));
  }
  for (const { family, label } of pictures) {
    const own = labels.get(family);
    own.set(label, own.get(label) + 1);
  }
  const taken = new Set();
  /** @type {Map<number, number>} */
  const out = new Map();
  for (const family of shuffle([...labels.keys()], random)) {
    const own = /** @type {[number, number][]} */ ([...labels.get(family)]);
    const fits = own.every(
      ([label, count]) => (out.get(label) ?? 0) + count / 2 <= HELD_OUT * (sizes.get(label) ?? 0),
    );
    if (!fits) continue;
    taken.add(family);
    for (const [label, count] of own) out.set(label, (out.get(label) ?? 0) + count);
  }
  const part = (/** @type {boolean} */ isOut) =>
    shuffle(
      pictures.filter(({ family }) => taken.has(family) === isOut),
      random,
    );
  return { training: part(false), heldOut: part(true) };
}

/** @param {number[]} labels */
function countBy(labels) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}
