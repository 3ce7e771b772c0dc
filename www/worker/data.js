// Gets the bytes of a data set, from the site's own files or from files the user chose, and asks the
// program which of several files hold what. It checks nothing inside them: Rust does.

import { refusals as texts } from "#words/refusals.js";
import { CodedError, codeOf, messageOf } from "../kit/errors.js";
import { MAX_FILE_BYTES } from "../engine/files.js";
import { fileIn } from "../engine/site-files.js";
import { fetchFile, fetchPage, tooLarge } from "./fetching.js";

/** @import { DataSource, OwnFiles, SetAbout } from "../engine/protocol.js" */
/** @import { Named } from "./fetching.js" */
/** @import { Program } from "./program.js" */

/** @typedef {Exclude<DataSource, { kind: "toy" }>} ImageSource */

/**
 * Files of images and, if there are any, of labels; and of what the images are to be made of, where that is wanted and
 * there.
 * @typedef {{ images: Named, labels: Named | undefined, inputs?: Named }} SetFiles
 */

/**
 * How files are looked for.
 * @typedef {object} Search
 * @property {Program} program
 * @property {boolean} withInputs
 * @property {AbortSignal} [signal] gives up fetching them
 */

/** @typedef {"train" | "held-out"} Part */

/** No data set has more files, and each is opened. */
const MOST_FILES = 200;
/** Spellings that are looked for before the folder is: grey or in colours, packed or not. */
const USUAL = 4;

/**
 * @param {ImageSource} source
 * @param {Part} part
 * @param {Search} search
 * @returns {Promise<SetFiles | undefined>} nothing where no such part is known; there is always one to train on
 */
export async function filesOf(source, part, search) {
  switch (source.kind) {
    case "mnist":
      return digits(source.url, part, search.signal);
    case "folder":
      return ofFolder(source.url, part, search);
    case "files": {
      const own = part === "train" ? source : source.heldOut;
      if (own === undefined) return undefined;
      const { images, labels, inputs } = own;
      return {
        images: await read(images, images.name),
        labels: labels && (await read(labels, labels.name)),
        inputs: search.withInputs && inputs ? await read(inputs, inputs.name) : undefined,
      };
    }
  }
}

/**
 * What a set in a folder says of itself; nothing where it says nothing.
 * @param {DataSource} source
 * @param {AbortSignal} [signal]
 * @returns {Promise<SetAbout | undefined>}
 */
export async function aboutOf(source, signal) {
  if (source.kind !== "folder" || !source.isSet) return undefined;
  try {
    const file = await fetchFile(fileIn(source.url, "set.json").href, signal);
    return file && aboutFrom(JSON.parse(new TextDecoder().decode(file.bytes)));
  } catch {
    return undefined; // a page in its place, or no JSON
  }
}

/**
 * @param {any} json what somebody wrote
 * @returns {SetAbout} what of it is as it should be
 */
function aboutFrom({ classes, credits }) {
  const isText = (/** @type {unknown} */ it) => typeof it === "string";
  const isCredit = (/** @type {any} */ { title, author, license, url }) =>
    [title, author, license, url].every(isText) && /^https?:/.test(url);
  return {
    classes: Array.isArray(classes) && classes.every(isText) ? classes : undefined,
    credits: Array.isArray(credits) ? credits.filter(isCredit) : undefined,
  };
}

/**
 * Which of some files to train on, and which to hold out. Throws with the codes `data.…`.
 * @param {File[]} files
 * @param {string[]} paths of each, its name where it was picked by itself
 * @param {Program} program
 * @returns {Promise<OwnFiles>}
 */
export async function chosenOf(files, paths, program) {
  if (files.length > MOST_FILES) throw new CodedError("data.files", texts.manyFiles(MOST_FILES));
  const list = new program.FileList();
  try {
    for (const [i, file] of files.entries()) {
      const beginning = file.slice(0, program.beginningBytes());
      list.add(paths[i], (await read(beginning, file.name)).bytes);
    }
    const { train, heldOut } = chosen(list);
    const pair = (/** @type {Places} */ { images, labels, inputs }) => ({
      images: withinLimit(files[images]),
      labels: labels === null ? undefined : withinLimit(files[labels]),
      inputs: inputs === null ? undefined : withinLimit(files[inputs]),
    });
    return { ...pair(train), heldOut: heldOut === null ? undefined : pair(heldOut) };
  } finally {
    list.free();
  }
}

/** @typedef {{ images: number, labels: number | null, inputs: number | null }} Places in a list of files */

/**
 * Files that are of no use are left out.
 * @param {InstanceType<Program["FileList"]>} list
 * @returns {{ train: Places, heldOut: Places | null }}
 */
function chosen(list) {
  return JSON.parse(list.choose());
}

