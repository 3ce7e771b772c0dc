// An installed Firefox, driven by its own protocol, Marionette: lines of JSON with their length in front, over
// a socket. Playwright drives its own build of Firefox only, which cannot be downloaded everywhere. It knows
// what a small test needs and no more.

import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";
import process from "node:process";
import { setTimeout as rest } from "node:timers/promises";

/** @import { ChildProcess } from "node:child_process" */
/** @import { Socket } from "node:net" */

const START_MS = 60_000;
const POLL_MS = 100;
/** How WebDriver marks an element. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** @returns {string | undefined} the program; FIREFOX names it where it is not in the PATH */
export function findFirefox() {
  const named = process.env.FIREFOX;
  if (named !== undefined) return named;
  for (const name of ["firefox", "firefox-esr"]) {
    for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
      const file = path.join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // not here
      }
    }
  }
  return undefined;
}

export class Firefox {
  #process;
  #socket;
  #received = Buffer.alloc(0);
  #count = 0;
  /** @type {Map<number, (answer: { error: { message: string } | null, result: any }) => void>} */
  #waiting = new Map();

  /**
   * @param {ChildProcess} program
   * @param {Socket} socket
   */
  constructor(program, socket) {
    this.#process = program;
    this.#socket = socket;
    socket.on("data", (bytes) => this.#take(bytes));
  }

  /**
   * @param {string} program
   * @param {string} folder for its profile and its downloads
   * @param {Record<string, unknown>} [more] preferences
   */
  static async launch(program, folder, more = {}) {
    const profile = path.join(folder, "profile");
    await mkdir(profile, { recursive: true });
    const prefs = {
      "marionette.port": 0, // any free one
      "browser.download.folderList": 2,
      "browser.download.dir": folder,
      "browser.shell.checkDefaultBrowser": false,
      // Nothing of the browser's own goes to the network.
      "app.normandy.enabled": false,
      "app.update.disabledForTesting": true,
      "datareporting.policy.dataSubmissionEnabled": false,
      "extensions.getAddons.cache.enabled": false,
      "network.captive-portal-service.enabled": false,
      "network.connectivity-service.enabled": false,
      "services.settings.server": "data:,",
      "toolkit.telemetry.enabled": false,
      ...more,
    };
    const lines = Object.entries(prefs).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
    );
    await writeFile(path.join(profile, "user.js"), lines.join(""));
    const args = ["--marionette", "--headless", "--no-remote", "--profile", profile];
    const browser = spawn(program, args, { stdio: "ignore" });
    try {
      const port = await portIn(path.join(profile, "MarionetteActivePort"));
      const socket = connect(port, "127.0.0.1");
      await new Promise((resolve, reject) => {
        socket.once("connect", resolve);
        socket.once("error", reject);
      });
      const firefox = new Firefox(browser, socket);
      await firefox.#ask("WebDriver:NewSession", { capabilities: {} });
      return firefox;
    } catch (error) {
      browser.kill();
      throw error;
    }
  }

  /** @param {string} url */
  async open(url) {
    await this.#ask("WebDriver:Navigate", { url });
  }

  /**
   * @param {string} selector
   * @returns {Promise<string>} the text that is seen
   */
  text(selector) {
    return this.run("return document.querySelector(arguments[0]).innerText", selector);
  }

  /** @param {string} selector */
  async click(selector) {
    await this.#ask("WebDriver:ElementClick", { id: await this.#find(selector) });
  }

  /**
   * Chooses files on the disk.
   * @param {string} selector
   * @param {string[]} files
   */
  async choose(selector, files) {
    const id = await this.#find(selector);
    await this.#ask("WebDriver:ElementSendKeys", { id, text: files.join("\n") });
  }

  /**
   * @param {string} script
   * @param {...unknown} args
   */
  async run(script, ...args) {
    const { value } = await this.#ask("WebDriver:ExecuteScript", { script, args });
    return value;
  }

  async close() {
    await this.#ask("Marionette:Quit", { flags: ["eForceQuit"] }).catch(() => {});
    this.#socket.destroy();
    this.#process.kill();
  }

  /** @param {string} selector */
  async #find(selector) {
    const using = "css selector";
    const { value } = await this.#ask("WebDriver:FindElement", { using, value: selector });
    return value[ELEMENT];
  }

  /**
   * @param {string} command
   * @param {object} parameters
   * @returns {Promise<any>}
   */
  #ask(command, parameters) {
    this.#count += 1;
    const id = this.#count;
    const message = JSON.stringify([0, id, command, parameters]);
    this.#socket.write(`${Buffer.byteLength(message)}:${message}`);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ error, result }) => {
        if (error === null) resolve(result);
        else reject(new Error(`${command}: ${error.message}`));
      });
    });
  }

  /** @param {Buffer} bytes */
  #take(bytes) {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (;;) {
      const colon = this.#received.indexOf(":");
      if (colon < 0) return;
      const end = colon + 1 + Number(this.#received.subarray(0, colon));
      if (this.#received.length < end) return;
      const message = JSON.parse(this.#received.subarray(colon + 1, end).toString());
      this.#received = this.#received.subarray(end);
      if (!Array.isArray(message)) continue; // its greeting
      const [, id, error, result] = message;
      this.#waiting.get(id)?.({ error, result });
      this.#waiting.delete(id);
    }
  }
}

/** @param {string} file that Firefox writes when it listens */
async function portIn(file) {
  for (const end = Date.now() + START_MS; Date.now() < end; await rest(POLL_MS)) {
    const port = Number(await readFile(file, "utf8").catch(() => ""));
    if (port > 0) return port;
  }
  throw new Error("Firefox did not start");
}
