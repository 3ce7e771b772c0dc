// What folders say of the pictures in them: which of them are classes, and which only part training from
// testing. It knows paths, no files.

/** Labels are bytes. */
const MAX_CLASSES = 256;

/** Folders of one depth. @typedef {{ depth: number, names: string[], counts: number[] }} Level */

/**
 * What somebody chose in place of what was guessed.
 * @typedef {object} Wish
 * @property {number | null} [depth] of the folders that are classes; null for none
 * @property {string | null} [part] of the pictures; null for all
 */

/**
 * How pictures are taken: which part of them, and which folders are their classes.
 * @typedef {object} Arrangement
 * @property {Level | undefined} parts folders that part training from testing
 * @property {string | null} part that is taken; null for all
 * @property {readonly Level[]} levels that can be classes
 * @property {number | null} depth of those that are; null for none
 * @property {readonly string[]} classes their names
 * @property {readonly number[]} counts pictures in each
 * @property {number} beside pictures that lie beside folders of others, which are no classes therefore
 */

const TRAINING = "train(?:ing)?|trn";
const TESTING = "test(?:ing|s)?|tst|val(?:id(?:ation)?)?|dev|eval|held-?out|hold-?out|t10k|pred";
const OTHERS = "fold|part|split|subset";
const FURTHER = "(?:[-_ ]?(?:set|data|images|\\d+))*";

/** @param {string} words */
const named = (words) => new RegExp(`(?:^|[-_ ])(?:${words})${FURTHER}$`, "i");
const [IS_TRAINING, IS_TESTING] = [named(TRAINING), named(TESTING)];
const IS_PART = named(`${TRAINING}|${TESTING}|${OTHERS}`);
/** Of several parts to hold out, such as those for validation and for tests, those for tests. */
const IS_TEST = named("test(?:ing|s)?|tst|t10k");

/**
 * @param {readonly string[]} paths of pictures, such as "mnist/training/7/1.png"
 * @param {Wish} [wish]
 * @returns {Arrangement}
 */
export function arrange(paths, wish = {}) {
  const parts = partsOf(paths);
  const training = parts?.names.filter((name) => IS_TRAINING.test(name));
  const part = wish.part === undefined ? (training?.[0] ?? null) : wish.part;
  const taken = paths.filter((path) => isOfPart(path, parts, part));
  const levels = levelsOf(taken).filter(
    ({ depth, names }) => names.length > 1 && names.length <= MAX_CLASSES && depth !== parts?.depth,
  );
  const guess = levels[0]?.depth ?? null;
  const depth = wish.depth === undefined ? guess : wish.depth;
  const { names = [], counts = [] } = levels.find((level) => level.depth === depth) ?? {};
  return { parts, part, levels, depth, classes: names, counts, beside: besideFolders(taken) };
}

/**
 * Whether a picture is taken.
 * @param {string} path
 * @param {Pick<Arrangement, "parts" | "part">} arrangement
 */
export function isTaken(path, { parts, part }) {
  return isOfPart(path, parts, part);
}

/**
 * The same classes, with the part that comes held out.
 * @template {Pick<Arrangement, "parts" | "part">} T
 * @param {T} arrangement
 * @returns {T | undefined} nothing where there is none, or where all parts are learned
 */
export function heldOutOf(arrangement) {
  const { parts, part } = arrangement;
  if (part === null) return undefined;
  const out = (parts?.names ?? []).filter((name) => name !== part && IS_TESTING.test(name));
  const own = out.find((name) => IS_TEST.test(name)) ?? out[0];
  return own === undefined ? undefined : { ...arrangement, part: own };
}

/**
 * The class of a picture that is taken.
 * @param {string} path
 * @param {Arrangement} arrangement
 * @returns {number | undefined} where there are classes; -1 for a picture that is in none
 */
export function classOf(path, { depth, classes }) {
  return depth === null ? undefined : classes.indexOf(foldersOf(path)[depth]);
}

/** Of several folders that were dropped so many are named. */
const NAMED = 3;

/**
 * What the data are called: as the folder that was dropped, or the few of them, or the one file.
 * @param {readonly string[]} paths
 * @returns {string | undefined} of several files, or of many folders, nothing
 */
export function nameOf(paths) {
  if (paths.length > 1 && paths.some((path) => !path.includes("/"))) return undefined;
  const tops = new Set(paths.map((path) => path.split("/")[0]));
  return tops.size > NAMED ? undefined : [...tops].join(", ") || undefined;
}

/** @param {readonly string[]} paths */
function besideFolders(paths) {
  const folders = paths.map(foldersOf);
  const depth = sharedDepth(folders);
  const beside = folders.filter(({ length }) => length === depth).length;
  return beside === paths.length ? 0 : beside;
}

/**
 * The first folders in which the pictures differ, if they part training from testing.
 * @param {readonly string[]} paths
 * @returns {Level | undefined}
 */
function partsOf(paths) {
  const [first] = levelsOf(paths);
  if (first === undefined || first.names.length < 2) return undefined;
  const { names } = first;
  const isSplit =
    names.some((name) => IS_TRAINING.test(name)) && names.some((name) => IS_TESTING.test(name));
  return isSplit || names.every((name) => IS_PART.test(name)) ? first : undefined;
}

/**
 * @param {string} path
 * @param {Level | undefined} parts
 * @param {string | null} part
 */
function isOfPart(path, parts, part) {
  return parts === undefined || part === null || foldersOf(path)[parts.depth] === part;
}

/**
 * The folders of each depth in which every picture has one, from the first on in which they differ.
 * @param {readonly string[]} paths
 * @returns {Level[]}
 */
function levelsOf(paths) {
  const folders = paths.map(foldersOf);
  const deepest = folders.reduce((least, { length }) => Math.min(least, length), Infinity);
  /** @type {Level[]} */
  const levels = [];
  if (paths.length === 0) return levels;
  for (let depth = sharedDepth(folders); depth < deepest; depth++) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const folder of folders) counts.set(folder[depth], (counts.get(folder[depth]) ?? 0) + 1);
    const names = [...counts.keys()].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
    levels.push({ depth, names, counts: names.map((name) => counts.get(name) ?? 0) });
  }
  return levels;
}

/** @param {string} path */
function foldersOf(path) {
  return path.split("/").slice(0, -1);
}

/**
 * How many folders, from the first on, all have in common.
 * @param {readonly string[][]} folders
 */
function sharedDepth(folders) {
  let depth = 0;
  const [first = []] = folders;
  while (depth < first.length && folders.every((folder) => folder[depth] === first[depth])) depth++;
  return depth;
}
