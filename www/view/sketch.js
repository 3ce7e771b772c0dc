// A small canvas that shows what the generator draws for latents of the page's choice: one request at a
// time, and then the newest of those that came meanwhile.

/** @import { App } from "../app.js" */
/** @import { Wish } from "../protocol.js" */

/**
 * @param {App} app
 * @param {HTMLCanvasElement} canvas
 * @returns {(wish: Wish) => void}
 */
export function sketcher(app, canvas) {
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("the browser gives no 2D canvas");
  /** @type {Wish | undefined} */
  let wanted;
  let isAsking = false;

  const ask = async () => {
    isAsking = true;
    while (wanted !== undefined) {
      const wish = wanted;
      wanted = undefined;
      const frame = await app.exploring.sketch(wish);
      if (frame === undefined) continue;
      const { width, height, pixels } = frame;
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
      context.putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
    }
    isAsking = false;
  };

  return (wish) => {
    wanted = wish;
    if (!isAsking) void ask();
  };
}

/**
 * What the sketches depend on: they are out of date when it changes.
 * @param {import("../state.js").State} state
 * @returns {string | undefined} nothing while there is no generator to draw with
 */
export function sketchKey({ phase, run, picture, view }) {
  if (phase !== "ready" || picture === undefined) return undefined;
  return [run?.id, picture.step, picture.trainedFor, view.digit].join(" ");
}

/**
 * Calls back when an element comes into view.
 * @param {Element} element
 * @param {(isSeen: boolean) => void} listener
 */
export function whenSeen(element, listener) {
  new IntersectionObserver((entries) => {
    listener(entries.at(-1)?.isIntersecting ?? false);
  }).observe(element);
}
