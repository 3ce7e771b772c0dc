// One run: a trainer and the loop that drives it without ever waiting for the device on the hot
// path. It tells what happens through events. It knows no page, no files and no other run.

import { codeOf, messageOf } from "../kit/errors.js";
import { METRICS } from "../engine/protocol.js";
import { macrotask } from "./macrotask.js";
import {
  CHECKPOINT_EVERY_MS,
  ChunkSize,
  EpochMeans,
  FIRST_CHECKPOINT_MS,
  GridClock,
  nextStop,
  READ_EVERY_MS,
  READ_EVERY_STEPS,
  Speed,
} from "./pace.js";

/** @import { Dataset, Generator, Grid, PlaneView, Trainer } from "../pkg/cpu/webgan.js" */
/** @import { Frame, Hyper, Network, Pace, Plane, RunInfo, Saved, Stops, Updated, View, Wish, WorkerEvent } from "../engine/protocol.js" */
/** @import { Showcase } from "./showcase.js" */
/** @import { Watch } from "./watch.js" */

/** A slice of work on the CPU, where a step is computed before `step` returns. */
const CPU_SLICE_MS = 50;
/** A slice of issuing on a GPU, where `step` only queues. */
const GPU_SLICE_MS = 12;
/** In slow motion, messages are looked at this often. */
const MESSAGES_EVERY_MS = 20;
/** Readbacks under way at once: with two, the device always has work while one is being read. */
const READS_IN_FLIGHT = 2;

/** What a picture shows. */
/** @typedef {{ step: number, trainedFor: number | undefined, digit: number | null, opinions?: Float32Array }} Shown */

/** @typedef {(event: WorkerEvent, transfer?: Transferable[]) => void} Emit */

export class Run {
  #trainer;
  #heldOut;
  #points;
  #info;
  #watch;
  #emit;
  #fatal;
  #isLossBehind;
  #pace;
  #isCpu;

  #wanted = false;
  /** @type {Promise<void> | undefined} the loop, while it runs */
  #loop;
  /** @type {"asked" | "finished"} */
  #endReason = "asked";
  /** The step to pause at. */
  #until = Infinity;
  /** The time of training to pause at. */
  #untilMs = Infinity;
  /** For how long it has trained. */
  #trainedMs;

  #issued = 0;
  #completed = 0;
  /** Epochs finished by the steps issued. */
  #epoch = 0;
  /** @type {number[]} the last steps of epochs whose line is still to be written */
  #epochEnds = [];
  /** Epochs whose line is written. */
  #finishedEpochs = 0;
  #unread = 0;
  #lastReadAt = 0;
  #lastArrivalAt = 0;
  /** @type {Promise<void>[]} readbacks under way, oldest first */
  #reads = [];

  /** @type {Promise<void> | undefined} the checkpoint being read */
  #keeping;
  #nextCheckpointAt = Infinity;

  /** @type {Promise<void> | undefined} the grid being drawn */
  #drawing;
  #drawnStep = -1;
  /** @type {View} */
  #view = { digit: null, opinions: false };
  /** @type {View | undefined} of the last picture */
  #drawnView;
  /** @type {Promise<Showcase | undefined> | undefined} shown until the first step */
  #showcase;
  /** @type {() => void} */
  #hideShowcase = () => {};
  /** The generator that `sketch` draws with, and its step. */
  /** @type {{ step: number, generator: Generator } | undefined} */
  #sketcher;

  #chunk = new ChunkSize();
  #speed = new Speed();
  #gridClock = new GridClock();
  #means = new EpochMeans(METRICS.length);

