// A second language is a copied folder: the site is built with one that a test writes, and walked through. Whatever a
// reader sees or hears is of that folder, and has room, though its words are longer.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "vite";
import { expect, test as base } from "./site.js";
import { serve } from "../../scripts/lib/serve.mjs";
import { writePseudoLanguage } from "./pseudo-language.js";

/** @import { Page } from "@playwright/test" */

/** A phone's and a desk's. */
const WIDTHS = [390, 1440];

/** What is the same in every language, or none of the page's words. */
const SAME = [
  // Names: of programs, of people, of data and of what this is.
  /\b(WebGAN|Web|GAN|WebGPU|CPU|GPU|MNIST|Burn|Rust|Keras|PyTorch|PNG|IDX|GIF|Adam|RMSProp|ReLU|LeakyReLU|tanh)\b/gu,
  // Of the device, as the program and the browser name it.
  /WebAssembly SIMD/gu,
  // What the address says, and what may stand there.
  /\b(batch|lr)=\w+|such as 0\.001@67/gu,
  // Units and short forms that `Intl` gives in that language.
  /\d\s?(s|sek|min|godz|MB|GB|tys|mln)\b\.?/gu,
  /\b(dni|dzień)\b/gu,
];

/** Code is written in a programming language. */
const CODE = "pre, code, output, #code-text, textarea";

/** @type {ReturnType<typeof base.extend<{ foreign: string }>>} */
const test = base.extend({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what is asked for
  foreign: async ({}, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), "webgan-language-"));
    const [words, out] = [path.join(folder, "words"), path.join(folder, "site")];
    writePseudoLanguage("www/words/en", words);
    await build({
      logLevel: "error",
      resolve: { alias: [{ find: /^#words\//, replacement: `${words}/` }] },
      build: { outDir: out, minify: false },
    });
    const host = await serve(out, "/");
    await use(host.url);
    host.close();
    rmSync(folder, { recursive: true });
  },
});

/**
 * What is seen or heard and came from elsewhere, and what is cut off or spills, at each width.
 * @param {Page} page
 * @param {string} where
 */
async function expectAllIsOfTheLanguage(page, where) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    // What follows the window's size by script does so in the next frame.
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    const { texts, cut } = await page.evaluate(collected, CODE);
    expect(texts.filter((text) => text.includes("⟦")).length, where).toBeGreaterThan(2);
    const others = texts.filter((text) => /\p{L}{2,}/u.test(unmarked(text)));
    expect.soft(others, `${where}, ${width} px wide: of no language`).toEqual([]);
    expect.soft(cut, `${where}, ${width} px wide: without room`).toEqual([]);
  }
}

/** @param {string} text */
function unmarked(text) {
  const rest = text.replace(/⟦[^⟦⟧]*⟧/g, " ");
  return SAME.reduce((left, same) => left.replace(same, " "), rest);
}

/**
 * In the page: every text that is shown or read aloud, those of shadow trees too, and what its box hides of it.
 * @param {string} code
 */
function collected(code) {
  const texts = new Set();
  const cut = new Set();
  /** @param {Element} element */
  const isShown = (element) =>
    (element instanceof HTMLOptionElement
      ? (element.closest("select") ?? element)
      : element
    ).checkVisibility({ visibilityProperty: true });
  /** @param {Element} element */
  const nameOf = (element) =>
    `${element.tagName.toLowerCase()}#${element.closest("[id]")?.id}: ${element.textContent?.trim().slice(0, 60)}`;
  /** @param {HTMLSelectElement} select */
  const roomOf = (select) => {
    const copy = /** @type {HTMLSelectElement} */ (select.cloneNode());
    copy.append(new Option(select.selectedOptions[0]?.text ?? ""));
    copy.style.cssText = "position: absolute; width: max-content";
    select.after(copy);
    const width = copy.offsetWidth;
    copy.remove();
    return width;
  };
  /** @param {ParentNode} root */
  const visit = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot !== null) visit(element.shadowRoot);
      if (!isShown(element) || element.closest(code)) continue;
      for (const name of ["aria-label", "aria-valuetext", "title", "placeholder", "alt"]) {
        texts.add(element.getAttribute(name) ?? "");
      }
      for (const node of element.childNodes) {
        if (node instanceof Text) texts.add(node.data.trim());
      }
      const { overflowX, overflowY } = getComputedStyle(element);
      const hides = (/** @type {string} */ overflow) => /hidden|clip/.test(overflow);
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
      if (element instanceof HTMLSelectElement && roomOf(element) > element.offsetWidth) {
        cut.add(`${nameOf(element)} (the choice)`);
      }
      // One pixel is what is for screen readers alone.
      if (clientWidth <= 1 || element.textContent?.trim() === "") continue;
      if (/visible/.test(overflowX) && scrollWidth > clientWidth + 1)
        cut.add(`${nameOf(element)} (spills)`);
      if (hides(overflowX) && scrollWidth > clientWidth) cut.add(`${nameOf(element)} (across)`);
      if (hides(overflowY) && scrollHeight > clientHeight) cut.add(`${nameOf(element)} (down)`);
    }
  };
  visit(document);
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) cut.add(`the page itself, ${scrollWidth} > ${clientWidth}`);
  return { texts: [...texts], cut: [...cut] };
}

test("another language is a copied folder: nothing of the page is said outside of it, or cut off", async ({
  site,
  page,
  foreign,
}) => {
  await site.open("?device=cpu&preset=mlp&batch=4", foreign);
  await site.ready();
  await expect(page.locator("html")).toHaveAttribute("lang", "pl");
  for (const step of ["1", "2"]) {
    await page.locator("#step").click();
    await expect(page.locator("#step-count")).toHaveText(step);
    await expect(page.locator("#step")).toHaveAttribute("aria-disabled", "false");
  }
  // Polish has a form of its own for two.
  await expect(page.locator("#grid-caption")).toContainText(/⟦2 \S+‹f›⟧/);

  await expectAllIsOfTheLanguage(page, "the start");
  const tabs = await page.getByRole("tab").all();
  expect(tabs).toHaveLength(9);
  for (const tab of tabs) {
    await tab.click();
    await site.loaded();
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    await expectAllIsOfTheLanguage(page, `${await tab.textContent()}`);
  }
  const menus = await page.locator(".choosers [popovertarget]").all();
  expect(menus).toHaveLength(3);
  for (const menu of menus) {
    await menu.click();
    await site.loaded();
    await expectAllIsOfTheLanguage(page, `${await menu.textContent()}`);
    await page.keyboard.press("Escape");
  }

  // Points, and what is refused.
  await site.open("?device=cpu&data=ring&batch=0&lr=x", foreign);
  await site.ready();
  await page.locator("#step").click();
  await expect(page.locator("#step-count")).toHaveText("1");
  await expect(site.problem("address")).toBeVisible();
  await expectAllIsOfTheLanguage(page, "points");

  await site.open("embed.html?device=cpu&preset=mlp&batch=4", foreign);
  await expect(page.locator("html")).toHaveAttribute("lang", "pl");
  const play = page.locator("web-gan [part='button button-play']");
  await expectAllIsOfTheLanguage(page, "the element, idle");
  await play.click();
  await expect(page.locator("web-gan .numbers")).toContainText("1");
  await expectAllIsOfTheLanguage(page, "the element, training");
  await play.click();
  await expectAllIsOfTheLanguage(page, "the element, paused");
});
