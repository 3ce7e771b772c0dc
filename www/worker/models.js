// Gets the trained generator that is shown until a run takes a step: a decoration, so it may be missing. Rust checks
// what is in it. No wasm here.

import { messageOf } from "../kit/errors.js";
import { fetchFile } from "./fetching.js";

/**
 * @param {string} url
 * @returns {Promise<Uint8Array | undefined>} nothing where there is no such file, or the host fails
 */
export async function showcaseAt(url) {
  try {
    return (await fetchFile(url))?.bytes;
  } catch (error) {
    console.warn("WebGAN shows no trained generator:", messageOf(error));
    return undefined;
  }
}
