// `npm run wheel`: the Python package (python/) as one file in python/dist/. The element is built anew for it: one
// script, whose files have addresses of a site that cannot be, as the kernel gives them (python/src/webgan/widget.js).
// With it travel the worker, both programs, the trained generators, the posters and the digits.

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

import { ensureData } from "./data.mjs";
import { environment, root } from "./lib/places.mjs";
import { Failure, main, run, say } from "./lib/proc.mjs";
import { neededPython } from "./lib/python.mjs";
import { setUpBuild } from "./setup.mjs";
import { plainImports } from "./site/plain.mjs";
import { buildWasm } from "./wasm.mjs";

const PROJECT = path.join(root, "python");
const FILES = path.join(PROJECT, "src/webgan/files");
const DIST = path.join(PROJECT, "dist");

/** The element's files, into the package's folder. */
export async function buildNotebookFiles() {
  await setUpBuild();
  await buildWasm();
  await ensureData();
  const [{ build }, { default: site }] = await Promise.all([
    import("vite"),
    import("../vite.config.js"),
  ]);
  await build({
    ...site,
    root,
    base: "https://webgan.invalid/",
    configFile: false,
    publicDir: false,
    plugins: [plainImports()],
    logLevel: "warn",
    build: {
      ...site.build,
      outDir: FILES,
      emptyOutDir: true,
      // In the script, so that a picture is there as soon as the element is.
      assetsInlineLimit: (file) => file.endsWith(".webp"),
      rolldownOptions: {
        input: path.join(root, "www/web-gan.js"),
        preserveEntrySignatures: "strict",
        output: { codeSplitting: false, entryFileNames: "[name].js" },
      },
    },
  });
  // Packed as they go through the notebook's messages.
  for (const { name, parentPath } of readdirSync(FILES, { recursive: true, withFileTypes: true })) {
    if (!/\.(js|wasm)$/.test(name)) continue;
    const file = path.join(parentPath, name);
    writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
    rmSync(file);
  }
  const take = (/** @type {string} */ from, /** @type {string} */ to) =>
    cpSync(path.join(root, from), path.join(FILES, to), { recursive: true });
  take("custom-elements.json", "custom-elements.json");
  take("www/posters", "posters");
  take("www/models", "models");
  rmSync(path.join(FILES, "models/classifier.safetensors")); // it measures, on the site
  mkdirSync(path.join(FILES, "mnist"));
  for (const name of readdirSync(path.join(root, "www/data/mnist"))) {
    if (name.startsWith("train-")) take(`www/data/mnist/${name}`, `mnist/${name}`);
  }
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) {
    cpSync(path.join(root, name), path.join(PROJECT, name));
  }
}

/** @returns {Promise<string>} the package's file */
export async function buildWheel() {
  await buildNotebookFiles();
  const python = await neededPython("wheel", "pip", ["pip>=23"]);
  rmSync(DIST, { recursive: true, force: true });
  const args = ["-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"];
  const env = environment();
  if (!(await run(python, [...args, "--no-deps", "-w", DIST, PROJECT], { env }))) {
    throw new Failure("pip did not build the package: its own words are above.");
  }
  return path.join(DIST, readdirSync(DIST)[0]);
}

await main(import.meta.url, async () => {
  say(`${path.relative(root, await buildWheel())} is for \`pip install\``);
});
