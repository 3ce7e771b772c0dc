// docs/TOUR.md sends nobody to a file that is not there.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const TOUR = readFileSync(path.join(ROOT, "docs/TOUR.md"), "utf8");
const named = [...TOUR.matchAll(/`((?:src|www|tests|kernels|scripts)\/[^`*]+)`/g)];

test("the tour names what is there", () => {
  expect(named.length).toBeGreaterThan(40);
  const missing = named
    .map(([, name]) => name)
    .filter((name) => !existsSync(path.join(ROOT, name)));
  expect(missing).toEqual([]);
});
