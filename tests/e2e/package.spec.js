// The package as others get it: packed, unpacked into a project's node_modules, and consumed by Vite
// and by a page without any tool. Both are the examples/ of this repository.

import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, Gan, host, test } from "./embedder.js";

/** @import { Page } from "@playwright/test" */

const vite = path.resolve("node_modules/vite");

/** @type {string} */
let project;

test.beforeAll(() => {
  project = mkdtempSync(path.join(os.tmpdir(), "webgan-project-"));
  const pack = ["pack", "--silent", "--pack-destination", project];
  const said = execFileSync("npm", pack, { encoding: "utf8" }).trim().split("\n");
  execFileSync("tar", ["xzf", said[said.length - 1]], { cwd: project });
  mkdirSync(path.join(project, "node_modules"));
  renameSync(path.join(project, "package"), path.join(project, "node_modules/webgan"));
});

test.afterAll(() => rmSync(project, { recursive: true, force: true }));

/**
 * Trains every element of a page for a moment, one after the other.
 * @param {Page} page
 * @param {number} count
 */
async function trainEach(page, count) {
  const elements = page.locator("web-gan");
  await expect(elements).toHaveCount(count);
  for (const element of await elements.all()) {
    await element.evaluate((it) => it.setAttribute("device", "cpu"));
    const it = new Gan(element);
    await it.train.click();
    await it.trainedTo(3);
    expect(page.workers()).toHaveLength(1);
  }
}

test("a Vite project: an article with three elements", async ({ page }) => {
  cpSync("examples/tutorial", project, { recursive: true });
  cpSync("www/data/mnist", path.join(project, "public/mnist"), { recursive: true });
  // The example's own Vite, which npm would install.
  symlinkSync(vite, path.join(project, "node_modules/vite"));
  const built = execFileSync(process.execPath, [path.join(vite, "bin/vite.js"), "build"], {
    cwd: project,
    encoding: "utf8",
  });
  expect(built).not.toMatch(/doesn't exist|warn/i);
  const site = await host({}, path.join(project, "dist"));
  try {
    await page.goto(`${site.origin}/gan/index.html`);
    await trainEach(page, 3);
    await expect(page.locator("#duel-words")).toHaveText(/^After \d+ steps it finds real digits/);
  } finally {
    site.close();
  }
});

test("a page without tools: a slide", async ({ page }) => {
  cpSync("examples/slide/index.html", path.join(project, "slide.html"));
  cpSync("www/data/mnist", path.join(project, "mnist"), { recursive: true });
  const site = await host({}, project);
  try {
    await page.goto(`${site.origin}/gan/slide.html`);
    await expect(page.getByRole("img", { name: "Drawn digits" })).toBeVisible();
    await trainEach(page, 1);
  } finally {
    site.close();
  }
});

test("its types are those that a project sees", () => {
  const source = `
    import { WebGan } from "webgan";
    const element: WebGan = document.createElement("web-gan");
    element.steps = 2000;
    element.addEventListener("gan-error", ({ detail }) => {
      // @ts-expect-error -- there are more reasons
      const reason: "network" | "crash" = detail.reason;
    });
    // @ts-expect-error -- there is no such device
    element.device = "tpu";
  `;
  writeFileSync(path.join(project, "types.ts"), source);
  const tsc = path.resolve("node_modules/typescript/bin/tsc");
  const options = "--noEmit --strict --module esnext --moduleResolution bundler --target es2022";
  const args = [tsc, ...options.split(" "), "types.ts", "--ignoreConfig"];
  const { stdout, status } = spawnSync(process.execPath, args, { cwd: project, encoding: "utf8" });
  expect(stdout).toBe("");
  expect(status).toBe(0);
});

test("at a CDN's bare address it is defined, out of its own files alone", async ({ page }) => {
  const root = path.join(project, "node_modules/webgan");
  const { jsdelivr, unpkg } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  expect(unpkg).toBe(jsdelivr);
  const cdn = await host({}, root);
  try {
    const base = `${cdn.origin}/gan`;
    /** @type {string[]} */
    const outside = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(`${base}/package/`)) outside.push(request.url());
    });
    // The file that the field names, without a redirect.
    const main = readFileSync(path.join(root, jsdelivr));
    await page.route(base, (route) =>
      route.fulfill({ body: main, contentType: "text/javascript" }),
    );
    const article = cdn.page(
      "article",
      `<script type="module" src="${base}"></script><web-gan></web-gan>`,
    );
    await page.goto(article);
    await expect(new Gan(page.locator("web-gan")).train).toBeVisible();
    expect(outside).toEqual([article, base]);
  } finally {
    cdn.close();
  }
});

test("bundlers find every file that it names beside itself", () => {
  const root = path.join(project, "node_modules/webgan/package");
  const scripts = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".js"),
  );
  let count = 0;
  for (const script of scripts) {
    const file = path.join(root, script);
    const named = readFileSync(file, "utf8").matchAll(
      /new URL\(\s*(["'`])(.*?)\1\s*,\s*import\.meta\.url/g,
    );
    for (const [, , name] of named) {
      count += 1;
      expect(statSync(path.resolve(path.dirname(file), name)).isFile(), name).toBe(true);
    }
  }
  expect(count).toBeGreaterThan(10);
});

test("on a server it can be imported", () => {
  const code = `const { WebGan } = await import("webgan"); console.log(typeof WebGan);`;
  const args = ["--input-type=module", "--eval", code];
  expect(execFileSync(process.execPath, args, { cwd: project, encoding: "utf8" })).toBe(
    "function\n",
  );
});

test("what the package promises is in it", () => {
  const root = path.join(project, "node_modules/webgan");
  for (const name of [
    "package/web-gan.js",
    "package/web-gan.d.ts",
    "package/models/modern.safetensors",
    "package/posters/mlp.webp",
    "custom-elements.json",
    "LICENSE-MIT",
  ]) {
    expect(existsSync(path.join(root, name)), name).toBe(true);
  }
  expect(existsSync(path.join(root, "www"))).toBe(false);
});
