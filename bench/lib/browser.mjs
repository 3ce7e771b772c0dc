// The installed Chromium with the page in it, and a clock for what its main thread does.

import { chromium } from "@playwright/test";

import config from "../../playwright.config.js";

/** Milliseconds before a contestant counts as stuck. */
const PATIENCE = 180_000;

/** @param {boolean} realGpu */
export function openBrowser(realGpu) {
  const { executablePath, args = [] } = config.use?.launchOptions ?? {};
  return chromium.launch({
    executablePath,
    args: realGpu ? args.filter((arg) => !arg.startsWith("--use-webgpu-adapter")) : args,
  });
}

/**
 * @param {import("@playwright/test").Browser} browser
 * @param {string} url
 */
export async function openPage(browser, url) {
  const page = await browser.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(url);
  await page.waitForFunction("globalThis.bench");
  const devtools = await page.context().newCDPSession(page);
  // The thread's own clock: on a software GPU the page shares its cores with the GPU's threads, and
  // waiting for a core is no work of the page.
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });

  /** Milliseconds the main thread has computed so far. */
  const busy = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN);
  };

  /**
   * Calls one of the page's functions.
   * @template {keyof import("../page/main.js").Bench} Name
   * @param {Name} name
   * @param {Parameters<import("../page/main.js").Bench[Name]>} args
   * @returns {Promise<Awaited<ReturnType<import("../page/main.js").Bench[Name]>>>}
   */
  const call = (name, ...args) => {
    const answer = page.evaluate(
      ([method, values]) => /** @type {any} */ (globalThis).bench[method](...values),
      /** @type {[string, any[]]} */ ([name, args]),
    );
    return Promise.race([answer, tooLong(name)]);
  };

  return { call, busy, complaints, close: () => page.close() };
}

/**
 * @param {string} name
 * @returns {Promise<never>}
 */
function tooLong(name) {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`"${name}" took too long`)), PATIENCE).unref();
  });
}
