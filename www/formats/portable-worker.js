// The worker that makes files of a generator: it loads the program that can (the crate `export/`), and asks it.

import { expose, transfer } from "comlink";
import "../engine/error-wire.js";
import load, { onnx, page } from "../pkg/export/webgan_export.js";

/** @typedef {typeof make} Make */

/**
 * @param {"onnx" | "html"} format
 * @param {string} program its address
 * @param {string} network its blueprint, as JSON
 * @param {Uint8Array} weights
 * @param {string} title
 * @param {string[]} classNames
 */
async function make(format, program, network, weights, title, classNames) {
  await load({ module_or_path: program });
  const bytes =
    format === "onnx"
      ? onnx(network, weights)
      : new TextEncoder().encode(page(network, weights, title, classNames));
  return transfer(bytes, [bytes.buffer]);
}

expose(make);
