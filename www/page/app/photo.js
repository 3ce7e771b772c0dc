// A photograph as a small square of greys or colours, as pictures to be learned are made small. Loaded with the board.

import { messageOf } from "../../kit/errors.js";
import { Canvas, shrinkPixels } from "../../pictures/pixels.js";
import { unreadable } from "#words/board.js";

/** @import { Shape } from "../../pictures/shape.js" */
/** @import { PageStore } from "../state.js" */

/**
 * The middle of a photograph, in the shape of the pictures in use. Where it cannot be read, that is said.
 * @param {Blob} file
 * @param {PageStore} store
 * @returns {Promise<Uint8Array | undefined>} row by row
 */
export async function squareOf(file, store) {
  const { rows: side = 0, channels } = store.state.data ?? {};
  /** @type {Shape} */
  const shape = { side, channels: channels === 3 ? 3 : 1 };
  store.dispatch({ type: "dismiss", place: "board" });
  try {
    const bitmap = await createImageBitmap(file);
    const pixels = new Canvas().draw(bitmap, side, "crop");
    bitmap.close();
    return shrinkPixels(pixels, shape, "crop");
  } catch (error) {
    console.warn("WebGAN cannot read a photograph:", messageOf(error));
    store.dispatch({ type: "problem", place: "board", message: unreadable });
    return undefined;
  }
}
