// A Vite plugin: puts the words of www/words/ into the pages that readers see, where `{{name}}` stands for them. The
// documents, element.html and 404.html, have words of their own.

import path from "node:path";
import { pathToFileURL } from "node:url";

/** Which group of words a page is filled with. @type {Readonly<Record<string, string>>} */
const PAGES = { "/index.html": "html", "/embed.html": "embed-html" };

/** @returns {import("vite").Plugin} */
export function words() {
  let root = "";
  /** By the page's path. @type {Map<string, Record<string, string>>} */
  const words = new Map();
  return {
    name: "webgan-words",
    configResolved(config) {
      root = config.root;
    },
    // From where the page's modules have theirs: another language is chosen in one place for both.
    async buildStart() {
      const of = async (/** @type {string} */ group) => {
        const found = await this.resolve(`#words/${group}.js`, path.join(root, "index.html"));
        if (found === null) this.error(`there are no words of the group ${group}`);
        return import(pathToFileURL(found.id).href);
      };
      const { language } = await of("language");
      for (const [page, group] of Object.entries(PAGES)) {
        words.set(page, { language, ...(await of(group)).html() });
      }
    },
    transformIndexHtml: {
      order: "pre",
      handler(page, context) {
        const own = words.get(context.path);
        return own === undefined ? page : fill(page, own);
      },
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
      throw new Error(`a page asks for {{${name}}}, for which there are no words`);
    }
    unused.delete(name);
    return words[name];
  };
  const filled = page
    .replace(/="\{\{(\w+)\}\}"/g, (_, name) => `="${escaped(of(name))}"`)
    .replace(/\{\{(\w+)\}\}/g, (_, name) => of(name));
  if (unused.size > 0) {
    const names = [...unused].join(", ");
    throw new Error(`there are words for which the page has no place: ${names}`);
  }
  return filled;
}

/** @param {string} text to stand between double quotes */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
