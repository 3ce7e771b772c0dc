// Files for other programs, as bytes: the history as CSV, digits and their labels as IDX. No downloads.

import { METRICS } from "../engine/protocol.js";

/** @import { History } from "../page/history.js" */
/** @import { Measured } from "../engine/examined.js" */
/** @import { RunConfig } from "../engine/protocol.js" */

const IDX_BYTES = 0x08;

/**
 * The losses of a run, a line a point; each point is the mean of the steps since the one before. Learning rate
 * and λ are those of its last step.
 * @param {Pick<History, "steps" | "series">} history
 * @param {(taken: number) => Pick<RunConfig, "learningRate" | "l1Weight">} inForce once so many steps are taken
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function historyCsv({ steps, series }, inForce) {
  const lines = steps.map((step, i) => {
    const { learningRate, l1Weight } = inForce(step - 1);
    return [step, ...series.map((points) => points[i]), learningRate, l1Weight ?? ""].join(",");
  });
  return text([["step", ...METRICS, "learningRate", "l1Weight"].join(","), ...lines]);
}

/**
 * @param {readonly Measured[]} measured
 * @returns {Uint8Array<ArrayBuffer>} a line a measurement
 */
export function measuresCsv(measured) {
  const head =
    "step,classifierFrechet,score,modes,agreement,precision,recall,realClassifierFrechet,realPrecision,realRecall,nearest,realNearest";
  const lines = measured.map(({ step, generated, real }) =>
    [
      step,
      generated.classifierFrechet,
      generated.score,
      generated.modes?.covered,
      generated.agreement,
      generated.precisionRecall?.precision,
      generated.precisionRecall?.recall,
      real.classifierFrechet,
      real.precisionRecall?.precision,
      real.precisionRecall?.recall,
      generated.nearest,
      real.nearest,
    ].join(","),
  );
  return text([head, ...lines]);
}

/** @param {string[]} lines */
function text(lines) {
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
}

/**
 * Images as an IDX file.
 * @param {Uint8Array[]} images of equal size
 * @param {number} rows of pixels
 * @param {number} columns
 * @param {number} [channels] numbers in a pixel: more than one are a dimension of their own
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function imagesIdx(images, rows, columns, channels = 1) {
  return idx([images.length, rows, columns, ...(channels === 1 ? [] : [channels])], images);
}

/**
 * @param {Uint8Array} labels
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function labelsIdx(labels) {
  return idx([labels.length], [labels]);
}

/**
 * @param {number[]} dimensions
 * @param {Uint8Array[]} parts
 */
function idx(dimensions, parts) {
  const head = 4 + 4 * dimensions.length;
  const size = dimensions.reduce((product, count) => product * count, 1);
  const bytes = new Uint8Array(head + size);
  const view = new DataView(bytes.buffer);
  view.setUint8(2, IDX_BYTES);
  view.setUint8(3, dimensions.length);
  dimensions.forEach((count, i) => view.setUint32(4 + 4 * i, count));
  let at = head;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
