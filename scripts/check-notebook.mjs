// `npm run check:notebook`: the Python package as a wheel in a real JupyterLab (in a Python of its own in the cache),
// in headless Chromium, without any network: the cells of python/tests/lab.py, then the notebook as a page.
// Also the package's tests without a browser.

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

import { environment, root, scratch } from "./lib/places.mjs";
import { freePort } from "./lib/port.mjs";
import { capture, Failure, main, run, say } from "./lib/proc.mjs";
import { neededPython } from "./lib/python.mjs";
import { findChrome, requireChrome } from "./setup/browser.mjs";
import { buildWheel } from "./wheel.mjs";

const PACKAGES = [
  "jupyterlab>=4.4,<5",
  "anywidget>=0.9,<1",
  "numpy>=1.24,<3",
  "jupyter-ui-poll>=1,<2",
];
/** What a reader may ask for the version of. */
const NAMED = ["jupyterlab", "ipykernel", "anywidget", "numpy"];
const VERSIONS = `from importlib.metadata import version; print(", ".join(f"{name} {version(name)}" for name in ${JSON.stringify(NAMED)}))`;
const TESTS = path.join(root, "python/tests");
const START_MS = 60_000;
const CELLS_MS = 150_000;

/** @returns {object} a notebook with the cells of lab.py */
function notebook() {
  const [, ...cells] = readFileSync(path.join(TESTS, "lab.py"), "utf8").split("# %%\n");
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: "python3", display_name: "Python 3", language: "python" } },
    cells: cells.map((source, i) => ({
      ...{ id: `cell-${i}`, cell_type: "code", metadata: {}, outputs: [], execution_count: null },
      source: source.trim(),
    })),
  };
}

/**
 * @template T
 * @param {string} python
 * @param {string} folder that it shows
 * @param {(url: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
async function whileLabRuns(python, folder, use) {
  const port = await freePort();
  const options = ["--no-browser", "--expose-app-in-browser", "--ServerApp.allow_root=True"];
  const where = [`--ServerApp.root_dir=${folder}`, `--ServerApp.port=${port}`];
  const open = ["--IdentityProvider.token=", "--ServerApp.port_retries=0"];
  /** @type {string[]} */
  const said = [];
  const child = spawn(python, ["-m", "jupyter", "lab", ...options, ...where, ...open], {
    cwd: folder,
    detached: true,
    env: { ...environment(), JUPYTER_CONFIG_DIR: path.join(folder, ".config"), IPYTHONDIR: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (it) => said.push(`${it}`));
  const url = `http://localhost:${port}/`;
  try {
    const end = performance.now() + START_MS;
    while (!(await fetch(`${url}api/status`).catch(() => undefined))?.ok) {
      if (performance.now() > end || child.exitCode !== null) {
        throw new Failure("JupyterLab does not start.");
      }
      await sleep(200);
    }
    return await use(url);
  } catch (error) {
    console.log(said.join("").slice(-4_000));
    throw error;
  } finally {
    // With its kernels.
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid);
  }
}

/**
 * Runs all cells as a reader would, twice, and keeps the notebook.
 * @param {string} url
 * @param {string} file
 */
async function runCells(url, file) {
  const { chromium } = await import("@playwright/test");
  const args = ["--no-sandbox", "--disable-background-networking"];
  const browser = await chromium.launch({ executablePath: findChrome() ?? undefined, args });
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    /** @type {string[]} */
    const strangers = [];
    await page.route("**", (route) => {
      const { origin } = new URL(route.request().url());
      if (origin === new URL(url).origin) return route.continue();
      strangers.push(route.request().url());
      return route.abort();
    });
    page.on("pageerror", (error) => console.log(`page: ${error.message}`));
    await page.goto(`${url}lab/tree/lab.ipynb`);
    await page.locator(".jp-Notebook .jp-Cell").first().waitFor({ timeout: START_MS });
    await page.getByText("Python 3 (ipykernel) | Idle").waitFor({ timeout: START_MS });
    const runAll = async () => {
      await page.evaluate(inLab, "notebook:run-all-cells");
      await page.waitForFunction(isDone, undefined, { timeout: CELLS_MS, polling: 500 });
      await page.evaluate(inLab, "docmanager:save");
      checkOutputs(file);
    };
    await runAll();
    say("once more, in a kernel that was restarted while a GAN trained");
    const gan = page.locator("web-gan").first();
    await gan.scrollIntoViewIfNeeded();
    await gan.getByRole("button", { name: "Train", exact: true }).click();
    await gan.getByRole("button", { name: "Pause" }).waitFor();
    await page.evaluate(restart);
    await runAll();
    if (strangers.length > 0) throw new Failure(`it asked elsewhere for ${strangers.join(", ")}`);
  } finally {
    await browser.close();
  }
}

