// Gets the trained generator that is shown until a run takes a step: a decoration, so it may be missing, and it is
// not waited for for long. Rust checks what is in it. No wasm here.

import { messageOf } from "../kit/errors.js";
import { fetchFile } from "./fetching.js";

/** A showcase that is not here by then is left out. */
const TIMEOUT_MS = 20_000;

/**
 * @param {string} url
 * @returns {Promise<Uint8Array | undefined>} nothing where there is no such file, or the host fails
 */
export async function showcaseAt(url) {
  try {
    return (await fetchFile(url, TIMEOUT_MS))?.bytes;
  } catch (error) {
    console.warn("WebGAN shows no trained generator:", messageOf(error));
    return undefined;
  }
}
