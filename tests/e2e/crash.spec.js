// The program breaks, in ways it really can: the page says so, logs why, and offers a restart.

import { expect, test } from "./site.js";
import { withTrap } from "./wasm-trap.js";

/** @import { Page } from "@playwright/test" */

/**
 * Lets the page have a changed program.
 * @param {Page} page
 * @param {(wasm: Uint8Array) => Uint8Array} change
 */
async function changeProgram(page, change) {
  await page.context().route("**/*.wasm", async (route) => {
    const response = await route.fetch();
    const body = Buffer.from(change(await response.body()));
    await route.fulfill({ status: 200, contentType: "application/wasm", body });
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
  await changeProgram(page, (wasm) => withTrap(wasm, "trainer_step"));
  await site.open("?preset=mlp&device=cpu&seed=3");
  await site.ready();
  await site.toggle.click();

  await expect(site.overlay).toContainText("stopped because of a mistake inside it");
  await expect(site.overlay).toHaveAttribute("role", "alert");
  await expect(site.overlay).not.toContainText("unreachable");
  expect(errors.join("\n")).toContain("unreachable");
  await expect(site.toggle).toHaveAttribute("aria-disabled", "true");
  expect(page.workers()).toHaveLength(0);

  await page.context().unroute("**/*.wasm");
  await page.getByRole("button", { name: "Restart", exact: true }).click();
  await site.ready();
  await expect(site.setting("Seed")).toHaveValue("3");
  await site.step();
  expect(page.workers()).toHaveLength(1);
});

test("after a crash elsewhere than on the CPU, the CPU is offered", async ({ site, page }) => {
  await changeProgram(page, (wasm) => withTrap(wasm, "trainer_new"));
  await site.open("?batch=4");
  await expect(site.overlay).toContainText("stopped because of a mistake", { timeout: 120_000 });
  await page.context().unroute("**/*.wasm");
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
  await changeProgram(page, (wasm) => wasm.subarray(0, 100_000));
  await site.open("?preset=mlp&device=cpu&batch=4");
  await expect(site.overlay).toContainText("could not be loaded");
  expect(errors.join("\n")).toContain("CompileError");
  await page.context().unroute("**/*.wasm");
  await page.getByRole("button", { name: "Restart", exact: true }).click();
  await site.ready();
  await site.step();
});

test("a worker that is not on the site", async ({ site, page }) => {
  await page.context().route("**/worker-*.js", (route) => route.fulfill({ status: 404 }));
  await site.open("?preset=mlp&device=cpu");
  await expect(site.overlay).toContainText("could not be loaded");
  await expect(page.getByRole("button", { name: "Restart", exact: true })).toBeVisible();
});
