// How far a run is: the steps that were issued, the losses of those that have been read back, and the epochs
// that ended with them, all of which it tells. It decides nothing: run.js does.

import { METRICS } from "../engine/protocol.js";
import { ChunkSize, EpochMeans, READ_EVERY_MS, Speed } from "./pace.js";

/** @import { Dataset, Trainer } from "../pkg/cpu/webgan.js" */
/** @import { Network, RunInfo } from "../engine/protocol.js" */
/** @import { Emit } from "./run.js" */
/** @import { Watch } from "./watch.js" */

export class Progress {
  #trainer;
  #heldOut;
  #runId;
  #watch;
  #emit;

  #issued;
  #completed;
  /** Epochs finished by the steps issued. */
  #epoch;
  /** @type {number[]} the last steps of epochs whose line is still to be written */
  #epochEnds = [];
  /** Epochs whose line is written. */
  #finishedEpochs;
  #means = new EpochMeans(METRICS.length);
  #trainedMs;
  #speed = new Speed();
  #chunk = new ChunkSize();

  #unread = 0;
  #lastReadAt = 0;
  #lastArrivalAt = 0;
  /** @type {Promise<void>[]} readbacks under way, oldest first */
  #reads = [];
  /** @type {{ error: unknown } | undefined} of a readback, until `brake` throws it */
  #failure;

  /**
   * @param {object} parts
   * @param {Trainer} parts.trainer
   * @param {Dataset | undefined} parts.heldOut what the discriminator is tried on after each epoch
   * @param {RunInfo} parts.info where it starts
   * @param {number} parts.trainedMs for how long it has trained before
   * @param {Watch} parts.watch
   * @param {Emit} parts.emit
   */
  constructor({ trainer, heldOut, info, trainedMs, watch, emit }) {
    this.#trainer = trainer;
    this.#heldOut = heldOut;
    this.#runId = info.id;
    this.#issued = this.#completed = info.step;
    this.#epoch = this.#finishedEpochs = info.epoch;
    this.#trainedMs = trainedMs;
    this.#watch = watch;
    this.#emit = emit;
  }

  /** Steps issued. */
  get issued() {
    return this.#issued;
  }

  /** Steps issued whose losses nobody has asked for. */
  get unread() {
    return this.#unread;
  }

  /** For how long it has trained, in milliseconds. */
  get trainedMs() {
    return this.#trainedMs;
  }

  /** How many steps one readback is to wait for. */
  get chunk() {
    return this.#chunk.steps;
  }

  /** The newest readback under way. */
  get lastRead() {
    return this.#reads.at(-1);
  }

  /** The time of training begins to count. */
  start() {
    const now = performance.now();
    this.#speed.start(now, this.#completed);
    this.#lastReadAt = now;
  }

  stop() {
    this.#speed.stop();
  }

  /** @param {number} ms spent on training */
  spend(ms) {
    this.#trainedMs += ms;
  }

  /** @param {Network} [network] the one that learns, where it is one alone */
  issue(network) {
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

  /**
   * Whether losses have not been asked for for long.
   * @param {number} now
   */
  isReadDue(now) {
    return now - this.#lastReadAt >= READ_EVERY_MS;
  }

  /**
   * Asks for the losses of the steps issued since the last time.
   * @param {number} now
   */
  read(now) {
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
        this.#emit({ type: "losses", runId: this.#runId, values, progress }, [values.buffer]);
      })
      .catch((error) => {
        this.#failure ??= { error };
      })
      .finally(() => {
        this.#reads.shift(); // returned, it would wait for itself
      });
    this.#reads.push(read);
  }

  /**
   * The device says how far it is with its oldest readback: waiting for that is the brake.
   * @param {number} most readbacks that may go on
   * @throws what one of them has failed with, however long ago
   */
  async brake(most) {
    while (this.#reads.length > most) await this.#reads[0];
    if (this.#failure === undefined) return;
    const { error } = this.#failure;
    this.#failure = undefined;
    throw error;
  }

  /** The losses of all steps issued have arrived. */
  async finishReads() {
    if (this.#unread > 0) this.read(performance.now());
    await this.brake(0);
  }

  /** Whether an epoch has just ended and the discriminator is to be tried on what was held out. */
  owesValidation() {
    return this.#heldOut !== undefined && this.#epochEnds[0] === this.#issued;
  }

  async validate() {
    await this.finishReads();
    if (this.#heldOut !== undefined) this.#endEpoch(await this.#trainer.validate(this.#heldOut));
  }

  /** Done when no readback is under way. */
  async close() {
    await Promise.all(this.#reads);
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

  /** @param {number | undefined} validation */
  #endEpoch(validation) {
    this.#epochEnds.shift();
    this.#finishedEpochs += 1;
    const row = { epoch: this.#finishedEpochs, means: this.#means.take(), validation };
    this.#emit({ type: "epoch", runId: this.#runId, row });
  }
}
