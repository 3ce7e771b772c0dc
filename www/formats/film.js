// Pictures of one size as a film: an animated GIF whose last picture stays for a while.

import { GifWriter } from "./gif.js";

const SHOT_MS = 120;
const LAST_SHOT_MS = 1_500;

/**
 * @param {readonly { width: number, height: number, channels: 1 | 3, values: Uint8Array }[]} shots at least one
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function filmOf(shots) {
  const [{ width, height }] = shots;
  const writer = new GifWriter(
    width,
    height,
    shots.some(({ channels }) => channels === 3),
  );
  const last = shots[shots.length - 1];
  for (const shot of shots) {
    writer.add(shot, shot === last ? LAST_SHOT_MS : SHOT_MS);
    await breath();
  }
  return writer.finish();
}

/** Lets the page do something else. */
function breath() {
  return new Promise((resolve) => setTimeout(resolve));
}
