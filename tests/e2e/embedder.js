// Somebody else's page with the element in it: pages written in the test, served with the headers that
// the test names, and the built site below a path of the same or of another origin.

import { expect, test as base } from "@playwright/test";
import { serve } from "../../scripts/lib/serve.mjs";

/** @import { Locator, Page } from "@playwright/test" */

/**
 * A host of pages and of the folder dist/, which lies below /gan/.
 * @typedef {object} Host
 * @property {string} origin
 * @property {(name: string, body: string, headers?: Record<string, string>) => string} page a page's
 *   address
 * @property {() => void} close
 */

/**
 * @param {Record<string, string>} [headers] of every file
 * @param {string} [folder] to be served below /gan/
 * @returns {Promise<Host>}
 */
export async function host(headers = {}, folder = "dist") {
  /** @type {Map<string, { body: string, headers: Record<string, string> }>} */
  const pages = new Map();
  const server = await serve(folder, "/gan/", (response, pathname) => {
    const page = pages.get(pathname);
    for (const [name, value] of Object.entries(page?.headers ?? headers)) {
      response.setHeader(name, value);
    }
    if (page === undefined) return false;
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(page.body);
    return true;
  });
  const { origin } = new URL(server.url);
  return {
    origin,
    page(name, body, pageHeaders = {}) {
      const html = `<!doctype html><html lang="en"><title>${name}</title><link rel="icon" href="data:,"><body>${body}</body></html>`;
      pages.set(`/${name}`, { body: html, headers: pageHeaders });
      return `${origin}/${name}`;
    },
    close: server.close,
  };
}

/** The one line's first half. */
export const SCRIPT = `<script type="module" src="/gan/web-gan.js"></script>`;

/** What keeps the element's place until it is known, as its documentation gives it. */
export const PLACEHOLDER = `<style>
  web-gan:not(:defined) { display: block; max-width: 30rem; margin-inline: auto; aspect-ratio: 1; padding-bottom: 9.375rem }
</style>`;

/**
 * Quick to train.
 * @param {string} [attributes]
 */
export function gan(attributes = "") {
  return `<web-gan preset="dense" device="cpu" batch-size="4" ${attributes}></web-gan>`;
}

/** One element, as a reader sees and presses it, and as a script does. */
export class Gan {
  /** @param {Locator} element */
  constructor(element) {
    this.element = element;
    this.train = element.getByRole("button", { name: "Train", exact: true });
    this.pause = element.getByRole("button", { name: "Pause", exact: true });
    this.words = element.getByRole("status");
    this.canvas = element.locator("canvas");
  }

  /** Completed steps, as shown. */
  async steps() {
    const text = (await this.element.locator(".numbers").textContent()) ?? "";
    return Number((/^Step ([\d,]+)/.exec(text)?.[1] ?? "0").replaceAll(",", ""));
  }

  /** @param {number} step */
  async trainedTo(step) {
    await expect.poll(() => this.steps()).toBeGreaterThanOrEqual(step);
  }

  /**
   * Names of the element's events and what they say, from now on.
   * @returns {Promise<() => Promise<{ type: string, detail: any }[]>>}
   */
  async listen() {
    const heard = await this.element.evaluateHandle((element) => {
      /** @type {{ type: string, detail: any }[]} */
      const all = [];
      for (const name of ["ready", "progress", "step", "metrics", "error", "visibility"]) {
        element.addEventListener(`gan-${name}`, (event) => {
          all.push({ type: event.type, detail: /** @type {CustomEvent} */ (event).detail });
        });
      }
      return all;
    });
    return () => heard.jsonValue();
  }
}

/**
 * @param {Page} page
 * @returns {string[]} grows with every request for more than the loader and its picture
 */
export function heavyRequests(page) {
  /** @type {string[]} */
  const urls = [];
  page.context().on("request", (request) => {
    if (/\.wasm|\.gz|worker|session/.test(request.url())) urls.push(request.url());
  });
  return urls;
}

/** @type {ReturnType<typeof base.extend<{ embedder: Host }>>} */
export const test = base.extend({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what is asked for
  embedder: async ({}, use) => {
    const own = await host();
    await use(own);
    own.close();
  },
});

export { expect };
