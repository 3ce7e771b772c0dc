// The CPU's threads: the site's own service worker lets its pages have them from the second visit on, they change no
// number, and without them one thread trains.

import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { expect, Site, test } from "./site.js";
import { serve } from "../../scripts/lib/serve.mjs";

/** @import { Page } from "@playwright/test" */

test.use({ serviceWorkers: "allow" });
// A machine without the standard library's sources builds a site for one thread, and says so.
test.skip(!existsSync("www/pkg/threads"), "the program with threads is not built here");

const RUN = "?preset=modern&device=cpu&batch=4&seed=7";

/**
 * A site that has been visited before, at its second visit.
 * @param {Page} page
 * @param {string} url
 */
async function revisit(page, url) {
  const site = new Site(page);
  await site.open(RUN, url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  return site;
}

/** @param {Page} page */
function deviceWords(page) {
  return page.locator("#device-note");
}

test("from the second visit on all cores train, and draw what one draws", async ({
  page,
  browser,
}) => {
  const host = await serve("dist", "/some/path/");
  try {
    const site = await revisit(page, host.url);
    await site.ready();
    expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true);
    await expect(deviceWords(page)).toContainText(/\d threads/);
    await site.step(3);
    const shared = await site.grid();

    const alone = await browser.newContext({ serviceWorkers: "block" });
    const other = new Site(await alone.newPage());
    await other.open(RUN, host.url);
    await other.ready();
    await expect(deviceWords(other.page)).not.toContainText("threads");
    await other.step(3);
    expect(await other.grid()).toBe(shared);
    await alone.close();
  } finally {
    host.close();
  }
});

test("where a thread does not start one thread trains", async ({ page }) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "webgan-threads-"));
  cpSync("dist", folder, { recursive: true });
  const assets = path.join(folder, "assets");
  const file = readdirSync(assets).find((name) => /^thread-.*\.js$/.test(name)) ?? "";
  writeFileSync(path.join(assets, file), 'throw new Error("no thread today");');
  const host = await serve(folder, "/");
  try {
    const site = await revisit(page, host.url);
    await site.ready();
    expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true);
    await expect(deviceWords(page)).not.toContainText("threads");
    await site.step();
    await expect(page.getByRole("alert").filter({ visible: true })).toHaveCount(0);
  } finally {
    host.close();
    rmSync(folder, { recursive: true });
  }
});
