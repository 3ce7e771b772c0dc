// `npm run check:frameworks`: the packed element in a small site of each framework (tests/frameworks/), as a
// reader of docs/FRAMEWORKS.md would make it: while it is written and built, in headless Chromium.
// `-- NAME…` takes those alone. The frameworks are installed into the cache, once for each version of their
// package.json; not into the clone.

import { spawn, execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

import { ensureData } from "./data.mjs";
import { cache, environment, root, scratch } from "./lib/places.mjs";
import { freePort } from "./lib/port.mjs";
import { Failure, main, run, say } from "./lib/proc.mjs";
import { serve } from "./lib/serve.mjs";
import { findChrome, requireChrome } from "./setup/browser.mjs";
import { requireNodeModules } from "./setup/npm.mjs";

/** @import { Browser } from "@playwright/test" */

const SITES = path.join(root, "tests/frameworks");
const DIGITS = path.join(root, "www/data/mnist");
const STEP_MS = 60_000;
/** A dev server compiles what is asked for when it is asked for. */
const START_MS = 180_000;

/**
 * A framework's site: where its files for the browser go, and what its build makes.
 * @typedef {object} Site
 * @property {string} files served as they are
 * @property {string} out built
 * @property {boolean} isRendered whether the tag stands in the built page, before any script
 */

/** @type {Readonly<Record<string, Site>>} */
export const FRAMEWORKS = {
  next: { files: "public", out: "out", isRendered: true },
  astro: { files: "public", out: "dist", isRendered: true },
  vitepress: { files: "public", out: ".vitepress/dist", isRendered: true },
  docusaurus: { files: "static", out: "build", isRendered: true },
  react: { files: "public", out: "dist", isRendered: false },
  vue: { files: "public", out: "dist", isRendered: false },
  svelte: { files: "public", out: "dist", isRendered: false },
  angular: { files: "public", out: "dist/article/browser", isRendered: false },
};

/**
 * The package, packed as npm would publish it.
 * @returns {string} its folder
 */
function pack() {
  const folder = scratch("package");
  const args = ["pack", "--silent", "--pack-destination", folder];
  const said = execFileSync("npm", args, { cwd: root, encoding: "utf8" }).trim().split("\n");
  execFileSync("tar", ["xzf", said[said.length - 1]], { cwd: folder });
  return path.join(folder, "package");
}

/**
 * The site with its framework and the package in it.
 * @param {string} name
 * @param {string} packed
 * @returns {Promise<string>} its folder
 */
async function install(name, packed) {
  const folder = path.join(cache, "frameworks", name);
  const wanted = readFileSync(path.join(SITES, name, "package.json"), "utf8");
  const stamp = path.join(folder, ".installed");
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "package.json"), wanted);
    const args = ["install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
    if (!(await run("npm", args, { cwd: folder, env: environment() })))
      throw new Failure(`npm could not install ${name}: is the registry reachable?`);
    writeFileSync(stamp, wanted);
  }
  // What is left of another time is no part of the site.
  for (const entry of readdirSync(folder)) {
    if (entry === "node_modules" || entry === ".installed") continue;
    rmSync(path.join(folder, entry), { recursive: true, force: true });
  }
  cpSync(path.join(SITES, name), folder, { recursive: true });
  const digits = path.join(folder, FRAMEWORKS[name].files, "mnist");
  cpSync(DIGITS, digits, { recursive: true });
  const place = path.join(folder, "node_modules/webgan");
  rmSync(place, { recursive: true, force: true });
  cpSync(packed, place, { recursive: true });
  // Bundlers keep what they made of the package in a cache, by its version.
  for (const made of [".cache", ".vite", ".astro"]) {
    rmSync(path.join(folder, "node_modules", made), { recursive: true, force: true });
  }
  return folder;
}

/**
 * Runs what serves a site while it is written.
 * @template T
 * @param {string} folder
 * @param {(url: string) => Promise<T>} use
 */
async function whileServed(folder, use) {
  const port = await freePort();
  const url = `http://localhost:${port}/`;
  /** @type {string[]} */
  const said = [];
  const child = spawn("npm", ["run", "dev", "--", "--port", String(port)], {
    cwd: folder,
    detached: true,
    env: quiet(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (it) => said.push(`${it}`));
  try {
    await answers(url, () => child.exitCode === null);
    return await use(url);
  } catch (error) {
    console.log(said.join(""));
    throw error;
  } finally {
    // With what npm has started.
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid);
  }
}

/**
 * @param {string} url
 * @param {() => boolean} isRunning
 */
async function answers(url, isRunning) {
  const end = performance.now() + START_MS;
  while (performance.now() < end && isRunning()) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok === true) return;
    await sleep(200);
  }
  throw new Failure(`the dev server does not answer at ${url}.`);
}

