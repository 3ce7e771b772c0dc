// Good manners: a run that outlives a reload and stays in this browser, a screen that stays on only when
// asked, a hidden tab that rests.

import { readFile } from "node:fs/promises";
import { idxImages } from "./idx.js";
import { expect, Site, test } from "./site.js";

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

test("a run that a profile on disk keeps can be loaded, megabytes and all", async ({
  playwright,
  launchOptions,
  baseURL,
}, testInfo) => {
  const options = { ...launchOptions, baseURL, serviceWorkers: /** @type {const} */ ("block") };
  const folder = testInfo.outputPath("profile");
  const context = await playwright.chromium.launchPersistentContext(folder, options);
  try {
    const page = await context.newPage();
    const site = new Site(page);
    await site.open("?preset=modern&device=cpu");
    await site.ready();
    await site.step();
    await expect(page.locator("#saved-kept")).toContainText("step 1, ");
    await page.reload();
    await site.ready();
    await page.locator("#saved-offer").getByRole("button", { name: "Load" }).click();
    await expect.poll(() => site.steps()).toBe(1);
  } finally {
    await context.close();
  }
});

test("a run is kept while it trains, offered after a reload, goes on exactly, and is cleared", async ({
  site,
  page,
}) => {
  const offer = page.locator("#saved-offer");
  const kept = page.locator("#saved-kept");
  await site.open("?preset=mlp&device=cpu&batch=8&seed=5");
  await site.ready();
  expect(await stored(page)).toEqual([]);
  await site.train();
  await site.trainedTo(30);
  await site.pause();
  await expect(kept).toContainText(`Kept in this browser only: step ${await site.steps()}, `);
  await site.step();
  const steps = await site.steps();
  await expect(kept).toContainText(`step ${steps}, `);
  const picture = await site.grid();

  await site.open("?device=cpu");
  await expect(offer).toContainText(`is kept at step ${steps} `);
  await expect(page).toHaveURL(/\?device=cpu$/);
  await site.press({ name: "Load", exact: true });
  await expect.poll(() => site.steps()).toBe(steps);
  await expect(offer).toBeHidden();
  await expect(page).toHaveURL(/preset=mlp.*seed=5.*batch=8|seed=5.*batch=8.*preset=mlp/);
  await expect.poll(() => site.grid()).toBe(picture);
  // What it showed before is not there, and that is said where it was.
  for (const panel of ["watch", "measure", "rewind"]) {
    const before = page.locator(`#panel-${panel} [data-before]`);
    await expect(before).toContainText(`trained for ${steps} steps before it was loaded`);
  }
  await site.step();
  const next = await site.grid();
  expect(next).not.toBe(picture);

  // Another run is kept beside it; cleared while it trains, it is not kept again.
  await site.reset.click();
  await expect.poll(() => site.steps()).toBe(0);
  await expect(page.locator("#panel-watch [data-before]")).toBeHidden();
  await expect(offer).toContainText(`is kept at step ${steps + 1} `);
  await site.train();
  await site.trainedTo(3);
  await site.pause();
  await expect(kept).toContainText(`step ${await site.steps()}, `);
  await site.train();
  await site.press({ name: "Clear saved run" });
  await expect(kept).toBeHidden();
  await site.pause();
  await page.reload();
  await expect(offer).toContainText(`is kept at step ${steps + 1} `);
  await site.press({ name: "Discard" });
  await expect(offer).toBeHidden();
  await page.reload();
  await site.ready();
  await site.step();
  await expect(offer).toBeHidden();
});

