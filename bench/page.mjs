// `npm run bench:page`: a training step in the page itself, all told (pictures, charts, pad, checkpoints), on the CPU
// with one thread and with all, on the built site in dist/ (`npm run build` first). Beside it stands the bare loop of
// `npm run bench`. `-- --preset modern,pix2pix --data faces --steps 300`. Not a test.

import { parseArgs } from "node:util";

import { Failure, main, say } from "../scripts/lib/proc.mjs";
import { serveSite } from "../scripts/lib/serve.mjs";
import { requireChrome } from "../scripts/setup/browser.mjs";
import { requireNodeModules } from "../scripts/setup/npm.mjs";

const WARM_UP = 10;
/** A page whose count does not move for so long has stopped. */
const PATIENCE_MS = 180_000;

await main(import.meta.url, async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      preset: { type: "string", default: "mlp,dcgan,modern,pix2pix" },
      data: { type: "string" },
      steps: { type: "string", default: "200" },
    },
  });
  const steps = Number(values.steps);
  if (!(steps > 0)) throw new Failure(`"${values.steps}" is no number above 0.`);
  await requireNodeModules();
  await requireChrome();
  // Only now: it imports what was just installed.
  const { openBrowser } = await import("./lib/browser.mjs");
  const server = await serveSite();
  const browser = await openBrowser(false);
  console.log("| preset | threads | ms a step |\n|---|---|---|");
  try {
    for (const preset of values.preset.split(",")) {
      const query = new URLSearchParams({ preset, device: "cpu", seed: "1" });
      if (values.data !== undefined) query.set("data", values.data);
      for (const serviceWorkers of /** @type {const} */ (["block", "allow"])) {
        const context = await browser.newContext({ serviceWorkers });
        const page = await context.newPage();
        if (serviceWorkers === "allow") await beIsolated(page, server.url);
        await page.goto(`${server.url}?${query}`);
        const { ms, threads } = await page.evaluate(train, {
          warmUp: WARM_UP,
          steps,
          patience: PATIENCE_MS,
        });
        await context.close();
        console.log(`| \`${preset}\` | ${threads} | ${ms.toFixed(1)} |`);
      }
    }
  } finally {
    await browser.close();
    server.close();
  }
  say("all told: until the step count that the page shows has moved on by so many");
});

/**
 * The site's own service worker lets its pages share memory from the second visit on.
 * @param {import("@playwright/test").Page} page
 * @param {string} url
 */
async function beIsolated(page, url) {
  await page.goto(url);
  await page.evaluate("navigator.serviceWorker.ready");
  await page.reload();
  if (!(await page.evaluate("crossOriginIsolated"))) throw new Failure("the page is not isolated.");
}

/* global document */
/**
 * In the page: presses Train as soon as it can be pressed, and looks when its count has gone so far.
 * @param {{ warmUp: number, steps: number, patience: number }} wish
 */
async function train({ warmUp, steps, patience }) {
  // Not by frames: to look must not make the page draw.
  const wait = () => new Promise((resolve) => setTimeout(resolve, 50));
  const text = (/** @type {string} */ id) => document.querySelector(id)?.textContent ?? "";
  const count = () => Number(text("#step-count").replaceAll(/\D/g, ""));
  const until = async (/** @type {() => boolean} */ isSo) => {
    let [seen, at] = [count(), performance.now()];
    while (!isSo()) {
      if (count() !== seen) [seen, at] = [count(), performance.now()];
      if (performance.now() - at > patience) throw new Error("the page takes no step");
      await wait();
    }
  };
  const button = () => /** @type {HTMLElement} */ (document.querySelector("#toggle"));
  await until(() => button()?.getAttribute("aria-disabled") === "false");
  button().click();
  await until(() => count() >= warmUp);
  const [from, at] = [count(), performance.now()];
  await until(() => count() >= from + steps);
  const ms = (performance.now() - at) / (count() - from);
  const [, threads = "1"] = /(\d+) threads/.exec(text("#device-note")) ?? [];
  button().click();
  return { ms, threads };
}
