// A generator for other programs, as bytes: an ONNX model, or a page that draws. Made in a worker of its own
// (portable-worker.js), which is there while it works: packing weights takes a moment.

import { wrap } from "comlink";
import { Answers } from "../engine/answers.js";
import "../engine/error-wire.js";
import { absolute, startWorker } from "../engine/spawn.js";
import { rewind as texts } from "#words/rewind.js";
import program from "../pkg/export/webgan_export_bg.wasm?url";
import workerFile from "./portable-worker.js?worker&url";

/** @import { Remote } from "comlink" */
/** @import { Network } from "../code/layers.js" */
/** @import { Make } from "./portable-worker.js" */

/**
 * Throws where the weights are not those of the network, and of a page where the generator draws no pictures or has no
 * room in one.
 * @param {"onnx" | "html"} format
 * @param {Network} network of a run
 * @param {Uint8Array} weights its safetensors
 * @param {string} title of a page
 * @param {string[]} classNames of a page, where the classes have names
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function portable(format, network, weights, title, classNames) {
  const worker = startWorker(absolute(workerFile));
  const answers = new Answers();
  worker.addEventListener("error", () => answers.end(new Error(texts.notLoaded)));
  try {
    /** @type {Remote<Make>} */
    const make = wrap(worker);
    const told = JSON.stringify(network);
    return await answers.to(() =>
      make(format, absolute(program), told, weights, title, classNames),
    );
  } finally {
    worker.terminate();
  }
}
