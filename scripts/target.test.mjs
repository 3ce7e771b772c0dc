// Two checkouts that share a target folder, with cargo itself.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { test } from "node:test";

import { ownTarget } from "./lib/target.mjs";

test("a checkout never gets what another one compiled", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "webgan-target-"));
  try {
    const target = path.join(folder, "target");
    const says = (/** @type {string} */ name) => {
      const root = path.join(folder, name);
      ownTarget(target, root, "tiny");
      const env = { ...process.env, CARGO_TARGET_DIR: target };
      const { stdout, stderr } = spawnSync("cargo", ["run", "-q", "--offline"], {
        ...{ cwd: root, env, encoding: "utf8" },
      });
      return stdout + stderr;
    };
    for (const name of ["old", "new"]) {
      const root = path.join(folder, name);
      mkdirSync(path.join(root, "src"), { recursive: true });
      writeFileSync(
        path.join(root, "Cargo.toml"),
        '[package]\nname = "tiny"\nedition = "2024"\n[workspace]\n',
      );
      const main = path.join(root, "src", "main.rs");
      writeFileSync(main, `fn main() { print!("${name}"); }`);
      const hourAgo = Date.now() / 1000 - 3600;
      utimesSync(main, hourAgo, hourAgo);
      utimesSync(path.join(root, "Cargo.toml"), hourAgo, hourAgo);
    }
    assert.deepEqual(["old", "new", "old", "old"].map(says), ["old", "new", "old", "old"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
