// WebGPU in a browser: here on a software GPU that needs seconds for a step, so with tiny batches.

import process from "node:process";
import { idxImages, idxLabels } from "./idx.js";
import { expect, test } from "./site.js";

/** @import { Browser } from "@playwright/test" */
/** @import { Site } from "./site.js" */

test("a GPU that was asked for takes steps, and the CPU can take over", async ({ site, page }) => {
  test.setTimeout(300_000);
  await site.open("?preset=dense&batch=2&device=webgpu");
  await site.ready();
  await expect(page.locator("#device-short")).toHaveText("WebGPU");
  const untrained = await site.grid();
  await site.train();
  await site.trainedTo(3);
  await site.pause();
  for (const value of await site.readouts()) expect(Number.isFinite(value)).toBe(true);
  expect(await site.grid()).not.toBe(untrained);

  await site.device("cpu");
  await expect(page.locator("#device-short")).toHaveText("CPU");
  await expect.poll(() => site.steps()).toBe(0);
  await site.step();
});

/**
 * The browser's own GPU process ends, as after a driver's crash.
 * @param {Browser} browser
 */
async function loseGpu(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const gpu = processInfo.find(({ type }) => type === "GPU");
  if (gpu === undefined) throw new Error("the browser has no GPU process");
  process.kill(gpu.id);
}

/**
 * The step that the page offers to go on from.
 * @param {Site} site
 */
async function offeredStep(site) {
  await expect(site.overlay).toContainText("The GPU was taken away");
  await expect(site.overlay).toContainText(/can go on from step \d+/);
  const text = (await site.overlay.textContent()) ?? "";
  return Number(/step ([\d,]+)/.exec(text)?.[1].replace(",", ""));
}

test("a GPU that is lost while training: named, and it or the CPU goes on with the run", async ({
  site,
  page,
  browser,
}) => {
  test.setTimeout(300_000);
  await site.open("?preset=dense&batch=2&device=webgpu");
  await site.ready();
  await site.train();
  // From the fourth step on, steps are replays; by now there is a checkpoint, too.
  await site.trainedTo(4);
  await page.waitForTimeout(2_500);
  const before = await site.steps();
  await loseGpu(browser);
  const kept = await offeredStep(site);
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThanOrEqual(before + 32);

  await page.getByRole("button", { name: "Try the GPU again" }).click();
  await site.ready();
  await expect(page.locator("#device-short")).toHaveText("WebGPU");
  expect(await site.steps()).toBe(kept);

  await loseGpu(browser);
  expect(await offeredStep(site)).toBe(kept);
  await page.getByRole("button", { name: "Restart on the CPU" }).click();
  await site.ready();
  await expect(page.locator("#device-short")).toHaveText("CPU");
  expect(await site.steps()).toBe(kept);
  await site.step();
  expect(await site.steps()).toBe(kept + 1);
});

test("without a GPU, Automatic takes the CPU and says why; WebGPU is refused", async ({
  site,
  page,
}) => {
  // As browsers without WebGPU do it: in the page and in its workers there is no `navigator.gpu`.
  await page.context().route("**/worker-*.js", async (route) => {
    const response = await route.fetch();
    const body = `Object.defineProperty(WorkerNavigator.prototype, "gpu", { value: undefined });${await response.text()}`;
    await route.fulfill({ response, body });
  });
  await site.open("?batch=4");
  await site.ready();
  await expect(page.locator("#device-short")).toHaveText("CPU");
  await expect(page.locator("#device-note")).toContainText(/Training runs on the CPU: .*GPU/);
  await site.step();

  await site.device("webgpu");
  await expect(site.problem("device")).toContainText("Nothing was changed.");
  await expect(page.getByLabel("Device")).toHaveValue("auto");
  expect(await site.steps()).toBe(1);
  await site.step();
});

test("data that outgrow the GPU are learned on the CPU where any device will do, and it is said why", async ({
  site,
  page,
}) => {
  // A GPU whose largest buffer is of 16 MB, which 6,000 pictures outgrow.
  await page.context().route("**/worker-*.js", async (route) => {
    const response = await route.fetch();
    const body = `
      const small = { maxBufferSize: 2 ** 24, maxStorageBufferBindingSize: 2 ** 24 };
      // A device has no less than every browser grants, whatever it is asked for.
      for (const { prototype } of [GPUAdapter, GPUDevice]) {
        const { get } = Object.getOwnPropertyDescriptor(prototype, "limits");
        Object.defineProperty(prototype, "limits", {
          get() {
            return new Proxy(get.call(this), {
              get: (limits, name) => small[name] ?? Reflect.get(limits, name, limits),
            });
          },
        });
      }
      ${await response.text()}`;
    await route.fulfill({ response, body });
  });
  await page
    .context()
    .route(/mnist\/.*-images/, (route) => route.fulfill({ body: Buffer.from(idxImages(40)) }));
  await page
    .context()
    .route(/mnist\/.*-labels/, (route) => route.fulfill({ body: Buffer.from(idxLabels(40)) }));
  await site.open("?preset=mlp&batch=4");
  await site.ready();
  await expect(page.locator("#device-short")).toHaveText("WebGPU");
  const many = { name: "many.idx", mimeType: "", buffer: Buffer.from(idxImages(6_000)) };
  await page.locator("#file-input").setInputFiles(many);
  await expect(page.locator("#data-now")).toContainText("many.idx, 6,000 pictures");
  await expect(page.locator("#device-short")).toHaveText("CPU");
  await expect(page.locator("#device-note")).toContainText(/CPU: 18 MB .* at most 16/);
  await site.step();
  await site.press({ name: "Back to “Handwritten digits”" });
  await expect(page.locator("#device-short")).toHaveText("WebGPU");

  // Who asked for the GPU is told, and one button is enough.
  await site.device("webgpu");
  await page.locator("#file-input").setInputFiles(many);
  await expect(site.problem("data")).toContainText("18 MB");
  await page.getByRole("button", { name: "Train on the CPU" }).click();
  await expect(page.locator("#data-now")).toContainText("many.idx, 6,000 pictures");
  await expect(page.locator("#device-short")).toHaveText("CPU");
});
