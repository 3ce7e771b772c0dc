// From a picture of any size to 28×28 greys. Needs a canvas without a page: it runs in a worker.

export const SIDE = 28;

/** Twice 28 and again twice, so often: larger pictures are drawn at once to that size. */
const MAX_DOUBLINGS = 6;

/** Draws one picture after another, each on the same canvas. */
export class Shrinker {
  #canvas = new OffscreenCanvas(SIDE, SIDE);
  #context = /** @type {OffscreenCanvasRenderingContext2D} */ (
    this.#canvas.getContext("2d", { willReadFrequently: true })
  );

  /**
   * The middle square, made small by halving, so that no pixel of the large picture is passed over.
   * Transparent places become white, as on paper.
   * @param {ImageBitmap} picture
   * @returns {Uint8Array} greys, row by row
   */
  shrink(picture) {
    const { width, height } = picture;
    const square = Math.min(width, height);
    const doublings = Math.max(0, Math.floor(Math.log2(square / SIDE)));
    let side = SIDE * 2 ** Math.min(doublings, MAX_DOUBLINGS);
    const [canvas, context] = [this.#canvas, this.#context];
    canvas.width = side;
    canvas.height = side;
    context.imageSmoothingQuality = "high";
    context.fillStyle = "#fff";
    context.fillRect(0, 0, side, side);
    const [left, top] = [(width - square) / 2, (height - square) / 2];
    context.drawImage(picture, left, top, square, square, 0, 0, side, side);
    for (; side > SIDE; side /= 2) {
      context.drawImage(canvas, 0, 0, side, side, 0, 0, side / 2, side / 2);
    }
    return greys(context.getImageData(0, 0, SIDE, SIDE).data);
  }
}

/**
 * @param {Uint8ClampedArray} rgba
 * @returns {Uint8Array} how bright each pixel is, as television weighs the colours (ITU-R BT.601)
 */
export function greys(rgba) {
  return Uint8Array.from({ length: rgba.length / 4 }, (_, i) => {
    const [red, green, blue] = rgba.subarray(4 * i);
    return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  });
}
