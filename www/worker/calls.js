// How requests reach the program: one that fails with a code is refused, any other failure is the program's end,
// and what replaces the data or measures with them follows one another. It knows no request.

import { refusals as texts } from "#words/refusals.js";
import { CodedError, codeOf, messageOf } from "../kit/errors.js";

/** @import { WorkerEvent } from "../engine/protocol.js" */

export class Calls {
  #emit;
  #isLossBehind;
  /** After a panic the wasm must not be called again. */
  #isDead = false;
  /** @type {Promise<unknown>} */
  #lastInLine = Promise.resolve();

  /**
   * @param {(event: WorkerEvent) => void} emit
   * @param {() => Promise<boolean>} isLossBehind whether what has just gone wrong comes from the GPU's loss, of
   *   which the page is told: it ends this worker then, and waits for no answer
   */
  constructor(emit, isLossBehind) {
    this.#emit = emit;
    this.#isLossBehind = isLossBehind;
  }

  get isDead() {
    return this.#isDead;
  }

  /** @param {unknown} error */
  fatal = async (error) => {
    if (this.#isDead) return;
    this.#isDead = true;
    console.error("WebGAN's worker stopped:", error);
    if (await this.#isLossBehind()) return;
    this.#emit({ type: "fatal", message: messageOf(error) });
  };

  /**
   * Passes on a refusal; an error without a code is a crash.
   * @template T
   * @param {() => T | Promise<T>} work
   * @returns {Promise<T>}
   */
  async guarded(work) {
    if (this.#isDead) throw new CodedError("worker.dead", texts.stopped);
    try {
      return await work();
    } catch (error) {
      if (await this.#isLossBehind()) return new Promise(() => {});
      if (codeOf(error) === undefined) void this.fatal(error);
      throw error;
    }
  }

  /**
   * As `guarded`, after what was asked for before.
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  inLine(work) {
    const answer = this.#lastInLine.then(() => this.guarded(work));
    this.#lastInLine = answer.catch(() => {});
    return answer;
  }
}
