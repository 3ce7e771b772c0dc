// The failure lab: sets up a run that fails, and applies what mends one.

import { OWN_VALUES } from "../settings.js";

/** @import { Cure, Failure } from "../protocol.js" */
/** @import { DataName, Settings } from "../settings.js" */
/** @import { Desk } from "./desk.js" */
/** @import { Starter } from "./starter.js" */
/** @import { Training } from "./training.js" */

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

  /** Asks for the list; without it the lab stays empty. */
  async open() {
    const asked = this.#desk.client.failures();
    await this.#desk.tell(
      asked.then((failures) => this.#desk.store.dispatch({ type: "failures", failures })),
    );
  }

  /**
   * Starts a run that fails, and trains it.
   * @param {Failure} failure
   */
  async setUp({ id, toy, settings }) {
    const data = /** @type {DataName} */ (toy);
    const patch = { ...OWN_VALUES, seed: null, ...settings, data, drawing: null };
    await this.#startAndTrain(patch);
    if (this.#desk.state.problems.lab === undefined) {
      this.#desk.store.dispatch({ type: "failing", id });
    }
  }

  /**
   * Mends a run: it goes on with other settings, or starts over with them, from the same seed.
   * @param {Cure} cure
   */
  async cure({ settings, live }) {
    if (!live) {
      await this.#startAndTrain(settings);
      return;
    }
    const { learningRate, l1Weight } = settings;
    if (learningRate !== undefined) await this.#starter.update("learningRate", learningRate);
    if (typeof l1Weight === "number") await this.#starter.update("l1Weight", l1Weight);
    if (!this.#desk.state.isRunning) this.#training.train();
  }

  /** @param {Partial<Settings>} patch */
  async #startAndTrain(patch) {
    await this.#starter.start(patch, "lab");
    if (this.#desk.state.problems.lab === undefined) this.#training.train();
  }
}
