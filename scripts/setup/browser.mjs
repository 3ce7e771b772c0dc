// Chrome or Chromium and its chromedriver, for the tests in the browser. `npm start` needs neither.
// Takes what is installed; installs Debian's packages only where that needs no password.

import { readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

import { capture, Failure, run, say, which } from "../lib/proc.mjs";

const BROWSERS = [
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "chromium",
  "chromium-browser",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * @typedef {object} Browser
 * @property {string} chrome the browser's path
 * @property {string} chromedriver
 */

/** @returns {Promise<Browser>} */
export async function requireBrowser() {
  for (const variable of ["CHROME", "CHROMEDRIVER"]) {
    const named = process.env[variable];
    if (named && !which(named, process.env)) {
      throw new Failure(`there is no program ${named}, which the variable ${variable} names.`);
    }
  }
  const found = find();
  if (!("missing" in found)) return matching(found);
  if (await installDebian()) {
    const installed = find();
    if (!("missing" in installed)) return matching(installed);
  }
  throw new Failure(
    `the tests in the browser need ${found.missing}: install Chrome or Chromium with the ` +
      "chromedriver of its version, or name them in the variables CHROME and CHROMEDRIVER.",
  );
}

/** @returns {Browser | { missing: string }} */
function find() {
  const { env } = process;
  const chrome = first(env.CHROME ? [env.CHROME] : BROWSERS);
  const folder = env.CHROMEWEBDRIVER; // where GitHub's runners keep theirs
  const drivers = [...(folder ? [path.join(folder, "chromedriver")] : []), "chromedriver"];
  const chromedriver = first(env.CHROMEDRIVER ? [env.CHROMEDRIVER] : drivers);
  if (!chrome) return { missing: "a browser" };
  if (!chromedriver) return { missing: "chromedriver" };
  return { chrome, chromedriver };
}

/** @param {string[]} names */
function first(names) {
  for (const name of names) {
    const file = which(name, process.env);
    if (file) return file;
  }
  return null;
}

/** @param {Browser} browser */
function matching(browser) {
  const [chrome, driver] = [browser.chrome, browser.chromedriver].map(
    (program) => /\d+/.exec(capture(program, ["--version"]).stdout)?.[0],
  );
  if (chrome && driver && chrome !== driver) {
    throw new Failure(
      `${browser.chrome} has version ${chrome} but ${browser.chromedriver} has ${driver}: ` +
        "install the chromedriver of the browser's version, or name a fitting pair in CHROME and CHROMEDRIVER.",
    );
  }
  return browser;
}

async function installDebian() {
  // Ubuntu's packages of these names only point to the snap store.
  if (!/^ID=debian$/m.test(osRelease()) || !which("apt-get", process.env)) return false;
  const root = process.getuid?.() === 0;
  const prefix = root ? [] : ["sudo", "-n"];
  if (!root && capture("sudo", ["-n", "true"]).status !== 0) return false;
  say("installing Chromium and its driver with apt");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", "chromium", "chromium-driver"],
  ]) {
    const [program, ...rest] = [...prefix, "apt-get", ...args];
    await run(program, rest, { env, quiet: true });
  }
  return true;
}

function osRelease() {
  try {
    return readFileSync("/etc/os-release", "utf8");
  } catch {
    return "";
  }
}
