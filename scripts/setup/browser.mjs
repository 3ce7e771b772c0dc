// The browsers: Chrome or Chromium with its chromedriver for the tests, Chrome or Chromium alone for what draws
// or measures, WebKit for one walk. `npm start` needs none. Takes what is installed; installs Debian's packages
// only where that needs no password.

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

/**
 * For the tests.
 * @returns {Promise<Browser>}
 */
export async function requireBrowser() {
  const chrome = await requireOne("CHROME", findChrome, "the tests in the browser need a browser");
  const needed = "the tests in the browser need chromedriver";
  const chromedriver = await requireOne("CHROMEDRIVER", findDriver, needed);
  return matching({ chrome, chromedriver });
}

/** For what draws or measures in a browser: named for Playwright's configuration, which is read after this. */
export async function requireChrome() {
  process.env.CHROME = await requireOne("CHROME", findChrome, "this needs a browser");
}

/**
 * @param {"CHROME" | "CHROMEDRIVER"} variable that may name it
 * @param {() => string | null} find
 * @param {string} need
 */
async function requireOne(variable, find, need) {
  const named = process.env[variable];
  if (named && !which(named, process.env)) {
    throw new Failure(`there is no program ${named}, which the variable ${variable} names.`);
  }
  const found = find() ?? ((await installDebian(["chromium", "chromium-driver"])) ? find() : null);
  if (found !== null) return found;
  throw new Failure(
    `${need}: install Chrome or Chromium with the chromedriver of its version, or name them in the ` +
      "variables CHROME and CHROMEDRIVER.",
  );
}

/** @returns {string | null} the first browser that is there; CHROME names another */
export function findChrome() {
  return first(process.env.CHROME ? [process.env.CHROME] : BROWSERS);
}

function findDriver() {
  const { env } = process;
  const folder = env.CHROMEWEBDRIVER; // where GitHub's runners keep theirs
  const drivers = [...(folder ? [path.join(folder, "chromedriver")] : []), "chromedriver"];
  return first(env.CHROMEDRIVER ? [env.CHROMEDRIVER] : drivers);
}

/** WebKit's driver and a display for it, where apt can install them: without them its walk is skipped. */
export async function offerWebKit() {
  if (which("WebKitWebDriver", process.env) && which("xvfb-run", process.env)) return;
  await installDebian(["webkit2gtk-driver", "xvfb", "xauth"]);
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

/**
 * @param {string[]} packages
 * @returns whether they could be asked for
 */
async function installDebian(packages) {
  // Ubuntu's packages of these names only point to the snap store.
  if (!/^ID=debian$/m.test(osRelease()) || !which("apt-get", process.env)) return false;
  const root = process.getuid?.() === 0;
  const prefix = root ? [] : ["sudo", "-n"];
  if (!root && capture("sudo", ["-n", "true"]).status !== 0) return false;
  say(`installing ${packages.join(", ")} with apt`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", ...packages],
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
