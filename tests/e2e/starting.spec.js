// Every start has an end, on whatever page: it trains, or a sentence says what is missing. Pages without an
// origin, under Trusted Types, without workers, opened as files.

import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, Gan, gan, host, SCRIPT, test } from "./embedder.js";

/** @import { Page } from "@playwright/test" */

const OPEN = { "Access-Control-Allow-Origin": "*" };
const QUERY = "?preset=dense&device=cpu&batch=4";

/** @param {string} text to stand between double quotes */
const quoted = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

/**
 * @param {Gan} it
 */
async function trains(it) {
  await it.train.click();
  await it.trainedTo(3);
}

test.describe("without an origin of its own", () => {
  test("the element's own page in a sandboxed frame trains, and says that it may not save", async ({
    embedder,
    page,
  }) => {
    const site = await host(OPEN);
    try {
      const src = `${site.origin}/gan/embed.html${QUERY}&controls=play,save`;
      const frame = `<iframe sandbox="allow-scripts" src="${quoted(src)}" height="600"></iframe>`;
      await page.goto(embedder.page("sandbox", frame));
      const it = new Gan(page.frameLocator("iframe").locator("web-gan"));
      await trains(it);
      await it.pause.click();
      await it.element.getByRole("button", { name: "Save run" }).click();
      await expect(it.words).toContainText("allow-downloads");
      await it.train.click();
      await expect(it.words).not.toContainText("allow-downloads");
    } finally {
      site.close();
    }
  });

  test("the playground in a sandboxed frame trains, and says what the frame does not allow", async ({
    embedder,
    page,
  }) => {
    const site = await host(OPEN);
    try {
      const src = `${site.origin}/gan/index.html${QUERY}`;
      const frame = `<iframe sandbox="allow-scripts" src="${quoted(src)}" width="1200" height="700"></iframe>`;
      await page.goto(embedder.page("sandbox", frame));
      /** @type {unknown[]} */
      const errors = [];
      page.on("pageerror", (error) => errors.push(error));
      const inside = page.frameLocator("iframe");
      const steps = async () =>
        Number(((await inside.locator("#step-count").textContent()) ?? "").replace(/\D/g, ""));
      const toggle = inside.locator("#toggle");
      await expect(toggle).toHaveText(/Train/);
      await toggle.click();
      await expect.poll(steps).toBeGreaterThan(3);
      await toggle.click();
      await expect(toggle).toHaveText(/Train/);
      const before = await steps();
      await toggle.click();
      await expect.poll(steps).toBeGreaterThan(before + 3);
      await expect(inside.locator("#saved-unkept-words")).toContainText(
        "this frame stores nothing",
      );
      const save = inside.locator("#save-run");
      await save.click();
      await expect(inside.locator("#files-problem")).toContainText("allow-downloads");
      expect(errors).toEqual([]);
    } finally {
      site.close();
    }
  });

  test("a site that sends no permission is told what it lacks", async ({ embedder, page }) => {
    const site = await host();
    try {
      for (const name of ["embed.html", "index.html"]) {
        const frame = `<iframe sandbox="allow-scripts" src="${site.origin}/gan/${name}"></iframe>`;
        await page.goto(embedder.page("locked", frame));
        const words = page.frameLocator("iframe").locator("#unstarted");
        await expect(words).toBeVisible();
        await expect(words).toContainText("allow-same-origin");
      }
    } finally {
      site.close();
    }
  });

  for (const kind of /** @type {const} */ (["srcdoc", "data"])) {
    test(`an element in a ${kind} page trains`, async ({ embedder, page }) => {
      const site = await host(OPEN);
      try {
        const script = `<script type="module" src="${site.origin}/gan/web-gan.js"></script>`;
        const inner = script + gan();
        const frame =
          kind === "data"
            ? `<iframe src="data:text/html,${encodeURIComponent(inner)}" height="600"></iframe>`
            : `<iframe sandbox="allow-scripts" srcdoc="${quoted(inner)}" height="600"></iframe>`;
        await page.goto(embedder.page(kind, frame));
        await trains(new Gan(page.frameLocator("iframe").locator("web-gan")));
      } finally {
        site.close();
      }
    });
  }
});

test.describe("under Trusted Types", () => {
  const policy = (/** @type {string} */ allowed) => ({
    "Content-Security-Policy": `require-trusted-types-for 'script'; trusted-types ${allowed}`,
  });

  for (const from of /** @type {const} */ (["its own", "another"])) {
    test(`that allow our policy, an element from ${from} origin trains`, async ({
      embedder,
      page,
    }) => {
      const other = await host(OPEN);
      try {
        const origin = from === "another" ? other.origin : "";
        const script = `<script type="module" src="${origin}/gan/web-gan.js"></script>`;
        await page.goto(embedder.page("types", script + gan(), policy("webgan")));
        await trains(new Gan(page.locator("web-gan")));
      } finally {
        other.close();
      }
    });
  }

  test("that do not, the element says which policy it needs", async ({ embedder, page }) => {
    await page.goto(embedder.page("none", SCRIPT + gan(), policy("'none'")));
    const it = new Gan(page.locator("web-gan"));
    const heard = await it.listen();
    await it.train.click();
    await expect(it.words).toContainText("trusted-types webgan");
    const errors = (await heard()).filter(({ type }) => type === "gan-error");
    expect(errors.map(({ detail }) => detail.code)).toEqual(["program.policy"]);
    await expect(it.element.getByRole("button", { name: "Try again" })).toBeVisible();
  });

  test("the playground trains, or says so too", async ({ page }) => {
    for (const allowed of ["webgan", "'none'"]) {
      const site = await host(policy(allowed));
      try {
        await page.goto(`${site.origin}/gan/index.html${QUERY}`);
        if (allowed === "'none'") {
          await expect(page.locator("#overlay")).toContainText("trusted-types webgan");
          await expect(page.getByRole("button", { name: "Restart", exact: true })).toBeVisible();
          continue;
        }
        await page.locator("#toggle").click();
        await expect(page.locator("#step-count")).not.toHaveText("0");
      } finally {
        site.close();
      }
    }
  });
});

