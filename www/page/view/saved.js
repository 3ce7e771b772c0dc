// The runs that this browser keeps: those of other visits are offered, the one on the page is named, with a way
// to be rid of each; and what could not be kept.

import { readSettings } from "../address.js";
import { canGoOn } from "../selectors.js";
import { framed } from "#words/framed.js";
import { isOpaque } from "../../kit/frame.js";
import { page } from "#words/page.js";
import { saved as texts } from "#words/saved.js";
import { toDropZone } from "./tabs.js";
import { find, make, onPress, setText } from "../../kit/dom.js";

/** @import { App } from "../app.js" */
/** @import { About } from "../saved-runs.js" */
/** @import { DataName } from "../settings.js" */
/** @import { PageStore, State } from "../state.js" */

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function savedView(app, store) {
  const offer = find("saved-offer", HTMLElement);
  const kept = find("saved-kept", HTMLElement);
  const keptWords = find("saved-kept-words", HTMLElement);
  const unkept = find("saved-unkept", HTMLElement);
  const unkeptWords = find("saved-unkept-words", HTMLElement);
  const dropped = find("saved-dropped", HTMLElement);

  onPress(find("saved-clear", HTMLButtonElement), () => app.forget());
  onPress(find("saved-save", HTMLButtonElement), () => app.files((files) => files.save("run")));

  store.subscribe(({ phase, shelf }) => {
    if (shelf === undefined) return;
    const isReady = phase === "ready";
    offer.hidden = !isReady || shelf.offers.length === 0;
    kept.hidden = !isReady || shelf.kept === undefined;
    unkept.hidden = !isReady || shelf.unkept === undefined;
    if (shelf.kept !== undefined) {
      const { step, at } = shelf.kept;
      setText(keptWords, texts.kept(step, at));
    }
    setText(unkeptWords, isReady ? unkeptWordsOf(shelf.unkept) : "");
    const gone = shelf.dropped.map(({ title, step }) => texts.droppedRun(title, step));
    setText(dropped, gone.length === 0 ? "" : texts.dropped(gone));
  });
  // What is read again from storage is another list of the same.
  store.watch(
    (state) => JSON.stringify(offersOf(state)),
    () => {
      const offers = offersOf(store.state);
      const [newest = [], ...others] = offers.map(({ about, isPossible }) =>
        offerOf(app, about, isPossible),
      );
      const more = others.length === 0 ? [] : [moreOf(others)];
      const hadFocus = offer.contains(document.activeElement);
      offer.replaceChildren(...[newest, more].flat());
      if (hadFocus) offer.querySelector("button")?.focus();
    },
  );
}

/**
 * The runs that are offered, and whether each can go on now.
 * @param {State} state
 */
function offersOf({ shelf, own }) {
  return (shelf?.offers ?? []).map((about) => ({ about, isPossible: canGoOn(about, own) }));
}

/**
 * @param {App} app
 * @param {About} about
 * @param {boolean} isPossible whether it can go on now
 */
function offerOf(app, about, isPossible) {
  const { id, step, title: gan, at } = about;
  const run = { step, gan, data: dataIn(about), at };
  const words = make("span", { text: texts.offer(run, isPossible) });
  words.id = `saved-words-${id}`;
  const button = (/** @type {string} */ text, /** @type {() => unknown} */ act) => {
    const element = make("button", { class: "quiet", text });
    element.type = "button";
    element.setAttribute("aria-describedby", words.id);
    onPress(element, act);
    return element;
  };
  const goOn = () => {
    // Its run is to be trained; the offer goes.
    find("toggle", HTMLElement).focus({ preventScroll: true });
    app.goOn(id);
  };
  return make("div", { class: "saved" }, [
    words,
    isPossible ? button(texts.load, goOn) : button(texts.drop, toDropZone),
    button(texts.discard, () => app.forget(id)),
  ]);
}

/** @param {About} about */
function dataIn({ query, own }) {
  const { data } = readSettings(new URLSearchParams(query)).settings;
  return own?.name ?? page.data[/** @type {DataName} */ (data)] ?? data;
}

/** @param {HTMLElement[]} others */
function moreOf(others) {
  const summary = make("summary", { text: texts.others(others.length) });
  return make("details", { class: "pacing" }, [summary, ...others]);
}

/** @param {NonNullable<State["shelf"]>["unkept"]} unkept */
function unkeptWordsOf(unkept) {
  if (unkept === undefined) return "";
  const { step, size, isFull } = unkept;
  if (isFull) return texts.full(step, size);
  return isOpaque() ? framed.storesNothing(step) : texts.refused(step);
}
