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