test.describe("a worker that does not come", () => {
  /**
   * @param {Page} page
   * @param {"throws" | "silent"} how
   */
  async function breakWorkers(page, how) {
    await page.addInitScript((way) => {
      class Broken extends EventTarget {
        constructor() {
          super();
          if (way === "throws") throw new DOMException("no worker today", "SecurityError");
        }
        postMessage() {}
        terminate() {}
      }
      const real = window.Worker;
      Object.assign(window, { Worker: Broken, mend: () => (window.Worker = real) });
    }, how);
  }

  /** @param {Page} page */
  const mend = (page) => page.evaluate(() => void (/** @type {any} */ (window).mend()));

  test("thrown: named with its cause and address, and tried again", async ({ embedder, page }) => {
    await breakWorkers(page, "throws");
    await page.goto(embedder.page("throws", SCRIPT + gan()));
    const it = new Gan(page.locator("web-gan"));
    const heard = await it.listen();
    await it.train.click();
    await expect(it.words).toHaveText(/worker-\S+\.js: no worker today/);
    expect((await heard()).filter(({ type }) => type === "gan-error")).toHaveLength(1);
    await mend(page);
    await it.element.getByRole("button", { name: "Try again" }).click();
    await it.trainedTo(1);

    await page.goto(`${embedder.origin}/gan/index.html${QUERY}`);
    await expect(page.locator("#overlay")).toContainText("no worker today");
    await mend(page);
    await page.getByRole("button", { name: "Restart", exact: true }).click();
    await expect(page.locator("#overlay")).toBeHidden();
  });

  test("silent: given up with a sentence, and tried again", async ({ embedder, page }) => {
    await page.clock.install();
    await breakWorkers(page, "silent");
    await page.goto(embedder.page("silent", SCRIPT + gan()));
    const it = new Gan(page.locator("web-gan"));
    await it.train.click();
    await expect(it.words).toHaveText("Loading the training program…");
    await page.waitForFunction(() => true); // the session's part has come
    await expect
      .poll(async () => {
        await page.clock.fastForward("00:31");
        return it.words.textContent();
      })
      .toMatch(/has not answered for 30 seconds.*worker-\S+\.js/);
    await mend(page);
    await it.element.getByRole("button", { name: "Try again" }).click();
    await it.trainedTo(1);
  });
});

test("digits may be named relative to the page", async ({ embedder, page }) => {
  await page.goto(embedder.page("digits", SCRIPT + gan()));
  await page.evaluate(async () => {
    await customElements.whenDefined("web-gan");
    Object.assign(/** @type {any} */ (customElements.get("web-gan")), {
      digits: "/gan/www/data/mnist/",
    });
  });
  await trains(new Gan(page.locator("web-gan")));
});

test.describe("where scripts do not run", () => {
  for (const name of ["index.html", "embed.html", "element.html"]) {
    test(`${name}, opened as a file, says that it needs a server`, async ({ page }) => {
      await page.goto(pathToFileURL(path.resolve("dist", name)).href);
      await expect(page.locator("#unstarted")).toBeVisible();
      await expect(page.locator("#unstarted")).toContainText("needs a web server");
      // Its styles are in force all the same.
      await expect(page.locator("body")).toHaveCSS("margin", "0px");
    });

    test(`${name} says so where scripts come as text, and not where they run`, async ({
      embedder,
      page,
    }) => {
      await page.route("**/*.js", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, headers: { "content-type": "text/plain" } });
      });
      await page.goto(`${embedder.origin}/gan/${name}`);
      await expect(page.locator("#unstarted")).toBeVisible();
      await page.unroute("**/*.js");
      await page.goto(`${embedder.origin}/gan/${name}`);
      await expect(page.locator("#unstarted")).toHaveCount(0);
    });
  }

  for (const name of ["index.html", "embed.html", "element.html"]) {
    test(`${name} says that a part is missing, and starts when it is reloaded`, async ({
      embedder,
      page,
    }) => {
      await page.route("**/assets/*.js", (route) => route.fulfill({ status: 404 }));
      await page.goto(`${embedder.origin}/gan/${name}`);
      const words = page.locator("#unstarted");
      await expect(words).toBeVisible();
      await expect(words).toContainText("could not be loaded");
      await expect(page.locator("#overlay, #toggle").filter({ visible: true })).toHaveCount(0);
      await page.unroute("**/assets/*.js");
      await words.getByRole("link", { name: "Reload" }).click();
      await expect(words).toHaveCount(0);
    });
  }

  test("a slide opened as a file says so in the element's place", async ({ page }) => {
    await page.goto(pathToFileURL(path.resolve("examples/slide/index.html")).href);
    await expect(page.getByText("this slide needs a web server")).toBeVisible();
  });
});