/**
 * The site's own digits.
 * @param {string} folder
 * @param {Part} part
 * @param {AbortSignal} [signal]
 * @returns {Promise<SetFiles>}
 */
async function digits(folder, part, signal) {
  const start = part === "train" ? "train" : "t10k";
  const get = async (/** @type {string} */ name) => {
    const file = await fetchFile(fileIn(folder, name).href, signal);
    if (file === undefined) throw new CodedError("data.missing", texts.digitsMissing(name));
    return file;
  };
  const [images, labels] = await Promise.all([
    get(`${start}-images-idx3-ubyte.gz`),
    get(`${start}-labels-idx1-ubyte.gz`),
  ]);
  return { images, labels };
}

/**
 * Files of a folder that an address names, or of a set whose files' names begin so.
 * @param {string} folder address, with a slash at its end
 * @param {Part} part
 * @param {Search} search
 * @returns {Promise<SetFiles | undefined>}
 */
async function ofFolder(folder, part, search) {
  const { program, signal } = search;
  const names = {
    images: program.spellings(part, false),
    labels: program.spellings(part, true),
    inputs: search.withInputs ? program.inputSpellings(part) : [],
  };
  // As MNIST's are called, packed or not; as the folder lists them; as others unpack them.
  const [usual, others] = [names.images.slice(0, USUAL), names.images.slice(USUAL)];
  const pair =
    (await firstOf(folder, usual, names, signal)) ??
    (await ofListing(folder, part, search)) ??
    (await firstOf(folder, others, names, signal)) ??
    (await firstOf(beginningSo(folder), names.images, names, signal));
  if (pair !== undefined || part === "held-out") return pair;
  const { pathname } = new URL(folder);
  throw new CodedError("data.missing", texts.folderLacks(pathname, names.images[0]));
}

/**
 * @param {string} folder
 * @returns {string} what begins with the folder's name, in the folder above
 */
function beginningSo(folder) {
  const url = new URL(folder);
  url.pathname = url.pathname.replace(/\/$/, "-");
  return url.href;
}

/**
 * @param {string} start address of a folder, or of what a set's files begin with
 * @param {string[]} candidates files of images
 * @param {Record<"images" | "labels" | "inputs", string[]>} names
 * @param {AbortSignal} [signal]
 * @returns {Promise<SetFiles | undefined>} the first that is there, with what belongs to it
 */
async function firstOf(start, candidates, names, signal) {
  for (const candidate of candidates) {
    const images = await fetchFile(fileIn(start, candidate).href, signal);
    if (images === undefined) continue;
    // Who wrote the one wrote the other likewise, most often.
    const habit = names.images.indexOf(candidate);
    const beside = async (/** @type {string[]} */ others) => {
      for (const name of others.length === 0 ? [] : [others[habit], ...others]) {
        const file = await fetchFile(fileIn(start, name).href, signal);
        if (file !== undefined) return file;
      }
      return undefined;
    };
    return { images, labels: await beside(names.labels), inputs: await beside(names.inputs) };
  }
  return undefined;
}

/**
 * Some servers list a folder: then no name need be guessed.
 * @param {string} folder
 * @param {Part} part
 * @param {Search} search
 * @returns {Promise<SetFiles | undefined>}
 */
async function ofListing(folder, part, { program, withInputs, signal }) {
  const page = await fetchPage(folder, signal);
  if (page === undefined || !LISTING.test(page)) return undefined;
  const links = [...page.matchAll(/href="([^"/?#]+)"/g)].map(([, name]) => name);
  const names = links.map(decodeURIComponent);
  const list = new program.FileList();
  try {
    for (const name of names) list.addName(name);
    const { train, heldOut } = chosen(list);
    const places = part === "train" ? train : heldOut;
    if (places === null) return undefined;
    const get = (/** @type {number | null} */ place) =>
      place === null ? undefined : fetchFile(fileIn(folder, links[place]).href, signal);
    const images = await get(places.images);
    if (images === undefined) return undefined;
    const labels = await get(places.labels);
    return { images, labels, inputs: withInputs ? await get(places.inputs) : undefined };
  } catch (error) {
    const { pathname } = new URL(folder);
    const message = texts.inFolder(pathname, messageOf(error));
    throw new CodedError(codeOf(error) ?? "data.files", message);
  } finally {
    list.free();
  }
}

/** What servers call the page that lists a folder. */
const LISTING = /index of|directory listing|listing directory|files within/i;

/** @param {File} file */
function withinLimit(file) {
  if (file.size > MAX_FILE_BYTES) throw tooLarge(file.name);
  return file;
}

/**
 * @param {Blob} file
 * @param {string} name
 * @returns {Promise<Named>}
 */
async function read(file, name) {
  try {
    return { name, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch (error) {
    throw new CodedError("data.file", texts.fileUnreadable(name), { cause: error });
  }
}
