// The site's service worker: the second visit without a network, and a new version of the site.

import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, Site, test } from "./site.js";
import { serve } from "../../scripts/lib/serve.mjs";

/** @import { Page } from "@playwright/test" */

test.use({ serviceWorkers: "allow" });

/**
 * Until all that the next visit needs is kept.
 * @param {Page} page
 */
async function kept(page) {
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const names = await caches.keys();
        const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
        const urls = all.flat().map(({ url }) => url);
        const pages = urls.filter((url) => url.endsWith("/")).length;
        // From the second visit on it is the one with threads, beside the first visit's.
        return [pages, urls.some((url) => url.endsWith(".wasm"))];
      }),
    )
    .toEqual([1, true]);
}

/**
 * @param {Page} page
 * @param {string} name
 */
function isKept(page, name) {
  return page.evaluate(async (file) => {
    const names = await caches.keys();
    const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return all.flat().some(({ url }) => new URL(url).pathname.endsWith(file));
  }, name);
}

test("the second visit trains without a network, below a path", async ({ site, page }) => {
  const host = await serve("dist", "/some/path/");
  try {
    await site.open("?device=cpu&batch=4", host.url);
    await site.ready();
    await kept(page);
  } finally {
    host.close();
  }
  await site.open("?device=cpu&batch=4&seed=5", host.url);
  await site.ready();
  await site.step();
  await page.goto(`${host.url}element.html`);
  await expect(page.locator("web-gan").first()).toBeVisible();
});

test("a new version is seen at once, and the old one's files go", async ({ page, context }) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "webgan-site-"));
  cpSync("dist", folder, { recursive: true });
  const host = await serve(folder, "/");
  try {
    const site = new Site(page);
    await site.open("?device=cpu&batch=4", host.url);
    await site.ready();
    await kept(page);
    const before = await page.evaluate(() => caches.keys());

    for (const [name, from, to] of [
      ["index.html", "<title>", "<title>New: "],
      ["sw.js", /"version":"\w+"/, '"version":"new"'],
    ]) {
      const file = path.join(folder, String(name));
      writeFileSync(file, readFileSync(file, "utf8").replace(from, String(to)));
    }
    await page.reload();
    await expect(page).toHaveTitle(/^New: /);
    await site.ready();

    // The old files stay as long as a page of the old version may be open, and no longer.
    await expect.poll(() => page.evaluate(() => caches.keys())).toHaveLength(2);
    await page.close();
    // The browser takes a moment to see that the last of them has gone; a page that is opened before
    // it does still belongs to the old version.
    const visit = async () => {
      const next = await context.newPage();
      await next.goto(`${host.url}?device=cpu&batch=4`);
      return next;
    };
    await expect(async () => {
      const next = await visit();
      const names = () => next.evaluate(() => caches.keys());
      try {
        await expect.poll(names, { timeout: 2_000 }).not.toContain(before[0]);
      } finally {
        await next.close();
      }
    }).toPass();
    await kept(await visit());
  } finally {
    host.close();
    rmSync(folder, { recursive: true });
  }
});

/**
 * Puts another version in a folder's place, in which the page's script, and what names the version of the files
 * that keep theirs, have other names.
 * @param {string} folder
 */
function deploy(folder) {
  const read = (/** @type {string} */ name) => readFileSync(path.join(folder, name), "utf8");
  const version = /\?v=(\w{8})"/.exec(read("sw.js"))?.[1] ?? "no version";
  const all = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const renamed = all
    .filter((name) => /^assets.*\.js$/.test(name))
    .filter((name) => /^assets.index-/.test(name) || read(name).includes(version))
    .map((name) => path.basename(name));
  const newName = (/** @type {string} */ name) => name.replace(/-[\w-]{8}\.js$/, "-11111111.js");
  for (const name of all.filter((name) => /\.(js|html)$/.test(name))) {
    let text = read(name).replaceAll(version, "22222222");
    for (const one of renamed) text = text.replaceAll(one, newName(one));
    text = text.replace(/"version":"\w+"/, '"version":"new"');
    writeFileSync(path.join(folder, name), text.replace("<title>", "<title>New: "));
  }
  for (const one of renamed) {
    renameSync(path.join(folder, "assets", one), path.join(folder, "assets", newName(one)));
  }
}

