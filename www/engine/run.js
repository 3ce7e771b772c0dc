// A run in a worker, as whoever opened it knows it: its number, how far it is, and its last checkpoint. It outlives
// the worker, so that it can go on in another one. What trains it is worker/run.js.

/** @import { Client } from "./client.js" */
/** @import { StartAnswer, WorkerEvent } from "./protocol.js" */

/**
 * Where a run can go on: a file of it, and for how long it had trained.
 * @typedef {{ bytes: Uint8Array, trainedMs: number }} Beginning
 */

/** That of a run at a step. @typedef {Beginning & { step: number }} Checkpoint */

export class Run {
  #client;
  /** Steps that are known to be taken. */
  step;
  /** For how long it has trained, in milliseconds. */
  trainedMs;
  /** The last one that came. @type {Checkpoint | undefined} */
  checkpoint;

  /**
   * @param {Client} client
   * @param {StartAnswer} answer
   * @param {Beginning} [from] where it goes on, if not at step 0
   */
  constructor(client, answer, from) {
    this.#client = client;
    this.answer = answer;
    this.step = answer.run.step;
    this.trainedMs = from?.trainedMs ?? 0;
    this.checkpoint = from && { ...from, step: this.step };
  }

  get id() {
    return this.answer.run.id;
  }

  /** Whether it is in its worker: neither has that ended nor has another run taken its place. */
  get isOpen() {
    return this.#client.run === this;
  }

  /** @param {WorkerEvent} event of this run */
  hear(event) {
    if (event.type === "losses") {
      this.step = event.progress.step;
      this.trainedMs = event.progress.trainedMs;
    } else if (event.type === "checkpoint") {
      this.#keep(event);
    }
  }

  /**
   * Asks for a checkpoint of the run as it is now. Of a run that has taken no step there is nothing to keep, and of
   * weights that are no numbers there is no checkpoint: then the last one stays.
   */
  async keep() {
    const saved = await this.#client.ask.save(this.id);
    if (saved !== undefined && saved.step > 0) this.#keep(saved);
  }

  /** @param {{ step: number, bytes: Uint8Array }} saved */
  #keep({ step, bytes }) {
    this.checkpoint = { step, bytes, trainedMs: this.trainedMs };
  }
}
