// The site works below any path of a host that only hands out files.

import { expect, test } from "./site.js";
import { serve } from "../../scripts/lib/serve.mjs";

test("trains below a path, from a host without special headers", async ({ site, page }) => {
  const host = await serve("dist", "/some/sub/path/");
  try {
    /** @type {string[]} */
    const requests = [];
    page.context().on("request", (request) => requests.push(request.url()));
    await site.open("?device=cpu&batch=4", host.url);
    await site.ready();
    await site.step();
    expect(requests.filter((url) => !url.startsWith(host.url))).toEqual([]);
    expect(requests.some((url) => url.endsWith(".wasm"))).toBe(true);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  } finally {
    host.close();
  }
});
