import { counted, number, scientific } from "./numbers.js";
import { classesOf, modesOf, percent } from "./quantities.js";

/** @import { Evidence, Growing } from "../../engine/examined.js" */

/** What the monitor has found: loaded when it has found something. */
export const findings = {
  /** @param {string} advice */
  tryThis: (advice) => `What to try: ${advice}`,
  /** @param {string} changes */
  cure: (changes) => `Start over with ${changes}`,

  /** What it means, by what it was seen in. @type {Record<Evidence["kind"], string>} */
  meanings: {
    growth: "The steps are too large: each makes the networks worse than before.",
    "told-apart":
      "The discriminator is sure of every sample, so the generator hears only that all it does is wrong, not what would be better.",
    gradient:
      "The generator no longer learns: its loss is flat where it stands, as the minimax loss is under a discriminator that is sure.",
    classes: "The generator has found some pictures that pass and draws only those.",
    modes:
      "The generator has found some places that pass, or one between all, and goes nowhere else.",
    distances: "The generator draws training images again in place of new ones.",
  },
  /** What to try, by what it was seen in. @type {Record<Evidence["kind"], string>} */
  advice: {
    growth: "Start over with a smaller learning rate.",
    "told-apart":
      "Wait some hundred steps; if it stays so, give the generator time: a smaller learning rate, noise on what the discriminator sees, or a smoother discriminator.",
    gradient: "Start over with the non-saturating loss, or with a weaker discriminator.",
    classes:
      "Another seed, a smaller learning rate or larger batches; modern and hinge-sn collapse less.",
    modes: "A loss of pairs with a penalty on steepness, λ at 0, or a smaller learning rate.",
    distances: "More data, fewer steps, or a smaller generator.",
  },
  /** @type {Record<Growing, string>} */
  growing: {
    losses: "Losses",
    "discriminator-gradient": "The discriminator's gradient",
    "generator-gradient": "The generator's gradient",
  },
  /**
   * @param {string} what one of `growing`
   * @param {number} now
   * @param {number} early
   */
  growth: (what, now, early) => `${what}: ${scientific(now, 3)}, at first ${scientific(early, 3)}.`,
  /**
   * @param {number} share
   * @param {number} steps
   */
  toldApart: (share, steps) =>
    `Of the ${counted(steps, { one: "last step's", other: "last # steps'" })} pairs of a real and a fake sample it told ${percent(share)} apart.`,
  /**
   * @param {number} now
   * @param {number} early
   */
  gradient: (now, early) =>
    `The generator's gradient is ${scientific(now, 1)} long, at first ${scientific(early, 1)}.`,
  /**
   * @param {number} covered
   * @param {number} classes
   * @param {number} recall a share
   */
  classes: (covered, classes, recall) =>
    `${number(covered)} of ${classesOf(classes)} are drawn, and ${percent(recall)} of the real images have a sample like them.`,
  /**
   * Where there are no classes.
   * @param {number} recall a share
   */
  kinds: (recall) => `${percent(recall)} of the real images have a sample like them.`,
  /**
   * @param {number} covered
   * @param {number} modes
   * @param {number} good a share
   */
  modes: (covered, modes, good) =>
    `${number(covered)} of ${modesOf(modes)} are covered; ${percent(good, 0)} of the samples lie on one.`,
  /**
   * @param {number} samples
   * @param {number} real
   */
  distances: (samples, real) =>
    `Samples are ${number(samples, 2)} from the nearest training image, new real images ${number(real, 2)}.`,
};
