// How the page is served and built. The site works from any path, and the sets of data keep their
// relative address (www/data/mnist/ and others) in both, as the trained networks do (www/models/).

import { cpSync, createReadStream, existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { defineConfig } from "vite";

import { fingerprint } from "./scripts/lib/files.mjs";
import { fingerprintOf } from "./scripts/site/sets.mjs";
import { offline } from "./scripts/site/offline.mjs";
import { plainImports, plainTags } from "./scripts/site/plain.mjs";
import { words } from "./scripts/site/words.mjs";

const DATA = "www/data";
const DIGITS = `${DATA}/mnist`;
const MODELS = "www/models";

// The address that the site is published at, ending in a slash: previews of links need all of it.
process.env.VITE_SITE ??= "./";
// Of the files that keep their names: pages of a build ask for its own.
process.env.VITE_FILES_VERSION = fingerprint(import.meta.dirname, [DATA, MODELS]).slice(0, 8);
/** What the service worker adds on other hosts: pages that may share memory, and so have threads. */
const headers = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

// The sets that can be chosen: those that were made.
process.env.VITE_SETS = readdirSync(path.join(import.meta.dirname, DATA))
  .map((name) => `${name} ${fingerprintOf(path.join(import.meta.dirname, DATA, name))}`)
  .join(",");

export default defineConfig({
  base: "./",
  // A missing file is a 404, not a copy of the page.
  appType: "mpa",
  server: { host: "localhost", strictPort: false, headers, watch: { ignored: ["**/target/**"] } },
  preview: { host: "localhost", strictPort: false, headers },
  // One file: whoever bundles the element again takes the worker as it is (www/engine/spawn.js).
  worker: { format: "es", rolldownOptions: { output: { codeSplitting: false } } },
  build: {
    target: "es2022",
    // The first that know light-dark(): for others it would be rewritten, and the element's no longer follow its page.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: ["index.html", "element.html", "embed.html", "404.html", "www/web-gan.js"],
      // What others' pages name keeps its name.
      output: {
        entryFileNames: ({ name }) =>
          name === "web-gan" ? "web-gan.js" : "assets/[name]-[hash].js",
      },
      preserveEntrySignatures: "exports-only",
    },
  },
  plugins: [words(), data(), offline(), plainTags(), plainImports()],
});

/**
 * Serves the gzipped data as they are. Vite would say `Content-Encoding: gzip`, the browser would
 * unpack them, and what works here would first meet a `.gz` on the host it is published on.
 * A build takes them along, and the trained networks.
 * @returns {import("vite").Plugin}
 */
function data() {
  let root = "";
  let out = "";
  /** @type {(base: () => string) => import("vite").Connect.NextHandleFunction} */
  const serve = (base) => (request, response, next) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const at = pathname.lastIndexOf(`/${DATA}/`);
    const name = path.posix.normalize(pathname.slice(at + DATA.length + 2));
    if (at < 0 || !/^[\w-]+\/[\w-]+\.gz$/.test(name)) return next();
    const file = path.join(base(), DATA, name);
    const found = statSync(file, { throwIfNoEntry: false });
    if (!found) return next();
    response.setHeader("Content-Type", "application/octet-stream");
    response.setHeader("Content-Length", found.size);
    response.setHeader("Cache-Control", "no-cache");
    return createReadStream(file).pipe(response);
  };
  return {
    name: "webgan-data",
    configResolved(config) {
      root = config.root;
      out = path.resolve(root, config.build.outDir);
    },
    configureServer({ middlewares }) {
      middlewares.use(serve(() => root));
    },
    configurePreviewServer({ middlewares }) {
      middlewares.use(serve(() => out));
    },
    writeBundle() {
      const from = path.join(root, DATA);
      if (!existsSync(path.join(root, DIGITS))) {
        this.error(`${DIGITS} is missing: run \`npm run data\``);
      }
      cpSync(from, path.join(out, DATA), { recursive: true });
      // The page does without those that are missing.
      const models = path.join(root, MODELS);
      if (existsSync(models)) cpSync(models, path.join(out, MODELS), { recursive: true });
    },
  };
}
