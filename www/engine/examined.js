// What is found out about a run, as it crosses between the page and its worker: how good its pictures are, and what goes
// wrong in it. Types alone: the messages that carry them are in protocol.js.

/** @import { RunConfig } from "./protocol.js" */

/**
 * What was measured of samples: shares are of 1. Null is what cannot be told: with few pictures, of data or by eyes
 * without classes, of a generator that cannot be asked for one. Rust's `evaluator.rs` explains the fields.
 * @typedef {object} Quality
 * @property {number} count samples, and real pictures that they were compared with
 * @property {number | null} classifierFrechet
 * @property {number | null} score
 * @property {{ shares: number[], covered: number, divergence: number } | null} modes
 * @property {number | null} agreement
 * @property {{ precision: number, recall: number } | null} precisionRecall
 * @property {number} nearest median distance to the nearest training picture, pixels being in [-1, 1]
 * @property {number} detail how far a pixel is from its neighbours, in the median
 */

/**
 * Who looks at the samples: the classifier of digits; one that has learned these very pictures, and reads such a share
 * of those held out; or random features, of a network that has learned nothing.
 * @typedef {{ kind: "digits" } | { kind: "learned", reads: number } | { kind: "random" }} Eyes
 */

/**
 * @typedef {object} Measured
 * @property {number} step of the run that was measured
 * @property {number | undefined} trainedFor steps behind the showcase's generator, if that was measured
 * @property {Quality} generated
 * @property {Quality} real the same of real training pictures
 * @property {Eyes} eyes
 * @property {"copies" | "mud" | "variations" | undefined} verdict unknown where few pictures were held out
 */

/**
 * How near pictures come to the truth: Rust's `metrics/pairs.rs` explains the fields.
 * @typedef {{ l1: number, psnr: number, ssim: number }} Likeness
 */

/**
 * What was measured on held-out pairs at a step: of what the generator makes, and of what asks for no network.
 * @typedef {{ step: number, count: number } & Record<"made" | "input" | "mean" | "nearest", Likeness>} PairQuality
 */

/**
 * What can go wrong in a run; Rust's `monitor.rs` has the rules.
 * @typedef {"divergence" | "discriminator-won" | "vanishing-gradient" | "mode-collapse"
 *   | "memorisation"} Symptom
 */

/** What can grow without bound. @typedef {"losses" | "discriminator-gradient" | "generator-gradient"} Growing */

/**
 * The numbers that a symptom was seen in; shares are of 1, and a number beyond all bounds is null.
 * @typedef {{ kind: "growth", of: Growing, now: number | null, early: number | null }
 *   | { kind: "told-apart", share: number, steps: number }
 *   | { kind: "gradient", now: number, early: number | null }
 *   | { kind: "classes", covered: number, classes: number, recall: number }
 *   | { kind: "modes", covered: number, modes: number, good: number }
 *   | { kind: "distances", samples: number, real: number }} Evidence
 */

/**
 * What goes wrong in a run.
 * @typedef {object} Finding
 * @property {Symptom} symptom
 * @property {Evidence} evidence
 * @property {Omit<RunConfig, "preset">} [cure] with what to start over, where that is known; of what is found
 *   together the first has it
 */

export {};
