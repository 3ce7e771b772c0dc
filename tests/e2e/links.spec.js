// What a link promises: the same run on the CPU, parts of the page left out, and nothing from it obeyed
// that is not a good value.

import { expect, test } from "./site.js";

test("the same link gives the same run on the CPU", async ({ site, page }) => {
  const link =
    "?preset=dense&seed=7&batch=8&lr=0.0005&drate=2&loss=hinge&steps=6&device=cpu&hide=lab";
  const runs = [];
  for (const query of [link, link, link.replace("seed=7", "seed=8")]) {
    await page.goto("about:blank");
    await site.open(query);
    await site.ready();
    await expect(site.problem("address")).toBeEmpty();
    await site.toggle.click();
    await expect(page.locator("#finished-notice")).toContainText("Stopped here");
    await site.rest();
    await site.charted();
    await page.locator("#loss-plot ~ .numbers > summary").click();
    // It is filled when it has been opened.
    await expect(page.locator("#loss-table")).toContainText("Step");
    const table = await page.locator("#loss-table").textContent();
    runs.push({ losses: await site.readouts(), table, picture: await site.grid() });
    expect(new URL(page.url()).search).toContain(query.slice(1, 20));
  }
  const [first, again, other] = runs;
  expect(again).toEqual(first);
  expect(other.losses).not.toEqual(first.losses);
  expect(other.picture).not.toBe(first.picture);
});

test("what a link leaves out is gone for everybody, and stays in the address", async ({
  site,
  page,
}) => {
  const parts = "device,batch,charts,lab,runs,quality,toys,lesson,code,latents,presets,log";
  await site.open(`?device=cpu&preset=dense&batch=4&hide=${parts},nonsense,<b>x</b>`);
  await site.ready();
  const problem = site.problem("address");
  await expect(problem).toContainText("hide=nonsense,<b>x</b>, which was ignored");
  await expect(problem.locator("b")).toHaveCount(0);
  // A panel of which nothing is left has no tab; another shows what is left.
  await expect(page.getByRole("tab")).toHaveText(["Tune", "Rewind", "Data", "Share"]);
  await expect(page.getByRole("textbox", { name: "Seed" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Batch size" })).toHaveCount(0);
  await expect(page.locator(".choose:visible")).toHaveCount(0);

  // Nothing of it is met with the keyboard.
  const gone = await page.evaluate(() => {
    const reached = [...document.querySelectorAll("[data-gone] *")].filter(
      (element) => element instanceof HTMLElement && element.getClientRects().length > 0,
    );
    return { reached: reached.length, parts: document.querySelectorAll("[data-gone]").length };
  });
  expect(gone.reached).toBe(0);
  expect(gone.parts).toBeGreaterThan(12);
  await site.reveal(page.locator("#seed"));
  await page.locator("#seed").focus();
  for (let i = 0; i < 25; i++) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("[data-gone]") === null)).toBe(
      true,
    );
  }

  // It trains without them, and the link that the page writes keeps them.
  await site.set("Seed", "3");
  await expect(page).toHaveURL(/seed=3/);
  await page.locator("#step").click();
  await site.trainedTo(1);
  expect(new URL(page.url()).searchParams.get("hide")?.split(",").sort()).toEqual(
    parts.split(",").sort(),
  );
  await site.reset.click();
  await expect.poll(() => site.steps()).toBe(0);
  await expect(page.locator("#runs")).toBeHidden();
});

test("bad values are named as text and never obeyed", async ({ site, page }) => {
  const bad = {
    preset: "<img src=x onerror=alert(1)>",
    seed: "99999999999999999999",
    lr: "NaN",
    loss: "constructor",
    penalty: "1e999",
    drate: "-Infinity",
    steps: "1e9",
    data: "__proto__",
    drawing: "../../etc",
    hide: "javascript:alert(1)",
  };
  const query = new URLSearchParams({ device: "cpu", batch: "4", ...bad });
  query.append("dsteps", "2");
  query.append("dsteps", "3");
  /** @type {string[]} */
  const dialogs = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await site.open(`?${query}`);
  await site.ready();
  const problem = site.problem("address");
  for (const [name, value] of Object.entries(bad))
    await expect(problem).toContainText(`${name}=${value}`);
  await expect(problem).toContainText("dsteps=2 and 3");
  await expect(problem.locator("*")).toHaveCount(0);
  expect(dialogs).toEqual([]);
  await expect(page).toHaveURL(/\?device=cpu&batch=4$/);
  await expect(page.locator("[data-gone]")).toHaveCount(0);
  await site.step();
});

test("a panel is opened by its tab, by a link, by a fragment, and by what goes wrong inside", async ({
  site,
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await site.open("?device=cpu&preset=dense&batch=4");
  await site.ready();
  for (const id of ["grid", "toggle", "tabs", "learning-rate"])
    await expect(page.locator(`#${id}`)).toBeVisible();
  for (const id of ["preset-list", "share-rows", "drop-zone", "first-moment", "lesson-body"]) {
    await expect(page.locator(`#${id}`)).toBeHidden();
  }
  const height = () => page.evaluate(() => document.documentElement.scrollHeight);
  expect(await height()).toBeLessThan(2_500);

  await page.getByRole("tab", { name: "Learn" }).click();
  await expect(page.locator("#lesson")).toContainText("Two things to try");
  await page.locator("#gan-choice").click();
  await expect(page.locator("#preset-list")).toBeInViewport();
  await page.keyboard.press("Escape");
  await page.evaluate(() => (location.hash = "#quality"));
  await expect(page.locator("#measure")).toBeVisible();
  await page.evaluate(() => (location.hash = "#tutorials"));
  await expect(page.locator("#preset-changes")).toBeVisible();
  // By what goes wrong inside.
  await site.drop([{ name: "x.idx", bytes: new Uint8Array(3) }]);
  await expect(site.problem("data")).toBeVisible();

  // Rewind holds no empty boxes before there are moments.
  await site.unfold("Rewind");
  await expect(page.locator("#first-moment")).toBeHidden();
  await site.step(2);
  await expect(page.locator("#first-moment")).toBeVisible();
});
