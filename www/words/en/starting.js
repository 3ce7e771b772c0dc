import { counted } from "./numbers.js";

/** Why the training program did not begin, or has ended. */
export const starting = {
  /** @param {string} url */
  notLoaded: (url) =>
    `The training program could not be loaded from ${url}. Is the file there, does its site send it as JavaScript, and does this page's security policy allow it?`,
  /**
   * @param {string} url
   * @param {string} cause
   */
  notStarted: (url, cause) => `The training program could not be started from ${url}: ${cause}.`,
  policy:
    "This page requires Trusted Types and does not allow the policy “webgan”, without which the training program cannot be started. The page's header needs “trusted-types webgan”.",
  /**
   * @param {string} url
   * @param {number} seconds
   */
  silent: (url, seconds) =>
    `The training program has not answered for ${counted(seconds, { one: "# second", other: "# seconds" })}. It was asked for at ${url}.`,
  crashed:
    "The training program stopped because of a mistake inside it. The reason is in the browser's console.",
  deviceLost: "The GPU was taken away from this page.",
};
