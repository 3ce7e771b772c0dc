// Holds the state and tells whoever shows it, at most once per animation frame. It knows no page and no state of one.

/**
 * @template State
 * @template Action
 */
export class Store {
  #state;
  #reduce;
  /** @type {((state: State) => void)[]} */
  #listeners = [];
  #isScheduled = false;

  /**
   * @param {State} state
   * @param {(state: State, action: Action) => State} reduce
   */
  constructor(state, reduce) {
    this.#state = state;
    this.#reduce = reduce;
  }

  get state() {
    return this.#state;
  }

  /** @param {Action} action */
  dispatch(action) {
    const next = this.#reduce(this.#state, action);
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
