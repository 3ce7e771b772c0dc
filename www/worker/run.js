// One run: a trainer and the loop that drives it without ever waiting for the device on the hot
// path. It decides when steps are taken, pictures drawn and checkpoints made, and when it ends. How far it is:
// progress.js; its pictures: pictures.js. It knows no page, no files and no other run.

import { codeOf, messageOf } from "../kit/errors.js";
import { macrotask } from "./macrotask.js";
import { CHECKPOINT_EVERY_MS, FIRST_CHECKPOINT_MS, nextStop, READ_EVERY_STEPS } from "./pace.js";
import { Pictures } from "./pictures.js";
import { LOOK_EVERY, Plateau } from "./plateau.js";
import { Progress } from "./progress.js";

/** @import { Dataset, Trainer } from "../pkg/cpu/webgan.js" */
/** @import { Hyper, Network, Pace, RunInfo, Saved, Stops, Updated, View, WorkerEvent } from "../engine/protocol.js" */
/** @import { Showcase } from "./showcase.js" */
/** @import { Watch } from "./watch.js" */

/** A slice of work on the CPU, where a step is computed before `step` returns. */
const CPU_SLICE_MS = 50;
/** A slice of issuing on a GPU, where `step` only queues. */
const GPU_SLICE_MS = 12;
/** In slow motion, messages are looked at this often. */
const MESSAGES_EVERY_MS = 20;
/** Readbacks that go on while more steps are issued: with one, the device always has work while it is being read. */
const READS_BEHIND = 1;

/** @typedef {(event: WorkerEvent, transfer?: Transferable[]) => void} Emit */

export class Run {
  #info;
  #trainer;
  #watch;
  #isCpu;
  #pace;
  #emit;
  #fatal;
  #isLossBehind;
  #judge;
  #progress;
  /** What is shown of it. */
  pictures;

  #wanted = false;
  /** @type {Promise<void> | undefined} the loop, while it runs */
  #loop;
  /** @type {"asked" | "finished" | "plateau"} */
  #endReason = "asked";
  /** The step to pause at. */
  #until = Infinity;
  /** The time of training to pause at. */
  #untilMs = Infinity;
  /** What tells whether the samples get better, where training is to pause when they do not. */
  /** @type {Stops["plateau"]} */
  #judgedBy;
  #plateau = new Plateau();
  /** The step of the last look. */
  #lookedAt = -1;

  /** @type {Promise<void> | undefined} the checkpoint being read */
  #keeping;
  #nextCheckpointAt = Infinity;

  /**
   * @param {object} parts
   * @param {Trainer} parts.trainer owned: `close` frees it
   * @param {Dataset | undefined} parts.heldOut
   * @param {Dataset | undefined} parts.points what it trains on, where that is points
   * @param {Dataset | undefined} parts.pairs those that are shown, where pictures are made out of others
   * @param {RunInfo} parts.info
   * @param {number} [parts.trainedMs] for how long it has trained before
   * @param {Watch} parts.watch owned: `close` closes it
   * @param {Promise<Showcase | undefined>} [parts.showcase] shown until the first step; freed then, or by `close`
   * @param {boolean} parts.isCpu
   * @param {Pace} parts.pace
   * @param {Emit} parts.emit
   * @param {(error: unknown) => void} parts.fatal told when the wasm has crashed
   * @param {() => Promise<boolean>} parts.isLossBehind whether what has just gone wrong comes from the
   *   GPU's loss, which is told elsewhere
   * @param {(run: Run, by: NonNullable<Stops["plateau"]>) => Promise<number | undefined>} parts.judge how far the
   *   samples are from real ones; nothing where it gave way to something else
   */
  constructor(parts) {
    const { trainer, heldOut, info, watch, showcase, emit, trainedMs = 0 } = parts;
    const { points, pairs } = parts;
    this.#info = info;
    this.#trainer = trainer;
    this.#watch = watch;
    this.#isCpu = parts.isCpu;
    this.#pace = parts.pace;
    this.#emit = emit;
    this.#fatal = parts.fatal;
    this.#isLossBehind = parts.isLossBehind;
    this.#judge = parts.judge;
    const progress = new Progress({ trainer, heldOut, info, trainedMs, watch, emit });
    this.#progress = progress;
    const pace = () => this.#pace;
    const runId = info.id;
    const redraw = () => this.draw();
    this.pictures = new Pictures({
      ...{ runId, trainer, progress, points, pairs, watch, showcase, redraw, pace, emit },
    });
  }

  get id() {
    return this.#info.id;
  }

  /** Steps issued. */
  get stepCount() {
    return this.#progress.issued;
  }

  get watch() {
    return this.#watch;
  }

