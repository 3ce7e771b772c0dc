// Trains, pauses, takes a step: what changes no setting and starts nothing over.

import { classifierIn } from "../../engine/site-files.js";
import { isMnist } from "../selectors.js";

/** @import { Desk } from "./desk.js" */
/** @import { Measuring } from "./measuring.js" */
/** @import { Network } from "../../engine/protocol.js" */

const MINUTE_MS = 60_000;

export class Training {
  #desk;
  #measuring;
  #resumesWhenShown = false;
  /** Told when steps begin: training, or a single one. */
  onBegin = () => {};
  /** Told when a single step has been taken. */
  onStepped = () => {};

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
    this.#resumesWhenShown = false;
    this.#desk.store.dispatch({ type: "running", isRunning: true });
    this.onBegin();
    this.#go(run.id);
  }

  /** When to pause has changed. */
  follow() {
    const { run, isRunning } = this.#desk.state;
    if (run !== undefined && isRunning) this.#go(run.id);
  }

  /** @param {number} runId */
  #go(runId) {
    const { settings, data } = this.#desk.state;
    const { stopSteps, stopMinutes, stopAt } = settings;
    const classifier = isMnist(data) ? classifierIn(this.#desk.places.models) : undefined;
    const stops = {
      everySteps: stopSteps ?? undefined,
      everyMs: stopMinutes === null ? undefined : stopMinutes * MINUTE_MS,
      plateau: stopAt === null ? undefined : { classifier },
    };
    void this.#desk.tell(this.#desk.client.ask.train(runId, stops));
  }

  pause() {
    const { run } = this.#desk.state;
    if (run === undefined) return;
    this.#resumesWhenShown = false;
    this.#desk.store.dispatch({ type: "running", isRunning: false });
    void this.#desk.tell(this.#desk.client.ask.pause(run.id));
  }

  /**
   * A single step, of the run that was asked for where one was.
   * @param {Network} [network] the one that learns, where it is one alone
   */
  async step(network) {
    if (this.#desk.state.asked !== undefined) await this.#desk.settled;
    const { run, isRunning, isStepping } = this.#desk.state;
    if (run === undefined || isRunning || isStepping) return;
    this.#desk.store.dispatch({ type: "stepping", isStepping: true, network });
    this.onBegin();
    await this.#desk.tell(this.#desk.client.ask.step(run.id, network));
    this.#desk.store.dispatch({ type: "stepping", isStepping: false });
    this.onStepped();
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
