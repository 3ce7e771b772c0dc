// What a reader sees of an element, what they have asked their browser for, and how long an element may
// train before they are asked again. No training.

/** What is so far from the screen counts as seen. */
const NEAR = "100px";

/** @type {Map<Element, (isNear: boolean) => void>} */
const watched = new Map();
/** @type {IntersectionObserver | undefined} one for all, so that they are told from the top of the page down */
let observer;

/**
 * @param {Element} element
 * @param {(isNear: boolean) => void} onSight told first whether the element is near the screen, and then
 *   whenever that changes
 * @returns {() => void} ends it
 */
export function watchSight(element, onSight) {
  observer ??= new IntersectionObserver(tellAll, { rootMargin: NEAR });
  watched.set(element, onSight);
  observer.observe(element);
  return () => {
    watched.delete(element);
    observer?.unobserve(element);
  };
}

/** @param {IntersectionObserverEntry[]} entries */
function tellAll(entries) {
  const fromTheTop = entries.sort((a, b) => a.boundingClientRect.top - b.boundingClientRect.top);
  for (const { target, isIntersecting } of fromTheTop) watched.get(target)?.(isIntersecting);
}

/** @type {MediaQueryList | undefined} */
let lessMotion;

/** Whether the reader asked for less motion, now and when that changes. */
export function motionQuery() {
  lessMotion ??= matchMedia("(prefers-reduced-motion: reduce)");
  return lessMotion;
}

/** Whether the reader wants nothing to be loaded or to move unasked. */
export function wantsToBeAsked() {
  const { connection } = /** @type {{ connection?: { saveData?: boolean } }} */ (navigator);
  return connection?.saveData === true || motionQuery().matches;
}

/** Counts the time spent training, and only that. */
export class Allowance {
  #onSpent;
  #left = 0;
  #since = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} while it is being spent */
  #timer;

  /** @param {() => void} onSpent */
  constructor(onSpent) {
    this.#onSpent = onSpent;
  }

  /**
   * Somebody has asked for so much, from now on.
   * @param {number} ms
   */
  grant(ms) {
    const isSpending = this.#timer !== undefined;
    this.stop();
    this.#left = ms;
    if (isSpending) this.start();
  }

  start() {
    if (this.#timer !== undefined) return;
    this.#since = performance.now();
    this.#timer = setTimeout(() => {
      this.stop();
      this.#onSpent();
    }, this.#left);
  }

  stop() {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#left = Math.max(0, this.#left - (performance.now() - this.#since));
  }
}
