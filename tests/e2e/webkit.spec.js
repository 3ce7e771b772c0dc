// The page in WebKit, where its driver is installed: that it opens, draws, trains on the CPU, follows the hand, shows
// points while they move, and comes back after a reload.

import { expect, test } from "@playwright/test";
import { findWebKit, launchWebKit } from "./webkit.js";

const program = findWebKit();
/** As WebDriver writes it. */
const ARROW_RIGHT = "\ue014";

test("WebKit opens the page, draws digits, trains, follows the pad, shows points that move", async ({
  baseURL,
}) => {
  test.skip(program === undefined, "no WebKitWebDriver with a MiniBrowser and xvfb-run is here");
  // A machine without a language has given it a name that is none, at which a library threw.
  const webkit = await launchWebKit(/** @type {string} */ (program), { LANG: "C.UTF-8" });
  const says = (/** @type {string} */ selector) => expect.poll(() => webkit.text(selector));
  const steps = async () => Number((await webkit.text("#step-count")).replace(/\D/g, ""));
  const inked = (/** @type {string} */ selector) =>
    webkit.run(
      `const canvas = document.querySelector(arguments[0]);
       const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
       return data.some((value) => value !== 0);`,
      selector,
    );
  try {
    await webkit.open(`${baseURL}?device=auto&batch=8`);
    await says("#toggle").toBe("Train");
    await says("#grid-caption").toContain("Drawn by a generator trained for");
    await webkit.click("#digits button:nth-child(4)");
    await says("#grid-caption").toContain("all asked to be a 2");

    await webkit.open(`${baseURL}?preset=mlp&device=cpu&batch=8`);
    await says("#toggle").toBe("Train");
    await webkit.click("#toggle");
    await expect.poll(steps, { timeout: 120_000 }).toBeGreaterThan(5);
    await webkit.click("#toggle");
    await says("#toggle").toBe("Train");
    await expect.poll(() => inked("#loss-plot canvas")).toBe(true);
    await webkit.click("#tab-play");
    await expect.poll(() => inked("#pad-sample")).toBe(true);
    await webkit.type("#pad", ARROW_RIGHT);
    await says("#said").toBe("At +0.05 across, 0 up.");

    await webkit.click("#data-choice");
    await expect
      .poll(() => webkit.run("return document.querySelectorAll('#toy-list label').length"))
      .toBeGreaterThan(2);
    await webkit.click("#toy-list label:has([value=ring])");
    await says("#grid-caption").toMatch(/^After 0 steps/);
    await webkit.click("#toggle");
    // The picture moves on long before the first thousand.
    await says("#grid-caption").toMatch(/^After [1-9]/);
    expect(await steps()).toBeLessThan(1_000);
    await webkit.click("#toggle");
    await says("#toggle").toBe("Train");
    await webkit.reload();
    await says("#grid-caption").toMatch(/^After \d/);
    await says("#toggle").toBe("Train");

    // What is kept can be reached after a link was followed, with a run on the page that came from there.
    await says("#saved-offer").toContain("is kept at step");
    await webkit.click("#saved-offer button");
    await says("#saved-kept-words").toContain("Kept in this browser only");
    await webkit.open(`${baseURL}?preset=mlp&device=cpu&batch=8&seed=9`);
    await says("#toggle").toBe("Train");
    await says("#saved-offer").toContain("is kept at step");
    await webkit.click("#toggle");
    await says("#saved-kept-words").toContain("Kept in this browser only");
    await webkit.click("#toggle");
    await says("#toggle").toBe("Train");
  } finally {
    await webkit.close();
  }
});
