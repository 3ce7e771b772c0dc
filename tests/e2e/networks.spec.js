// The run's networks layer by layer, and other sizes for them: counted as they are entered, refused where they cannot
// be, and then the run's everywhere.

import { readFileSync } from "node:fs";
import { expect, test } from "./site.js";

const OPEN = "?preset=mlp&device=cpu&batch=4";

test("a layer more: counted as it is entered, trained, in the link, the code, the runs and the file", async ({
  site,
  page,
}) => {
  await site.open(OPEN);
  await site.ready();
  await site.reveal(page.locator("#network-generator"));
  const rows = page.locator("#network-generator tbody tr");
  // Three dense layers, what follows each, and batch normalisation after the second.
  await expect(rows).toHaveText([
    /^Dense.*256.*25,856.*25,600/,
    /^LeakyReLU 0\.2/,
    /^Dense.*512.*131,584.*131,072/,
    /^Batch norm.*512.*1,024/,
    /^LeakyReLU/,
    /^Dense.*784.*402,192.*401,408/,
    /^tanh.*784/,
  ]);
  await page.getByText("Change the networks").click();
  const generator = page.getByRole("group", { name: "Generator" });
  await expect(generator.getByRole("status")).toHaveText(
    "560,656 parameters, 558,080 multiplications a sample.",
  );
  const begin = page.getByRole("button", { name: "Start over with these networks" });
  await expect(begin).toHaveAttribute("aria-disabled", "true");

  await generator.getByLabel("Units of layer 1").fill("0");
  await expect(generator.getByRole("alert")).toHaveText(
    "Units of layer 1: a whole number from 1 on.",
  );
  await expect(generator.getByLabel("Units of layer 1")).toHaveAttribute("aria-invalid", "true");
  await expect(begin).toHaveAttribute("aria-disabled", "true");
  await generator.getByLabel("Units of layer 1").fill("99999999");
  await expect(generator.getByRole("alert")).toContainText("weights");
  await expect(begin).toHaveAttribute("aria-disabled", "true");
  await generator.getByLabel("Units of layer 1").fill("32");
  await expect(page.locator("#sizes-generator-problem")).toBeEmpty();
  await generator.getByRole("button", { name: "Remove layer 2" }).click();
  await generator.getByRole("button", { name: "Add a layer" }).click();
  await generator.getByLabel("Units of layer 2").fill("64");
  await generator.getByLabel("Batch norm after layer 2").check();
  await generator.getByLabel("Latent size").fill("8");
  await generator.getByLabel("Activation").selectOption("ReLU");
  // 8·32 + 32, 32·64 + 64, 2·64, 64·784 + 784.
  await expect(generator.getByRole("status")).toContainText("53,488 parameters");
  await begin.click();
  await expect(page).toHaveURL(/generator=z8-32-64n-relu/);
  await site.ready();
  await expect(rows.first()).toHaveText(/^Dense.*32/);
  await expect(page.locator("#code-text")).toContainText("64");
  await expect(page.locator("#grid-caption")).toHaveText("64 samples before training");
  for (let i = 0; i < 3; i++) await site.step();

  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save run" }).click();
  const file = await (await saving).path();
  await site.open(`?device=cpu&batch=4`);
  await site.ready();
  await site.load("run.safetensors", readFileSync(file));
  await expect(page).toHaveURL(/preset=mlp/);
  await expect(page).toHaveURL(/generator=z8-32-64n-relu/);
  await site.step(3);
  await site.reveal(page.locator("#network-generator"));
  await page.getByText("Change the networks").click();
  await page.getByRole("button", { name: "The GAN’s own networks" }).click();
  await expect(page).not.toHaveURL(/generator/);
  await expect(rows.first()).toHaveText(/^Dense.*256/);
  await site.reveal(page.locator("#runs"));
  await expect(page.locator("#runs")).toContainText("z8-32-64n-relu");
});

test("a link's networks that its GAN cannot have are named and ignored; together too large, mended at a press", async ({
  site,
  page,
}) => {
  await site.open(`${OPEN}&generator=z8-x-relu&discriminator=16-relu`);
  await site.ready();
  await expect(site.problem("address")).toContainText("generator=z8-x-relu, which was ignored");
  await expect(page).toHaveURL(/discriminator=16-relu/);
  await expect(page).not.toHaveURL(/generator=/);

  await site.open("?preset=mlp&device=cpu&batch=1024&generator=z8-60000-1-60000-1-60000-relu");
  await expect(site.overlay).toContainText("smaller layers or batches");
  await page.getByRole("button", { name: "Use the GAN’s own networks" }).click();
  await site.ready();
  await expect(page).not.toHaveURL(/generator/);
});

test("points and a projection discriminator take other sizes too", async ({ site, page }) => {
  await site.open("?data=ring&device=cpu&generator=z3-16-relu&discriminator=16-16-leaky0.1");
  await site.ready();
  await site.step();
  await site.open("?preset=modern&device=cpu&batch=4&discriminator=8-8-8-sn-md");
  await site.ready();
  await site.step();
  await site.reveal(page.locator("#network-discriminator"));
  await expect(page.locator("#network-discriminator")).toContainText("Minibatch deviation");
});
