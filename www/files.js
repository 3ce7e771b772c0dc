// What a file is called and how large it may be, and which of the files a user dropped holds the
// pictures and which the labels. It looks at
// names, sizes and the first four bytes; whether the files are any good is for Rust to say.

import { files as texts } from "./english.js?files";

/** Larger files are refused before a byte is read. */
export const MAX_FILE_BYTES = 256 * 1024 * 1024;

const GZIP_MAGIC = [0x1f, 0x8b];

/**
 * What a file of a run is called.
 * @param {"run" | "generator"} what
 * @param {string} preset
 * @param {number} step
 */
export function fileName(what, preset, step) {
  return `webgan-${preset}-${what === "generator" ? "generator-" : ""}step-${step}.safetensors`;
}

/**
 * Whether a file claims to be a picture: by its type, or by its name where the system knows no type.
 * @param {Pick<File, "name" | "type">} file
 */
export function isPicture({ name, type }) {
  if (type !== "") return type.startsWith("image/");
  return /\.(png|jpe?g|webp|gif|bmp|avif)$/i.test(name);
}

/** @typedef {{ images: File, labels: File | undefined }} Sorted */

/**
 * @param {File[]} files
 * @returns {Promise<Sorted | string>} a sentence where they cannot be used
 */
export async function sortFiles(files) {
  if (files.length === 0) return texts.none;
  if (files.length > 2) return texts.tooMany;
  const tooLarge = files.find(({ size }) => size > MAX_FILE_BYTES);
  if (tooLarge !== undefined) return texts.tooLarge(tooLarge.name, MAX_FILE_BYTES);
  const [first, second] = files;
  if (second === undefined) return { images: first, labels: undefined };
  const firstIsLabels = (await looksLikeLabels(first)) && !(await looksLikeLabels(second));
  return firstIsLabels ? { images: second, labels: first } : { images: first, labels: second };
}

/**
 * An IDX file's fourth byte counts its dimensions: labels have one.
 * @param {File} file
 */
async function looksLikeLabels(file) {
  try {
    const dimensions = (await firstBytes(file, 4))[3];
    if (dimensions === 1 || dimensions === 3) return dimensions === 1;
  } catch {
    // Not readable as what it claims to be: go by the name, and let Rust say what is wrong with it.
  }
  return /label|idx1/i.test(file.name);
}

/**
 * @param {File} file plain or gzip
 * @param {number} length
 */
async function firstBytes(file, length) {
  const start = new Uint8Array(await file.slice(0, GZIP_MAGIC.length).arrayBuffer());
  if (!GZIP_MAGIC.every((byte, i) => start[i] === byte)) {
    return new Uint8Array(await file.slice(0, length).arrayBuffer());
  }
  const reader = file.stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return value?.subarray(0, length) ?? new Uint8Array();
}
