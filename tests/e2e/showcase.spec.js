// The generators that come with the site: shown until one's own run takes a step, and not waited for.

import { expect, test } from "./site.js";

const MODELS = "**/www/models/*.safetensors*";

test("a trained generator's digits are shown until training starts", async ({ site, page }) => {
  await page.context().route(MODELS, (route) => route.fulfill({ status: 404 }));
  await site.open("?preset=mlp&device=cpu&batch=8");
  await site.ready();
  const caption = page.locator("#grid-caption");
  await expect(caption).toHaveText("64 samples before training");
  const untrained = await site.grid();
  await site.step(3);
  const { name, bytes } = await site.save("Save generator");
  expect(name).toBe("webgan-mlp-generator-step-3.safetensors");
  await page.context().unroute(MODELS);

  await page.context().route(MODELS, (route) => route.fulfill({ body: bytes }));
  await page.reload();
  await site.ready();
  await expect(caption).toContainText("Drawn by a generator trained for 3 steps");
  const shown = await site.grid();
  expect(shown).not.toBe(untrained);
  expect(await site.steps()).toBe(0);
  // What is saved is what is shown.
  const saved = await site.save("Save generator");
  expect(saved.name).toBe("webgan-mlp-generator-step-3.safetensors");
  expect(saved.bytes.equals(bytes)).toBe(true);

  // Settings leave it there; training does not.
  await site.set("Seed", "5");
  await expect(page).toHaveURL(/seed=5/);
  await expect(caption).toContainText("Drawn by");
  await site.step();
  await expect(caption).toHaveText("64 samples after 1 step");
  expect(await site.grid()).not.toBe(shown);
  await site.reset.click();
  await expect(caption).toHaveText("64 samples before training");

  await site.choose(/Dense GAN/);
  await expect(caption).toContainText("Drawn by");
  await site.train();
  await expect(caption).toContainText(/^64 samples after/);
  await site.pause();
});

for (const [what, answer] of /** @type {const} */ ([
  ["missing", { status: 404 }],
  ["a page", { status: 200, contentType: "text/html", body: "<h1>Hi</h1>" }],
  ["damaged", { status: 200, body: "no generator at all" }],
])) {
  test(`a trained generator that is ${what} is said to be, fetched again, and not needed`, async ({
    site,
    page,
  }) => {
    await page.context().route(MODELS, (route) => route.fulfill(answer));
    await site.open("?preset=mlp&device=cpu&batch=8");
    await site.ready();
    const caption = page.locator("#grid-caption");
    const missing = page.getByText("The trained generator did not come");
    await expect(caption).toHaveText("64 samples before training");
    await expect(missing).toBeVisible();
    await expect(page.locator(".problem:not(:empty)")).toHaveCount(0);
    await site.step();
    await expect(missing).toBeHidden();
    await site.choose(/Dense GAN/);
    await expect(missing).toBeVisible();
    await page.context().unroute(MODELS);
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(caption).toContainText("Drawn by");
    await expect(missing).toBeHidden();
  });
}

test("after a start that failed the trained generator is fetched again", async ({ site, page }) => {
  for (const files of [MODELS, "**/*-ubyte.gz*"]) {
    await page.context().route(files, (route) => route.fulfill({ status: 503 }));
  }
  await site.open("?preset=mlp&device=cpu&batch=8");
  await expect(site.overlay).toContainText("answered 503");
  for (const files of [MODELS, "**/*-ubyte.gz*"]) await page.context().unroute(files);
  await page.getByRole("button", { name: "Try again" }).click();
  await site.ready();
  await expect(page.locator("#grid-caption")).toContainText("Drawn by");
});

test("while a trained generator is slow, the run's own samples are shown, and none of another", async ({
  site,
  page,
}) => {
  await site.open("?preset=dense&device=cpu&batch=8");
  await site.ready();
  await site.step();
  /** @type {(value?: unknown) => void} */
  let come = () => {};
  const coming = new Promise((resolve) => (come = resolve));
  await page.context().route(MODELS, async (route) => {
    await coming;
    await route.continue();
  });
  const caption = page.locator("#grid-caption");
  await site.choose(/MLP/);
  await expect(caption).toHaveText("64 samples before training");
  await expect(page.getByText("The trained generator did not come")).toBeHidden();
  come();
  await expect(caption).toContainText("Drawn by");
});
