// The picture: the newest frame, once per animation frame, at a size at which its pixels stay even.

import { count } from "../format.js";
import { shownPreset } from "../state.js";
import { texts } from "../texts.js";
import { find, setText } from "./dom.js";

/** @import { Frame } from "../protocol.js" */
/** @import { State } from "../state.js" */

/** A whole number of screen pixels per pixel is kept as long as it fills this much of the place. */
const WORTH_KEEPING = 0.9;
/** The text alternative changes at most this often. */
const DESCRIBE_EVERY_MS = 10_000;

export function gridView() {
  const canvas = find("grid", HTMLCanvasElement);
  const mount = find("mount", HTMLElement);
  const caption = find("grid-caption", HTMLElement);
  const cockpit = /** @type {HTMLElement} */ (mount.closest(".cockpit"));
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("the browser gives no 2D canvas");

  /** @type {Frame | undefined} */
  let newest;
  let describedAt = -Infinity;

  const fit = () => {
    const room = mount.clientWidth;
    const ratio = window.devicePixelRatio;
    const scale = (room * ratio) / canvas.width;
    const whole = Math.floor(scale);
    const kept = whole >= 1 && whole / scale >= WORTH_KEEPING ? whole : scale;
    canvas.style.width = `${(kept * canvas.width) / ratio}px`;
  };
  new ResizeObserver(fit).observe(mount);
  fit();

  const paint = () => {
    if (newest === undefined) return;
    const { width, height, pixels } = newest;
    newest = undefined;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      mount.style.aspectRatio = `${width} / ${height}`;
      cockpit.dataset.wide = String(width > height);
      fit();
    }
    context.putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
  };

  return {
    /** @param {Frame} frame */
    show(frame) {
      if (newest === undefined) requestAnimationFrame(paint);
      newest = frame;
    },
    /** @param {State} state */
    update(state) {
      const { picture } = state;
      if (picture === undefined) return;
      const { step, columns, rows, trainedFor } = picture;
      const samples = count(columns * rows);
      const order = columns > rows ? texts.columnsAreDigits : "";
      const words = step === 0 ? "before training" : `after ${count(step)} steps`;
      setText(
        caption,
        trainedFor === undefined
          ? `${samples} samples ${words}${order}`
          : texts.showcase(count(trainedFor)),
      );
      const now = performance.now();
      if (state.phase !== "ready") return;
      if (state.isRunning && now - describedAt < DESCRIBE_EVERY_MS) return;
      describedAt = now;
      const of = shownPreset(state)?.title ?? "the generator";
      const training =
        trainedFor === undefined ? words : `trained for ${count(trainedFor)} steps elsewhere`;
      const label = `${samples} pictures by the generator of “${of}”, ${training}${order}.`;
      canvas.setAttribute("aria-label", label);
    },
  };
}