  /**
   * @param {object} parts
   * @param {Trainer} parts.trainer owned: `close` frees it
   * @param {Dataset | undefined} parts.heldOut
   * @param {Dataset | undefined} parts.points what it trains on, where that is points: they are seen in
   *   the plane, in place of pictures
   * @param {RunInfo} parts.info
   * @param {number} [parts.trainedMs] for how long it has trained before
   * @param {Watch} parts.watch owned: `close` closes it
   * @param {Promise<Showcase | undefined>} [parts.showcase]
   * @param {boolean} parts.isCpu
   * @param {Pace} parts.pace
   * @param {Emit} parts.emit
   * @param {(error: unknown) => void} parts.fatal told when the wasm has crashed
   * @param {() => Promise<boolean>} parts.isLossBehind whether what has just gone wrong comes from the
   *   GPU's loss, which is told elsewhere
   */
  constructor(parts) {
    const { trainer, heldOut, points, info, watch, showcase, isCpu, pace } = parts;
    this.#trainer = trainer;
    this.#trainedMs = parts.trainedMs ?? 0;
    this.#heldOut = heldOut;
    this.#points = points;
    this.#info = info;
    this.#watch = watch;
    this.#issued = info.step;
    this.#completed = info.step;
    this.#epoch = info.epoch;
    this.#finishedEpochs = info.epoch;
    this.#isCpu = isCpu;
    this.#pace = pace;
    this.#emit = parts.emit;
    this.#fatal = parts.fatal;
    this.#isLossBehind = parts.isLossBehind;
    if (showcase === undefined) return;
    /** @type {Promise<undefined>} */
    const hidden = new Promise((resolve) => {
      this.#hideShowcase = () => {
        resolve(undefined);
        showcase.then((late) => late?.free()).catch(() => {});
      };
    });
    // Nothing ever waits for it but the picture of step 0.
    this.#showcase = Promise.race([showcase, hidden]);
    this.#showcase.catch(() => {});
  }

  get id() {
    return this.#info.id;
  }

  /** Steps issued. */
  get stepCount() {
    return this.#issued;
  }

  get watch() {
    return this.#watch;
  }

  /**
   * Trains until told to pause, or until a stop or the schedule's end comes.
   * @param {Stops} [stops]
   */
  train({ until = Infinity, everySteps, everyMs } = {}) {
    this.#endShowcase();
    this.#until = Math.min(until, nextStop(this.#issued, everySteps));
    this.#untilMs = nextStop(this.#trainedMs, everyMs);
    this.#wanted = true;
    this.#loop ??= this.#work().finally(() => {
      this.#loop = undefined;
    });
  }

  /** Stops issuing steps; done when the last one's losses have arrived. */
  async pause() {
    this.#wanted = false;
    this.#endReason = "asked";
    await this.#loop;
  }

  /**
   * Takes a single step and shows it.
   * @param {Network} [network] the one that learns, where it is one alone
   */
  async step(network) {
    if (this.#loop !== undefined) return;
    this.#endShowcase();
    this.#loop = this.#guard(async () => {
      await this.#draw(); // so that where it began has been seen
      this.#issue(network);
      if (this.#owesValidation()) await this.#validate();
      await this.#settle();
    }).finally(() => {
      this.#loop = undefined;
    });
    await this.#loop;
  }

  /**
   * @param {Hyper} hyper from the next step on
   * @returns {Updated}
   */
  update(hyper) {
    this.#trainer.update(JSON.stringify(hyper));
    return { config: JSON.parse(this.#trainer.settings), step: this.#issued };
  }

  /** @param {Pace} pace */
  setPace(pace) {
    const shownAgain = this.#pace.hidden && !pace.hidden;
    this.#pace = pace;
    if (shownAgain && this.#loop === undefined) void this.draw();
  }

  /**
   * Shows other pictures of the same generator.
   * @param {View} view
   */
  async look(view) {
    this.#view = view;
    await this.draw();
  }

  /**
   * The latents of the picture, row by row.
   * @returns {Promise<Float32Array<ArrayBuffer>>}
   */
  async latents() {
    const showcase = await this.#showcase;
    return showcase === undefined ? this.#trainer.latents() : showcase.latents.slice();
  }

  /**
   * Samples of the generator that is shown, for latents of the page's choice.
   * @param {Wish} wish
   * @returns {Promise<Frame>}
   */
  async sketch({ latents, labels, columns }) {
    const showcase = await this.#showcase;
    // From here to the drawing nothing waits, so nothing is freed meanwhile.
    const generator = showcase?.isOpen ? showcase.generator : this.#newestGenerator();
    return frameOf(await generator.draw(latents, labels, columns));
  }

  #newestGenerator() {
    if (this.#sketcher?.step !== this.#issued) {
      this.#sketcher?.generator.free();
      this.#sketcher = { step: this.#issued, generator: this.#trainer.generator() };
    }
    return this.#sketcher.generator;
  }

  /** Shows what the generator makes now, unless that has been shown. */
  async draw() {
    await this.#guard(() => this.#draw());
  }

  /**
   * The run as it is now, as a file.
   * @returns {Promise<Saved>}
   */
  async save() {
    const step = this.#issued;
    return { step, bytes: await this.#trainer.checkpoint() };
  }

  /**
   * The generator as it is now, as a file.
   * @returns {Promise<Saved>}
   */
  async exportGenerator() {
    const step = this.#issued;
    return { step, bytes: await this.#trainer.exportGenerator(false) };
  }

  /**
   * Lends the generator whose samples are shown: the showcase's, or the run's as it is now.
   * @template T
   * @param {(generator: Generator, trainedFor?: number) => Promise<T>} use
   * @returns {Promise<T>}
   */
  async withGenerator(use) {
    const showcase = await this.#showcase;
    if (showcase?.isOpen) return showcase.lend((generator) => use(generator, showcase.step));
    const generator = this.#trainer.generator();
    try {
      return await use(generator);
    } finally {
      generator.free();
    }
  }

  /** Stops, waits for what is under way, frees the trainer. */
  async close() {
    this.#endShowcase();
    await this.pause();
    await Promise.allSettled([...this.#reads, this.#drawing, this.#keeping]);
    this.#sketcher?.generator.free();
    this.#watch.close();
    this.#trainer.free();
  }

  async #work() {
    await this.#guard(async () => {
      await this.#draw(); // so that where it began has been seen
      this.#endReason = "asked";
      this.#speed.start(performance.now(), this.#completed);
      this.#lastReadAt = performance.now();
      this.#nextCheckpointAt = performance.now() + FIRST_CHECKPOINT_MS;
      do {
        while (this.#wanted) await this.#slice();
        await this.#settle();
      } while (this.#wanted); // Train was pressed again while the last steps arrived
      this.#speed.stop();
      this.#emit({ type: "paused", runId: this.id, reason: this.#endReason });
    });
  }

  /** A batch of steps, whatever has become due after it, and a look at the messages. */
  async #slice() {
    const began = performance.now();
    const budget = this.#isCpu ? CPU_SLICE_MS : GPU_SLICE_MS;
    const stepMs = 1_000 / this.#pace.stepsPerSecond;
    const isSlow = stepMs > 0;
    const limit = isSlow ? 1 : this.#isCpu ? READ_EVERY_STEPS : this.#chunk.steps;
    let now = began;
    let fits;
    do {
      const before = now;
      this.#issue();
      now = performance.now();
      fits = now - began + (now - before) < budget; // another like this one
    } while (fits && this.#unread < limit && !this.#mustStop());

    if (this.#unread >= limit || this.#mustStop() || now - this.#lastReadAt >= READ_EVERY_MS) {
      this.#read(now);
      // The device says how far it is with its oldest readback: waiting for that is the brake.
      while (this.#reads.length >= READS_IN_FLIGHT) await this.#reads[0];
      if (this.#isCpu) await this.#reads[0];
    }
    // On a GPU a grid is only asked for right behind a readback: that is how its cost is measured.
    if (this.#gridIsDue()) await this.#startDrawing();

    if (now >= this.#nextCheckpointAt && this.#keeping === undefined) this.#keep(now);

    if (this.#owesValidation()) await this.#validate();
    if (this.#isAtEnd()) {
      this.#wanted = false;
      this.#endReason = "finished";
    }
    if (this.#pace.hidden) await rest(performance.now() - began);
    else await macrotask();
    while (isSlow && this.#wanted && performance.now() - began < stepMs)
      await rest(MESSAGES_EVERY_MS);
    this.#trainedMs += performance.now() - began;
  }

  /** @param {Network} [network] */
  #issue(network) {
    if (network === "generator") this.#trainer.stepGenerator();
    else if (network === "discriminator") this.#trainer.stepDiscriminator();
    else this.#trainer.step(1);
    this.#issued += 1;
    this.#unread += 1;
    const { epoch } = this.#trainer;
    if (epoch === this.#epoch) return;
    this.#epoch = epoch;
    this.#epochEnds.push(this.#issued);
  }

  /** Whether an epoch has just ended and the discriminator is to be tried on what was held out. */
  #owesValidation() {
    return this.#heldOut !== undefined && this.#epochEnds[0] === this.#issued;
  }

  /** Whether the next step must wait for something to be done between the two. */
  #mustStop() {
    return this.#isAtEnd() || this.#owesValidation();
  }

  #isAtEnd() {
    const isLast = this.#issued === this.#info.totalSteps || this.#issued === this.#until;
    return isLast || this.#trainedMs >= this.#untilMs;
  }

  /**
   * Asks for the losses of the steps issued since the last time.
   * @param {number} now
   */
  #read(now) {
    const asked = this.#unread;
    this.#unread = 0;
    this.#lastReadAt = now;
    const { epoch, epochProgress: epochShare } = this.#trainer;
    const read = this.#trainer
      .readLosses()
      .then((values) => {
        const arrived = performance.now();
        this.#chunk.completed(asked, arrived - Math.max(now, this.#lastArrivalAt));
        this.#lastArrivalAt = arrived;
        this.#take(values);
        this.#watch.add(values);
        this.#speed.mark(arrived, this.#completed);
        const { stepsPerSecond } = this.#speed;
        const trainedMs = this.#trainedMs;
        const progress = { step: this.#completed, epoch, epochShare, stepsPerSecond, trainedMs };
        this.#emit({ type: "losses", runId: this.id, values, progress }, [values.buffer]);
      })
      .finally(() => {
        this.#reads.shift(); // returned, it would wait for itself
      });
    this.#reads.push(read);
    // Whoever awaits it sees a failure; this only says that one of them will.
    read.catch(() => {});
  }

  /**
   * Sends the page a checkpoint: it outlives this worker and its device.
   * @param {number} now
   */
  #keep(now) {
    this.#nextCheckpointAt = now + CHECKPOINT_EVERY_MS;
    const step = this.#issued;
    this.#keeping = this.#trainer
      .checkpoint()
      .then((bytes) =>
        this.#emit({ type: "checkpoint", runId: this.id, step, bytes }, [bytes.buffer]),
      )
      .catch((error) => {
        // Weights that are no numbers: the losses will say so, and the page keeps what it has.
        if (codeOf(error) !== "checkpoint.tensors") void this.#stop(error);
      })
      .finally(() => {
        this.#keeping = undefined;
      });
  }

  /** @param {Float32Array} values */
  #take(values) {
    for (let offset = 0; offset < values.length; offset += METRICS.length) {
      this.#means.add(values, offset);
      this.#completed += 1;
      const isEnd = this.#completed === this.#epochEnds[0];
      if (isEnd && this.#heldOut === undefined) this.#endEpoch(undefined);
    }
  }

  async #validate() {
    await this.#finishReads();
    if (this.#heldOut !== undefined) this.#endEpoch(await this.#trainer.validate(this.#heldOut));
  }

  /** @param {number | undefined} validation */
  #endEpoch(validation) {
    this.#epochEnds.shift();
    this.#finishedEpochs += 1;
    const row = { epoch: this.#finishedEpochs, means: this.#means.take(), validation };
    this.#emit({ type: "epoch", runId: this.id, row });
  }

  async #finishReads() {
    if (this.#unread > 0) this.#read(performance.now());
    while (this.#reads.length > 0) await this.#reads[0];
  }

  /** Everything issued has arrived, and the picture is that of the last step. */
  async #settle() {
    await this.#finishReads();
    this.#watch.settle();
    await this.#draw();
  }

  #gridIsDue() {
    if (this.#pace.hidden || this.#drawing !== undefined || this.#isDrawn()) return false;
    if (!this.#isCpu && this.#unread > 0) return false;
    return this.#gridClock.isDue(performance.now());
  }

  #isDrawn() {
    return this.#issued === this.#drawnStep && this.#view === this.#drawnView;
  }

  /** On a CPU the grid is computed at once; on a GPU it arrives while the loop goes on. */
  async #startDrawing() {
    const drawing = this.#draw();
    if (this.#isCpu) await drawing;
    else drawing.catch((error) => void this.#stop(error));
  }

  async #draw() {
    while (this.#drawing !== undefined) await this.#drawing;
    if (this.#pace.hidden || this.#isDrawn()) return;
    this.#drawing = this.#drawNow();
    try {
      await this.#drawing;
    } finally {
      this.#drawing = undefined;
    }
  }

  /** From here on the pictures are the run's own. */
  #endShowcase() {
    if (this.#showcase === undefined) return;
    this.#showcase = undefined;
    this.#hideShowcase();
    this.#drawnStep = -1;
  }

  async #drawNow() {
    const showcase = await this.#showcase;
    const view = this.#view;
    const { digit } = view;
    if (showcase?.isOpen) {
      this.#drawnStep = this.#issued;
      this.#drawnView = view;
      const grid = await showcase.grid(digit);
      if (showcase.isOpen)
        this.#show(grid, { step: this.#issued, trainedFor: showcase.step, digit });
      else grid.free();
      return;
    }
    const step = this.#issued;
    const asked = performance.now();
    let before = asked;
    // A device works in order: what it spends on the grid begins when the steps before it are done.
    this.#reads.at(-1)?.then(
      () => {
        before = performance.now();
      },
      () => {},
    );
    const show = this.#points ? await this.#lookAt(this.#points) : await this.#picture(view);
    this.#gridClock.drawn(asked, performance.now() - before, this.#pace.gridEveryMs);
    this.#drawnStep = step;
    this.#drawnView = view;
    show(step);
  }

  /**
   * @param {View} view
   * @returns {Promise<(step: number) => void>} what shows it
   */
  async #picture({ digit, opinions: wantsOpinions }) {
    const [grid, opinions] = await Promise.all([
      this.#trainer.grid(digit ?? undefined),
      wantsOpinions ? this.#trainer.opinions(digit ?? undefined) : undefined,
    ]);
    return (step) => this.#show(grid, { step, trainedFor: undefined, digit, opinions });
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
    return (step) => this.#emit({ type: "plane", runId: this.id, step, plane });
  }

  /**
   * @param {Grid} grid
   * @param {Shown} of
   */
  #show(grid, of) {
    const frame = frameOf(grid);
    this.#emit({ type: "grid", runId: this.id, ...frame, opinions: undefined, ...of }, [
      frame.pixels,
    ]);
  }

  /**
   * Runs something that calls the wasm, and turns what goes wrong into an event.
   * @param {() => Promise<void>} work
   */
  async #guard(work) {
    try {
      await work();
    } catch (error) {
      await this.#stop(error);
    }
  }

  /** @param {unknown} error */
  async #stop(error) {
    this.#wanted = false;
    if (await this.#isLossBehind()) return;
    const code = codeOf(error);
    if (code === undefined) {
      this.#fatal(error);
      return;
    }
    const problem = { code, message: messageOf(error) };
    this.#emit({ type: "paused", runId: this.id, reason: "problem", problem });
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

/**
 * Leaves a hidden tab's machine alone for as long as the last slice took.
 * @param {number} ms
 * @returns {Promise<void>}
 */
function rest(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
