// The page stays free while its worker trains: no task of the page's thread is long. What counts is the time
// that the thread worked, out of the browser's own trace: a machine with other work keeps every task waiting,
// and `PerformanceObserver` would call that long.

import { gzipSync } from "node:zlib";
import { expect, test } from "./site.js";

/** @import { Browser } from "@playwright/test" */

/** Beyond this a person feels that the page hangs. */
const LIMIT_MS = 100;
const WATCHED_MS = 4_000;

/** @typedef {{ name: string, pid: number, tid: number, tdur?: number, args: { name?: string } }} TraceEvent */

/**
 * The times that the threads of pages worked on each of their tasks, in milliseconds.
 * @param {Browser} browser
 * @param {() => Promise<unknown>} meanwhile
 */
async function tasksOfPages(browser, meanwhile) {
  const session = await browser.newBrowserCDPSession();
  /** @type {TraceEvent[]} */
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => {
    events.push(.../** @type {TraceEvent[]} */ (/** @type {unknown} */ (value)));
  });
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["toplevel"], excludedCategories: ["*"] },
  });
  await meanwhile();
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await complete;
  const of = (/** @type {TraceEvent} */ { pid, tid }) => `${pid}/${tid}`;
  const pages = new Set(events.filter(({ args }) => args.name === "CrRendererMain").map(of));
  return events
    .filter((event) => event.name.includes("RunTask") && pages.has(of(event)))
    .map(({ tdur = 0 }) => tdur / 1_000);
}

test("no task of the page's thread is long while the CPU trains, with all charts and the pad in use", async ({
  site,
  page,
  browser,
}) => {
  await site.open("?preset=mlp&device=cpu&batch=16");
  await site.ready();
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  await site.toggle.click();
  await page.getByRole("button", { name: "What D thinks" }).click();
  // The start is over, and the first checkpoint has been kept.
  await expect(page.locator("#saved-kept")).toBeVisible();

  const before = await site.steps();
  const watch = () => tasksOfPages(browser, () => page.waitForTimeout(WATCHED_MS / 2));
  const tasks = await watch();
  await site.press({ name: "Walk", exact: true });
  tasks.push(...(await watch()));
  expect(tasks.filter((duration) => duration > LIMIT_MS)).toEqual([]);
  // Meanwhile it did train, and the page showed it.
  expect(await site.steps()).toBeGreaterThan(before + 20);
  expect(tasks.length).toBeGreaterThan(100);

  // The watch itself works: a task that is long is seen.
  const seen = await tasksOfPages(browser, () =>
    page.evaluate(() => {
      let sum = 0;
      const end = performance.now() + 1_500;
      while (performance.now() < end) sum += Math.random();
      return sum;
    }),
  );
  expect(Math.max(...seen)).toBeGreaterThan(LIMIT_MS);
});

test("the page opens with less than 63 kB of its own JavaScript, charts included", async ({
  site,
  page,
}) => {
  /** @type {Promise<number>[]} */
  const sizes = [];
  const weigh = (/** @type {import("@playwright/test").Response} */ response) => {
    const name = new URL(response.url()).pathname.replace(/^.*\//, "");
    // The worker has its own, and most of that is the program's.
    if (!name.endsWith(".js") || name.startsWith("worker-")) return;
    sizes.push(response.body().then((body) => gzipSync(body).length));
  };
  page.on("response", weigh);
  await site.open("?device=cpu");
  await site.ready();
  await page.waitForLoadState("networkidle");
  page.off("response", weigh);
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(30_000);
  expect(total).toBeLessThan(63_000);
});
