// Addresses of the site's files that keep their names: digits and trained networks. A built site asks for
// them by their version too (version.js), so that no cache gives a page those of another one.

import { isPacked } from "./packed-name.js";

/**
 * @param {string} folder its address, or the beginning of the addresses of several files
 * @param {string} name
 * @returns {URL} of a file in it, by the folder's query, such as its version
 */
export function fileIn(folder, name) {
  const url = new URL(folder);
  url.pathname += name;
  return url;
}

/**
 * @param {string} folder
 * @param {string} base the document's address
 * @returns {URL} whose path ends with a slash
 */
export function folderUrl(folder, base) {
  const url = new URL(folder, base);
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}

/**
 * @param {string} data a folder's address, or that of one file that holds them
 * @param {string} base the document's address
 */
export function dataUrl(data, base) {
  const url = new URL(data, base);
  return isPacked(url.href) ? url : folderUrl(data, base);
}

/**
 * @param {string} digits address of the digits' folder
 * @param {string} name of a set beside them
 * @returns {string} address of its folder
 */
export function setBeside(digits, name) {
  const url = new URL(`../${name}/`, digits);
  url.search = new URL(digits).search;
  return url.href;
}

/**
 * @param {string} models the folder's address
 * @param {string} preset
 * @returns {string} address of its trained generator
 */
export function showcaseIn(models, preset) {
  return fileIn(models, `${preset}.safetensors`).href;
}

/**
 * @param {string} models the folder's address
 * @returns {string} address of the classifier that measures
 */
export function classifierIn(models) {
  return fileIn(models, "classifier.safetensors").href;
}
