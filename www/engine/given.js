// Files that a page has itself, as a notebook has them from its kernel: asked for by the addresses that they would
// have on a site. Without any, the network is asked.

import { CodedError } from "../kit/errors.js";
import { starting as texts } from "#words/starting.js";
import { TRAINING } from "./spawn.js";

/** @typedef {(url: string) => Promise<Blob | undefined>} Files nothing where there is no such file */

/** All of a page's workers. @type {{ files?: Files, worker?: string }} */
export const given = {};

/**
 * From now on files are these.
 * @param {Files} files
 */
export async function take(files) {
  const worker = await files(TRAINING);
  if (worker === undefined) throw new CodedError("program.fetch", texts.notLoaded(TRAINING));
  given.worker = URL.createObjectURL(worker);
  given.files = files;
}
