// Sections that fold: where the page is one column all but the first are closed, so that a reader finds
// things by their headings. An address's fragment, a link, or a problem inside opens one. It remembers nothing.

/** @import { PageStore, Place } from "../state.js" */

const NARROW = "(width < 60rem)";

/** @param {PageStore} store */
export function foldsView(store) {
  if (window.matchMedia(NARROW).matches) {
    const [, ...others] = folds();
    for (const fold of others) fold.open = false;
  }
  openTarget(location.hash);
  window.addEventListener("hashchange", () => openTarget(location.hash));
  // Before the browser goes there; and again where the address says so already.
  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest('a[href^="#"]') : null;
    if (link !== null) openTarget(link.getAttribute("href") ?? "");
  });
  /** @type {NodeListOf<HTMLElement>} */
  const told = document.querySelectorAll(".fold [data-problem]");
  for (const problem of told) {
    const place = /** @type {Place} */ (problem.dataset.problem);
    // Only when it is new, so that it can be folded away.
    store.watch(
      ({ problems }) => problems[place],
      (message) => {
        if (message !== undefined) openAround(problem);
      },
    );
  }
}

function folds() {
  return [.../** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll(".fold"))];
}

/** @param {string} hash */
function openTarget(hash) {
  const target = document.getElementById(hash.slice(1));
  if (target === null) return;
  openAround(target);
  const own = target.querySelector(":scope > .fold");
  if (!(own instanceof HTMLDetailsElement) || own.open) return;
  own.open = true;
  target.scrollIntoView();
}

/** @param {Element} element */
function openAround(element) {
  for (let at = element.closest("details"); at !== null;) {
    at.open = true;
    at = at.parentElement?.closest("details") ?? null;
  }
}
