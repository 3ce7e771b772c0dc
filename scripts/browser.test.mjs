// What draws or measures in a browser asks for one before anything else, and says in a sentence where there is none.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import process from "node:process";
import { test } from "node:test";

import { root } from "./lib/places.mjs";

const PROGRAMS = [
  "bench/run.mjs",
  "bench/start.mjs",
  "bench/soak.mjs",
  "scripts/posters.mjs",
  "scripts/screenshots.mjs",
];

for (const program of PROGRAMS) {
  test(`${program} without a browser ends in one sentence`, () => {
    const env = { ...process.env, CHROME: "/no/such/browser" };
    const { status, stderr } = spawnSync(process.execPath, [program], {
      ...{ cwd: root, env },
      encoding: "utf8",
    });
    assert.equal(
      stderr,
      "webgan: there is no program /no/such/browser, which the variable CHROME names.\n",
    );
    assert.equal(status, 1);
  });
}
