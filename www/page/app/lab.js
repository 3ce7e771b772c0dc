// Sets up what is to be seen: a run that fails, what mends one, what a lesson says to try. Loaded with the first of it.

import { OWN_VALUES, presetOf } from "../settings.js";

/** @import { Failure } from "../../engine/protocol.js" */
/** @import { Trial } from "../lessons.js" */
/** @import { DataName, Settings } from "../settings.js" */
/** @import { Place } from "../state.js" */
/** @import { Desk } from "./desk.js" */
/** @import { Starter } from "./starter.js" */
/** @import { Training } from "./training.js" */

/** The data of points before any other was chosen. @type {DataName} */
const FIRST_TOY = "ring";

export class Lab {
  #desk;
  #training;
  #starter;

  /**
   * @param {Desk} desk
   * @param {Training} training
   * @param {Starter} starter
   */
  constructor(desk, training, starter) {
    this.#desk = desk;
    this.#training = training;
    this.#starter = starter;
  }

  /**
   * Starts a run that fails, and trains it.
   * @param {Failure} failure
   */
  async setUp({ id, toy, settings }) {
    const data = /** @type {DataName} */ (toy);
    const patch = { ...OWN_VALUES, seed: null, ...settings, data, drawing: null };
    if (await this.#startAndTrain(patch, "lab", true)) {
      this.#desk.store.dispatch({ type: "failing", id });
    }
  }

  /**
   * Back to what was set before, at the pace of now.
   * @param {Settings} before
   */
  async goBack(before) {
    const { device, hidden, speed, stopSteps, stopMinutes, stopAt, hide } =
      this.#desk.state.settings;
    const ofNow = { device, hidden, speed, stopSteps, stopMinutes, stopAt, hide };
    await this.#starter.start({ ...before, ...ofNow }, "lab", { showcase: true });
  }

  /**
   * Mends a run: it starts over with other settings, from the same seed.
   * @param {Partial<Settings>} settings
   */
  async cure(settings) {
    await this.#startAndTrain(settings, "lab", this.#desk.record.isTrial);
  }

  /**
   * Trains what a lesson says to try, from the same seed: all else is the preset's own.
   * @param {Trial} trial
   */
  async attempt({ settings, live }) {
    if (live) await this.#goOn(settings);
    else await this.#startAndTrain({ ...OWN_VALUES, ...settings }, "lesson", true);
  }

  /**
   * Goes back to the preset's own values.
   * @param {Trial} trial
   */
  async takeBack({ settings: tried, live }) {
    const { settings, presets } = this.#desk.state;
    if (live) {
      await this.#goOn({ l1Weight: presetOf(settings, presets).config.l1Weight });
      return;
    }
    const data = tried.data === undefined ? {} : { data: FIRST_TOY };
    await this.#startAndTrain({ ...OWN_VALUES, ...data }, "lesson", true);
  }

  /** @param {Pick<Partial<Settings>, "learningRate" | "l1Weight">} settings */
  async #goOn({ learningRate, l1Weight }) {
    if (typeof learningRate === "number") await this.#starter.update("learningRate", learningRate);
    if (typeof l1Weight === "number") await this.#starter.update("l1Weight", l1Weight);
    if (!this.#desk.state.isRunning) this.#training.train();
  }

  /**
   * @param {Partial<Settings>} patch
   * @param {Place} place
   * @param {boolean} isTrial whether it is no run of one's own
   * @returns {Promise<boolean>} whether there is such a run
   */
  async #startAndTrain(patch, place, isTrial) {
    const isInForce = await this.#starter.start(patch, place, { isTrial });
    if (isInForce) this.#training.train();
    return isInForce;
  }
}
