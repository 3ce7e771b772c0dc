// A short lesson about each preset, beside what Rust's `preset.rs` says of it: what to watch for, and what
// to try. All that a trial promises was seen within a minute of training on a CPU. No DOM; loaded when a
// lesson is in sight.

import { shownConfig } from "./state.js";

/** @import { Settings } from "./settings.js" */
/** @import { State } from "./state.js" */

/**
 * Something to try.
 * @typedef {object} Trial
 * @property {string} label
 * @property {string} see what will be seen
 * @property {Partial<Settings>} settings all else is the preset's own
 * @property {boolean} [live] whether the run goes on with them; else it starts over
 */

/**
 * @typedef {object} Lesson
 * @property {string} [mended] what was wrong with the article's code, and how it was mended
 * @property {string} watch what to watch for
 * @property {readonly [Trial, Trial]} tries
 */

/** By the preset's id. @type {Readonly<Record<string, Lesson>>} */
export const LESSONS = {
  mlp: {
    mended:
      "Nothing in the networks. The article squeezes the discriminator's answer through a sigmoid and takes the logarithm of that, which becomes infinite once the discriminator is sure. Here the loss takes the answer as it is and computes both in one.",
    watch:
      "“What the discriminator believes” goes apart first and comes together again: after some 200 steps D(x) and D(G(z)) meet near 0.5. Only then do grey blots become strokes, and from 1,000 steps on digits.",
    tries: [
      {
        label: "A slow discriminator",
        settings: { discriminatorRate: 0.05 },
        see: "D now takes a twentieth of its step, and the generator runs away from its teacher: its loss falls towards 0, D(G(z)) climbs above 0.9, “Told apart” falls below ½, and the pictures stay noise. A low loss of the generator is no good sign by itself.",
      },
      {
        label: "Learning rate 0.01",
        settings: { learningRate: 0.01 },
        see: "Fifty times the step: strokes come sooner, but burnt to pure black and white, with speckles that never go. “Told apart” stays above 0.9, and G's curve in “Lengths of the gradients” sinks below 0.5.",
      },
    ],
  },
  dense: {
    mended:
      "It could not run: the generator ends in 128 numbers and asks to have them reshaped to 784. And Adam's usual β₁ of 0.9 lets both networks chase each other until all pictures are one grey blot. A last layer of 784 units and a β₁ of 0.5 mend both.",
    watch:
      "The picture: digits out of speckles within 1,000 steps, which take seconds. “Epoch by epoch” has the discriminator's loss on digits that were held out: it should stay near that on the ones it learns from.",
    tries: [
      {
        label: "Learning rate 0.01",
        settings: { learningRate: 0.01 },
        see: "Ten times the step, and within seconds both losses lie still at 0.693, the logarithm of 2, and both beliefs at 0.5. It looks like the perfect balance and is a dead network: all gradients are 0, and every picture is the same blot. The page names it under the picture.",
      },
      {
        label: "Five steps for D",
        settings: { discriminatorSteps: 5 },
        see: "The discriminator learns five times for each time of the generator: “Told apart” stays above 0.95 and the generator's loss near 3 instead of near 1. Digits come all the same: this loss is steep just where the generator loses.",
      },
    ],
  },
  "least-squares": {
    mended:
      "The article's discriminator is never shown a real digit, and its generator only lowers the distance to whatever digits are in the batch, which no latent can know of. Here the discriminator sees both kinds, the duel leads, and λ weighs the rest.",
    watch:
      "Both losses are squares, so the discriminator's fall to 0.05 each, and D(x) stays near 0.8: least squares keep pulling at fakes that are on the right side already. Digits come after 1,000 steps.",
    tries: [
      {
        label: "λ 100",
        settings: { l1Weight: 100 },
        live: true,
        see: "The run goes on with the article's own loss in charge. Within a minute all digits melt into one grey average, the picture that is on the whole nearest to all of them, and “Told apart” goes to 1: nobody takes that for a digit. Press again to go back.",
      },
      {
        label: "Wasserstein instead",
        settings: { objective: "wasserstein" },
        see: "",
      },
    ],
  },
  dcgan: {
    mended:
      "The sizes do not fit: 4×4 doubled twice makes 16×16, not 28×28, and 128 numbers cannot be reshaped to 2,048. Here 7×7 doubles to 14 and 28. Without batch normalisation in the generator all latents gave one picture; it is there, as in the DCGAN paper.",
    watch:
      "Steps are slow on a CPU, but few are needed: after 100 there are blots with edges, after 200 strokes, after 600 digits, smoother than any dense network's. In the first pictures see the checkerboard that transposed convolutions leave.",
    tries: [
      {
        label: "Learning rate 0.002",
        settings: { learningRate: 0.002 },
        see: "Ten times the step, and with batch normalisation it holds: strokes after 60 steps and shapes like digits after 150, with D(x) and D(G(z)) both near 0.5. Haste costs later: compare after some minutes.",
      },
      {
        label: "Learning rate 0.00002",
        settings: { learningRate: 0.00002 },
        see: "A tenth of the step: after a minute there is still nothing but the texture that the convolutions make by themselves, a checkerboard. “Told apart” goes to 1, because the discriminator learns to know it.",
      },
    ],
  },
  "conv-critic": {
    mended:
      "The critic knew every fake by its speckles within 20 steps, and the generator learned one grey blot. Now it sees all images under noise, real and fake in one batch, its wide layer takes smaller steps, and the generator has batch normalisation.",
    watch:
      "Patience: a step takes about a second on a CPU, as the critic has 13 million weights. “What the discriminator believes” tells whether it goes well: D(G(z)) starts near 0.05 and should rise, slowly, above 0.1.",
    tries: [
      {
        label: "A slower critic",
        settings: { discriminatorRate: 0.1 },
        see: "The critic takes a tenth of its step. Within 20 steps D(G(z)) is near 0.5 and not at 0.05, and the generator's loss below 1 and not at 5: the duel is fair from the start, though the pictures take as long.",
      },
      {
        label: "Batches of 16",
        settings: { batchSize: 16 },
        see: "Three times as many steps a minute, each with less to go by: the curves jitter, and all pictures become one bold blot. The critic's batch normalisation has too few samples to say what is usual.",
      },
    ],
  },
  modern: {
    watch:
      "Each column is asked for its digit, and after 100 steps most are readable. “What the discriminator believes” is about pairs: 0.7 to 0.3 is a healthy duel. Pause, and the page measures how good the digits are.",
    tries: [
      {
        label: "The first GAN's loss",
        settings: { objective: "non-saturating", penalty: 0 },
        see: "Goodfellow's loss without the penalty: digits come just as soon. What pairs and penalty buy is that it stays so: over many steps, other data and other seeds.",
      },
      {
        label: "Learning rate 0.02",
        settings: { learningRate: 0.02 },
        see: "",
      },
    ],
  },
  "hinge-sn": {
    watch: "",
    tries: [
      { label: "Wasserstein instead", settings: { objective: "wasserstein" }, see: "" },
      { label: "Learning rate 0.01", settings: { learningRate: 0.01 }, see: "" },
    ],
  },
  "wgan-clip": {
    watch: "",
    tries: [
      { label: "One step for the critic", settings: { discriminatorSteps: 1 }, see: "" },
      { label: "Hinge loss", settings: { objective: "hinge" }, see: "" },
    ],
  },
  points: {
    watch: "",
    tries: [
      { label: "A grid of 25", settings: { data: "grid" }, see: "" },
      {
        label: "Wasserstein, no penalty",
        settings: { objective: "wasserstein", penalty: 0 },
        see: "",
      },
    ],
  },
};

/**
 * Whether a trial's settings are in force.
 * @param {Trial} trial
 * @param {State} state
 */
export function isTried({ settings }, state) {
  /** @type {Record<string, unknown>} */
  const now = { ...shownConfig(state), data: { ...state.settings, ...state.asked }.data };
  return Object.entries(settings).every(([name, value]) => now[name] === value);
}
