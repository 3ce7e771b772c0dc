// What a run shows: samples on a canvas, the newest once per animation frame, the curve of its losses, and where
// pictures are made out of others the board, which is loaded with the first such run.

import { Curve } from "./curve.js";

/** @import { Frame, StartAnswer, WorkerEvent } from "../engine/protocol.js" */
/** @import { Session } from "./session.js" */
/** @import { View } from "./view.js" */

export class Picture {
  #canvas;
  #curve;
  #place;
  /** @type {Promise<import("./board.js").Board> | undefined} */
  #board;
  /** @type {Frame | undefined} not painted yet */
  #newest;

  /** @param {View} view */
  constructor({ canvas, curve, board }) {
    this.#canvas = canvas;
    this.#curve = new Curve(curve);
    this.#place = board;
  }

  /**
   * @param {StartAnswer} answer
   * @param {Session} session that it came to
   * @param {string} drawing what lies on the board to begin with
   */
  async opened(answer, session, drawing) {
    if (answer.data.pairs === undefined) return;
    this.#board ??= import("./board.js").then(({ Board }) => new Board(this.#place, drawing));
    (await this.#board).opened(answer, session);
  }

  /** @param {WorkerEvent} event of the run; what has nothing to show is left out */
  show(event) {
    if (event.type === "losses") this.#curve.add(event.progress.step, event.values);
    if (event.type !== "grid") return;
    void this.#board?.then((board) => board.made(event.step));
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
