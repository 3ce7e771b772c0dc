// The HTML that puts the element into a page, as text to be copied: the element itself, or an iframe.

import { snippet as texts } from "#words/snippet.js";

/** @typedef {Readonly<Record<string, string | number | null>>} Attributes null: left out */

/**
 * @param {string} site the site's address, with a slash at its end
 * @param {Attributes} attributes
 */
export function elementSnippet(site, attributes) {
  const script = new URL("web-gan.js", site).href;
  const written = shown(attributes)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join("");
  return `<script type="module" src="${escaped(script)}"></script>\n<web-gan${written}></web-gan>`;
}

/**
 * @param {string} site
 * @param {Attributes} attributes
 * @param {boolean} hasBoard which is below the picture
 */
export function frameSnippet(site, attributes, hasBoard) {
  const page = new URL("embed.html", site);
  for (const [name, value] of shown(attributes)) page.searchParams.set(name, value);
  const shape = hasBoard ? "1 / 2" : "3 / 4";
  const style = `width: 100%; max-width: 30rem; aspect-ratio: ${shape}; border: 0`;
  return `<iframe src="${escaped(page.href)}" title="${escaped(texts.title)}" loading="lazy" style="${style}"></iframe>`;
}

/**
 * @param {Attributes} attributes
 * @returns {[string, string][]}
 */
function shown(attributes) {
  return Object.entries(attributes).flatMap(([name, value]) =>
    value === null ? [] : [[name, String(value)]],
  );
}

/** @param {string} text to stand between double quotes */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
