// A fixed set of 28×28 images: soft strokes, the same at every run; and noise of other shapes. Made
// rather than downloaded: what a step costs does not depend on what the images show.

export const SIDE = 28;
export const PIXELS = SIDE * SIDE;
export const IMAGE_COUNT = 1024;

/**
 * Numbers in [0, 1), the same for the same seed (mulberry32).
 * @param {number} seed
 */
export function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Bytes 0 to 255, image after image: each a few blots along a short arc on black. */
export function makeImages() {
  const random = randomNumbers(1);
  const bytes = new Uint8Array(IMAGE_COUNT * PIXELS);
  for (let image = 0; image < IMAGE_COUNT; image += 1) {
    const at = bytes.subarray(image * PIXELS, (image + 1) * PIXELS);
    const [x, y] = [10 + 8 * random(), 10 + 8 * random()];
    const [radius, from, turn] = [4 + 4 * random(), 6.28 * random(), 2 + 4 * random()];
    for (let blot = 0; blot < 12; blot += 1) {
      const angle = from + (turn * blot) / 12;
      const [cx, cy] = [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
      for (let pixel = 0; pixel < PIXELS; pixel += 1) {
        const far = Math.hypot((pixel % SIDE) - cx, Math.floor(pixel / SIDE) - cy);
        at[pixel] = Math.max(at[pixel], 255 * Math.min(1, Math.max(0, 2.2 - far)));
      }
    }
  }
  return bytes;
}

/** @typedef {{ side: number, channels: number }} Shape */

/**
 * Bytes of noise, for as many images of another shape.
 * @param {Shape} shape
 */
export function makeNoise({ side, channels }) {
  const random = randomNumbers(1);
  return Uint8Array.from({ length: IMAGE_COUNT * side * side * channels }, () => 256 * random());
}

/**
 * The bytes as numbers in [-1, 1], as the networks see them.
 * @param {Uint8Array} bytes
 */
export function scaled(bytes) {
  return Float32Array.from(bytes, (byte) => byte / 127.5 - 1);
}

/**
 * The bytes with the header of an IDX file of images before them.
 * @param {Uint8Array} bytes
 * @param {Shape} [shape]
 */
export function asIdx(bytes, { side, channels } = { side: SIDE, channels: 1 }) {
  const sizes = [bytes.length / (side * side * channels), side, side];
  const words = channels === 1 ? [0x803, ...sizes] : [0x804, ...sizes, channels];
  const file = new Uint8Array(4 * words.length + bytes.length);
  const header = new DataView(file.buffer);
  words.forEach((word, i) => header.setUint32(4 * i, word));
  file.set(bytes, 4 * words.length);
  return file;
}
