// `npm run bench:start`: from navigation to the first training step on the CPU path, on the built site
// in dist/ (`npm run build` first), each time in a browser that knows nothing of it. Not a test.

import { main, say } from "../scripts/lib/proc.mjs";
import { serveSite } from "../scripts/lib/serve.mjs";
import { requireChrome } from "../scripts/setup/browser.mjs";
import { requireNodeModules } from "../scripts/setup/npm.mjs";

const ROUNDS = 7;
const ADDRESS = "?device=cpu&preset=mlp";

await main(import.meta.url, async () => {
  await requireNodeModules();
  await requireChrome();
  // Only now: they import what was just installed.
  const [{ openBrowser }, { median }] = await Promise.all([
    import("./lib/browser.mjs"),
    import("./lib/contest.mjs"),
  ]);
  const server = await serveSite();
  /** @type {number[]} */
  const starts = [];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const browser = await openBrowser(false);
      const page = await browser.newPage();
      await page.addInitScript(pressTrain);
      await page.goto(server.url + ADDRESS, { waitUntil: "commit" });
      const answer = await page.waitForSelector("html[data-first-step]", { state: "attached" });
      starts.push(Number(await answer.getAttribute("data-first-step")));
      await browser.close();
    }
  } finally {
    server.close();
  }
  const all = starts.map((ms) => ms.toFixed(0)).join(", ");
  say(
    `from navigation to the first step shown: ${median(starts).toFixed(0)} ms (median of ${all})`,
  );
});

/* global document, requestAnimationFrame */
/** In the page: presses Train as soon as it can be pressed, and looks for the first step. */
function pressTrain() {
  let pressed = false;
  const look = () => {
    const button = document.querySelector("#toggle");
    if (!pressed && button?.getAttribute("aria-disabled") === "false") {
      pressed = true;
      /** @type {HTMLElement} */ (button).click();
    }
    const steps = document.querySelector("#step-count")?.textContent ?? "0";
    if (pressed && Number.parseInt(steps, 10) > 0) {
      document.documentElement.dataset.firstStep = String(performance.now());
      return;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
