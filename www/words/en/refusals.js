import { counted } from "./numbers.js";
import { measure } from "./quantities.js";
import { fileUnreadable } from "./unreadable.js";

/** What the worker answers where it cannot do what it was asked. */
export const refusals = {
  stopped: "The training program has stopped.",
  versions:
    "The page and its training program come from two versions of this site. Reload the page.",
  unknownSettings: "its run was made with settings that none of the GANs on this page has",
  noData: "There are no data yet.",
  pointsAreNoPictures: "Points are no pictures.",
  noneHeldOut:
    "None of these pictures was held out to measure with: give twenty pictures or more that differ, a folder “test” beside “train”, or all four IDX files of a set.",
  noClassifier:
    "The classifier that measures is not on this site, so there is nothing to measure with.",
  /** @param {string} reason */
  badClassifier: (reason) => `The classifier that measures cannot be used: ${reason}.`,

  /**
   * @param {string} url
   * @param {string} reason
   */
  notLoaded: (url, reason) => `The training program could not be loaded from ${url}: ${reason}.`,
  siteBroke: "the connection to its site broke",
  siteSilent: "its site does not answer",
  /** @param {number} status */
  siteAnswered: (status) => `its site answered ${status}`,
  siteSentPage: "a page came in its place",
  wasmForbidden:
    "this page's security policy does not allow it (“script-src” needs “'wasm-unsafe-eval'”)",
  notCompiledYet:
    "this site's program for GPUs is still being made; load the page again in some minutes",
  notCompiled: "it did not arrive whole, or this browser has no WebAssembly SIMD",

  /** @param {string} file */
  digitsMissing: (file) =>
    `The digits are not on this site: ${file} is missing, or a page came in its place. Try again; in the project's folder, “npm run data” makes them.`,
  /**
   * @param {string} folder
   * @param {string} file
   */
  folderLacks: (folder, file) =>
    `The folder ${folder} has no ${file}, nor a file with another of the usual names.`,
  /**
   * @param {string} folder
   * @param {string} reason
   */
  inFolder: (folder, reason) => `In the folder ${folder} ${reason}.`,
  /** @param {number} most */
  manyFiles: (most) =>
    `That was more than ${counted(most, { one: "# file", other: "# files" })}, and none a picture. Give IDX files, or a folder of pictures.`,
  /** @param {string} file */
  fetchBroke: (file) =>
    `“${file}” could not be fetched: the connection to the site broke. Is it still running? Then try again.`,
  /** @param {string} file */
  fetchFromDisk: (file) =>
    `“${file}” could not be fetched: browsers let no page that was opened as a file read others. Open the page from a web server, such as \`python -m http.server\`, or name data on the web.`,
  /** @param {string} file */
  givenUp: (file) => `“${file}” is not wanted any more.`,
  /** @param {string} file */
  fetchSilent: (file) =>
    `“${file}” could not be fetched: the site does not answer. Try again in a moment.`,
  /**
   * @param {string} file
   * @param {number} status
   */
  fetchAnswered: (file, status) =>
    status >= 500
      ? `“${file}” could not be fetched: the site fails (it answered ${status}). Try again in a moment.`
      : `“${file}” could not be fetched: the site answered ${status}.`,
  /**
   * @param {string} file
   * @param {number} megabytes
   */
  dataTooLarge: (file, megabytes) =>
    `${file} is larger than ${measure(megabytes, "megabyte")}: too large for a tab.`,
  fileUnreadable,

  gpuLost: "the GPU was taken away from this page",
  gpuSilent: "the GPU does not answer",
  /** @param {string} reason one of `noGpu`, or of the two above */
  onCpu: (reason) => `Training runs on the CPU: ${reason}.`,
  noGpu: {
    insecure: "browsers allow WebGPU only on pages from https:// addresses and from localhost",
    ios: "WebGPU came with Safari 26, on iOS 26 and iPadOS 26",
    safari: "WebGPU came with Safari 26, on macOS 26, iOS 26 and iPadOS 26",
    lockdown: "Safari's WebGPU offers no GPU, which Lockdown Mode can be the reason for",
    firefox: "Firefox's WebGPU offers no GPU: about:support says why, under Graphics",
    /** @param {string} system */
    firefoxLater: (system) => `this Firefox has no WebGPU on ${system} yet; Chrome may have`,
    oldFirefox: "WebGPU came with Firefox 141 on Windows and 145 on Macs with Apple's chips",
    chromeOnLinux: "Chrome on Linux offers WebGPU on few GPUs yet: chrome://gpu says why",
    chrome:
      "the browser's WebGPU offers no GPU: is hardware acceleration switched off in its settings? chrome://gpu says why",
    /** @param {number} version */
    oldBrowser: (version) => `WebGPU came with version ${version} of this browser`,
    noAdapter: "this browser's WebGPU offers no GPU",
    noWebGpu: "this browser has no WebGPU",
  },
};
