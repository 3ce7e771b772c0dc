// How fast a CPU trains, before anything has been trained: a few steps of one network on blank pictures. It knows no
// run and no data.

import { macrotask } from "./macrotask.js";

/** @import { Device } from "../pkg/cpu/webgan.js" */
/** @import { Program } from "./program.js" */

/** Two dense networks: a step takes some hundredths of a second. */
const PRESET = "mlp";
/** The first of them also compile: the fastest counts. */
const STEPS = 5;
const BATCH = 64;
const SIDE = 28;

/**
 * @param {{ program: Program, device: Device }} machine
 * @returns {Promise<number>} multiplications a second
 */
export async function measureRate({ program, device }) {
  const data = program.Dataset.parse(blankImages(BATCH), undefined, ["blank"], false, device);
  const config = { preset: PRESET, batchSize: BATCH };
  const trainer = new program.Trainer(JSON.stringify(config), data, device);
  try {
    let fastest = Infinity;
    for (let i = 0; i < STEPS; i++) {
      const began = performance.now();
      trainer.step(1);
      fastest = Math.min(fastest, performance.now() - began);
      await macrotask();
    }
    return (trainer.multiplications * 1_000) / Math.max(fastest, 0.1);
  } finally {
    trainer.free();
    data.free();
  }
}

/**
 * An IDX file of white pictures.
 * @param {number} count
 */
function blankImages(count) {
  const bytes = new Uint8Array(16 + count * SIDE * SIDE);
  const header = new DataView(bytes.buffer);
  [0x803, count, SIDE, SIDE].forEach((value, i) => header.setUint32(4 * i, value));
  return bytes;
}