/** Frameworks that report home do not. */
function quiet() {
  return { ...environment(), NEXT_TELEMETRY_DISABLED: "1", ASTRO_TELEMETRY_DISABLED: "1", CI: "1" };
}

/**
 * The element is known, and takes a step in the one worker there is; the page has nothing to complain of.
 * @param {Browser} browser
 * @param {string} url
 * @returns {Promise<number[]>} how high the element was, one after the other, until somebody may press Train
 */
async function tryPage(browser, url) {
  const page = await browser.newPage({ viewport: { width: 720, height: 900 } });
  try {
    /** @type {string[]} */
    const problems = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      const isOfPage = !message.location().url.includes("favicon");
      if (message.type() === "error" && isOfPage) problems.push(message.text());
    });
    await page.addInitScript(watchHeight);
    await page.goto(url);
    const element = page.locator("web-gan");
    const train = element.getByRole("button", { name: "Train", exact: true });
    await train.waitFor({ timeout: STEP_MS });
    const heights = await page.evaluate(() => Object(globalThis).heights);
    await train.click();
    // Its events reach the framework.
    const stepped = page.getByText(/^Steps: [1-9]/).waitFor({ timeout: STEP_MS });
    await stepped.catch(async () => {
      const words = await element.getByRole("status").textContent();
      throw new Failure([`no step is told. It says: ${words}`, ...problems].join("\n"));
    });
    const count = page.workers().length;
    if (count !== 1) throw new Failure(`${count} workers run, in place of one.`);
    if (problems.length > 0) throw new Failure(problems.join("\n"));
    return heights;
  } finally {
    await page.close();
  }
}

/** In the page: how high the element was painted, from before it is known. */
function watchHeight() {
  const { document, MutationObserver, ResizeObserver } = Object(globalThis);
  /** @type {number[]} */
  const heights = [];
  Object.assign(globalThis, { heights });
  const sized = new ResizeObserver((/** @type {ResizeObserverEntry[]} */ [{ target }]) => {
    const { height } = target.getBoundingClientRect();
    if (heights.at(-1) !== height) heights.push(height);
  });
  new MutationObserver((/** @type {unknown} */ _, /** @type {MutationObserver} */ observer) => {
    const element = document.querySelector("web-gan");
    if (element === null) return;
    observer.disconnect();
    sized.observe(element);
  }).observe(document, { childList: true, subtree: true });
}

/**
 * @param {string} name
 * @param {string} packed
 * @param {Browser} browser
 */
async function check(name, packed, browser) {
  const { out, isRendered } = FRAMEWORKS[name];
  const folder = await install(name, packed);
  const { scripts } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  if (
    scripts.check !== undefined &&
    !(await run("npm", ["run", "--silent", "check"], { cwd: folder }))
  )
    throw new Failure(`${name} finds other types than its site has.`);
  say(`${name}: as it is written`);
  await whileServed(folder, (url) => tryPage(browser, url));
  say(`${name}: built`);
  const env = quiet();
  if (!(await run("npm", ["run", "build", "--silent"], { cwd: folder, env })))
    throw new Failure(`${name} does not build.`);
  const built = path.join(folder, out);
  const html = readFileSync(path.join(built, "index.html"), "utf8");
  const stands = /<web-gan[^>]* preset="?mlp\b[^>]*><\/web-gan>/.test(html);
  if (isRendered && !stands) throw new Failure(`${name} renders no <web-gan> with its attributes.`);
  const site = await serve(built, "/");
  try {
    const heights = await tryPage(browser, site.url);
    if (heights.length !== 1)
      throw new Failure(`${name} moves: ${heights.join(", ")} pixels high.`);
  } finally {
    site.close();
  }
}

/**
 * In the browser that is installed.
 * @param {string[]} names of frameworks; none: all
 */
export async function checkFrameworks(names) {
  const unknown = names.find((name) => !(name in FRAMEWORKS));
  if (unknown !== undefined) {
    const known = Object.keys(FRAMEWORKS).join(", ");
    throw new Failure(`there is no site with “${unknown}”; there are ${known}.`);
  }
  if (!existsSync(DIGITS)) await ensureData();
  const packed = pack();
  const { chromium } = await import("@playwright/test");
  const args = ["--no-sandbox", "--disable-background-networking"];
  const browser = await chromium.launch({ executablePath: findChrome() ?? undefined, args });
  try {
    for (const name of names.length > 0 ? names : Object.keys(FRAMEWORKS)) {
      const from = performance.now();
      await check(name, packed, browser);
      say(`${name}: ${((performance.now() - from) / 1000).toFixed(0)} s`);
    }
  } finally {
    await browser.close();
    rmSync(path.dirname(packed), { recursive: true, force: true });
  }
  return true;
}

await main(import.meta.url, async (names) => {
  await requireNodeModules();
  await requireChrome();
  await checkFrameworks(names);
});
