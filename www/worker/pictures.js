// The pictures of a run: what is shown of it now, and samples that are asked for. Until the run takes a step
// those may be a trained generator's, or its own for as long as that has not come. When to draw is the run's to say.

import { GridClock } from "./pace.js";

/** @import { Dataset, Generator, Grid, PlaneView, Trainer } from "../pkg/cpu/webgan.js" */
/** @import { Frame, Pace, Plane, Saved, View, Wish, WorkerEvent } from "../engine/protocol.js" */
/** @import { Progress } from "./progress.js" */
/** @import { Emit } from "./run.js" */
/** @import { Showcase } from "./showcase.js" */
/** @import { Watch } from "./watch.js" */

/** A trained generator that has not come by then is not waited for; it is shown when it comes. */
const SHOWCASE_MS = 2_000;

/** Pairs in a picture of some: ten of them are as high and as wide, nearly, as other pictures. */
const PAIRS = { rows: 5, inRow: 2 };

/** What a picture shows. */
/** @typedef {{ step: number, digit: number | null } & Partial<Pick<Extract<WorkerEvent, { type: "grid" }>, "trainedFor" | "showcase" | "opinions" | "pairs">>} Shown */

export class Pictures {
  #runId;
  #trainer;
  #progress;
  #points;
  #pairs;
  #watch;
  #pace;
  #emit;

  /** @type {Promise<void> | undefined} the picture being drawn */
  #drawing;
  #drawnStep = -1;
  /** @type {View} */
  #view = { digit: null, opinions: false };
  /** @type {View | undefined} of the last picture */
  #drawnView;
  #clock = new GridClock();
  /** Shown until the first step; whether one is still to be. @type {Showcase | "awaited" | "missing" | undefined} */
  #showcase;
  /** The `#showcase` of the last picture. */
  /** @type {Showcase | "awaited" | "missing" | undefined} */
  #drawnOf;
  /** @type {Promise<unknown> | undefined} while it is waited for */
  #arriving;
  /** @type {(value?: unknown) => void} */
  #waitNoLonger = () => {};
  /** The generator that `sketch` draws with, and its step. */
  /** @type {{ step: number, generator: Generator } | undefined} */
  #sketcher;

