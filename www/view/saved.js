// The run that this browser keeps: offered after a reload, and named while training, with a way to be
// rid of it.

import { canGoOn } from "../state.js";
import { count } from "../format.js";
import { numbers } from "../english.js?numbers";
import { saved as texts } from "../english.js?saved";
import { find, onPress, setText } from "./dom.js";

/** @import { App } from "../app.js" */
/** @import { State } from "../state.js" */

/** @param {App} app */
export function savedView(app) {
  const offer = find("saved-offer", HTMLElement);
  const words = find("saved-words", HTMLElement);
  const goOn = find("saved-go-on", HTMLButtonElement);
  const kept = find("saved-kept", HTMLElement);
  const keptWords = find("saved-kept-words", HTMLElement);

  onPress(goOn, () => app.goOn());
  for (const id of ["saved-discard", "saved-clear"]) {
    onPress(find(id, HTMLButtonElement), () => app.forget());
  }

  /** @param {State} state */
  return (state) => {
    const { phase, saved } = state;
    offer.hidden = phase !== "ready" || saved?.isOffer !== true;
    kept.hidden = phase !== "ready" || saved?.isOffer !== false;
    if (saved === undefined) return;
    const { step, title, at, own } = saved.about;
    const steps = count(step);
    const time = timeOf(new Date(at));
    if (saved.isOffer) {
      const isPossible = canGoOn(state);
      goOn.hidden = !isPossible;
      const offered = texts.offer(steps, title, time);
      const missing = own === undefined ? "" : texts.elsewhere(steps, title, time, own.name);
      setText(words, isPossible ? offered : missing);
    } else {
      setText(keptWords, texts.kept(steps, time));
    }
  };
}

/** @param {Date} date */
function timeOf(date) {
  const isToday = date.toDateString() === new Date().toDateString();
  const day = isToday ? {} : /** @type {const} */ ({ day: "numeric", month: "short" });
  return date.toLocaleString(numbers.times, { ...day, hour: "2-digit", minute: "2-digit" });
}
