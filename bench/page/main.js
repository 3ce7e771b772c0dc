// The page's side of the benchmark: opens contestants and takes rounds of steps with them, on the
// main thread, where what they cost a page shows. Knows no library; lib/ in Node drives it.

import { counts, memory, own } from "./counters.js";
import { makeImages } from "./images.js";

/**
 * @typedef {object} Setup
 * @property {import("./networks.js").Network} network
 * @property {"cpu" | "webgpu"} device
 * @property {Uint8Array} images IMAGE_COUNT of them, 28×28 bytes each
 */

/**
 * @typedef {object} Run
 * @property {() => void | Promise<void>} step One adversarial step. A promise is waited for before
 *   the next one: return one only where the library asks for it.
 * @property {() => Promise<number[]>} readLosses Three numbers for each step since the last call:
 *   the discriminator's loss on real and on fake, the generator's.
 */

/** @typedef {(setup: Setup) => Promise<Run>} Open What each contestant's module exports. */

/** @type {Map<string, Run>} */
const runs = new Map();

const bench = {
  /** What there is to compute with. */
  async describe() {
    const adapter = await /** @type {any} */ (navigator).gpu?.requestAdapter();
    const { vendor = "", architecture = "", device = "", description = "" } = adapter?.info ?? {};
    return {
      adapter: [vendor, architecture, device, description].filter(Boolean).join(" ") || "none",
      cores: navigator.hardwareConcurrency,
      threads: globalThis.crossOriginIsolated,
      browser: navigator.userAgent,
    };
  },

  /**
   * @param {string} name
   * @param {Omit<Setup, "images">} setup
   */
  async open(name, setup) {
    own(name);
    const from = performance.now();
    const { open } = await import(`./contestants/${name}.js`);
    runs.set(name, await open({ ...setup, images: makeImages() }));
    return performance.now() - from;
  },

  /**
   * So many steps, then their losses.
   * @param {string} name
   * @param {number} stepCount
   */
  async round(name, stepCount) {
    own(name);
    const run = /** @type {Run} */ (runs.get(name));
    const before = counts();
    const issueMs = [];
    const from = performance.now();
    for (let step = 0; step < stepCount; step += 1) {
      const at = performance.now();
      const more = run.step();
      issueMs.push(performance.now() - at);
      if (more) await more;
    }
    const losses = await run.readLosses();
    const wholeMs = (performance.now() - from) / stepCount;
    const after = counts();
    return {
      issueMs,
      wholeMs,
      losses,
      dispatches: (after.dispatches - before.dispatches) / stepCount,
      bindGroups: (after.bindGroups - before.bindGroups) / stepCount,
      submits: (after.submits - before.submits) / stepCount,
      ...memory(name),
    };
  },

  /** Nothing, as awaited as a round: what asking costs. */
  async nothing() {
    return performance.now();
  },
};

/** @typedef {typeof bench} Bench */

Object.assign(globalThis, { bench });
