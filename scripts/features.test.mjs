// Which features are compiled together, with the crate's own list.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

import { chosen, everyTwo, ofDependencies } from "./lib/features.mjs";
import { root } from "./lib/places.mjs";

test("what several features have in common is nobody's to choose", () => {
  const metadata = ["metadata", "--no-deps", "--format-version=1", "--offline"];
  const { stdout } = spawnSync("cargo", metadata, { cwd: root, encoding: "utf8" });
  const { features } = JSON.parse(stdout).packages.find(
    (/** @type {{ name: string }} */ { name }) => name === "webgan",
  );
  const names = chosen(features);
  for (const name of ["webgpu", "vulkan", "cuda", "remote", "cli"]) {
    assert.ok(names.includes(name), name);
  }
  // Every set has the command line, and with it these; without threads the crate is compiled for the browser.
  for (const name of ["png", "threads"]) assert.ok(features.cli.includes(name), name);
  for (const name of ["default", "gpu", "other-devices"]) assert.ok(!names.includes(name), name);
});

test("every two features meet: both, neither, and each without the other", () => {
  for (const features of [["a", "b"], [..."abcdef"], [..."abcdefghij"]]) {
    const sets = everyTwo(features);
    assert.ok(sets.length <= 7, `${sets.length} sets`);
    for (const one of features) {
      for (const other of features.filter((name) => name !== one)) {
        for (const [has, hasOther] of [
          [true, true],
          [true, false],
          [false, false],
        ]) {
          const found = sets.some(
            (set) => set.includes(one) === has && set.includes(other) === hasOther,
          );
          assert.ok(found, `${one} ${has}, ${other} ${hasOther}`);
        }
      }
    }
  }
});

test("what features switch on in other crates is told from features of this one", () => {
  const features = { default: ["x/y"], one: ["two", "dep:b", "b/c"], two: ["b/c", "d/e"] };
  assert.deepEqual(ofDependencies(features), ["b/c", "d/e"]);
});