test("steps taken by hand are kept as training is: at rest, and when another run comes", async ({
  site,
  page,
}) => {
  const offer = page.locator("#saved-offer");
  const kept = page.locator("#saved-kept");
  await site.open("?preset=dense&device=cpu&batch=8");
  await site.ready();
  await site.step(2);
  await expect(kept).toContainText("step 2, ");
  await site.train();
  await site.trainedTo(10);
  await site.pause();
  await site.step(2);
  const steps = await site.steps();
  await expect(kept).toContainText(`step ${steps}, `);
  await page.reload();
  await expect(offer).toContainText(`is kept at step ${steps} `);

  // The focus goes where one goes on.
  await site.ready();
  await page.getByRole("button", { name: "Load", exact: true }).press("Enter");
  await expect(site.toggle).toBeFocused();
  await expect.poll(() => site.steps()).toBe(steps);
  await site.step();
  await site.reset.click();
  await expect(offer).toContainText(`is kept at step ${steps + 1} `);
  await site.step();
  await expect(kept).toContainText("step 1, ");
  await page.getByRole("button", { name: "Clear saved run" }).press("Enter");
  await expect(kept).toBeHidden();
  await expect(site.toggle).toBeFocused();
  await page.getByRole("button", { name: "Discard" }).press("Enter");
  await expect(offer).toBeHidden();
  await expect(site.toggle).toBeFocused();
});

test("a page that is left while it trains keeps its newest checkpoint", async ({ site, page }) => {
  await site.open("?preset=dense&device=cpu&batch=8&speed=20");
  await site.ready();
  await site.train();
  // Beyond the first second: the checkpoint after five has come.
  await expect(page.locator("#saved-kept")).toContainText(/step [2-9]\d,/);
  await page.reload();
  await expect(page.locator("#saved-offer")).toContainText(/is kept at step [2-9]\d /);
});

test("an experiment of the lab takes no run's place: each is offered, and goes on", async ({
  site,
  page,
}) => {
  const offer = page.locator("#saved-offer");
  await site.open("?preset=dense&device=cpu&batch=8");
  await site.ready();
  await site.train();
  await site.trainedTo(10);
  await site.pause();
  const steps = await site.steps();
  await site.unfold("The failure lab");
  await site.reveal(page.locator("#failure-list"));
  await page.locator("#failure-list button").first().click();
  await site.trainedTo(3);
  await expect(page.locator("#saved-kept")).toContainText("Kept in this browser");
  await expect(offer).toContainText(`is kept at step ${steps} `);
  await site.press({ name: "Load", exact: true });
  await expect.poll(() => site.steps()).toBe(steps);
  await expect(page).toHaveURL(/preset=dense/);
  await expect(offer).toContainText("“Points");
});

test("runs of two tabs are kept apart: none is offered while its tab lives, then both are", async ({
  site,
  page,
  context,
}) => {
  const words = (/** @type {Page} */ at) => at.locator("#saved-offer span");
  await site.open("?preset=dense&device=cpu&batch=8");
  await site.ready();
  await site.train();
  await site.trainedTo(10);
  await site.pause();
  const steps = await site.steps();
  await expect(page.locator("#saved-kept")).toContainText(`step ${steps}, `);

  const other = await context.newPage();
  const toy = new Site(other);
  await toy.open("?data=ring&device=cpu");
  await toy.ready();
  await other.locator("#toggle").click();
  await toy.trainedTo(20);
  await other.locator("#toggle").click();
  await expect(other.locator("#saved-kept")).toContainText("Kept in this browser");
  await expect(other.locator("#saved-offer")).toBeHidden();
  await other.getByRole("button", { name: "Clear saved run" }).click();
  await expect(other.locator("#saved-kept")).toBeHidden();
  await other.locator("#toggle").click();
  await expect(other.locator("#saved-kept")).toContainText("Kept in this browser");
  await other.close();
  await page.close();

  const next = await context.newPage();
  await new Site(next).open("?device=cpu");
  await expect(words(next)).toHaveCount(2);
  await expect(words(next).first()).toContainText("“Points");
  await expect(words(next).last()).toContainText(`at step ${steps} `);

  // What another tab takes is not offered any more, also where nobody has come back to this one.
  const third = await context.newPage();
  await new Site(third).open("?device=cpu");
  await new Site(third).ready();
  await third.locator("#saved-offer summary").click();
  await third.getByRole("button", { name: "Load", exact: true }).last().click();
  await expect(words(next)).toHaveCount(1);
  await third.close();
  await next.reload();
  await expect(words(next)).toHaveCount(2);
  await next.getByRole("button", { name: "Discard" }).first().click();
  await expect(words(next)).toHaveCount(1);
  await expect(words(next)).toContainText(`at step ${steps} `);
});

