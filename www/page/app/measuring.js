// Asks how good the samples are: the measures, and the classifier that learns from them.

import { codeOf, messageOf } from "../../kit/errors.js";
import { sentence } from "../../kit/sentence.js";
import { classifierIn } from "../../engine/site-files.js";
import { canGanTrain, canMeasure, isLearning, isMeasuredSoon, isMnist } from "../selectors.js";
import { isDeath } from "./desk.js";

/** @import { Desk } from "./desk.js" */

/** Who pauses and goes on at once is not kept waiting by a measurement. */
const MEASURE_AFTER_MS = 1_000;

export class Measuring {
  #desk;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #soon;
  /** The classifier that learns, or was last to. @type {symbol | undefined} */
  #learning;

  /** @param {Desk} desk */
  constructor(desk) {
    this.#desk = desk;
  }

  /**
   * Measures what the generator draws, unless something else keeps the worker busy.
   * @param {boolean} [isAsked] by somebody, and not by a pause
   */
  async measure(isAsked = true) {
    const { run, data } = this.#desk.state;
    if (run === undefined || !canMeasure(this.#desk.state)) return;
    this.#desk.store.dispatch({ type: "measuring", isAsked });
    const { ask } = this.#desk.client;
    let measured;
    let quality;
    let hasFailed = false;
    try {
      if (data?.pairs) quality = await ask.measurePairs(run.id);
      else measured = await ask.measure(run.id, this.#classifierUrl);
    } catch (error) {
      hasFailed = true;
      // Who did not ask is not told what these data lack.
      if (isAsked || codeOf(error) !== "quality.data") this.#failMeasuring(error);
    }
    if (this.#desk.state.run?.id !== run.id) return;
    this.#desk.store.dispatch({ type: "measured", measured, quality });
    // It gave way to something that was refused: the run is as it was.
    if (!measured && !quality && !hasFailed) this.measureSoon(run.id);
  }

  /** Lets a classifier learn from generated digits alone, and read real ones. */
  async ganTrain() {
    const { run, progress, picture } = this.#desk.state;
    if (run === undefined || !canGanTrain(this.#desk.state)) return;
    const drawn = { step: progress.step, trainedFor: picture?.trainedFor };
    const mine = Symbol();
    this.#learning = mine;
    const begun = { ...drawn, stage: /** @type {const} */ ("draws"), done: 0, total: 0 };
    this.#desk.store.dispatch({ type: "gan-train", ganTrain: begun });
    let accuracy;
    try {
      accuracy = await this.#desk.client.ask.ganTrain(run.id, this.#classifierUrl);
    } catch (error) {
      this.#failMeasuring(error);
    }
    if (this.#desk.state.run?.id !== run.id) return;
    // Cancelled, it has left the page already, and another one may have begun.
    if (this.#learning !== mine) return;
    // It gave way, which is said where it stood.
    if (accuracy === undefined && !isLearning(this.#desk.state.ganTrain)) return;
    const ganTrain = accuracy === undefined ? undefined : { ...drawn, accuracy };
    this.#desk.store.dispatch({ type: "gan-train", ganTrain });
  }

  /**
   * How fast the device trains.
   * @returns {Promise<number | undefined>} multiplications a second; unknown of a GPU
   */
  async rate() {
    try {
      return await this.#desk.client.ask.rate();
    } catch (error) {
      if (!isDeath(error)) console.warn("WebGAN cannot tell how fast this is:", messageOf(error));
      return undefined;
    }
  }

  cancelGanTrain() {
    this.#learning = undefined;
    this.#desk.store.dispatch({ type: "gan-train", ganTrain: undefined });
    void this.#desk.tell(this.#desk.client.ask.cancelGanTrain());
  }

  /** Of digits, if these are. */
  get #classifierUrl() {
    return isMnist(this.#desk.state.data) ? classifierIn(this.#desk.places.models) : undefined;
  }

  /** @param {unknown} error */
  #failMeasuring(error) {
    if (isDeath(error)) return;
    const message = sentence(messageOf(error));
    this.#desk.store.dispatch({ type: "problem", place: "quality", message });
  }

  /** Where somebody begins to look: what is drawn now may not have been measured when training paused. */
  look() {
    const { run, progress, isRunning } = this.#desk.state;
    if (run !== undefined && progress.step > 0 && !isRunning) this.measureSoon(run.id);
  }

  /**
   * Unless something else is asked for meanwhile; a measurement under way gives way to that too.
   * @param {number} runId whose training rests
   */
  measureSoon(runId) {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => {
      const { run, measured, pairQuality, progress } = this.#desk.state;
      const isMeasured = measured?.step === progress.step && measured.trainedFor === undefined;
      const isDone = isMeasured || pairQuality?.step === progress.step;
      if (run?.id !== runId || isDone || this.#desk.client.pace.hidden) return;
      if (isMeasuredSoon(this.#desk.state) && this.#desk.hands.seesQuality())
        void this.measure(false);
    }, MEASURE_AFTER_MS);
  }
}
