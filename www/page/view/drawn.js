// When samples were drawn, or by whom, in words that the views share.

import { count } from "../../kit/format.js";
import { page as texts } from "#words/page.js";

/** @param {{ step: number, trainedFor: number | undefined }} samples */
export function drawn({ step, trainedFor }) {
  return trainedFor === undefined
    ? texts.drawnAt(count(step))
    : texts.drawnElsewhere(count(trainedFor));
}
