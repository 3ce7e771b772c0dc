// What a run shows: samples on a canvas, the newest once per animation frame, and the curve of its losses.

import { Curve } from "./curve.js";

/** @import { Frame, WorkerEvent } from "../engine/protocol.js" */

export class Picture {
  #canvas;
  #curve;
  /** @type {Frame | undefined} not painted yet */
  #newest;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {HTMLElement} curve its place
   */
  constructor(canvas, curve) {
    this.#canvas = canvas;
    this.#curve = new Curve(curve);
  }

  /** @param {WorkerEvent} event of the run; what has nothing to show is left out */
  show(event) {
    if (event.type === "losses") this.#curve.add(event.progress.step, event.values);
    if (event.type !== "grid") return;
    if (this.#newest === undefined) requestAnimationFrame(() => this.#paint());
    this.#newest = event;
  }

  /** @returns {ImageData} what is shown, or about to be */
  read() {
    this.#paint();
    const { width, height } = this.#canvas;
    return this.#context().getImageData(0, 0, width, height);
  }

  /**
   * @param {string} type
   * @param {number | undefined} quality
   * @returns {Promise<Blob | null>}
   */
  toBlob(type, quality) {
    this.#paint();
    return new Promise((resolve) => this.#canvas.toBlob(resolve, type, quality));
  }

  #paint() {
    if (this.#newest === undefined) return;
    const { width, height, pixels } = this.#newest;
    this.#newest = undefined;
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    // Left out as whole pixels, some of the lines between samples would be gone, and others not.
    const { clientWidth, clientHeight } = this.#canvas;
    const scale = Math.min(clientWidth / width, clientHeight / height) * devicePixelRatio;
    this.#canvas.classList.toggle("shrunk", scale < 1);
    this.#context().putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
  }

  #context() {
    const context = this.#canvas.getContext("2d", { willReadFrequently: true });
    if (context === null) throw new Error("the browser gives no 2D canvas");
    return context;
  }
}
