// From a picture of any size to 28×28 greys: on a canvas without a page, or by arithmetic where canvases
// lie. It runs in a worker.

export const SIDE = 28;

/** Twice 28 and again twice, so often: larger pictures are drawn at once to that size. */
const MAX_DOUBLINGS = 6;

/**
 * Whether a canvas gives back what was drawn. Some browsers hand out noise instead, so that nobody is known
 * again by how theirs draws.
 */
export function isCanvasHonest() {
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (
    new OffscreenCanvas(SIDE, SIDE).getContext("2d")
  );
  const drawn = context.createImageData(SIDE, SIDE);
  // Any pattern will do that is not plain.
  drawn.data.forEach((_, i) => (drawn.data[i] = i % 4 === 3 ? 255 : (i * i * 31 + 7 * i) % 256));
  context.putImageData(drawn, 0, 0);
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  return data.every((value, i) => value === drawn.data[i]);
}

/**
 * The middle square of a picture, each of the 28×28 pixels the mean of what it covers. Transparent places
 * become white, as on paper.
 * @param {Uint8ClampedArray} rgba row by row
 * @param {number} width
 * @param {number} height
 * @returns {Uint8Array} greys, row by row
 */
export function shrinkPixels(rgba, width, height) {
  const square = Math.min(width, height);
  const [left, top] = [Math.floor((width - square) / 2), Math.floor((height - square) / 2)];
  const scale = square / SIDE;
  const small = new Uint8ClampedArray(4 * SIDE * SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) {
    const columns = covered((i % SIDE) * scale, scale);
    const rows = covered(Math.floor(i / SIDE) * scale, scale);
    const sum = [0, 0, 0];
    for (const [y, height] of rows) {
      for (const [x, width_] of columns) {
        const at = 4 * ((top + y) * width + left + x);
        const alpha = rgba[at + 3] / 255;
        for (let c = 0; c < 3; c++) {
          sum[c] += height * width_ * (alpha * rgba[at + c] + (1 - alpha) * 255);
        }
      }
    }
    small.set([...sum.map((value) => value / scale ** 2), 255], 4 * i);
  }
  return greys(small);
}

/**
 * The pixels that a stretch covers, each with how much of it.
 * @param {number} from
 * @param {number} length
 * @returns {[number, number][]}
 */
function covered(from, length) {
  const to = from + length;
  /** @type {[number, number][]} */
  const all = [];
  for (let at = Math.floor(from); at < to - 1e-9; at++) {
    all.push([at, Math.min(at + 1, to) - Math.max(at, from)]);
  }
  return all;
}

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

/**
 * Whether several pictures are all the same.
 * @param {readonly Uint8Array[]} pictures
 */
export function areAlike([first, ...others]) {
  const isFirst = (/** @type {Uint8Array} */ one) => one.every((grey, i) => grey === first[i]);
  return others.length > 0 && others.every(isFirst);
}
