import { number } from "./numbers.js";
import { page } from "./page.js";

/** What is said of data, or of a run, that a GAN cannot take, and what mends it. */
export const unfit = {
  useCpu: "Train on the CPU",
  useAsData: "Use it as data",
  loadAsRun: "Load it as a run",
  useDigits: `Learn “${page.data.mnist}”`,
  useOtherData: "Go on with these all the same",
  drop: "Choose the pictures…",
  useOutlines: "Begin with their outlines",
  ownNetworks: "Use the GAN’s own networks",
  /** @param {string} gan */
  useOther: (gan) => `Learn them with “${gan}”`,
  /** @param {number} size */
  useBatch: (size) => `Use batches of ${number(size)}`,
  /**
   * @param {string} gan
   * @param {number} size
   */
  useOtherInBatches: (gan, size) => `Learn them with “${gan}” in batches of ${number(size)}`,

  otherData: "its run learned from other data than these",

  /** @param {string} reason as the core says it */
  needsRun: (reason) => `${reason}. What goes on here is a file that “Save run” has made`,
  /** @param {string} reason as the core says it */
  needsSize: (reason) =>
    `${reason}. Save the pictures in that size, or each as a PNG or JPEG file: those are made small here`,

  /** @param {string} reason as the core says it */
  needsOtherSize: (reason) =>
    `${reason}. What is chosen under “Pixels” and “Colours” makes them otherwise`,

  /**
   * @param {string} name
   * @param {string} reason as the core says it
   */
  fileRefused: (name, reason) => `“${name}” cannot be used: ${reason}`,
};
