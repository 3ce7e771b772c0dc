// A run as a file: saved, loaded, and refused.

import { expect, test } from "./site.js";

test("a saved run goes on in another page, at its step, in its settings, exactly", async ({
  site,
  page,
}) => {
  await site.open("?preset=least-squares&device=cpu&seed=4&batch=8");
  await site.ready();
  await site.step(2);
  const { name, bytes } = await site.save("Save run");
  expect(name).toBe("webgan-least-squares-step-2.safetensors");
  const picture = await site.grid();
  await site.step(2);
  const [losses, drawn] = [await site.readouts(), await site.grid()];

  await site.open("?preset=mlp&device=cpu");
  await site.ready();
  await site.load(name, bytes);
  await expect(page).toHaveURL(/preset=least-squares.*seed=4|seed=4.*preset=least-squares/);
  await expect.poll(() => site.steps()).toBe(2);
  await expect(site.toggle).toHaveText("Train");
  await expect(site.setting("Batch size")).toHaveValue("8");
  await expect(site.choice(/Least squares/)).toBeChecked();
  await expect.poll(() => site.grid()).toBe(picture);
  await site.step(2);
  expect(await site.readouts()).toEqual(losses);
  expect(await site.grid()).toBe(drawn);
});

test("a file that is no run is named beside the button, and the run goes on", async ({ site }) => {
  await site.open("?preset=mlp&device=cpu&batch=8");
  await site.ready();
  await site.step();
  const { bytes } = await site.save("Save run");
  const { bytes: generator } = await site.save("Save generator");
  await site.train();
  await site.trainedTo(10);
  for (const [name, bad] of /** @type {const} */ ([
    ["short.safetensors", bytes.subarray(0, bytes.length / 2)],
    ["text.safetensors", Buffer.from("this is no run")],
    ["empty.safetensors", Buffer.alloc(0)],
    ["generator.safetensors", generator],
  ])) {
    await site.load(name, bad);
    await expect(site.problem("files")).toContainText(`“${name}” cannot be used`);
    await expect(site.problem("files")).toContainText("Nothing was changed.");
  }
  const steps = await site.steps();
  expect(steps).toBeGreaterThanOrEqual(10);
  await site.trainedTo(steps + 10);
  await expect(site.toggle).toHaveText("Pause");
});

test("a file that is too large is not read", async ({ site, page }) => {
  await site.open("?preset=mlp&device=cpu&batch=8");
  await site.ready();
  await page.locator("#run-file").evaluate((/** @type {HTMLInputElement} */ input) => {
    const files = new DataTransfer();
    files.items.add(new File([new Uint8Array(257 * 1024 * 1024)], "huge.safetensors"));
    input.files = files.files;
    input.dispatchEvent(new Event("change"));
  });
  await expect(site.problem("files")).toContainText("“huge.safetensors” is larger than 256 MB");
  await site.step();
});