  /**
   * @param {object} parts
   * @param {number} parts.runId
   * @param {Trainer} parts.trainer
   * @param {Progress} parts.progress
   * @param {Dataset | undefined} parts.points what it trains on, where that is points: they are seen in
   *   the plane, in place of pictures
   * @param {Dataset | undefined} parts.pairs those that are shown, where pictures are made out of others
   * @param {Watch} parts.watch
   * @param {Promise<Showcase | undefined> | undefined} parts.showcase
   * @param {() => unknown} parts.redraw asks for `draw`, as what is shown has changed by itself
   * @param {() => Pace} parts.pace of now
   * @param {Emit} parts.emit
   */
  constructor({ runId, trainer, progress, points, pairs, watch, showcase, redraw, pace, emit }) {
    this.#runId = runId;
    this.#trainer = trainer;
    this.#progress = progress;
    this.#points = points;
    this.#pairs = pairs;
    this.#watch = watch;
    this.#pace = pace;
    this.#emit = emit;
    if (showcase === undefined) return;
    this.#showcase = "awaited";
    const arrived = showcase.then((one) => {
      if (this.#showcase === "awaited") this.#showcase = one ?? "missing";
      else one?.free(); // it is too late
    });
    this.#arriving = new Promise((resolve, reject) => {
      this.#waitNoLonger = resolve;
      arrived.then(resolve, reject);
      setTimeout(resolve, SHOWCASE_MS);
    });
    this.#arriving.catch(() => {}); // told where a picture is drawn
    arrived.then(redraw).catch(() => {});
  }

  /** From here on the pictures are the run's own. */
  endShowcase() {
    if (typeof this.#showcase === "object") this.#showcase.free();
    this.#showcase = undefined;
    this.#waitNoLonger();
  }

  /** @param {View} view of the pictures to come */
  look(view) {
    this.#view = view;
  }

  /** Whether another picture may be drawn while the run trains. */
  isDue() {
    if (this.#pace().hidden || this.#drawing !== undefined || this.#isDrawn()) return false;
    return this.#clock.isDue(performance.now());
  }

  /** Shows what the generator makes now, unless that has been shown. */
  async draw() {
    while (this.#drawing !== undefined) await this.#drawing;
    if (this.#pace().hidden || this.#isDrawn()) return;
    this.#drawing = this.#drawNow();
    try {
      await this.#drawing;
    } finally {
      this.#drawing = undefined;
    }
  }

  /**
   * The latents of the picture, row by row.
   * @returns {Promise<Float32Array<ArrayBuffer>>}
   */
  async latents() {
    const showcase = await this.#trained();
    return showcase === undefined ? this.#trainer.latents() : showcase.latents.slice();
  }

  /**
   * Samples of the generator that is shown, for latents of the page's choice.
   * @param {Wish} wish
   * @returns {Promise<Frame>}
   */
  async sketch({ latents, labels, columns }) {
    const showcase = await this.#trained();
    // From here to the drawing nothing waits, so nothing is freed meanwhile.
    const generator = showcase?.generator ?? this.#newestGenerator();
    return frameOf(await generator.draw(latents, labels, columns));
  }

  /**
   * What the run's generator makes of a picture, as of the last step.
   * @param {Uint8Array} input
   * @returns {Promise<Frame>}
   */
  async translate(input) {
    return frameOf(await this.#newestGenerator().translate(input));
  }

  /**
   * @param {number | Uint8Array} of the place of a pair among those that are shown, or a picture of their shape
   * @returns {Promise<Frame | undefined>} what that is made of; nothing where pictures are not made out of others
   */
  async pairInput(of) {
    const pairs = this.#pairs;
    if (pairs === undefined) return undefined;
    if (typeof of !== "number") return frameOf(pairs.inputOf(of));
    const input = await pairs.input(of % pairs.count);
    return input && frameOf(input);
  }

  /**
   * Lends the generator whose samples are shown: the showcase's, or the run's as it is now.
   * @template T
   * @param {(generator: Generator, trainedFor?: number) => Promise<T>} use
   * @returns {Promise<T>}
   */
  async withGenerator(use) {
    const showcase = await this.#trained();
    if (showcase !== undefined) return showcase.lend((generator) => use(generator, showcase.step));
    const generator = this.#trainer.generator();
    try {
      return await use(generator);
    } finally {
      generator.free();
    }
  }

  /**
   * The file of the trained generator, where that is shown.
   * @returns {Promise<Saved | undefined>}
   */
  async trainedFile() {
    const showcase = await this.#trained();
    return showcase && { step: showcase.step, bytes: showcase.file.slice() };
  }

  /** Waits for what is being drawn, and frees what it draws with. */
  async close() {
    await Promise.allSettled([this.#drawing]);
    this.#sketcher?.generator.free();
  }

  #newestGenerator() {
    if (this.#sketcher?.step !== this.#progress.issued) {
      this.#sketcher?.generator.free();
      this.#sketcher = { step: this.#progress.issued, generator: this.#trainer.generator() };
    }
    return this.#sketcher.generator;
  }

  /** @returns {Promise<Showcase | undefined>} the trained generator, where that is shown */
  async #trained() {
    await this.#arriving;
    return typeof this.#showcase === "object" ? this.#showcase : undefined;
  }

  #isDrawn() {
    const isOfNow = this.#progress.issued === this.#drawnStep && this.#showcase === this.#drawnOf;
    return isOfNow && this.#view === this.#drawnView;
  }

  async #drawNow() {
    await this.#arriving;
    const showcase = this.#showcase;
    const view = this.#view;
    const { digit } = view;
    const step = this.#progress.issued;
    if (typeof showcase === "object") {
      this.#drawnStep = step;
      this.#drawnView = view;
      this.#drawnOf = showcase;
      const grid = await showcase.grid(digit);
      if (showcase.isOpen) this.#show(grid, { step, trainedFor: showcase.step, digit });
      else grid.free();
      return;
    }
    const asked = performance.now();
    let before = asked;
    // A device works in order: what it spends on the grid begins when the steps before it are done.
    void this.#progress.lastRead?.then(() => {
      before = performance.now();
    });
    const show = this.#points
      ? await this.#lookAt(this.#points)
      : this.#pairs
        ? await this.#some(this.#pairs)
        : await this.#picture(view, showcase);
    this.#clock.drawn(asked, performance.now() - before, this.#pace().gridEveryMs);
    this.#drawnStep = step;
    this.#drawnView = view;
    this.#drawnOf = showcase;
    show(step);
  }

  /**
   * @param {View} view
   * @param {Shown["showcase"]} showcase
   * @returns {Promise<(step: number) => void>} what shows it
   */
  async #picture({ digit, opinions: wantsOpinions }, showcase) {
    const [grid, opinions] = await Promise.all([
      this.#trainer.grid(digit ?? undefined),
      wantsOpinions ? this.#trainer.opinions(digit ?? undefined) : undefined,
    ]);
    return (step) => this.#show(grid, { step, digit, opinions, showcase });
  }

  /**
   * @param {Dataset} pairs
   * @returns {Promise<(step: number) => void>} what shows some of them
   */
  async #some(pairs) {
    const grid = await this.#newestGenerator().pairs(pairs, PAIRS.rows, PAIRS.inRow);
    return (step) => this.#show(grid, { step, digit: null, pairs: true });
  }

  /**
   * @param {Dataset} points
   * @returns {Promise<(step: number) => void>} what shows it
   */
  async #lookAt(points) {
    const seen = await this.#trainer.plane(points);
    this.#watch.covered(seen);
    const plane = planeOf(seen);
    seen.free();
    return (step) => this.#emit({ type: "plane", runId: this.#runId, step, plane });
  }

  /**
   * @param {Grid} grid
   * @param {Shown} of
   */
  #show(grid, of) {
    const frame = frameOf(grid);
    const none = { trainedFor: undefined, showcase: undefined, opinions: undefined, pairs: false };
    this.#emit({ type: "grid", runId: this.#runId, ...frame, ...none, ...of }, [frame.pixels]);
  }
}

/**
 * A picture as it crosses to the page.
 * @param {Grid} grid freed
 * @returns {Frame}
 */
export function frameOf(grid) {
  const { width, height } = grid;
  const pixels = /** @type {ArrayBuffer} */ (grid.takePixels().buffer);
  grid.free();
  return { width, height, pixels };
}

/**
 * What was seen, as it crosses to the page.
 * @param {PlaneView} seen
 * @returns {Plane}
 */
function planeOf(seen) {
  const { fakes, beliefs, side, extent, manifold, lines, pulls, modes, covered, good } = seen;
  return { fakes, beliefs, side, extent, manifold, lines, pulls, modes, covered, good };
}
