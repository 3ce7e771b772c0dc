// A Vite plugin: puts the words of www/words/ into index.html, where `{{name}}` stands for them. The other
// pages have words of their own.

import path from "node:path";
import { pathToFileURL } from "node:url";

const FILE = "index.html";

/** @returns {import("vite").Plugin} */
export function words() {
  let root = "";
  /** @type {Record<string, string>} */
  let words;
  return {
    name: "webgan-words",
    configResolved(config) {
      root = config.root;
    },
    // From where the page's modules have theirs: another language is chosen in one place for both.
    async buildStart() {
      const of = async (/** @type {string} */ group) => {
        const found = await this.resolve(`#words/${group}.js`, path.join(root, FILE));
        if (found === null) this.error(`there are no words of the group ${group}`);
        return import(pathToFileURL(found.id).href);
      };
      const [{ html }, { language }] = [await of("html"), await of("language")];
      words = { language, ...html() };
    },
    transformIndexHtml: {
      order: "pre",
      handler: (page, context) => (context.path === `/${FILE}` ? fill(page, words) : page),
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
