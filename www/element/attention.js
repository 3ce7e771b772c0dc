// What a reader sees of an element, what they have asked their browser for, and how long an element may
// train before they are asked again. No training.

/** What is so far from the screen counts as seen. */
const NEAR = "100px";
/** Whoever has left it running for so long is not at the machine any more, unless the author says otherwise. */
const MINUTES = 10;
const MINUTE_MS = 60_000;

/** @type {Map<Element, (isNear: boolean) => void>} */
const watched = new Map();
/** @type {IntersectionObserver | undefined} one for all, so that they are told from the top of the page down */
let observer;

/** Whether one element can be seen: near the screen, in a tab that is not hidden. */
export class Sight {
  #element;
  #onVisible;
  #isNear = false;
  isVisible = false;

  /**
   * @param {Element} element
   * @param {() => void} onNear told whenever it has come near the screen
   * @param {(isVisible: boolean) => void} onVisible told whenever that has changed
   */
  constructor(element, onNear, onVisible) {
    this.#element = element;
    this.#onVisible = onVisible;
    observer ??= new IntersectionObserver(tellAll, { rootMargin: NEAR });
    watched.set(element, (isNear) => {
      this.#isNear = isNear;
      this.#look();
      if (isNear) onNear();
    });
    observer.observe(element);
    document.addEventListener("visibilitychange", this.#look);
  }

  #look = () => {
    const isVisible = this.#isNear && !document.hidden;
    if (isVisible === this.isVisible) return;
    this.isVisible = isVisible;
    this.#onVisible(isVisible);
  };

  /** Nothing is told any more. */
  end() {
    watched.delete(this.#element);
    observer?.unobserve(this.#element);
    document.removeEventListener("visibilitychange", this.#look);
    this.isVisible = false;
  }
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
   * @param {number | null} minutes null: as many as there are where the author says nothing
   */
  grant(minutes) {
    const isSpending = this.#timer !== undefined;
    this.stop();
    this.#left = (minutes ?? MINUTES) * MINUTE_MS;
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
