// The element's documentation, and the HTML that the playground gives away.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, Gan } from "./embedder.js";
import { test } from "./site.js";

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test(`axe finds nothing in the ${colorScheme} documentation`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto("/element.html");
    await expect(page.locator("#attributes tr").first()).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
}

test("the documentation's examples train, and show the HTML that they are", async ({ page }) => {
  await page.goto("/element.html");
  const example = page.locator("#listening");
  await expect(example.locator("pre")).toHaveText(
    '<web-gan preset="least-squares" controls="play step"></web-gan>',
  );
  const it = new Gan(example.locator("web-gan"));
  await it.element.evaluate((element) => element.setAttribute("device", "cpu"));
  await it.train.click();
  await it.trainedTo(1);
  await expect(page.locator("#heard")).toHaveText(/^step \d+: D\(x\) 0\.\d+/);
  await expect(page.locator("#one-line")).toContainText(
    `src="${new URL("/web-gan.js", page.url())}"`,
  );
});

test("where nothing may be copied, the text is selected and the keys are named", async ({
  site,
  page,
}) => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("denied"));
  });
  await site.open("?preset=dense&device=cpu&batch=4");
  await site.ready();
  await page.getByRole("tab", { name: "Share" }).click();
  const copy = page.locator("#copy-element");
  await copy.click();
  await expect(copy).toHaveText("Press Ctrl+C");
  await expect(page.locator("#said")).toHaveText("Press Ctrl+C");
  const selected = await page.evaluate(() => getSelection()?.toString());
  expect(selected).toContain('<web-gan preset="dense"');
  await expect(copy).toHaveText("Copy");
});

test("what is copied from the playground is this GAN on another page", async ({
  site,
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await site.open("?preset=dense&device=cpu&batch=4&seed=5&lr=0.0005&loss=hinge&speed=5");
  await site.ready();
  await page.getByRole("tab", { name: "Share" }).click();
  await page.locator("#copy-element").click();
  await expect(page.locator("#copy-element")).toHaveText("Copied");
  const html = await page.evaluate(() => navigator.clipboard.readText());
  expect(html).toContain(
    '<web-gan preset="dense" seed="5" batch="4" lr="0.0005" loss="hinge" device="cpu" speed="5">',
  );
  const src = await page.locator("#snippet-frame").evaluate((code) => {
    const { body } = new DOMParser().parseFromString(code.textContent ?? "", "text/html");
    return body.querySelector("iframe")?.src ?? "";
  });

  await page.setContent(html);
  const it = new Gan(page.locator("web-gan"));
  await it.train.click();
  await it.trainedTo(1);
  await page.goto(src);
  await expect(it.element).toHaveAttribute("seed", "5");
  await expect(it.element).toHaveAttribute("lr", "0.0005");
});
