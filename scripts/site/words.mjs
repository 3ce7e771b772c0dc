// A Vite plugin: puts the words of www/words/ into index.html, where `{{name}}` stands for them. The other
// pages have words of their own.

import { html } from "#words/html.js";
import { language } from "#words/language.js";

const FILE = "index.html";

/** @returns {import("vite").Plugin} */
export function words() {
  return {
    name: "webgan-words",
    transformIndexHtml: {
      order: "pre",
      handler: (page, { path }) =>
        path === `/${FILE}` ? fill(page, { language, ...html() }) : page,
    },
  };
}

/**
 * Between tags words may hold tags: they are ours. In an attribute they are text.
 * @param {string} page
 * @param {Readonly<Record<string, string>>} words by name
 */
export function fill(page, words) {
  const unused = new Set(Object.keys(words));
  const of = (/** @type {string} */ name) => {
    if (!Object.hasOwn(words, name)) {
      throw new Error(`${FILE} asks for {{${name}}}, for which html.js has no words`);
    }
    unused.delete(name);
    return words[name];
  };
  const filled = page
    .replace(/="\{\{(\w+)\}\}"/g, (_, name) => `="${escaped(of(name))}"`)
    .replace(/\{\{(\w+)\}\}/g, (_, name) => of(name));
  if (unused.size > 0) {
    const names = [...unused].join(", ");
    throw new Error(`html.js has words for which ${FILE} has no place: ${names}`);
  }
  return filled;
}

/** @param {string} text to stand between double quotes */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
