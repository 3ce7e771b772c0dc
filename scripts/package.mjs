// `npm pack` runs this first: builds the element alone into package/, with its types, the trained
// generators and the posters, for other people's projects. The digits are not part of it. npm packs README.md, so
// the package's own (docs/PACKAGE.md) takes its place; `-- --after`, when all is packed, puts it back.

import { cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

import { sheet } from "#words/sheet.js";

import { root } from "./lib/places.mjs";
import { main, say } from "./lib/proc.mjs";
import { plainImports } from "./site/plain.mjs";
import { fill } from "./site/words.mjs";
import { setUpBuild } from "./setup.mjs";
import { buildWasm } from "./wasm.mjs";

const out = path.join(root, "package");

const README = path.join(root, "README.md");
const KEPT = path.join(root, ".README.md.kept");

await main(import.meta.url, async (args) => {
  // Also of a time that was broken off.
  if (existsSync(KEPT)) renameSync(KEPT, README);
  if (args.includes("--after")) return;
  await setUpBuild();
  await buildWasm();
  const [{ build }, { default: site }] = await Promise.all([
    import("vite"),
    import("../vite.config.js"),
  ]);
  await build({
    ...site,
    root,
    configFile: false,
    publicDir: false,
    plugins: [plainImports()],
    logLevel: "warn",
    build: {
      ...site.build,
      outDir: out,
      emptyOutDir: true,
      rolldownOptions: {
        input: path.join(root, "www/web-gan.js"),
        preserveEntrySignatures: "strict",
        output: {
          entryFileNames: "[name].js",
          chunkFileNames: "assets/[name]-[hash].js",
          assetFileNames: ({ names }) =>
            names[0]?.endsWith(".webp")
              ? "posters/[name][extname]"
              : "assets/[name]-[hash][extname]",
        },
      },
    },
  });
  const css = readFileSync(path.join(root, "www/web-gan.css"), "utf8");
  // Pages and servers that name no encoding are read in another one.
  const plain = fill(css, sheet).replace(/\P{ASCII}/gu, (letter) => {
    return `\\${letter.codePointAt(0)?.toString(16)} `;
  });
  writeFileSync(path.join(out, "web-gan.css"), plain);
  for (const name of ["web-gan.d.ts", "cdn.js"]) {
    cpSync(path.join(root, "www", name), path.join(out, name));
  }
  cpSync(path.join(root, "www/types"), out, { recursive: true });
  for (const name of readdirSync(path.join(root, "www/models"))) {
    if (name === "classifier.safetensors") continue; // it measures, on the site
    cpSync(path.join(root, "www/models", name), path.join(out, "models", name));
  }
  renameSync(README, KEPT);
  cpSync(path.join(root, "docs/PACKAGE.md"), README);
  say("the element is in package/; `npm pack` makes a file of it");
});