  /**
   * Trains until told to pause, or until a stop or the schedule's end comes.
   * @param {Stops} [stops]
   */
  train({ until = Infinity, everySteps, everyMs, plateau } = {}) {
    this.pictures.endShowcase();
    this.#judgedBy = plateau;
    this.#until = Math.min(until, nextStop(this.#progress.issued, everySteps));
    this.#untilMs = nextStop(this.#progress.trainedMs, everyMs);
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
    this.pictures.endShowcase();
    this.#loop = this.#guard(async () => {
      await this.pictures.draw(); // so that where it began has been seen
      this.#progress.issue(network);
      if (this.#progress.owesValidation()) await this.#progress.validate();
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
    return { config: JSON.parse(this.#trainer.settings), step: this.#progress.issued };
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
    this.pictures.look(view);
    await this.draw();
  }

  /** Shows what the generator makes now, unless that has been shown. */
  async draw() {
    await this.#guard(() => this.pictures.draw());
  }

  /**
   * The run as it is now, as a file.
   * @returns {Promise<Saved>}
   */
  async save() {
    const step = this.#progress.issued;
    return { step, bytes: await this.#trainer.checkpoint() };
  }

  /**
   * The generator whose samples are shown, as a file: the run's as it is now, or the trained one.
   * @returns {Promise<Saved>}
   */
  async exportGenerator() {
    const trained = await this.pictures.trainedFile();
    if (trained !== undefined) return trained;
    const step = this.#progress.issued;
    return { step, bytes: await this.#trainer.exportGenerator(false) };
  }

  /** Stops, waits for what is under way, frees the trainer. */
  async close() {
    this.pictures.endShowcase();
    await this.pause();
    await Promise.allSettled([this.#progress.close(), this.pictures.close(), this.#keeping]);
    this.#watch.close();
    this.#trainer.free();
  }

  async #work() {
    await this.#guard(async () => {
      await this.pictures.draw(); // so that where it began has been seen
      this.#endReason = "asked";
      this.#progress.start();
      this.#nextCheckpointAt = performance.now() + FIRST_CHECKPOINT_MS;
      do {
        while (this.#wanted) await this.#slice();
        await this.#settle();
      } while (this.#wanted); // Train was pressed again while the last steps arrived
      this.#progress.stop();
      this.#emit(this.#ending());
    });
  }

  /** @returns {WorkerEvent} */
  #ending() {
    const [runId, reason] = [this.id, this.#endReason];
    const { bestStep } = this.#plateau;
    const type = "paused";
    return reason === "plateau" ? { type, runId, reason, bestStep } : { type, runId, reason };
  }

  /** A batch of steps, whatever has become due after it, and a look at the messages. */
  async #slice() {
    const progress = this.#progress;
    const began = performance.now();
    const budget = this.#isCpu ? CPU_SLICE_MS : GPU_SLICE_MS;
    const stepMs = 1_000 / this.#pace.stepsPerSecond;
    const isSlow = stepMs > 0;
    const limit = isSlow ? 1 : this.#isCpu ? READ_EVERY_STEPS : progress.chunk;
    let now = began;
    let fits;
    do {
      const before = now;
      progress.issue();
      now = performance.now();
      fits = now - began + (now - before) < budget; // another like this one
    } while (fits && progress.unread < limit && !this.#mustStop());

    if (progress.unread >= limit || this.#mustStop() || progress.isReadDue(now)) {
      progress.read(now);
      await progress.brake(this.#isCpu ? 0 : READS_BEHIND);
    }
    // On a GPU a grid is only asked for right behind a readback: that is how its cost is measured.
    const canMeasure = this.#isCpu || progress.unread === 0;
    if (canMeasure && this.pictures.isDue()) await this.#startDrawing();

    if (now >= this.#nextCheckpointAt && this.#keeping === undefined) this.#keep(now);

    if (progress.owesValidation()) await progress.validate();
    progress.spend(performance.now() - began);
    if (this.#owesLook()) await this.#look();
    const looked = performance.now();
    if (this.#isAtEnd()) {
      this.#wanted = false;
      this.#endReason = "finished";
    }
    if (this.#pace.hidden) await rest(performance.now() - began);
    else await macrotask();
    while (isSlow && this.#wanted && performance.now() - began < stepMs)
      await rest(MESSAGES_EVERY_MS);
    progress.spend(performance.now() - looked);
  }

  /** Whether the next step must wait for something to be done between the two. */
  #mustStop() {
    return this.#isAtEnd() || this.#progress.owesValidation() || this.#owesLook();
  }

  #owesLook() {
    const { issued } = this.#progress;
    return this.#judgedBy && issued % LOOK_EVERY === 0 && issued !== this.#lookedAt;
  }

  /** Whether it still gets better; where that is not found out for something else's sake, it is at the next look. */
  async #look() {
    this.#lookedAt = this.#progress.issued;
    await this.#progress.finishReads();
    const distance = this.#judgedBy && (await this.#judge(this, this.#judgedBy));
    if (distance === undefined || !this.#plateau.add(this.#lookedAt, distance)) return;
    this.#wanted = false;
    this.#endReason = "plateau";
  }

  #isAtEnd() {
    const { issued, trainedMs } = this.#progress;
    const isLast = issued === this.#info.totalSteps || issued === this.#until;
    return isLast || trainedMs >= this.#untilMs;
  }

  /**
   * Sends the page a checkpoint: it outlives this worker and its device.
   * @param {number} now
   */
  #keep(now) {
    this.#nextCheckpointAt = now + CHECKPOINT_EVERY_MS;
    const step = this.#progress.issued;
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

  /** Everything issued has arrived, and the picture is that of the last step. */
  async #settle() {
    await this.#progress.finishReads();
    this.#watch.settle();
    await this.pictures.draw();
  }

  /** On a CPU the grid is computed at once; on a GPU it arrives while the loop goes on. */
  async #startDrawing() {
    const drawing = this.pictures.draw();
    if (this.#isCpu) await drawing;
    else drawing.catch((error) => void this.#stop(error));
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
 * Leaves a hidden tab's machine alone for as long as the last slice took.
 * @param {number} ms
 * @returns {Promise<void>}
 */
function rest(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