test("a browser without room says so, with a way to save, and keeps the run once there is room", async ({
  site,
  page,
  baseURL,
}) => {
  const unkept = page.locator("#saved-unkept");
  const kept = page.locator("#saved-kept");
  const origin = new URL(baseURL ?? "").origin;
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1_000_000 });
  await site.open("?preset=mlp&device=cpu&batch=8");
  await site.ready();
  await site.train();
  await site.trainedTo(3);
  await site.pause();
  await expect(unkept).toContainText(/is not kept: this browser has no room for its \d+ MB/);
  await expect(kept).toBeHidden();
  const saved = page.waitForEvent("download");
  await unkept.getByRole("button", { name: "Save run" }).click();
  await saved;

  await session.send("Storage.overrideQuotaForOrigin", { origin });
  await site.train();
  await site.trainedTo((await site.steps()) + 3);
  await site.pause();
  await expect(kept).toContainText(`step ${await site.steps()}, `);
  await expect(unkept).toBeHidden();
});

test("storage that failed once is asked again, and a hidden tab keeps its first steps", async ({
  site,
  page,
}) => {
  await page.addInitScript(() => {
    const { open } = IDBFactory.prototype;
    // Each time it is opened it is tried twice.
    let failures = sessionStorage.getItem("seen") === null ? 2 : 1;
    sessionStorage.setItem("seen", "yes");
    IDBFactory.prototype.open = function (...asked) {
      if (failures-- > 0) throw new DOMException("Internal error", "UnknownError");
      return open.apply(this, asked);
    };
  });
  await site.open("?preset=mlp&device=cpu&batch=8&speed=3");
  await site.ready();
  await site.train();
  await expect(page.locator("#saved-unkept")).toContainText("is not kept");
  await hide(page, true);
  await expect(page.locator("#saved-kept")).toContainText("Kept in this browser");
  await page.reload();
  await expect(page.locator("#saved-offer")).toContainText("is kept at step");
});

test("the run of an older version of the page is offered; what trained least of too many is dropped, and told", async ({
  site,
  page,
}) => {
  const words = page.locator("#saved-offer span");
  await site.open("?preset=mlp&device=cpu&batch=8");
  await site.ready();
  await site.train();
  await site.trainedTo(5);
  await site.pause();
  const steps = await site.steps();
  await expect(page.locator("#saved-kept")).toContainText(`step ${steps}, `);
  await page.goto("/404.html");
  await page.evaluate(asVersion1);
  await site.open("?device=cpu");
  await expect(words).toContainText(`is kept at step ${steps} `);
  await site.press({ name: "Load", exact: true });
  await expect.poll(() => site.steps()).toBe(steps);

  await page.goto("/404.html");
  await page.evaluate(addRuns, 6);
  await site.open("?preset=dense&device=cpu&batch=8");
  await expect(words).toHaveCount(7);
  await site.train();
  await site.trainedTo(2);
  await site.pause();
  await expect(page.locator("#saved-dropped")).toContainText(
    "“Old 1” at step 1, “Old 2” at step 2.",
  );
  await expect(words).toHaveCount(5);
});

