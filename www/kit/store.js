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

  /**
   * @template Selected
   * @param {(state: State) => Selected} select what is looked at
   * @param {(selected: Selected) => void} render called now, and after changes whenever what is selected is another: arrays
   *   and plain objects are compared by their entries
   */
  watch(select, render) {
    /** @type {[Selected] | []} */
    let last = [];
    this.subscribe((state) => {
      const selected = select(state);
      if (last.length > 0 && isSame(last[0], selected)) return;
      last = [selected];
      render(selected);
    });
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

/**
 * @param {unknown} a
 * @param {unknown} b
 */
function isSame(a, b) {
  if (Object.is(a, b)) return true;
  if (!isPlain(a) || !isPlain(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && Object.is(a[name], b[name]))
  );
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isPlain(value) {
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}
