// The page as the tests use it: what a person sees and presses, and a watch over what the page asks
// the network for. No test reads anything that is not on the page.

import { readFile } from "node:fs/promises";
import { expect, test as base } from "@playwright/test";

/** @import { Locator, Page } from "@playwright/test" */

export class Site {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.toggle = page.locator("#toggle");
    this.stepButton = page.getByRole("button", { name: "Step", exact: true });
    this.reset = page.getByRole("button", { name: "Reset", exact: true });
    this.overlay = page.locator("#overlay");
  }

  /** @param {string} query */
  async open(query, path = "/") {
    await this.page.goto(path + query);
  }

  /** Until there is something to train. */
  async ready() {
    await expect(this.overlay).toBeHidden({ timeout: 120_000 });
    await expect(this.toggle).toHaveAttribute("aria-disabled", "false");
  }

  async train() {
    await expect(this.toggle).toHaveText(/^\s*Train/);
    await this.toggle.click();
    await expect(this.toggle).toHaveText("Pause");
  }

  async pause() {
    await this.toggle.click();
    await expect(this.toggle).toHaveText("Train");
    await this.rest();
    await this.charted();
  }

  /** Until the charts and the numbers beside them, drawn a few times a second, have caught up. */
  async charted() {
    const steps = (await this.page.locator("#step-count").textContent()) ?? "";
    const label = new RegExp(`up to step ${steps}:`);
    await expect(this.page.locator("#loss-plot")).toHaveAttribute("aria-label", label);
  }

  /** Until what a panel that has just been opened loads is there. */
  async loaded() {
    await expect(this.page.locator("[aria-busy=true]:not(#step-count):visible")).toHaveCount(0);
  }

  /** Takes single steps. */
  async step(count = 1) {
    for (let i = 0; i < count; i++) {
      const before = await this.steps();
      await this.stepButton.click();
      await this.trainedTo(before + 1);
      await expect(this.stepButton).toHaveAttribute("aria-disabled", "false");
      await this.charted();
    }
  }

  /** Completed steps, as shown. */
  async steps() {
    return numberIn(await this.page.locator("#step-count").textContent());
  }

  /** @param {number} step */
  async trainedTo(step, timeout = 120_000) {
    await expect.poll(() => this.steps(), { timeout }).toBeGreaterThanOrEqual(step);
  }

  /** Until what was under way when Pause was pressed has arrived: picture and count agree. */
  async rest() {
    const count = this.page.locator("#step-count");
    await expect(count).toHaveAttribute("aria-busy", "false", { timeout: 120_000 });
    await expect
      .poll(async () => (await this.gridSteps()) - (await this.steps()), { timeout: 120_000 })
      .toBe(0);
  }

  /** The step whose samples are shown. */
  async gridSteps() {
    const text = (await this.page.locator("#grid-caption").textContent()) ?? "";
    const isUntouched = text.includes("before training") || text.startsWith("Drawn by");
    return isUntouched ? 0 : numberIn(text.replace(/^\d+ samples/, ""));
  }

  /** The picture's bytes, in short. */
  grid() {
    return this.page.locator("#grid").evaluate(async (/** @type {HTMLCanvasElement} */ canvas) => {
      const context = canvas.getContext("2d");
      const { data } = /** @type {CanvasRenderingContext2D} */ (context).getImageData(
        0,
        0,
        canvas.width,
        canvas.height,
      );
      const hash = await crypto.subtle.digest("SHA-256", data);
      return Array.from(new Uint8Array(hash), (byte) => byte.toString(16)).join("");
    });
  }

  /** The five numbers beside the charts: D on real, D on fake, G, D(x), D(G(z)). */
  async readouts() {
    const texts = await this.page.locator(".charts .legend .value").allTextContents();
    return texts.map((text) => Number(text.replaceAll(",", "")));
  }

  /**
   * Pixels that a chart has drawn in its networks' colours.
   * @param {"loss" | "belief"} chart
   */
  plottedPixels(chart) {
    return this.page
      .locator(`#${chart}-plot canvas`)
      .evaluate((/** @type {HTMLCanvasElement} */ canvas) => {
        const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        let count = 0;
        for (let i = 0; i < data.length; i += 4) {
          const isGrey = Math.abs(data[i] - data[i + 2]) < 40;
          if (data[i + 3] > 200 && !isGrey) count += 1;
        }
        return count;
      });
  }

  /**
   * Opens the panel or the menu that holds something, as a person does who looks for it.
   * @param {Locator} locator
   */
  async reveal(locator) {
    const held = await locator.evaluate((element) => [
      element.closest("[role=tabpanel][hidden]")?.id,
      element.closest("[popover]:not(:popover-open)")?.id,
    ]);
    const [panel, menu] = held;
    if (panel) await this.page.locator(`[aria-controls="${panel}"]`).click();
    if (menu) await this.page.locator(`[popovertarget="${menu}"]`).click();
    await locator.scrollIntoViewIfNeeded();
  }

  /**
   * Opens the panel that a section is in, and looks at it: what few readers see is loaded in sight.
   * @param {string} title
   */
  async unfold(title) {
    await this.reveal(
      this.page.getByRole("heading", { name: title, exact: true, includeHidden: true }),
    );
  }

  /**
   * Presses a button, wherever it is.
   * @param {{ name: string | RegExp, exact?: boolean }} which
   */
  async press(which) {
    const button = this.page.getByRole("button", { ...which, includeHidden: true });
    await this.reveal(button);
    await button.click();
  }

  /**
   * A GAN or data that can be chosen.
   * @param {string | RegExp} name
   */
  choice(name) {
    return this.page.getByRole("radio", { name, includeHidden: true });
  }

  /** @param {string | RegExp} name */
  async choose(name) {
    // The data's are there once their menu has been open.
    if ((await this.choice(name).count()) === 0) await this.page.locator("#data-choice").click();
    await this.reveal(this.choice(name));
    // What is refused at once is not checked any more.
    await this.choice(name).click();
  }

  /**
   * What stands beside something that went wrong.
   * @param {string} place
   */
  problem(place) {
    return this.page.locator(`[data-problem="${place}"]`);
  }

  /** @param {"auto" | "webgpu" | "cpu"} device */
  async device(device) {
    await this.reveal(this.page.locator("#device"));
    await this.page.locator("#device").selectOption(device);
    await this.page.keyboard.press("Escape");
  }

  /** @param {string} name of a setting's text box */
  setting(name) {
    return this.page.getByRole("textbox", { name, includeHidden: true });
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  async set(name, value) {
    await this.reveal(this.setting(name));
    await this.setting(name).fill(value);
    await this.setting(name).press("Enter");
  }

  /**
   * Saves a file from the page.
   * @param {"Save run" | "Save generator" | "Save picture"} button
   */
  async save(button) {
    const [download] = await Promise.all([
      this.page.waitForEvent("download"),
      this.page.getByRole("button", { name: button }).click(),
    ]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  }

  /**
   * Chooses a run's file.
   * @param {string} name
   * @param {Buffer} buffer
   */
  async load(name, buffer) {
    const file = { name, mimeType: "application/octet-stream", buffer };
    await this.page.locator("#run-file").setInputFiles(file);
  }

  /**
   * Drops files on the page's drop zone.
   * @param {{ name: string, bytes: Uint8Array }[]} files
   */
  async drop(files) {
    const plain = files.map(({ name, bytes }) => ({ name, bytes: [...bytes] }));
    const transfer = await this.page.evaluateHandle((parts) => {
      const data = new DataTransfer();
      for (const { name, bytes } of parts) data.items.add(new File([new Uint8Array(bytes)], name));
      return data;
    }, plain);
    await this.page.locator("#drop-zone").dispatchEvent("drop", { dataTransfer: transfer });
  }
}

/** @param {string | null} text */
function numberIn(text) {
  return Number((text ?? "").replace(/[^\d.]/g, ""));
}

/**
 * Every test has its own page, and fails if that page asked another origin for anything.
 * @type {ReturnType<typeof base.extend<{ site: Site }>>}
 */
export const test = base.extend({
  site: async ({ page, baseURL }, use) => {
    /** @type {string[]} */
    const strangers = [];
    page.context().on("request", (request) => {
      const url = new URL(request.url());
      const isOwn = url.hostname === new URL(baseURL ?? "").hostname;
      if (!isOwn && url.protocol !== "data:" && url.protocol !== "blob:") strangers.push(url.href);
    });
    await use(new Site(page));
    expect(strangers, "requests to another origin").toEqual([]);
  },
});

export { expect };