/** Turns the one kept run into what version 1 of the page kept. */
async function asVersion1() {
  const done = (/** @type {IDBRequest} */ request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const [{ name = "" }] = await indexedDB.databases();
  const now = await done(indexedDB.open(name));
  const stores = now.transaction(["abouts", "files"]);
  const [{ id, query, title, step, at }] = await done(stores.objectStore("abouts").getAll());
  const bytes = await done(stores.objectStore("files").get(id));
  now.close();
  await done(indexedDB.deleteDatabase(name));
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("run");
  const old = await done(request);
  const run = old.transaction("run", "readwrite").objectStore("run");
  run.put({ query, title, step, at, own: undefined }, "about");
  await done(run.put(bytes, "bytes"));
  old.close();
}

/**
 * Adds so many runs to the kept one, older than it, the first the oldest.
 * @param {number} count
 */
async function addRuns(count) {
  const done = (/** @type {IDBRequest} */ request) =>
    new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  const [{ name = "" }] = await indexedDB.databases();
  const database = await done(indexedDB.open(name));
  const stores = database.transaction(["abouts", "files"], "readwrite");
  const abouts = stores.objectStore("abouts");
  const [about] = await done(abouts.getAll());
  for (let i = 1; i <= count; i++) {
    abouts.put({ ...about, id: `old-${i}`, title: `Old ${i}`, step: i, at: i });
    await done(stores.objectStore("files").put(new Uint8Array(10), `old-${i}`));
  }
  database.close();
}

test("a run that was changed while it went is repeated exactly by its address, and told in its CSV", async ({
  site,
  page,
  context,
}) => {
  await site.open("?preset=least-squares&device=cpu&batch=8&seed=3");
  await site.ready();
  await site.step(2);
  await site.set("Learning rate", "0.01");
  await expect(page).toHaveURL(/lr=0\.\d+,0\.01@2(&|$)/);
  await site.step(2);
  await site.set("λ", "5");
  await expect(page).toHaveURL(/l1=0\.\d+,5@4(&|$)/);
  await site.step(2);
  await expect(page.locator("#course-words")).toContainText("learning rate 0.01 from step 2 on");
  const picture = await site.grid();
  await site.unfold("Rewind");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    site.press({ name: "Losses (CSV)" }),
  ]);
  const csv = (await readFile(await download.path(), "utf8")).trim().split("\n");
  expect(csv[0]).toMatch(/,learningRate,l1Weight$/);
  const ends = csv.slice(1).map((line) => line.split(",").slice(-2).map(Number));
  expect(ends.map(([rate]) => rate === 0.01)).toEqual([false, false, true, true, true, true]);
  expect(ends.map(([, weight]) => weight === 5)).toEqual([false, false, false, false, true, true]);

  const again = await context.newPage();
  const copy = new Site(again);
  await again.goto(`${page.url()}&steps=6`);
  await copy.ready();
  await copy.train();
  await expect(again.locator("#finished-notice")).toContainText("Stopped here");
  expect(await copy.grid()).toBe(picture);
  await expect(copy.setting("Learning rate")).toHaveValue("0.01");

  // What no address repeats is said.
  await page.getByText("Slowly, for a while, or one network alone").click();
  await site.press({ name: "Step G only" });
  await expect(page.locator("#course-words")).toContainText("does not repeat that");
});

test("a limit is the run's: a tab that was hidden stops where it was to stop", async ({
  site,
  page,
}) => {
  await site.open("?preset=dense&device=cpu&batch=4&speed=20&steps=30&hidden=pause");
  await site.ready();
  await site.train();
  await site.trainedTo(3);
  await hide(page, true);
  await expect(site.toggle).toHaveText("Train");
  await hide(page, false);
  await expect(page.locator("#finished-notice")).toContainText("Stopped here, as you asked");
  expect(await site.steps()).toBe(30);
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
  await expect(offer).toContainText("to load it, drop “noise.idx” again");
  await expect(page.getByRole("button", { name: "Load", exact: true })).toBeHidden();
  await site.drop([{ name: "noise.idx", bytes: idxImages(40) }]);
  await expect(page.locator("#data-now")).toContainText("40 pictures");
  await expect(page.getByRole("button", { name: "Load", exact: true })).toBeHidden();
  await site.drop(own);
  await site.press({ name: "Load", exact: true });
  await expect.poll(() => site.steps()).toBe(steps);
  await expect(page.locator("#data-now")).toContainText("noise.idx, 50 pictures");
  await site.step();

  await page.reload();
  await expect(offer).toBeVisible();
  await site.press({ name: "Discard" });
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
  await page.locator("#device-choice").click();
  const box = page.getByRole("checkbox", { name: "Keep the screen on while training" });
  await expect(box).not.toBeChecked();
  await site.train();
  expect(await held()).toBe(0);
  await site.reveal(page.locator("#awake"));
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
