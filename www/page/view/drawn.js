// When samples were drawn, or by whom, in words that the views share.

import { page as texts } from "#words/page.js";

/** @param {{ step: number, trainedFor: number | undefined }} samples */
export function drawn({ step, trainedFor }) {
  return trainedFor === undefined ? texts.drawnAt(step) : texts.drawnElsewhere(trainedFor);
}