/** In the page. @param {string} command */
function inLab(command) {
  // Awaited, "run all" would end with the last cell.
  const done = Object(globalThis).jupyterapp.commands.execute(command);
  return command === "docmanager:save" ? done : undefined;
}

/** In the page. The cells are as if they had not run. */
async function restart() {
  const { commands, shell } = Object(globalThis).jupyterapp;
  await shell.currentWidget.sessionContext.session.kernel.restart();
  await commands.execute("notebook:clear-all-cell-outputs");
}

/** In the page: whether every cell has run, or one has failed. */
function isDone() {
  const { model } = Object(globalThis).jupyterapp.shell.currentWidget.content;
  const cells = [...model.cells];
  const hasFailed = (/** @type {any} */ cell) =>
    cell.outputs.toJSON().some((/** @type {any} */ output) => output.output_type === "error");
  return (
    cells.some(hasFailed) ||
    cells.every((cell) => cell.executionCount !== null && cell.executionState !== "running")
  );
}

/** @param {string} file */
function checkOutputs(file) {
  const { cells } = JSON.parse(readFileSync(file, "utf8"));
  for (const { source, outputs, execution_count: count } of cells) {
    const code = [source].flat().join("");
    const error = outputs.find((/** @type {any} */ { output_type: type }) => type === "error");
    if (error !== undefined) {
      // eslint-disable-next-line no-control-regex
      const traceback = error.traceback.join("\n").replace(/\x1b\[[\d;]*m/g, "");
      throw new Failure(`this cell failed:\n${code}\n${traceback}`);
    }
    if (count === null) throw new Failure(`this cell has not run:\n${code}`);
  }
}

/** Of the wheel, in JupyterLab. */
async function check() {
  const wheel = await buildWheel();
  const python = await neededPython("notebook", "JupyterLab", PACKAGES);
  const env = environment();
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  if (!(await run(python, [...install, "--no-deps", "--force-reinstall", wheel], { env })))
    throw new Failure("pip did not install the package: its own words are above.");
  if (!(await run(python, ["-m", "unittest", "discover", "-s", TESTS], { env })))
    throw new Failure("the package's tests failed.");
  say(`with ${capture(python, ["-c", VERSIONS], { env }).stdout.trim()}`);
  const folder = scratch("lab");
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "lab.ipynb");
  writeFileSync(file, JSON.stringify(notebook()));
  const from = performance.now();
  await whileLabRuns(python, folder, (url) => runCells(url, file));
  say(`the cells ran in ${((performance.now() - from) / 1000).toFixed(0)} s`);
  const convert = ["-m", "jupyter", "nbconvert", "--to", "html", "--log-level=WARN", file];
  if (!(await run(python, convert, { env }))) throw new Failure("nbconvert made no page.");
  const html = readFileSync(path.join(folder, "lab.html"), "utf8");
  const stills = html.match(/<figure><img [^>]*src="data:image\/(webp|png);base64,/g) ?? [];
  if (
    !stills.some((still) => still.includes("webp")) ||
    !stills.some((still) => still.includes("png"))
  )
    throw new Failure("the page that nbconvert makes shows no picture of the GAN.");
  rmSync(folder, { recursive: true, force: true });
}

await main(import.meta.url, async () => {
  await requireChrome();
  await check();
});
