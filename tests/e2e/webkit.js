// An installed WebKit, the nearest thing to Safari, driven by WebDriver: plain HTTP, under a display of its own. It
// knows what a small test needs and no more.

import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import process from "node:process";
import { setTimeout as rest } from "node:timers/promises";

/** @import { ChildProcess } from "node:child_process" */

const START_MS = 60_000;
const POLL_MS = 100;
/** How WebDriver marks an element. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const DRIVER = "WebKitWebDriver";
/** A display without a screen, of a program's own. */
const DISPLAY = "xvfb-run";

/** @returns {string | undefined} the browser to drive, where that, its driver and a display are there */
export function findWebKit() {
  if (!isInPath(DRIVER) || !isInPath(DISPLAY)) return undefined;
  for (const triplet of existsSync("/usr/lib") ? readdirSync("/usr/lib") : []) {
    for (const version of ["webkitgtk-6.0", "webkit2gtk-4.1", "webkit2gtk-4.0"]) {
      const file = path.join("/usr/lib", triplet, version, "MiniBrowser");
      if (existsSync(file)) return file;
    }
  }
  return undefined;
}

/** @param {string} name */
function isInPath(name) {
  return (process.env.PATH ?? "").split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

export class WebKit {
  #driver;
  #session;

  /**
   * @param {ChildProcess} driver
   * @param {string} session its address
   */
  constructor(driver, session) {
    this.#driver = driver;
    this.#session = session;
  }

  /**
   * @param {string} binary
   * @param {Record<string, string>} env
   */
  static async launch(binary, env) {
    const port = await freePort();
    const driver = spawn(DISPLAY, ["-a", DRIVER, `--port=${port}`], {
      env: { ...process.env, ...env },
      stdio: "ignore",
      detached: true, // a group, which ends as one
    });
    const address = `http://127.0.0.1:${port}`;
    try {
      await answering(address);
      const browser = { binary, args: ["--automation"] };
      const alwaysMatch = { browserName: "MiniBrowser", "webkitgtk:browserOptions": browser };
      const { sessionId } = await ask(`${address}/session`, { capabilities: { alwaysMatch } });
      const session = `${address}/session/${sessionId}`;
      // Wide enough for sections that are not folded.
      await ask(`${session}/window/rect`, { x: 0, y: 0, width: 1280, height: 900 });
      return new WebKit(driver, session);
    } catch (error) {
      end(driver);
      throw error;
    }
  }

  /** @param {string} url */
  async open(url) {
    await ask(`${this.#session}/url`, { url });
  }

  async reload() {
    await ask(`${this.#session}/refresh`, {});
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
    const element = await this.#find(selector);
    // Its driver's own scrolling leaves some places out of sight, and it presses a place, whatever lies there by
    // then: nothing may move any more.
    const scroll = `const element = document.querySelector(arguments[0]);
      element.scrollIntoView({ block: "center", behavior: "instant" });
      return JSON.stringify(element.getBoundingClientRect());`;
    for (let before, now; ; before = now) {
      now = await this.run(scroll, selector);
      if (now === before) break;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    await ask(`${this.#session}/element/${element}/click`, {});
  }

  /**
   * Presses keys where an element has the focus.
   * @param {string} selector
   * @param {string} text as WebDriver writes keys
   */
  async press(selector, text) {
    const element = await this.#find(selector);
    await ask(`${this.#session}/element/${element}/value`, { text });
  }

  /**
   * @param {string} script
   * @param {...unknown} args
   */
  run(script, ...args) {
    return ask(`${this.#session}/execute/sync`, { script, args });
  }

  async close() {
    await fetch(this.#session, { method: "DELETE" }).catch(() => {});
    end(this.#driver);
  }

  /**
   * @param {string} selector
   * @returns {Promise<string>}
   */
  async #find(selector) {
    const wanted = { using: "css selector", value: selector };
    return (await ask(`${this.#session}/element`, wanted))[ELEMENT];
  }
}

/**
 * @param {string} url
 * @param {object} body
 * @returns {Promise<any>}
 */
async function ask(url, body) {
  const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  const { value } = /** @type {{ value: any }} */ (await response.json());
  if (!response.ok) throw new Error(`WebKit: ${value.error}: ${value.message}`);
  return value;
}

/** @param {ChildProcess} driver with the display and the browser that it has started */
function end({ pid }) {
  if (pid === undefined) return;
  try {
    process.kill(-pid);
  } catch {
    // has ended by itself
  }
}

/** @param {string} address */
async function answering(address) {
  for (const last = Date.now() + START_MS; Date.now() < last; await rest(POLL_MS)) {
    const response = await fetch(`${address}/status`).catch(() => undefined);
    if (response?.ok) return;
  }
  throw new Error("WebKit's driver did not start");
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
