// Starts an installed WebKit, the nearest thing to Safari, and its driver, which takes WebDriver's commands as plain
// HTTP, under a display of its own.

import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import process from "node:process";
import { which } from "../../scripts/lib/proc.mjs";
import { started, WebDriver } from "./webdriver.js";

/** @import { ChildProcess } from "node:child_process" */
/** @import { Command } from "./webdriver.js" */

const DRIVER = "WebKitWebDriver";
/** A display without a screen, of a program's own. */
const DISPLAY = "xvfb-run";

/** Below a session's address. @type {Record<Command, (id: unknown) => string>} */
const PATHS = {
  Navigate: () => "url",
  Refresh: () => "refresh",
  FindElement: () => "element",
  ElementClick: (id) => `element/${id}/click`,
  ElementSendKeys: (id) => `element/${id}/value`,
  ExecuteScript: () => "execute/sync",
};

/** @returns {string | undefined} the browser to drive, where that, its driver and a display are there */
export function findWebKit() {
  if ([DRIVER, DISPLAY].some((name) => which(name, process.env) === null)) return undefined;
  for (const triplet of existsSync("/usr/lib") ? readdirSync("/usr/lib") : []) {
    for (const version of ["webkitgtk-6.0", "webkit2gtk-4.1", "webkit2gtk-4.0"]) {
      const file = path.join("/usr/lib", triplet, version, "MiniBrowser");
      if (existsSync(file)) return file;
    }
  }
  return undefined;
}

/**
 * @param {string} binary
 * @param {Record<string, string>} env
 */
export async function launchWebKit(binary, env) {
  const port = await freePort();
  const driver = spawn(DISPLAY, ["-a", DRIVER, `--port=${port}`], {
    env: { ...process.env, ...env },
    stdio: "ignore",
    detached: true, // a group, which ends as one
  });
  const address = `http://127.0.0.1:${port}`;
  try {
    await started(DRIVER, async () => (await fetch(`${address}/status`)).ok || undefined);
    const browser = { binary, args: ["--automation"] };
    const alwaysMatch = { browserName: "MiniBrowser", "webkitgtk:browserOptions": browser };
    const { sessionId } = await post(`${address}/session`, { capabilities: { alwaysMatch } });
    const session = `${address}/session/${sessionId}`;
    // Wide enough for sections that are not folded.
    await post(`${session}/window/rect`, { x: 0, y: 0, width: 1280, height: 900 });
    return new WebDriver(
      (command, { id, ...body }) => post(`${session}/${PATHS[command](id)}`, body),
      async () => {
        await fetch(session, { method: "DELETE" }).catch(() => {});
        end(driver);
      },
    );
  } catch (error) {
    end(driver);
    throw error;
  }
}

/**
 * @param {string} url
 * @param {object} body
 * @returns {Promise<any>}
 */
async function post(url, body) {
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

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
