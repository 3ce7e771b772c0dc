// `npm test`: everything that is checked, cheapest first, stopping at the first failure.
// `npm test -- PART` runs only the steps whose name contains PART.

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

import { audit } from "./audit.mjs";
import { checkFrameworks } from "./check-frameworks.mjs";
import { ensureData } from "./data.mjs";
import { chosen, everyTwo, ofDependencies } from "./lib/features.mjs";
import { cache, environment, root, targetDir } from "./lib/places.mjs";
import { Failure, capture, main, run, say } from "./lib/proc.mjs";
import { ownTarget } from "./lib/target.mjs";
import { checkExports } from "./python.mjs";
import { setUpTests } from "./setup.mjs";
import { checkSizes } from "./size.mjs";
import { BUILDS, buildWasm } from "./wasm.mjs";

const TARGET = "wasm32-unknown-unknown";
const LINT = ["--", "-D", "warnings"];

/** @typedef {{ name: string, body: () => Promise<boolean> }} Step */

/**
 * @param {import("./setup/browser.mjs").Browser} browser
 * @returns {Step[]}
 */
function steps({ chrome, chromedriver }) {
  const native = environment();
  const wasm = environment({ wasm: true });
  const inBrowser = { CHROME: chrome, CHROMEDRIVER: chromedriver };
  /**
   * @param {string} program
   * @param {string[]} args
   * @param {NodeJS.ProcessEnv} [env]
   */
  const command = (program, args, env = native) => {
    ownTarget(targetDir, root, "webgan");
    return run(program, args, { cwd: root, env });
  };
  /**
   * @param {string} file
   * @param {string[]} args
   * @param {NodeJS.ProcessEnv} [env]
   */
  const node = (file, args, env) =>
    command(process.execPath, [path.join(root, "node_modules", file), ...args], env);

  return [
    { name: "cargo fmt", body: () => command("cargo", ["fmt", "--all", "--check"]) },
    { name: "prettier", body: () => node("prettier/bin/prettier.cjs", ["--check", "."]) },
    { name: "eslint", body: () => node("eslint/bin/eslint.js", ["."]) },
    { name: "audit", body: audit },
    {
      name: "unit tests of the scripts",
      body: () =>
        command(process.execPath, [
          ...["--test", "--test-reporter=dot"],
          ...["browser", "data", "features", "target"].map((name) => `scripts/${name}.test.mjs`),
        ]),
    },
    ...(hasFiles("tests/unit")
      ? [
          {
            name: "unit tests of the page",
            body: () => node("vitest/vitest.mjs", ["run", "--dir", "tests/unit"]),
          },
        ]
      : []),
    {
      name: "clippy",
      body: () =>
        command("cargo", [
          "clippy",
          "--workspace",
          ...["--no-default-features", "--all-targets"],
          ...LINT,
        ]),
    },
    {
      name: "clippy for the browser",
      // In release, where the wasm build's macros and build scripts serve again: minutes less.
      body: async () => {
        const targets = ["--release", "--target", TARGET, "--lib", "--tests"];
        for (const { args } of BUILDS) {
          if (!(await command("cargo", ["clippy", ...targets, ...args, ...LINT], wasm)))
            return false;
        }
        return true;
      },
    },
    {
      // For GPUs that this machine may not have: that their types fit is all that is checked of them.
      // Only this crate is compiled anew for each set of features: Burn has what all of them ask of it,
      // and the command line is there, or each set would compile Burn again (minutes). Without them
      // are the other steps.
      // CUDA's kernels are linked with an LLVM that its build fetches; for documentation it does not.
      name: "clippy of every two features",
      body: async () => {
        const env = { ...native, DOCS_RS: "1" };
        const all = featuresOf("webgan", native);
        const free = chosen(all).filter((name) => name !== "cli");
        for (const features of everyTwo(free)) {
          say(`features: ${features.join(", ") || "none"}`);
          const flags = ["cli", ...features, ...ofDependencies(all)].join();
          const args = ["--no-default-features", "--features", flags, "--lib", "--bins"];
          if (!(await command("cargo", ["clippy", ...args, ...LINT], env))) return false;
        }
        return true;
      },
    },
    {
      name: "cargo doc",
      body: () =>
        command("cargo", ["doc", "--no-deps", "--no-default-features"], {
          ...native,
          RUSTDOCFLAGS: "-Dwarnings",
        }),
    },
    {
      name: "cargo test of the kernels",
      body: () => command("cargo", ["test", "-p", "webgan-kernels", "--features", "threads"]),
    },
    {
      name: "cargo test of the exports",
      body: () => command("cargo", ["test", "-p", "webgan-export"]),
    },
    {
      name: "cargo test",
      body: () => command("cargo", ["test", "--no-default-features", "--features", "cli,remote"]),
    },
    { name: "exports in Python", body: checkExports },
    { name: "wasm build", body: () => buildWasm().then(() => true) },
    { name: "size", body: () => Promise.resolve(checkSizes()).then(() => true) },
    { name: "tsc", body: () => node("typescript/bin/tsc", []) },
    { name: "vite build", body: () => node("vite/bin/vite.js", ["build"]) },
    // One of them, the quickest to install and to build: half a minute. The others: `npm run check:frameworks`.
    { name: "a framework's site", body: () => checkFrameworks(["vitepress"]) },
    ...(existsSync(path.join(root, "tests/web.rs"))
      ? [
          {
            name: "wasm-pack test",
            body: () =>
              command(
                "wasm-pack",
                [
                  ...["test", "--headless", "--chrome", "--chromedriver", chromedriver],
                  ...["--release", ".", "--test", "web*"],
                ],
                {
                  ...wasm,
                  ...inBrowser,
                  WASM_BINDGEN_TEST_WEBDRIVER_JSON: webdriver(chrome),
                  // In seconds; a software GPU trains slowly, and two cores start a browser slowly.
                  WASM_BINDGEN_TEST_TIMEOUT: "600",
                  WASM_BINDGEN_TEST_DRIVER_TIMEOUT: "60",
                },
              ),
          },
        ]
      : []),
    ...(hasFiles("tests/e2e")
      ? [
          {
            name: "playwright",
            body: () => node("@playwright/test/cli.js", ["test"], { ...native, ...inBrowser }),
          },
        ]
      : []),
  ];
}

