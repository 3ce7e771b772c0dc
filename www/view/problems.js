// Puts every problem next to where it happened: elements say with data-problem what they are for. Beside
// it, or over the picture while there is nothing to train, the button that mends it, where there is one.

import { page as texts } from "../english.js?page";
import { presets as names } from "../english.js?presets";
import { find, make, onPress, setText } from "./dom.js";

/** @import { App } from "../app.js" */
/** @import { Remedy } from "../app/remedy.js" */
/** @import { Place, State } from "../state.js" */

/** @param {App} app */
export function problemsView(app) {
  const elements = /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("[data-problem]")
  );
  const overlayActions = find("overlay-actions", HTMLElement);
  const mend = make("button", { class: "mend" });
  mend.type = "button";
  onPress(mend, () => app.changes.mend());

  /** @param {State} state */
  return ({ problems, mendable, phase }) => {
    for (const element of elements) {
      const place = /** @type {Place} */ (element.dataset.problem);
      const message = problems[place];
      setText(element, message ?? "");
      const control = document.querySelector(`[aria-describedby~="${element.id}"]`);
      if (message === undefined) control?.removeAttribute("aria-invalid");
      else control?.setAttribute("aria-invalid", "true");
      const isHere = place === mendable?.place && phase !== "stuck";
      if (isHere && element.nextElementSibling !== mend) element.after(mend);
    }
    if (mendable === undefined) {
      mend.remove();
      return;
    }
    if (phase === "stuck" && mend.parentElement !== overlayActions) overlayActions.append(mend);
    setText(mend, wordsFor(mendable.remedy));
  };
}

/** @param {Remedy} remedy */
function wordsFor(remedy) {
  if ("belongs" in remedy) return remedy.belongs === "data" ? texts.useAsData : texts.loadAsRun;
  const { preset, batchSize, device, data } = remedy;
  if (device === "cpu") return texts.useCpu;
  if (data === "mnist") return texts.useDigits;
  if (!preset) return texts.useBatch(batchSize ?? 0);
  const gan = names[preset].title;
  return !batchSize ? texts.useOther(gan) : texts.useOtherInBatches(gan, batchSize);
}
