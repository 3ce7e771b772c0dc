// The lesson about a preset with what it says to try, and the code of the run.

import { expect, test } from "./site.js";

test("a lesson sets the page up for what it says to try, and takes it back", async ({
  site,
  page,
}) => {
  await site.open("?preset=least-squares&device=cpu&batch=4&drate=2");
  await site.ready();
  const lesson = page.locator("#lesson");
  await page.getByRole("tab", { name: "Learn" }).click();
  await expect(lesson.getByRole("heading", { level: 2 })).toHaveText(
    "The lesson: Least squares + L1",
  );
  await expect(lesson.getByRole("heading", { level: 3 })).toHaveText([
    "What was wrong, and how it was mended",
    "What to watch for",
    "Two things to try",
  ]);
  const [average, wasserstein] = ["λ 100", "Wasserstein instead"].map((name) =>
    lesson.getByRole("button", { name }),
  );

  // The L1 term acts while the run goes on: nothing else changes.
  await site.step(2);
  await average.click();
  await expect(average).toHaveAttribute("aria-pressed", "true");
  await expect(site.setting("λ")).toHaveValue("100");
  await expect(page).toHaveURL(/l1=0\.1,100@2$/);
  await expect(page).toHaveURL(/drate=2/);
  await expect(site.toggle).toHaveText("Pause");
  await expect(page.locator("#trial-look")).toContainText("one grey average");
  await site.trainedTo(60);
  // All digits melt into one, which D tells from real ones; the loss has the weight.
  await expect
    .poll(async () => (await site.readouts())[2], { timeout: 60_000 })
    .toBeGreaterThan(15);
  await average.press("Enter");
  await expect(site.setting("λ")).toHaveValue("0.1");
  await expect(average).toHaveAttribute("aria-pressed", "false");
  await expect(page.locator("#trial-look")).toBeEmpty();

  // Another loss starts over, and all else is the preset's own.
  const steps = await site.steps();
  await wasserstein.click();
  await expect(wasserstein).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator("#objective")).toHaveValue("wasserstein");
  await expect(page).not.toHaveURL(/drate|batch/);
  await expect.poll(() => site.steps()).toBeLessThan(steps);
  await site.trainedTo(3);
  await site.pause();

  // Another preset, another lesson.
  await site.choose(/Dense GAN/);
  await expect(lesson.getByRole("heading", { level: 2 })).toHaveText("The lesson: Dense GAN");
  await site.choose("Ring of eight");
  await expect(lesson).toContainText("the net cannot tear");
  await lesson.getByRole("button", { name: "A grid of 25" }).click();
  await expect(page.locator("#data-short")).toHaveText("Grid of 25");
  await lesson.getByRole("button", { name: "A grid of 25" }).click();
  await expect(page.locator("#data-short")).toHaveText("Ring of eight");
});

test("the code follows the run's settings, and can be copied", async ({ site, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  /** @type {string[]} */
  const scripts = [];
  page.on("request", (request) => scripts.push(request.url()));
  await site.open("?preset=dense&device=cpu&batch=4&loss=hinge");
  await site.ready();
  // What few readers open is not loaded with the page.
  expect(scripts.some((url) => /\/code-[\w-]+\.js$/.test(url))).toBe(false);
  await site.unfold("The code");
  const code = page.locator("#code-text");
  await expect(code).toContainText("LinearConfig::new(100, 128)");
  await expect(code).toContainText("const BATCH: usize = 4;");
  await expect(code).toContainText("activation::relu(-real + 1.0)");
  await expect(page.locator("#code-counts")).toHaveText(
    "The generator trains 114,064 numbers, the discriminator 100,609.",
  );

  await site.choose("Keras");
  await expect(code).toContainText("layers.Dense(784)");
  await expect(code).toContainText("ops.relu(-real + 1)");
  await expect(code).toContainText("BATCH = 4\n");
  await site.choose("PyTorch");
  await expect(code).toContainText("nn.Linear(128, 784)");
  await expect(code).toContainText('2: "generator.Mlp.output",');
  await site.choose("Keras");
  await site.set("Learning rate", "0.0375");
  await expect(code).toContainText("LEARNING_RATE = 0.0375\n");
  await site.set("Batch size", "5");
  await expect(code).toContainText("BATCH = 5\n");
  await site.reveal(page.locator("#objective"));
  await page.locator("#objective").selectOption("relativistic");
  await expect(code).toContainText("-ops.log_sigmoid(real - fake)");
  await site.set("Penalty on steepness", "2");
  await expect(code).toContainText("loss = loss + 2 * steepness");

  await site.reveal(page.locator("#copy-code"));
  await page.locator("#copy-code").click();
  await expect(page.locator("#copy-code")).toHaveText("Copied");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await code.textContent());
  expect(copied).toContain("def train_step(real):");
});
