// `npm run bench:page`: a training step in the page itself, all told (pictures, charts, pad, checkpoints), on the CPU
// with one thread and with all, on the built site in dist/ (`npm run build` first). Beside it stands the bare loop of
// `npm run bench`. `-- --preset modern,pix2pix --data faces --steps 300`. Not a test.

import { parseArgs } from "node:util";

import { Failure, main, say } from "../scripts/lib/proc.mjs";
import { serveSite } from "../scripts/lib/serve.mjs";
import { requireChrome } from "../scripts/setup/browser.mjs";
import { requireNodeModules } from "../scripts/setup/npm.mjs";

/** Steps before the clock: programs are compiled in them. */
const WARM_UP = 10;
/** Both pages in turn, so many times: noise of the machine hits both alike. */
const ROUNDS = 5;
/** A page whose count does not move for so long has stopped. */
const PATIENCE_MS = 180_000;

await main(import.meta.url, async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      preset: { type: "string", default: "mlp,dcgan,modern,pix2pix" },
      data: { type: "string" },
      steps: { type: "string", default: "25" },
    },
  });
  const steps = Number(values.steps);
  if (!(steps > 0)) throw new Failure(`"${values.steps}" is no number above 0.`);
  await requireNodeModules();
  await requireChrome();
  // Only now: they import what was just installed.
  const { openBrowser } = await import("./lib/browser.mjs");
  const { median } = await import("./lib/contest.mjs");
  const server = await serveSite();
  const browser = await openBrowser(false);
  console.log("| preset | threads | ms a step | of one thread's |\n|---|---|---|---|");
  try {
    for (const preset of values.preset.split(",")) {
      const query = new URLSearchParams({ preset, device: "cpu", seed: "1" });
      if (values.data !== undefined) query.set("data", values.data);
      /** @type {{ page: import("@playwright/test").Page, threads: string, ms: number[] }[]} */
      const entries = [];
      for (const serviceWorkers of /** @type {const} */ (["block", "allow"])) {
        const context = await browser.newContext({ serviceWorkers });
        const page = await context.newPage();
        if (serviceWorkers === "allow") await beIsolated(page, server.url);
        await page.goto(`${server.url}?${query}`);
        await page.evaluate(train, { steps: WARM_UP, patience: PATIENCE_MS });
        entries.push({ page, threads: "", ms: [] });
      }
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const entry of entries) {
          const wish = { steps, patience: PATIENCE_MS };
          const { ms, threads } = await entry.page.evaluate(train, wish);
          entry.threads = threads;
          entry.ms.push(ms);
        }
      }
      for (const { page, threads, ms } of entries) {
        const share = median(ms.map((one, round) => one / entries[0].ms[round]));
        console.log(
          `| \`${preset}\` | ${threads} | ${median(ms).toFixed(1)} | ${share.toFixed(2)} |`,
        );
        await page.context().close();
      }
    }
  } finally {
    await browser.close();
    server.close();
  }
  say(
    `medians of ${ROUNDS} rounds; a step is all told: until the count that the page shows has moved on`,
  );
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
 * In the page: presses Train as soon as it can be pressed, looks when its count has gone so far, and pauses it.
 * @param {{ steps: number, patience: number }} wish
 */
async function train({ steps, patience }) {
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
  const before = count();
  await until(() => count() > before);
  const [from, at] = [count(), performance.now()];
  await until(() => count() >= from + steps);
  const ms = (performance.now() - at) / (count() - from);
  button().click();
  await until(() => button().dataset.running === "false");
  const [, threads = "1"] = /(\d+) threads/.exec(text("#device-note")) ?? [];
  return { ms, threads };
}
