// From what was dropped to what can be trained on, with its progress told: folders are listed, pictures
// read. It neither starts a run nor touches the page.

import { filesIn } from "./folders.js";
import { readPictures } from "./reading.js";
import { pictures as texts } from "../english.js?pictures";

/** @import { Report } from "./reading.js" */
/** @import { Found } from "./sifting.js" */

/**
 * How far it is, or what came of it.
 * @typedef {{ stage: "looking", files: number } | { stage: "reading", done: number, total: number }
 *   | { stage: "read" } & Report} Pictures
 */

/**
 * @param {object} dropped
 * @param {readonly Found[]} dropped.found files
 * @param {readonly FileSystemEntry[]} dropped.folders
 * @param {AbortSignal} dropped.signal
 * @param {(pictures: Pictures) => void} tell
 * @returns {Promise<{ images: File, labels: File | undefined } | string>} a sentence where there is none
 */
export async function takePictures({ found, folders, signal }, tell) {
  const listed = await filesIn(folders, {
    signal,
    onProgress: (files) => tell({ stage: "looking", files }),
  });
  const { report, images, labels } = await readPictures([...found, ...listed.found], {
    isCut: listed.isCut,
    signal,
    onProgress: (done, total) => tell({ stage: "reading", done, total }),
  });
  tell({ stage: "read", ...report });
  return images === undefined ? texts.none : { images, labels };
}
