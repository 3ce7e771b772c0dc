// Trains, pauses, takes a step: what changes no setting and starts nothing over.

/** @import { Desk } from "./desk.js" */
/** @import { Measuring } from "./measuring.js" */

export class Training {
  #desk;
  #measuring;
  #resumesWhenShown = false;

  /**
   * @param {Desk} desk
   * @param {Measuring} measuring
   */
  constructor(desk, measuring) {
    this.#desk = desk;
    this.#measuring = measuring;
  }

  /** Trains, or pauses. */
  toggle() {
    if (this.#desk.state.isRunning) this.pause();
    else this.train();
  }

  train() {
    const { run, isStepping } = this.#desk.state;
    if (run === undefined || isStepping) return;
    this.#measuring.stopGanTrain();
    this.#resumesWhenShown = false;
    this.#desk.store.dispatch({ type: "running", isRunning: true });
    void this.#desk.tell(this.#desk.client.train(run.id));
  }

  pause() {
    const { run } = this.#desk.state;
    if (run === undefined) return;
    this.#resumesWhenShown = false;
    this.#desk.store.dispatch({ type: "running", isRunning: false });
    void this.#desk.tell(this.#desk.client.pause(run.id));
  }

  /** A single step. */
  async step() {
    const { run, isRunning, isStepping } = this.#desk.state;
    if (run === undefined || isRunning || isStepping) return;
    this.#measuring.stopGanTrain();
    this.#desk.store.dispatch({ type: "stepping", isStepping: true });
    await this.#desk.tell(this.#desk.client.step(run.id));
    this.#desk.store.dispatch({ type: "stepping", isStepping: false });
  }

  /** @param {boolean} hidden whether the tab is hidden now */
  setHidden(hidden) {
    const { isRunning, settings } = this.#desk.state;
    if (hidden && isRunning && settings.hidden === "pause") {
      this.pause();
      this.#resumesWhenShown = true;
    } else if (!hidden && this.#resumesWhenShown) {
      this.train();
    }
  }
}
