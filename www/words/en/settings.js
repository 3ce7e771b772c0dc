import { counted } from "./numbers.js";
import { oneOf } from "./rules.js";

/** The same for what only the page has, and what is said of a value that is not good. */
export const settings = {
  /** @param {string} rule of a value */
  course: (rule) =>
    `${rule}, alone or followed by changes such as 0.001@67, at rising steps above 0`,
  /** @param {string} words */
  listOf: (words) => `a list of ${words}`,
  /** @param {string} names */
  data: (names) => `${oneOf(names)}, or a folder of this site, such as data/fashion`,
  drawing: "a drawing made on this page",

  /**
   * @param {string} param
   * @param {string} text that stands there
   * @param {string} reason
   */
  ignored: (param, text, reason) =>
    `The address says ${param}=${text}, which was ignored: ${reason}.`,
  /** @param {string} rule */
  mustBe: (rule) => `it must be ${rule}`,
  /** @param {readonly string[]} texts */
  all: (texts) => texts.join(" and "),
  /**
   * @param {number} count
   * @param {string} list
   */
  manyIgnored: (count, list) =>
    `${counted(count, { one: "# thing in the address is not understood and was ignored", other: "# things in the address are not understood and were ignored" })}: ${list}. Choose on the page: the address follows.`,
  once: "it must stand there once",
  unknown: "this page has no setting of that name",
  /** @param {string} name */
  spelled: (name) => `it is spelled “${name}”`,
  noDrawing: "there is no drawing beside it",
  notDrawn: "it needs data=drawn beside it",
  /** @param {string} gan */
  noPairs: (gan) => `“${gan}” makes no pictures out of others`,
  /** @param {number} count */
  noExample: (count) =>
    `there ${counted(count, { one: "is # example", other: "are # examples" })}, counted from 0`,
  noFolder: "it needs a folder beside it, such as data=data/emnist-letters",
  /** @param {string} names */
  gans: (names) => `the GANs on this page are ${names}`,
  /** @param {string} gan */
  noL1: (gan) => `“${gan}” has no λ`,
};
