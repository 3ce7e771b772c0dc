// `npm run check:rust`: compiles the Rust that the page writes, for every preset, plain and with every ingredient, as
// one crate with the versions of Cargo.lock. Burn is compiled for it once, in a target folder of its own in the cache;
// that takes minutes, so `npm test` does without.

import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { rustOf } from "../www/code/rust.js";
import { rich } from "../tests/unit/rich.js";
import { cache, environment, root, scratch } from "./lib/places.mjs";
import { Failure, main, run } from "./lib/proc.mjs";

const version = /^burn = \{ version = "([^"]+)"/m;

await main(import.meta.url, async () => {
  const folder = scratch("rust-code");
  mkdirSync(path.join(folder, "src"), { recursive: true });
  const burn = version.exec(readFileSync(path.join(root, "Cargo.toml"), "utf8"))?.[1];
  if (burn === undefined) throw new Failure("Cargo.toml does not name a version of Burn.");
  const manifest = [
    ...['[package]\nname = "listings"\nversion = "0.0.0"\nedition = "2024"', "[workspace]"],
    `[dependencies]\nburn = { version = "${burn}", default-features = false, features = ["std", "train", "flex"] }\n`,
  ].join("\n");
  writeFileSync(path.join(folder, "Cargo.toml"), manifest);
  copyFileSync(path.join(root, "Cargo.lock"), path.join(folder, "Cargo.lock"));
  const heads = JSON.parse(readFileSync(path.join(root, "tests/unit/recipes.json"), "utf8"));
  const names = Object.entries(heads).flatMap(([id, { config, networks }]) =>
    [
      { name: id, recipe: config },
      { name: `${id}-rich`, recipe: rich(config) },
    ].map(({ name, recipe }) => {
      const module = name.replaceAll("-", "_");
      writeFileSync(path.join(folder, "src", `${module}.rs`), rustOf(recipe, networks, name));
      return module;
    }),
  );
  const lib = names.map((name) => `pub mod ${name};\n`).join("");
  writeFileSync(path.join(folder, "src", "lib.rs"), lib);
  const env = { ...environment(), CARGO_TARGET_DIR: path.join(cache, "listings") };
  const manifestPath = path.join(folder, "Cargo.toml");
  const passed = await run("cargo", ["check", "--manifest-path", manifestPath], { env });
  rmSync(folder, { recursive: true, force: true });
  if (!passed) throw new Failure("Rust did not take the code: its own words are above.");
});
