// After a file was given to the reader: in a frame that may allow no downloads, which nothing tells a page, says so.

import { isOpaque } from "../../kit/frame.js";
import { framed as texts } from "#words/framed.js";

/** @import { Place } from "../state.js" */
/** @import { Desk } from "./desk.js" */

/**
 * @param {Desk} desk
 * @param {Place} place of the button
 */
export function tellOfFrame(desk, place) {
  if (isOpaque()) desk.store.dispatch({ type: "problem", place, message: texts.noFile });
}
