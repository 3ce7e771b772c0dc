// The part that trains, loaded when somebody first wants to: one for all elements of a page.

import { CodedError, messageOf } from "../kit/errors.js";
import { element as texts } from "#words/element.js";
import { motionQuery } from "./attention.js";

/** @typedef {typeof import("./session.js")} TrainingPart */

/** @type {Promise<TrainingPart> | undefined} */
let part;

/**
 * One promise for all: they go on in the order in which they asked. Where it fails, the next one tries again.
 * @returns {Promise<TrainingPart>}
 * @throws {CodedError} program.fetch
 */
export function trainingPart() {
  part ??= load();
  return part;
}

async function load() {
  try {
    const loaded = await import("./session.js");
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
