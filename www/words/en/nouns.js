/** @import { DataName } from "../../page/settings.js" */

/** What one picture of the data shows, and what several do. @typedef {{ one: string, other: string }} Noun */

/** @type {Noun} */
const emoji = { one: "emoji", other: "emoji" };
/** @type {Noun} */
const face = { one: "face", other: "faces" };

/** Of the data that the page knows. @type {Readonly<Partial<Record<DataName, Noun>>>} */
export const nouns = {
  mnist: { one: "digit", other: "digits" },
  faces: face,
  faces64: face,
  emoji,
  emoji64: emoji,
  styles: emoji,
  fashion: { one: "garment", other: "garments" },
};

/** Of all others. @type {Noun} */
export const anyNoun = { one: "picture", other: "pictures" };

/**
 * What a generator has to find that makes pictures out of others: what comes first, what there are several of that
 * would do, what it does without the original, and what becomes of a drawing.
 * @typedef {{ first: string, several: string, alone: string, drawing: string }} Task
 */

/** @type {Task} */
const colours = {
  first: "First comes what it is given, then the commonest colours, then others.",
  several: "colours",
  alone:
    "what it is given stays, while colours grow bold, mix within an area or spill over its edge, and are more often wrong",
  drawing: "coloured",
};

export const tasks = {
  colours,
  /** Of lines that come with emoji. @type {Task} */
  lines: {
    ...colours,
    first: "First come the outlines, then yellow for faces, then other colours.",
    alone:
      "lines stay, while colours grow bold, mix within an area or spill over its edge, and are more often wrong",
  },
  /** Where there are greys alone. @type {Task} */
  shapes: {
    first: "First comes what it is given, then the rest.",
    several: "shapes",
    alone: "what it is given stays, while the rest grows bold, and is more often wrong",
    drawing: "completed",
  },
};
