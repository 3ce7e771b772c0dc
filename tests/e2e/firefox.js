// Starts an installed Firefox and speaks its own protocol, Marionette: WebDriver's commands as lines of JSON with
// their length in front, over a socket. Playwright drives its own build of Firefox, which cannot be downloaded
// everywhere, or newer ones than Debian's.

import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";
import process from "node:process";
import { which } from "../../scripts/lib/proc.mjs";
import { started, WebDriver } from "./webdriver.js";

/** @import { Socket } from "node:net" */

/** @returns {string | null} the program; FIREFOX names it where it is not in the PATH */
export function findFirefox() {
  const { env } = process;
  return env.FIREFOX ?? which("firefox", env) ?? which("firefox-esr", env);
}

/**
 * @param {string} program
 * @param {string} folder for its profile and its downloads
 * @param {Record<string, unknown>} [more] preferences
 */
export async function launchFirefox(program, folder, more = {}) {
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
    const port = await started("Firefox", async () => {
      const text = await readFile(path.join(profile, "MarionetteActivePort"), "utf8");
      return Number(text) || undefined;
    });
    const socket = connect(port, "127.0.0.1");
    await new Promise((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("error", reject);
    });
    const marionette = new Marionette(socket);
    await marionette.ask("WebDriver:NewSession", { capabilities: {} });
    return new WebDriver(
      async (command, parameters) =>
        (await marionette.ask(`WebDriver:${command}`, parameters)).value,
      async () => {
        await marionette.ask("Marionette:Quit", { flags: ["eForceQuit"] }).catch(() => {});
        socket.destroy();
        browser.kill();
      },
    );
  } catch (error) {
    browser.kill();
    throw error;
  }
}

class Marionette {
  #socket;
  #received = Buffer.alloc(0);
  #count = 0;
  /** @type {Map<number, (answer: { error: { message: string } | null, result: any }) => void>} */
  #waiting = new Map();

  /** @param {Socket} socket */
  constructor(socket) {
    this.#socket = socket;
    socket.on("data", (bytes) => this.#take(bytes));
  }

  /**
   * @param {string} command
   * @param {object} parameters
   * @returns {Promise<any>}
   */
  ask(command, parameters) {
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
