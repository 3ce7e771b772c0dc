// Holds the state and tells whoever shows it, at most once per animation frame. It knows no page.

import { reduce } from "../page/state.js";

/** @import { Action, State } from "../page/state.js" */

export class Store {
  #state;
  /** @type {((state: State) => void)[]} */
  #listeners = [];
  #isScheduled = false;

  /** @param {State} state */
  constructor(state) {
    this.#state = state;
  }

  get state() {
    return this.#state;
  }

  /** @param {Action} action */
  dispatch(action) {
    const next = reduce(this.#state, action);
    if (next === this.#state) return;
    this.#state = next;
    this.#schedule();
  }

  /** @param {(state: State) => void} listener called now, and after changes */
  subscribe(listener) {
    this.#listeners.push(listener);
    this.#tell(listener);
  }

  #schedule() {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    requestAnimationFrame(() => {
      this.#isScheduled = false;
      for (const listener of this.#listeners) this.#tell(listener);
    });
  }

  /**
   * One that throws starves no other.
   * @param {(state: State) => void} listener
   */
  #tell(listener) {
    try {
      listener(this.#state);
    } catch (error) {
      console.error("A part of WebGAN's page broke:", error);
    }
  }
}
