// `npm run posters [-- PRESET…]`: the pictures that the element shows before anybody asks it to train, into
// www/posters/: one for each preset whose trained generator is shipped, and one of what makes pictures out of others,
// which is trained for it. It takes them from the built site in dist/ (`npm run build` first), so that a poster is what
// is drawn there. And of one of them, what the site shows where it is linked to (public/).

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { root } from "./lib/places.mjs";
import { main, say } from "./lib/proc.mjs";
import { serveSite } from "./lib/serve.mjs";
import { requireChrome } from "./setup/browser.mjs";
import { requireNodeModules } from "./setup/npm.mjs";

const QUALITY = 0.8;
/** No generator of it is shipped, as it is shown by what a reader gives it. */
const PAIRS = "pix2pix";
/** Its schedule may take so long. */
const TRAINED_MS = 3_600_000;
const models = path.join(root, "www/models");
const posters = path.join(root, "www/posters");
const published = path.join(root, "public");

await main(import.meta.url, async (args) => {
  await requireNodeModules();
  await requireChrome();
  // Only now: it imports what was just installed.
  const { openBrowser } = await import("../bench/lib/browser.mjs");
  mkdirSync(posters, { recursive: true });
  const server = await serveSite();
  const browser = await openBrowser(false);
  try {
    for (const preset of args.length > 0 ? args : presets()) {
      const page = await browser.newPage({ serviceWorkers: "block" });
      await page.goto(`${server.url}?device=cpu&seed=1&preset=${preset}`);
      if (preset === PAIRS) await train(page);
      else await page.getByText("Drawn by a generator").waitFor();
      const url = await page.locator("#grid").evaluate(toWebp, QUALITY);
      const bytes = Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
      writeFileSync(path.join(posters, `${preset}.webp`), bytes);
      say(`www/posters/${preset}.webp has ${(bytes.length / 1e3).toFixed(1)} kB`);
      await page.close();
    }
    await drawCards(browser);
  } finally {
    await browser.close();
    server.close();
  }
});

/** @param {import("@playwright/test").Browser} browser */
async function drawCards(browser) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 630 } });
  const poster = readFileSync(path.join(posters, "modern.webp")).toString("base64");
  await page.setContent(`
    <body style="margin:0;display:grid;grid-template-columns:1fr 788px;height:630px;background:#f6f3ed;color:#1e1c19">
      <div style="align-self:center;padding:0 36px;font:600 46px/1.12 Palatino,Georgia,serif">
        <div style="font:400 30px/2.4 system-ui,sans-serif">Web<b>GAN</b></div>
        Two networks teach each other to draw, <span style="color:#b8401a">in this tab.</span>
      </div>
      <img src="data:image/webp;base64,${poster}"
        style="width:788px;height:630px;image-rendering:pixelated">
    </body>`);
  await page.locator("img").evaluate((/** @type {any} */ image) => image.decode());
  await page.screenshot({ path: path.join(published, "og.png") });
  await page.setViewportSize({ width: 180, height: 180 });
  const icon = readFileSync(path.join(root, "www/icon.svg"), "utf8");
  await page.setContent(`<body style="margin:0;background:#17171c">${icon}</body>`);
  await page.screenshot({ path: path.join(published, "touch-icon.png") });
  say("public/og.png and public/touch-icon.png are drawn");
}

function presets() {
  const names = readdirSync(models).map((name) => path.parse(name).name);
  return [...names.filter((name) => name !== "classifier"), PAIRS];
}

/**
 * To the end of its schedule.
 * @param {import("@playwright/test").Page} page
 */
async function train(page) {
  const toggle = page.locator("#toggle");
  await page.locator("#toggle[aria-disabled=false]").click();
  await toggle.getByText("Pause").waitFor();
  await toggle.getByText("Train").waitFor({ timeout: TRAINED_MS });
}

/**
 * In the page.
 * @param {Element} canvas
 * @param {number} quality
 */
function toWebp(canvas, quality) {
  return /** @type {HTMLCanvasElement} */ (canvas).toDataURL("image/webp", quality);
}
