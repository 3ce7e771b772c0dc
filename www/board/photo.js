// A photograph as a small square of greys or colours, as pictures to be learned are made small.

import { messageOf } from "../kit/errors.js";
import { Canvas, shrinkPixels } from "../pictures/pixels.js";

/** @import { Shape } from "../pictures/shape.js" */

/**
 * The middle of a photograph.
 * @param {Blob} file
 * @param {Shape} shape
 * @returns {Promise<Uint8Array | undefined>} row by row; nothing of a file that cannot be read as a picture
 */
export async function squareOf(file, shape) {
  try {
    const bitmap = await createImageBitmap(file);
    const pixels = new Canvas().draw(bitmap, shape.side, "crop");
    bitmap.close();
    return shrinkPixels(pixels, shape, "crop");
  } catch (error) {
    console.warn("WebGAN cannot read a photograph:", messageOf(error));
    return undefined;
  }
}
