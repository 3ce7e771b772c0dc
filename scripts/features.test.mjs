// Which features are compiled together, with the crate's own list.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

import { chosen, combinations } from "./lib/features.mjs";
import { root } from "./lib/places.mjs";

test("what several features have in common is nobody's to choose", () => {
  const metadata = ["metadata", "--no-deps", "--format-version=1", "--offline"];
  const { stdout } = spawnSync("cargo", metadata, { cwd: root, encoding: "utf8" });
  const { features } = JSON.parse(stdout).packages.find(
    (/** @type {{ name: string }} */ { name }) => name === "webgan",
  );
  const names = chosen(features);
  for (const name of ["webgpu", "vulkan", "cuda", "remote", "cli", "threads"]) {
    assert.ok(names.includes(name), name);
  }
  for (const name of ["default", "gpu", "other-devices"]) assert.ok(!names.includes(name), name);
});

test("every two features meet once", () => {
  const of = combinations(["a", "b", "c"]).map((features) => features.join());
  assert.deepEqual(of, ["", "a", "b", "c", "a,b", "a,c", "b,c", "a,b,c"]);
});
