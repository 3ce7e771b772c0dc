// The button that mends a refusal, beside it, or over the picture while there is nothing to train. Loaded with the
// first refusal that has one.

import { presets as names } from "#words/presets.js";
import { unfit as texts } from "#words/unfit.js";
import { toDropZone } from "./tabs.js";
import { find, make, onPress, setText } from "../../kit/dom.js";

/** @import { App } from "../app.js" */
/** @import { Remedy } from "../app/remedy.js" */
/** @import { PageStore } from "../state.js" */

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function mendView(app, store) {
  const overlayActions = find("overlay-actions", HTMLElement);
  const mend = make("button", { class: "mend" });
  mend.type = "button";
  onPress(mend, () => {
    const remedy = store.state.mendable?.remedy;
    if (remedy && "belongs" in remedy && remedy.belongs === "drop") toDropZone();
    return app.changes.mend();
  });

  store.subscribe(({ mendable, phase }) => {
    if (mendable === undefined) {
      mend.remove();
      return;
    }
    const beside = document.querySelector(`[data-problem="${mendable.place}"]`);
    if (phase === "stuck") {
      if (mend.parentElement !== overlayActions) overlayActions.append(mend);
    } else if (beside?.nextElementSibling !== mend) beside?.after(mend);
    setText(mend, wordsFor(mendable.remedy));
  });
}

/** @param {Remedy} remedy */
function wordsFor(remedy) {
  if ("belongs" in remedy) {
    return { data: texts.useAsData, files: texts.loadAsRun, drop: texts.drop }[remedy.belongs];
  }
  if (remedy.otherData) return texts.useOtherData;
  const { preset, batchSize, device, data, pairs } = remedy;
  if (pairs) return texts.useOutlines;
  if ("generator" in remedy) return texts.ownNetworks;
  if (device === "cpu") return texts.useCpu;
  if (data === "mnist") return texts.useDigits;
  if (!preset) return texts.useBatch(batchSize ?? 0);
  const gan = names[preset].title;
  return !batchSize ? texts.useOther(gan) : texts.useOtherInBatches(gan, batchSize);
}