test("a new version is kept whole, whatever the browser's own cache holds", async ({
  page,
  context,
}) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "webgan-site-"));
  cpSync("dist", folder, { recursive: true });
  const host = await serve(folder, "/", (response) => {
    response.setHeader("Cache-Control", "max-age=600");
    return false;
  });
  const visit = async () => {
    const next = await context.newPage();
    await next.goto(`${host.url}?device=cpu&batch=4`);
    return next;
  };
  try {
    const site = new Site(page);
    await site.open("?device=cpu&batch=4", host.url);
    await site.ready();
    await kept(page);
    const [before] = await page.evaluate(() => caches.keys());
    deploy(folder);
    const model = page.waitForRequest(/modern\.safetensors\?v=22222222$/);
    await page.reload();
    await expect(page).toHaveTitle(/^New: /);
    await model;
    // Both versions, as long as a page of the old one may be open.
    await expect.poll(() => page.evaluate(() => caches.keys())).toHaveLength(2);
    await page.close();
    // Until the new version's worker has taken over.
    await expect(async () => {
      const next = await visit();
      try {
        const names = () => next.evaluate(() => caches.keys());
        await expect.poll(names, { timeout: 2_000 }).not.toContain(before);
      } finally {
        await next.close();
      }
    }).toPass();
    const last = await visit();
    await new Site(last).ready();
    await kept(last);
    await last.close();
  } finally {
    host.close();
  }
  const offline = await visit();
  await expect(offline).toHaveTitle(/^New: /);
  await new Site(offline).ready();
  rmSync(folder, { recursive: true });
});

test("a host that fails, or hangs, is stood in for by what is kept", async ({ site, page }) => {
  /** @type {"well" | "fails" | "hangs"} */
  let state = "well";
  const host = await serve("dist", "/", (response) => {
    if (state === "fails") response.writeHead(503, { "Content-Type": "text/html" }).end("Busy.");
    return state !== "well";
  });
  try {
    await site.open("?device=cpu&batch=4", host.url);
    await site.ready();
    await kept(page);
    await expect.poll(() => isKept(page, "modern.safetensors")).toBe(true);
    for (const bad of /** @type {const} */ (["fails", "hangs"])) {
      state = bad;
      await site.open("?device=cpu&batch=4&seed=5", host.url);
      await site.ready();
      await page.goto(`${host.url}element.html`);
      await expect(page.locator("web-gan").first()).toBeVisible();
    }

    // One may measure, though nobody has; and sees the trained generators that were looked at, and no others.
    state = "fails";
    await site.open("?preset=modern&device=cpu&batch=4", host.url);
    await site.ready();
    const caption = page.locator("#grid-caption");
    await expect(caption).toContainText("Drawn by");
    await site.reveal(page.locator("#measure"));
    await page.locator("#measure").click();
    const measured = page.locator("#quality-status");
    await expect(measured).toContainText("held out", { timeout: 120_000 });
    const missing = page.getByText("The trained generator did not come");
    await site.choose(/MLP/);
    await expect(missing).toBeVisible();
    state = "well";
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(caption).toContainText("Drawn by");
    await expect.poll(() => isKept(page, "mlp.safetensors")).toBe(true);
    state = "fails";
    await site.open("?preset=mlp&device=cpu&batch=4", host.url);
    await site.ready();
    await expect(caption).toContainText("Drawn by");
  } finally {
    host.close();
  }
});

test("a page that comes in a file's place is not kept, and Try again gets past every cache", async ({
  site,
  page,
}) => {
  const types = { page: "text/html", bytes: "application/octet-stream" };
  /** What comes in the place of what, once. @type {{ file: RegExp, type: string } | undefined} */
  let wrong;
  const host = await serve("dist", "/", (response) => {
    response.setHeader("Cache-Control", "max-age=600");
    if (wrong === undefined || !wrong.file.test(response.req.url ?? "")) return false;
    response.writeHead(200, { "Content-Type": wrong.type }).end("<!doctype html><h1>Log in</h1>");
    return true;
  });
  const query = "?preset=mlp&device=cpu&batch=4";
  try {
    // While all is kept for the first time: nothing is kept then, and all at the next visit.
    wrong = { file: /train-labels/, type: types.page };
    await site.open(query, host.url);
    await expect(site.overlay).toContainText("a page came in its place");
    wrong = undefined;
    await page.getByRole("button", { name: "Try again" }).click();
    await site.ready();
    await page.reload();
    await site.ready();
    await kept(page);

    // What is kept when it is used.
    wrong = { file: /dense\.safetensors/, type: types.page };
    await site.choose(/Dense GAN/);
    await expect(page.getByText("The trained generator did not come")).toBeVisible();
    expect(await isKept(page, "dense.safetensors")).toBe(false);
    wrong = undefined;
    await page.getByRole("button", { name: "Try again" }).click();
    await expect.poll(() => isKept(page, "dense.safetensors")).toBe(true);

    // What an earlier version has kept wrongly.
    await page.evaluate(async (type) => {
      const [name] = await caches.keys();
      const cache = await caches.open(name);
      const files = (await cache.keys()).filter(({ url }) => url.includes("-ubyte"));
      for (const file of files) {
        await cache.put(file, new Response("<html>", { headers: { "Content-Type": type } }));
      }
    }, types.bytes);
    await page.reload();
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
    await page.getByRole("button", { name: "Try again" }).click();
    await site.ready();
    await page.reload();
    await site.ready();
  } finally {
    host.close();
  }
});
