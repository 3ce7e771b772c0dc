// Samples on a canvas: the newest, once per animation frame.

/** @import { Frame } from "../engine/protocol.js" */

export class Picture {
  #canvas;
  /** @type {Frame | undefined} not painted yet */
  #newest;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
  }

  /** @param {Frame} frame */
  show(frame) {
    if (this.#newest === undefined) requestAnimationFrame(() => this.#paint());
    this.#newest = frame;
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
    this.#context().putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
  }

  #context() {
    const context = this.#canvas.getContext("2d", { willReadFrequently: true });
    if (context === null) throw new Error("the browser gives no 2D canvas");
    return context;
  }
}
