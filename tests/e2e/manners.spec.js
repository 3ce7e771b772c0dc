// Good manners: a run that outlives a reload and stays in this browser, a screen that stays on only when
// asked, a hidden tab that rests.

import { idxImages } from "./idx.js";
import { expect, test } from "./site.js";

/** @import { Page } from "@playwright/test" */

/**
 * What the browser stores for this site: the names of its databases, and all else there is.
 * @param {Page} page
 */
function stored(page) {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const caches = (await window.caches?.keys()) ?? [];
    const folder = await navigator.storage.getDirectory();
    const files = [];
    for await (const name of folder.keys()) files.push(name);
    const others = [...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie];
    return [...databases.map(({ name }) => name), ...caches, ...files, ...others].filter(Boolean);
  });
}

/**
 * Hides the tab from the page, or shows it: no test can put another tab in front of it.
 * @param {Page} page
 * @param {boolean} hidden
 */
async function hide(page, hidden) {
  await page.evaluate((value) => {
    Object.defineProperty(document, "hidden", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
}

test("a run is kept while it trains, offered after a reload, goes on exactly, and is cleared", async ({
  site,
  page,
}) => {
  const offer = page.locator("#saved-offer");
  const kept = page.locator("#saved-kept");
  await site.open("?preset=mlp&device=cpu&batch=8&seed=5");
  await site.ready();
  await site.step();
  expect(await stored(page)).toEqual([]);
  await site.train();
  await site.trainedTo(30);
  await site.pause();
  const steps = await site.steps();
  await expect(kept).toContainText(`Kept in this browser only: step ${steps}, `);
  const picture = await site.grid();
  await site.step();
  const next = await site.grid();

  await site.open("?device=cpu");
  await expect(offer).toContainText(`Go on from step ${steps} of “MLP`);
  await expect(page).toHaveURL(/\?device=cpu$/);
  await page.getByRole("button", { name: "Go on", exact: true }).click();
  await expect.poll(() => site.steps()).toBe(steps);
  await expect(offer).toBeHidden();
  await expect(page).toHaveURL(/preset=mlp.*seed=5.*batch=8|seed=5.*batch=8.*preset=mlp/);
  await expect.poll(() => site.grid()).toBe(picture);
  await site.step();
  expect(await site.grid()).toBe(next);

  // Another run takes its place; cleared while it trains, it is not kept again.
  await site.reset.click();
  await expect.poll(() => site.steps()).toBe(0);
  await site.train();
  await site.trainedTo(3);
  await site.pause();
  await expect(kept).toContainText(`step ${await site.steps()}, `);
  await site.train();
  await page.getByRole("button", { name: "Clear saved run" }).click();
  await expect(kept).toBeHidden();
  await site.pause();
  await page.reload();
  await site.ready();
  await site.step();
  await expect(offer).toBeHidden();
});

test("a run on one's own data goes on once these are back; a discarded offer stays away", async ({
  site,
  page,
}) => {
  const offer = page.locator("#saved-offer");
  const own = [{ name: "noise.idx", bytes: idxImages(50) }];
  await site.open("?preset=mlp&device=cpu&batch=8");
  await site.ready();
  await site.drop(own);
  await expect(page.locator("#data-now")).toContainText("noise.idx, 50 pictures");
  await site.train();
  await site.trainedTo(10);
  await site.pause();
  const steps = await site.steps();
  await expect(page.locator("#saved-kept")).toContainText(`step ${steps}, `);

  await page.reload();
  await expect(offer).toContainText("to go on, drop “noise.idx” again");
  await expect(page.getByRole("button", { name: "Go on", exact: true })).toBeHidden();
  await site.drop([{ name: "noise.idx", bytes: idxImages(40) }]);
  await expect(page.locator("#data-now")).toContainText("40 pictures");
  await expect(page.getByRole("button", { name: "Go on", exact: true })).toBeHidden();
  await site.drop(own);
  await page.getByRole("button", { name: "Go on", exact: true }).click();
  await expect.poll(() => site.steps()).toBe(steps);
  await expect(page.locator("#data-now")).toContainText("noise.idx, 50 pictures");
  await site.step();

  await page.reload();
  await expect(offer).toBeVisible();
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(offer).toBeHidden();
  await page.reload();
  await site.ready();
  await site.step();
  await expect(offer).toBeHidden();
});

test("where a browser stores nothing, the page trains without; the element stores nothing anywhere", async ({
  site,
  page,
}) => {
  await page.addInitScript(() => {
    // As private windows of some browsers have it.
    IDBFactory.prototype.open = () => {
      throw new DOMException("A mutation operation was attempted", "InvalidStateError");
    };
  });
  await site.open("?preset=mlp&device=cpu&batch=8");
  await site.ready();
  await site.train();
  await site.trainedTo(5);
  await site.pause();
  await site.step();
  await expect(page.locator("#saved-kept")).toBeHidden();
  await expect(site.problem("saved")).toBeEmpty();

  const other = await page.context().newPage();
  await other.goto("/embed.html?preset=mlp&device=cpu&batch-size=8");
  await other.getByRole("button", { name: "Train" }).click();
  await expect(other.getByText(/step 1?\d\d/i).first()).toBeVisible();
  expect(await stored(other)).toEqual([]);
});

test("the screen is kept on only while training and seen, and only when asked", async ({
  site,
  page,
}) => {
  await page.addInitScript(() => {
    /** @type {WakeLockSentinel[]} */
    const locks = [];
    Object.assign(window, { locks });
    const { request } = WakeLock.prototype;
    WakeLock.prototype.request = async function (type) {
      const lock = await request.call(this, type);
      locks.push(lock);
      return lock;
    };
  });
  const held = () =>
    page.evaluate(() => {
      const { locks } = /** @type {{ locks: WakeLockSentinel[] }} */ (
        /** @type {unknown} */ (window)
      );
      return locks.filter(({ released }) => !released).length;
    });
  await page.context().grantPermissions(["screen-wake-lock"]);
  await site.open("?preset=mlp&device=cpu&batch=8&hidden=pause");
  await site.ready();
  const box = page.getByRole("checkbox", { name: "Keep the screen on while training" });
  await expect(box).not.toBeChecked();
  await site.train();
  expect(await held()).toBe(0);
  await box.check();
  await expect.poll(held).toBe(1);

  await hide(page, true);
  await expect(site.toggle).toHaveText("Train");
  await expect.poll(held).toBe(0);
  await hide(page, false);
  await expect(site.toggle).toHaveText("Pause");
  await expect.poll(held).toBe(1);

  await site.pause();
  await expect.poll(held).toBe(0);
});
