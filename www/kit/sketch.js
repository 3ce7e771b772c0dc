// A small canvas that shows what the generator makes of something: one request at a time, and then the newest of those
// that came meanwhile.

/** @import { Frame } from "../engine/protocol.js" */

/** @template Wish what the generator is to draw of */
export class Sketch {
  #draw;
  #canvas;
  #context;
  /** @type {Wish | undefined} */
  #wanted;
  #isAsking = false;

  /** How long the last one took to come, waiting included: to be asked for no more than it is worth. */
  costMs = 0;

  /**
   * @param {(wish: Wish) => Promise<Frame | undefined>} draw
   * @param {HTMLCanvasElement} canvas
   */
  constructor(draw, canvas) {
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("the browser gives no 2D canvas");
    this.#draw = draw;
    this.#canvas = canvas;
    this.#context = context;
  }

  /** @param {Wish} wish */
  draw(wish) {
    this.#wanted = wish;
    if (!this.#isAsking) void this.#ask();
  }

  async #ask() {
    this.#isAsking = true;
    while (this.#wanted !== undefined) {
      const wish = this.#wanted;
      this.#wanted = undefined;
      const asked = performance.now();
      const frame = await this.#draw(wish);
      this.costMs = performance.now() - asked;
      if (frame === undefined) continue;
      const { width, height, pixels } = frame;
      if (this.#canvas.width !== width) this.#canvas.width = width;
      if (this.#canvas.height !== height) this.#canvas.height = height;
      this.#context.putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
    }
    this.#isAsking = false;
  }
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
