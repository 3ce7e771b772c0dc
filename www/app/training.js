// Trains, pauses, takes a step: what changes no setting and starts nothing over.

/** @import { Desk } from "./desk.js" */
/** @import { Measuring } from "./measuring.js" */
/** @import { Network } from "../protocol.js" */

const MINUTE_MS = 60_000;

export class Training {
  #desk;
  #measuring;
  #resumesWhenShown = false;
  /** Told when training begins. */
  onTrain = () => {};
  /** @type {ReturnType<typeof setTimeout> | undefined} ends the training after so many minutes */
  #end;

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
    const { run, isStepping, progress, settings } = this.#desk.state;
    if (run === undefined || isStepping) return;
    this.#measuring.stopGanTrain();
    this.#resumesWhenShown = false;
    this.#desk.store.dispatch({ type: "running", isRunning: true });
    this.onTrain();
    const { stopSteps, stopMinutes } = settings;
    const until = stopSteps === null ? undefined : progress.step + stopSteps;
    void this.#desk.tell(this.#desk.client.train(run.id, until));
    clearTimeout(this.#end);
    if (stopMinutes === null) return;
    this.#end = setTimeout(() => {
      this.pause();
      this.#desk.store.dispatch({ type: "paused", reason: "finished" });
    }, stopMinutes * MINUTE_MS);
  }

  pause() {
    const { run } = this.#desk.state;
    if (run === undefined) return;
    this.#resumesWhenShown = false;
    this.settle();
    this.#desk.store.dispatch({ type: "running", isRunning: false });
    void this.#desk.tell(this.#desk.client.pause(run.id));
  }

  /** Training has ended, whoever ended it. */
  settle() {
    clearTimeout(this.#end);
  }

  /**
   * A single step.
   * @param {Network} [network] the one that learns, where it is one alone
   */
  async step(network) {
    const { run, isRunning, isStepping } = this.#desk.state;
    if (run === undefined || isRunning || isStepping) return;
    this.#measuring.stopGanTrain();
    this.#desk.store.dispatch({ type: "stepping", isStepping: true });
    await this.#desk.tell(this.#desk.client.step(run.id, network));
    this.#desk.store.dispatch({ type: "stepping", isStepping: false });
    this.#measuring.measureSoon(run.id);
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
