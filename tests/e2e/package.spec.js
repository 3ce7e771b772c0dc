// The package as others get it: packed, unpacked into a project's node_modules, and consumed by Vite
// and by a page without any tool. Both are the examples/ of this repository.

import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
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
import { serve } from "../../scripts/lib/serve.mjs";
import { expect, Gan, gan, host, test } from "./embedder.js";

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

/**
 * Networks that give out packages, as a page asks them: where a package's files lie, and what comes at its bare
 * address: its main file, or where to find that.
 */
const NETWORKS = [
  { name: "jsDelivr", folder: "/npm/webgan@0.1.0/", bare: "/npm/webgan@0.1.0", sendsOn: false },
  { name: "unpkg and raw.esm.sh", folder: "/webgan@0.1.0/", bare: "/webgan", sendsOn: true },
];

for (const { name, folder, bare, sendsOn } of NETWORKS) {
  test(`from ${name}, by its file and by the package's bare address, out of its own files`, async ({
    embedder,
    page,
  }) => {
    const root = path.join(project, "node_modules/webgan");
    const { jsdelivr, unpkg } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
    expect(unpkg).toBe(jsdelivr);
    const network = await serve(root, folder, (response, pathname) => {
      response.setHeader("Access-Control-Allow-Origin", "*");
      if (pathname !== bare) return false;
      if (sendsOn) response.writeHead(302, { Location: `${folder}${unpkg}` }).end();
      else response.setHeader("Content-Type", "text/javascript");
      if (!sendsOn) response.end(readFileSync(path.join(root, jsdelivr)));
      return true;
    });
    try {
      const { origin } = new URL(network.url);
      /** @type {string[]} */
      const outside = [];
      page.on("request", (request) => {
        const { origin: from, pathname } = new URL(request.url());
        if (from === origin && !pathname.startsWith(`${folder}package/`)) outside.push(pathname);
      });
      const digits = `${embedder.origin}/gan/www/data/mnist`;
      for (const address of [`${folder}package/web-gan.js`, bare]) {
        outside.length = 0;
        const script = `<script type="module" src="${origin}${address}"></script>`;
        await page.goto(embedder.page("article", `${script}${gan(`data-src="${digits}"`)}`));
        const it = new Gan(page.locator("web-gan"));
        await expect
          .poll(() => it.element.getByRole("img").evaluate((img) => Object(img).naturalWidth))
          .toBeGreaterThan(0);
        await it.train.click();
        await it.trainedTo(1);
        expect(outside).toEqual(address === bare ? [bare] : []);
      }
    } finally {
      network.close();
    }
  });
}

test("from Python's own server it trains", async ({ page }) => {
  cpSync("www/data/mnist", path.join(project, "mnist"), { recursive: true });
  const script = `<script type="module" src="node_modules/webgan/package/web-gan.js"></script>`;
  const body = `<!doctype html>${script}${gan('data-src="mnist"')}`;
  writeFileSync(path.join(project, "article.html"), body);
  const args = ["-u", "-m", "http.server", "0", "--bind", "127.0.0.1"];
  const python = spawn("python3", args, { cwd: project });
  try {
    const [said] = await once(python.stdout, "data");
    const port = /port (\d+)/.exec(String(said))?.[1];
    await page.goto(`http://127.0.0.1:${port}/article.html`);
    const it = new Gan(page.locator("web-gan"));
    await it.train.click();
    await it.trainedTo(1);
  } finally {
    python.kill();
  }
});

test("a host's wrong types: of programs they do no harm, of scripts the picture stays and a sentence comes", async ({
  page,
}) => {
  const root = path.join(project, "node_modules/webgan");
  /** @type {Record<string, string>} */
  let types = { ".wasm": "application/octet-stream", ".webp": "text/plain" };
  const sheet = `<link rel="stylesheet" href="package/web-gan.css">`;
  const body = `<!doctype html>${sheet}<script type="module" src="package/web-gan.js"></script>${gan('data-src="mnist"')}`;
  const site = await serve(root, "/", (response, pathname) => {
    if (pathname === "/article") response.setHeader("Content-Type", "text/html").end(body);
    if (pathname === "/article") return true;
    const type = types[path.extname(pathname)];
    const folder = pathname.startsWith("/mnist/") ? "www/data" : root;
    if (type === undefined && folder === root) return false;
    if (type !== undefined) response.setHeader("Content-Type", type);
    response.end(readFileSync(path.join(folder, pathname)));
    return true;
  });
  try {
    await page.goto(`${site.url}article`);
    const it = new Gan(page.locator("web-gan"));
    await it.train.click();
    await it.trainedTo(1);

    types = { ".js": "text/plain" };
    await page.goto(`${site.url}article`);
    const { width, height } = (await it.element.boundingBox()) ?? { width: 0, height: 0 };
    expect(height).toBeGreaterThan(width);
    const image = (/** @type {Element} */ e) => getComputedStyle(e, "::before").backgroundImage;
    expect(await it.element.evaluate(image)).toContain("posters/dense.webp");
    const said = (/** @type {Element} */ e) => {
      const { content, visibility } = getComputedStyle(e, "::after");
      return `${visibility} ${content}`;
    };
    await expect
      .poll(() => it.element.evaluate(said), { timeout: 10_000 })
      .toMatch(/^visible "This figure’s script /);
  } finally {
    site.close();
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
  // Nothing of the repository's own.
  expect(readdirSync(root).sort()).toEqual([
    ...["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "custom-elements.json"],
    ...["package", "package.json"],
  ]);
  // The README's links and pictures.
  const readme = readFileSync(path.join(root, "README.md"), "utf8");
  const named = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(5);
  for (const name of named) expect(existsSync(path.join(root, name)), name).toBe(true);
  expect(readFileSync("README.md", "utf8")).not.toBe(readme);
});
