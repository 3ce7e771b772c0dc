// Pictures from a camera: so many frames of what it sees, one after another. It asks for no camera and shows nothing.

/** @import { Found } from "./sifting.js" */

/** Networks see less; a camera's own size would fill memory with what is thrown away. */
const SIDE = 256;

/**
 * @param {HTMLVideoElement} video that plays
 * @param {object} how
 * @param {string} how.folder they are said to lie in
 * @param {number} how.count
 * @param {number} how.everyMs from one to the next
 * @param {AbortSignal} how.signal ends it early, with what there is
 * @param {(taken: number) => void} how.onFrame
 * @returns {Promise<Found[]>}
 */
export async function burst(video, { folder, count, everyMs, signal, onFrame }) {
  /** @type {Found[]} */
  const all = [];
  const canvas = document.createElement("canvas");
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  while (all.length < count && !signal.aborted) {
    const next = new Promise((resolve) => setTimeout(resolve, everyMs));
    const { videoWidth, videoHeight } = video;
    const square = Math.min(videoWidth, videoHeight);
    const [left, top] = [(videoWidth - square) / 2, (videoHeight - square) / 2];
    context.drawImage(video, left, top, square, square, 0, 0, SIDE, SIDE);
    /** @type {Blob | null} */
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.95));
    if (blob !== null) {
      const name = `${all.length + 1}.jpg`;
      const file = new File([blob], name, { type: blob.type });
      all.push({ file, path: `${folder}/${name}` });
      onFrame(all.length);
    }
    await next;
  }
  return all;
}
