// The part that trains, loaded when somebody first wants to: one for all elements of a page.

import { CodedError, messageOf } from "../kit/errors.js";
import { element as texts } from "#words/element.js";
import { motionQuery } from "./attention.js";

/** @import { Files } from "../engine/given.js" */

/** @typedef {typeof import("./session.js")} TrainingPart */

/** @type {Promise<TrainingPart> | undefined} */
let part;

/**
 * One promise for all: they go on in the order in which they asked. Where it fails, the next one tries again.
 * @param {Files} [files] where the page has them
 * @returns {Promise<TrainingPart>}
 * @throws {CodedError} program.fetch
 */
export function trainingPart(files) {
  part ??= load(files);
  return part;
}

/** @param {Files} [files] */
async function load(files) {
  try {
    const loaded = await import("./session.js");
    if (files !== undefined) await loaded.take(files);
    const motion = motionQuery();
    const calm = () => loaded.setCalm(motion.matches);
    calm();
    motion.addEventListener("change", calm);
    return loaded;
  } catch (cause) {
    part = undefined;
    throw new CodedError("program.fetch", texts.notLoaded(messageOf(cause)), { cause });
  }
}
