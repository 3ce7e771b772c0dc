// Serves the benchmark's page, the peers bundled by Vite and our program from www/pkg/.

import path from "node:path";
import { createServer } from "vite";

import { root } from "../../scripts/lib/places.mjs";
import { folder } from "./install.mjs";

/**
 * @param {boolean} threads whether the page may share memory between threads
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serve(threads) {
  const isolation = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
  };
  const server = await createServer({
    configFile: false,
    root: folder,
    cacheDir: path.join(folder, "node_modules", ".vite"),
    logLevel: "warn",
    server: {
      host: "localhost",
      port: 0,
      hmr: false,
      watch: null,
      fs: { allow: [root] },
      headers: threads ? isolation : {},
    },
    // Bundled before the page asks: a reload in the middle would lose the contestants.
    optimizeDeps: {
      noDiscovery: true,
      include: [
        "@jax-js/jax",
        "@tensorflow/tfjs",
        "@tensorflow/tfjs-backend-wasm",
        "@tensorflow/tfjs-backend-webgpu",
      ],
    },
  });
  await server.listen();
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error("Vite has no address");
  return { url, close: () => server.close() };
}
