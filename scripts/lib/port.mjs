// A port for a server that a check starts. Whoever is slow to take it may find it taken.

import { createServer } from "node:net";

/** @returns {Promise<number>} a port that is free */
export function freePort() {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "localhost", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
