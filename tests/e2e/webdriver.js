// A browser that Playwright does not drive, in WebDriver's commands: what a small test needs, and no more. How a
// command gets to the browser is its launcher's to know (firefox.js, webkit.js).

import { setTimeout as rest } from "node:timers/promises";

/** How WebDriver marks an element. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const START_MS = 60_000;
const POLL_MS = 100;

/** @typedef {"Navigate" | "Refresh" | "FindElement" | "ElementClick" | "ElementSendKeys" | "ExecuteScript"} Command */

/**
 * Resolves to the answer's value.
 * @typedef {(command: Command, parameters: Record<string, unknown>) => Promise<any>} Send
 */

export class WebDriver {
  #send;

  /**
   * @param {Send} send
   * @param {() => Promise<void>} close
   */
  constructor(send, close) {
    this.#send = send;
    this.close = close;
  }

  /** @param {string} url */
  async open(url) {
    await this.#send("Navigate", { url });
  }

  async reload() {
    await this.#send("Refresh", {});
  }

  /**
   * @param {string} selector
   * @returns {Promise<string>} the text that is seen
   */
  text(selector) {
    return this.run("return document.querySelector(arguments[0]).innerText.trim()", selector);
  }

  /** @param {string} selector */
  async click(selector) {
    const id = await this.#find(selector);
    // WebKit's own scrolling leaves some places out of sight, and it presses a place, whatever lies there by then:
    // nothing may move any more.
    const scroll = `const element = document.querySelector(arguments[0]);
      element.scrollIntoView({ block: "center", behavior: "instant" });
      return JSON.stringify(element.getBoundingClientRect());`;
    for (let before, now; ; before = now) {
      now = await this.run(scroll, selector);
      if (now === before) break;
      await rest(POLL_MS);
    }
    await this.#send("ElementClick", { id });
  }

  /**
   * Writes where an element has the focus.
   * @param {string} selector
   * @param {string} text keys as WebDriver writes them; for a file input, files on the disk, a line each
   */
  async type(selector, text) {
    await this.#send("ElementSendKeys", { id: await this.#find(selector), text });
  }

  /**
   * @param {string} script
   * @param {...unknown} args
   */
  run(script, ...args) {
    return this.#send("ExecuteScript", { script, args });
  }

  /**
   * @param {string} selector
   * @returns {Promise<string>}
   */
  async #find(selector) {
    const found = await this.#send("FindElement", { using: "css selector", value: selector });
    return found[ELEMENT];
  }
}

/**
 * Looks until there is something.
 * @template T
 * @param {string} who
 * @param {() => Promise<T | undefined>} look
 * @returns {Promise<T>}
 */
export async function started(who, look) {
  for (const end = Date.now() + START_MS; Date.now() < end; await rest(POLL_MS)) {
    const found = await look().catch(() => undefined);
    if (found !== undefined) return found;
  }
  throw new Error(`${who} did not start`);
}
