// A trained generator that is shown until the run takes a step of its own. It draws for the same latents
// each time. It knows no run.

/** @import { Generator, Grid } from "../pkg/cpu/webgan.js" */

/** Latents of every showcase. */
const SEED = 1;

export class Showcase {
  #generator;
  #loans = 0;
  /** Whether it may still draw. */
  isOpen = true;
  /** Steps behind the generator. */
  step;

  /**
   * @param {Generator} generator owned: `free` frees it
   * @param {Uint8Array} file that it came from
   * @param {Float32Array} latents
   */
  constructor(generator, file, latents) {
    this.#generator = generator;
    this.file = file;
    this.latents = latents;
    this.step = generator.step;
  }

  /**
   * @param {Generator} generator
   * @param {Uint8Array} file that it came from
   */
  static async of(generator, file) {
    return new Showcase(generator, file, await generator.latents(SEED));
  }

  get generator() {
    return this.#generator;
  }

  /**
   * @param {number | null} digit the class of all samples, where it is not all classes in turn
   * @returns {Promise<Grid>}
   */
  grid(digit) {
    const { classes, columns, rows } = this.#generator;
    const labels = labelsOf(classes, rows * columns, digit);
    return this.#generator.draw(this.latents, labels, columns);
  }

  /**
   * Lends the generator for longer than a call.
   * @template T
   * @param {(generator: Generator) => Promise<T>} use
   * @returns {Promise<T>}
   */
  async lend(use) {
    this.#loans += 1;
    try {
      return await use(this.#generator);
    } finally {
      this.#loans -= 1;
      this.#freeUnused();
    }
  }

  /** What is lent is freed when it comes back. */
  free() {
    this.isOpen = false;
    this.#freeUnused();
  }

  #freeUnused() {
    if (!this.isOpen && this.#loans === 0) this.#generator.free();
  }
}

/**
 * @param {number} classes 0 where a generator takes none
 * @param {number} count
 * @param {number | null} digit
 */
function labelsOf(classes, count, digit) {
  if (classes === 0) return new Uint8Array();
  return Uint8Array.from({ length: count }, (_, i) => digit ?? i % classes);
}
