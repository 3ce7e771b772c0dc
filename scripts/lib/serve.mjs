// The dullest static host there is: files under a path, a content type, and no other header.

import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";

/** @type {Record<string, string>} */
const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** @import { ServerResponse } from "node:http" */

/**
 * @param {string} folder
 * @param {string} prefix begins and ends with a slash
 * @param {(response: ServerResponse) => boolean} [instead] answers in its place, where it returns true
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export function serve(folder, prefix, instead = () => false) {
  const server = createServer((request, response) => {
    if (instead(response)) return;
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
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
