// The dullest static host there is: files under a path, a content type, and no other header. The one of all tests
// and scripts that look at the built site; what they want otherwise, they answer themselves.

import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";

import { root } from "./places.mjs";
import { Failure } from "./proc.mjs";

/** @type {Record<string, string>} */
const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webp": "image/webp",
};

/** @import { ServerResponse } from "node:http" */

/**
 * @param {string} folder
 * @param {string} prefix begins and ends with a slash
 * @param {(response: ServerResponse, pathname: string) => boolean} [instead] answers in its place, where it returns
 *   true
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export function serve(folder, prefix, instead = () => false) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (instead(response, pathname)) return;
    const name = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    const file = path.join(folder, path.normalize(name.slice(prefix.length - 1)));
    if (!name.startsWith(prefix) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader("Content-Type", TYPES[path.extname(file)] ?? "application/octet-stream");
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, "localhost", () => {
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("no port");
      resolve({
        url: `http://localhost:${address.port}${prefix}`,
        close: () => {
          server.closeAllConnections();
          server.close();
        },
      });
    });
  });
}

/**
 * The built site, at a host's root.
 * @throws {Failure} where there is none
 */
export async function serveSite() {
  const folder = path.join(root, "dist");
  if (existsSync(path.join(folder, "index.html"))) return serve(folder, "/");
  throw new Failure("dist/ is missing: run `npm run build` first.");
}
