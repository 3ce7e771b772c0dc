// docs/FRAMEWORKS.md: what it tells to write is what its sites are made of.

import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { FRAMEWORKS } from "../../scripts/check-frameworks.mjs";

const SITES = "tests/frameworks";
const text = readFileSync("docs/FRAMEWORKS.md", "utf8");

/** By heading. */
const chapters = text
  .split(/^## /m)
  .slice(1)
  .map((chapter) => /** @type {const} */ ([chapter.split("\n")[0].toLowerCase(), chapter]));

test.each(Object.keys(FRAMEWORKS))("the recipe for %s is the site that is tested", (name) => {
  const [, chapter] = chapters.find(([heading]) => heading === name) ?? [];
  const files = [...(chapter ?? "").matchAll(/^`(.+)`:\n\n```\w+\n([^]*?)\n```$/gm)];
  expect(files.length).toBeGreaterThan(0);
  for (const [, file, told] of files) {
    expect(told, file).toBe(readFileSync(path.join(SITES, name, file), "utf8").trimEnd());
  }
});

test("what is installed is pinned", () => {
  for (const name of Object.keys(FRAMEWORKS)) {
    const site = JSON.parse(readFileSync(path.join(SITES, name, "package.json"), "utf8"));
    const versions = Object.values({ ...site.dependencies, ...site.devDependencies });
    for (const version of versions) expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  }
});
