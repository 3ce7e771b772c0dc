// From what was dropped to what can be trained on, with its progress told: folders are listed, archives unpacked,
// then pictures are read, or arrays of numbers, or IDX files chosen where there is nothing else. It neither starts a run nor touches the page.

import { isPicture, isRun } from "../engine/files.js";
import { unpacked } from "./archives.js";
import { isArrays } from "./arrays.js";
import { nameOf } from "./classes.js";
import { filesIn } from "./folders.js";
import { readNumbers, readPictures } from "./reading.js";
import { noneWords } from "./sentences.js";
import { isClutter } from "./sifting.js";
import { pictures as texts } from "#words/pictures.js";

/** @import { OwnFiles } from "../engine/protocol.js" */
/** @import { Arrangement } from "./classes.js" */
/** @import { Report, Wish } from "./reading.js" */
/** @import { Found } from "./sifting.js" */

/**
 * How far it is, or what came of it.
 * @typedef {{ stage: "looking", files: number }
 *   | { stage: "reading", done: number, total: number, arrangement: Arrangement }
 *   | { stage: "read" } & Report
 *   | { stage: "chosen", images: string, labels: string | undefined, heldOut: string[],
 *   leftOut: string[] }} Pictures
 */

/** Why there is nothing, as a sentence, and the file that is a run. @typedef {{ refusal: string, run?: File }} Refusal */

/** What was dropped, its folders listed and its archives unpacked. @typedef {{ found: Found[], isCut: boolean }} Dropped */

/**
 * @param {object} dropped
 * @param {readonly Found[]} dropped.found files
 * @param {readonly FileSystemEntry[]} dropped.folders
 * @param {AbortSignal} signal
 * @param {(pictures: Pictures) => void} tell
 * @returns {Promise<Dropped>}
 */
export async function listAll({ found, folders }, signal, tell) {
  tell({ stage: "looking", files: found.length });
  const { found: inside, isCut } = await filesIn(folders, {
    signal,
    onProgress: (files) => tell({ stage: "looking", files }),
  });
  return { found: await unpacked([...found, ...inside], signal), isCut };
}

/**
 * @param {Dropped} dropped
 * @param {object} how
 * @param {Wish} how.wish
 * @param {AbortSignal} how.signal
 * @param {(files: File[], paths: string[]) => Promise<OwnFiles>} how.choose among IDX files
 * @param {(pictures: Pictures) => void} tell
 * @returns {Promise<OwnFiles & { name: string } | Refusal>} a refusal where there is nothing
 */
export async function take({ found, isCut }, { wish, signal, choose }, tell) {
  const files = found.filter(({ path }) => !isClutter(path));
  const pictures = files.filter(({ file }) => isPicture(file));
  const others = files.filter(({ file }) => !isPicture(file));
  if (pictures.length > 0) {
    const { report, own } = await readPictures(found, {
      isCut,
      wish,
      signal,
      onProgress: (done, total, arrangement) =>
        tell({ stage: "reading", done, total, arrangement }),
    });
    tell({ stage: "read", ...report });
    if (own !== undefined) {
      const { depth, classes } = report.arrangement;
      const classNames = depth === null ? undefined : [...classes];
      return { ...own, classNames, wish: wishOf(report) };
    }
    const refusal = noneWords(pictures, report.skipped);
    if (others.length === 0) return { refusal };
    // A damaged picture beside a set of IDX files is no picture.
    return takeFiles(others, pictures, choose, tell).catch(() => ({ refusal }));
  }
  if (others.length === 0) return { refusal: texts.nothing };
  const arrays = others.filter(({ path }) => isArrays(path));
  if (arrays.length > 0) {
    const { report, own } = await readNumbers(arrays, wish, signal);
    report.skipped.notPicture = others.length - arrays.length;
    tell({ stage: "read", ...report });
    return { ...own, wish: wishOf(report) };
  }
  const [{ file: first }] = others;
  if (others.length === 1 && (await isRun(first))) {
    return { refusal: texts.isRun(first.name), run: first };
  }
  return takeFiles(others, [], choose, tell);
}

/**
 * @param {Found[]} others
 * @param {Found[]} unread what lies beside them
 * @param {(files: File[], paths: string[]) => Promise<OwnFiles>} choose
 * @param {(pictures: Pictures) => void} tell
 */
async function takeFiles(others, unread, choose, tell) {
  const paths = others.map(({ path }) => path);
  const own = await choose(
    others.map(({ file }) => file),
    paths,
  );
  const { images, labels, heldOut } = own;
  const heldOutNames = [heldOut?.images.name ?? [], heldOut?.labels?.name ?? []].flat();
  const used = [images.name, labels?.name, ...heldOutNames];
  tell({
    stage: "chosen",
    images: images.name,
    labels: labels?.name,
    heldOut: heldOutNames,
    leftOut: [...others, ...unread]
      .filter(({ file }) => !used.includes(file.name))
      .map(({ path }) => path),
  });
  return { ...own, name: nameOf(paths) ?? images.name };
}

/**
 * The wish by which the same pictures come out the same again, whatever is suggested for them then.
 * @param {Report} report
 * @returns {Wish}
 */
export function wishOf({ arrangement: { part, depth }, how, sheet, holdOut }) {
  return {
    ...{ part, depth, ...how },
    ...(sheet && { tile: sheet.tiling?.side ?? null }),
    ...(holdOut && { holdOut }),
  };
}
