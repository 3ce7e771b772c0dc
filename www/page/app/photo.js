// A photograph as a small square of greys or colours, as pictures to be learned are made small. Loaded with the first.

import { Canvas, shrinkPixels } from "../../pictures/pixels.js";

/** @import { Shape } from "../../pictures/shape.js" */

/**
 * @param {Blob} file
 * @param {Shape} shape
 * @returns {Promise<Uint8Array>} its middle, row by row
 */
export async function squareOf(file, shape) {
  const bitmap = await createImageBitmap(file);
  try {
    return shrinkPixels(new Canvas().draw(bitmap, shape.side, "crop"), shape, "crop");
  } finally {
    bitmap.close();
  }
}
