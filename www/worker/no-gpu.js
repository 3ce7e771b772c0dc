// Why a browser offers no GPU, in one sentence that says what would help: a pure function of the little
// that a page can know. Versions as of 2026; nothing is decided by them but words.

import { refusals } from "#words/refusals.js";

const texts = refusals.noGpu;

/**
 * @typedef {object} Surroundings
 * @property {boolean} isSecure whether the page's address is one that browsers trust
 * @property {boolean} hasWebGpu whether the browser has WebGPU at all; if so, it offered no adapter
 * @property {string} userAgent
 */

/**
 * @param {Surroundings} surroundings
 * @returns {string} to follow "Training runs on the CPU: "
 */
export function whyNoGpu({ isSecure, hasWebGpu, userAgent }) {
  const { name, version, system } = browserOf(userAgent);
  if (!hasWebGpu && !isSecure) {
    return texts.insecure;
  }
  if (name === "Safari") {
    if (version < 26 || !hasWebGpu) return system === "iOS" ? texts.ios : texts.safari;
    return texts.lockdown;
  }
  if (name === "Firefox") {
    if (hasWebGpu) return texts.firefox;
    if (system === "Linux" || system === "Android") {
      return texts.firefoxLater(system);
    }
    return texts.oldFirefox;
  }
  if (name === "Chrome") {
    if (system === "Linux") {
      return texts.chromeOnLinux;
    }
    if (hasWebGpu) {
      return texts.chrome;
    }
    const since = system === "Android" ? 121 : 113;
    if (version < since) return texts.oldBrowser(since);
  }
  return hasWebGpu ? texts.noAdapter : texts.noWebGpu;
}

/** @typedef {"Chrome" | "Firefox" | "Safari" | "another"} Name of an engine, whatever it is sold as */
/** @typedef {"iOS" | "Android" | "Linux" | "macOS" | "another"} System */

/**
 * @param {string} userAgent
 * @returns {{ name: Name, version: number, system: System }}
 */
function browserOf(userAgent) {
  const system = systemOf(userAgent);
  const of = (/** @type {RegExp} */ pattern) => Number(pattern.exec(userAgent)?.[1] ?? NaN);
  // All browsers on iOS are Safari within, and of the system's version.
  if (system === "iOS") {
    return { name: "Safari", version: of(/Version\/(\d+)/) || of(/ OS (\d+)_/), system };
  }
  if (/Firefox\//.test(userAgent))
    return { name: "Firefox", version: of(/Firefox\/(\d+)/), system };
  if (/Chrom(e|ium)\//.test(userAgent)) {
    return { name: "Chrome", version: of(/Chrom(?:e|ium)\/(\d+)/), system };
  }
  if (/Safari\//.test(userAgent)) return { name: "Safari", version: of(/Version\/(\d+)/), system };
  return { name: "another", version: NaN, system };
}

/**
 * @param {string} userAgent
 * @returns {System}
 */
function systemOf(userAgent) {
  if (/iPhone|iPad|iPod/.test(userAgent)) return "iOS";
  if (/Android/.test(userAgent)) return "Android";
  if (/Linux|X11/.test(userAgent) && !/CrOS/.test(userAgent)) return "Linux";
  return /Macintosh/.test(userAgent) ? "macOS" : "another";
}