/**
 * A crate's features, each with what it switches on.
 * @param {string} crate
 * @param {NodeJS.ProcessEnv} env
 */
function featuresOf(crate, env) {
  const metadata = ["metadata", "--no-deps", "--format-version=1"];
  const { stdout } = capture("cargo", metadata, { cwd: root, env });
  const { packages } = JSON.parse(stdout);
  return packages.find((/** @type {{ name: string }} */ { name }) => name === crate).features;
}

/** @param {string} folder */
function hasFiles(folder) {
  const full = path.join(root, folder);
  return existsSync(full) && readdirSync(full).length > 0;
}

/**
 * webdriver.json with this machine's browser in it.
 * @param {string} chrome
 */
function webdriver(chrome) {
  const settings = JSON.parse(readFileSync(path.join(root, "webdriver.json"), "utf8"));
  settings["goog:chromeOptions"].binary = chrome;
  const file = path.join(cache, "webdriver.json");
  writeFileSync(file, JSON.stringify(settings));
  return file;
}

await main(import.meta.url, async ([part = ""]) => {
  const browser = await setUpTests();
  await ensureData();
  const wanted = steps(browser).filter(({ name }) => name.includes(part));
  if (wanted.length === 0) throw new Failure(`no step has “${part}” in its name.`);
  let passed = 0;
  /** @type {string | null} */
  let failed = null;
  const times = [];
  for (const { name, body } of wanted) {
    say(`── ${name}`);
    const from = performance.now();
    let ok = false;
    try {
      ok = await body();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      console.error(`webgan: ${error.message}`);
    }
    times.push(`${((performance.now() - from) / 1000).toFixed(1).padStart(7)} s  ${name}`);
    if (!ok) {
      failed = name;
      break;
    }
    passed += 1;
  }
  console.log(`\n${times.join("\n")}`);
  const left = wanted.length - passed - (failed ? 1 : 0);
  if (left > 0) console.log(`${left} steps not run after the failure`);
  console.log(`${passed} passed, ${failed ? 1 : 0} failed`);
  if (failed) throw new Failure(`the step “${failed}” failed: its own words are above.`);
});
