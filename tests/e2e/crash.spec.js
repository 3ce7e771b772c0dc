// The program breaks, in ways it really can: the page says so, logs why, and offers a restart.

import { expect, test } from "./site.js";

/** @import { Page } from "@playwright/test" */

/** What holds the training program, and its sister for pictures. */
const WORKER = "**/worker-*.js";
/** In WebAssembly's text: (module (func (export "f") unreachable)). */
const TRAP = "AGFzbQEAAAABBAFgAAADAgEABwUBAWYAAAoFAQMAAAs=";

/**
 * Lets the page have a program in which a function traps when it is called, as if it had panicked: another
 * program's function, which does nothing else, stands in its place.
 * @param {Page} page
 * @param {string} name of an exported function
 */
async function trap(page, name) {
  const change = (/** @type {string} */ wanted, /** @type {string} */ code) => {
    const whole = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (source, imports) => {
      const { module, instance } = await whole(source, imports);
      if (!(wanted in instance.exports)) throw new Error(`the program has no ${wanted}`);
      const bytes = Uint8Array.from(atob(code), (letter) => letter.charCodeAt(0));
      const { f } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
      return { module, instance: { exports: { ...instance.exports, [wanted]: f } } };
    };
  };
  await page.context().route(WORKER, async (route) => {
    const response = await route.fetch();
    const body = `(${change})("${name}", "${TRAP}");\n${await response.text()}`;
    await route.fulfill({ response, body });
  });
}

/**
 * @param {Page} page
 * @returns {string[]} grows with every error in the console
 */
function errorsIn(page) {
  /** @type {string[]} */
  const errors = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  return errors;
}

test("a program that stops while training: named, logged, restarted", async ({ site, page }) => {
  const errors = errorsIn(page);
  await trap(page, "trainer_step");
  await site.open("?preset=mlp&device=cpu&seed=3");
  await site.ready();
  await site.toggle.click();

  await expect(site.overlay).toContainText("stopped because of a mistake inside it");
  await expect(site.overlay).toHaveAttribute("role", "alert");
  await expect(site.overlay).not.toContainText("unreachable");
  expect(errors.join("\n")).toContain("unreachable");
  await expect(site.toggle).toHaveAttribute("aria-disabled", "true");
  expect(page.workers()).toHaveLength(0);

  await page.context().unroute(WORKER);
  await page.getByRole("button", { name: "Restart", exact: true }).click();
  await site.ready();
  await expect(site.setting("Seed")).toHaveValue("3");
  await site.step();
  expect(page.workers()).toHaveLength(1);
});

test("after a crash elsewhere than on the CPU, the CPU is offered", async ({ site, page }) => {
  await trap(page, "trainer_new");
  await site.open("?batch=4");
  await expect(site.overlay).toContainText("stopped because of a mistake", { timeout: 120_000 });
  await page.context().unroute(WORKER);
  await page.getByRole("button", { name: "Restart on the CPU" }).click();
  await site.ready();
  await expect(page).toHaveURL(/device=cpu/);
  await expect(page.locator("#device-short")).toHaveText("CPU");
  await site.step();
});

test("a program that did not arrive whole is not loaded, and can be tried again", async ({
  site,
  page,
}) => {
  const errors = errorsIn(page);
  await page.context().route("**/*.wasm", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.body()).subarray(0, 100_000) });
  });
  await site.open("?preset=mlp&device=cpu&batch=4");
  await expect(site.overlay).toContainText("could not be loaded");
  expect(errors.join("\n")).toContain("CompileError");
  await page.context().unroute("**/*.wasm");
  await page.getByRole("button", { name: "Restart", exact: true }).click();
  await site.ready();
  await site.step();
});

test("a worker that is not on the site", async ({ site, page }) => {
  await page.context().route(WORKER, (route) => route.fulfill({ status: 404 }));
  await site.open("?preset=mlp&device=cpu");
  await expect(site.overlay).toContainText("could not be loaded");
  await expect(page.getByRole("button", { name: "Restart", exact: true })).toBeVisible();
});
