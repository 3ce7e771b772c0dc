// How fast a CPU trains, before anything has been trained: a few steps of one network on blank pictures. It knows no
// run and no data.

import { macrotask } from "./macrotask.js";

/** @import { Device } from "../pkg/cpu/webgan.js" */
/** @import { Preset, SampleShape } from "../engine/protocol.js" */
/** @import { Program } from "./program.js" */

/** Two dense networks: a step takes some hundredths of a second. */
const PRESET = "mlp";
/** The first of them also compile: the fastest counts. */
const STEPS = 5;
const BATCH = 64;

/**
 * @param {{ program: Program, device: Device }} machine
 * @returns {Promise<number>} multiplications a second
 */
export async function measureRate({ program, device }) {
  /** @type {Preset[]} */
  const presets = JSON.parse(program.presets());
  const preset = presets.find(({ id }) => id === PRESET);
  if (preset === undefined) throw new Error(`no preset ${PRESET}`);
  const blank = blankImages(BATCH, preset.shape);
  const data = program.Dataset.parse(blank, undefined, ["blank"], false, device);
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
 * An IDX file of blank pictures.
 * @param {number} count
 * @param {SampleShape} shape
 */
function blankImages(count, { height, width }) {
  const bytes = new Uint8Array(16 + count * height * width);
  const header = new DataView(bytes.buffer);
  [0x803, count, height, width].forEach((value, i) => header.setUint32(4 * i, value));
  return bytes;
}
