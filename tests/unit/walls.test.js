// The rooms of www/, and the walls between them: which may name which. Its counterpart for Rust is
// tests/layers.rs.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const WWW = path.resolve(import.meta.dirname, "../../www");

/** What each room may take from, beside itself and the words. Types cross no wall: they are not loaded. */
const MAY_TAKE_FROM = /** @type {Readonly<Record<string, readonly string[]>>} */ ({
  words: [],
  kit: [],
  code: [],
  formats: ["engine", "pkg"],
  engine: ["kit", "pkg", "worker"],
  worker: ["engine", "kit", "pkg"],
  pictures: ["engine", "formats", "kit"],
  board: ["formats", "kit", "pictures"],
  element: ["board", "engine", "kit", "pictures"],
  page: ["board", "code", "engine", "formats", "kit", "pictures"],
});

/** What pages, bundlers and browsers name. */
const ENTRIES = [
  ...["cdn.js", "docs.js", "embed.js", "main.js", "service-worker.js", "started.js", "web-gan.js"],
];

/** Of a file, at most. */
const LINES = 400;

const ALL = readdirSync(WWW, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => !name.startsWith("pkg/"));
const FILES = ALL.filter((name) => name.endsWith(".js"));
const SHEETS = ALL.filter((name) => name.endsWith(".css"));

/** @param {string} name */
const sourceOf = (name) => readFileSync(path.join(WWW, name), "utf8");

/**
 * What a module loads of this folder.
 * @param {string} name
 */
function loads(name) {
  const program = sourceOf(name).replace(/\/\*[^]*?\*\//g, "");
  const named = program.matchAll(/(?:from|import)\s*\(?\s*"(\.{1,2}\/[^"?]+)/g);
  return [...named].map(([, target]) => path.posix.join(path.posix.dirname(name), target));
}

test("only entries stand at the top", () => {
  expect(FILES.filter((name) => !name.includes("/")).sort()).toEqual(ENTRIES);
});

test("every room has its walls, and no wall is of a room that is gone", () => {
  const rooms = new Set(FILES.filter((name) => name.includes("/")).map(roomOf));
  expect([...rooms].sort()).toEqual(Object.keys(MAY_TAKE_FROM).sort());
});

test.each(FILES.filter((name) => name.includes("/")))("%s stays within its walls", (name) => {
  const room = roomOf(name);
  const others = loads(name).filter((target) => roomOf(target) !== room);
  expect(others.filter((target) => !MAY_TAKE_FROM[room].includes(roomOf(target)))).toEqual([]);
});

test("what is loaded is seen", () => {
  expect(loads("page/view/snippet.js")).toContain("formats/snippet.js");
  expect(loads("page/app/changes.js")).toContain("page/app/own-data.js");
});

test("a file is read in a sitting", () => {
  const long = [...FILES, ...SHEETS].filter(
    (name) => sourceOf(name).split("\n").length > LINES + 1,
  );
  expect(long).toEqual([]);
});

test("style sheets stay within the walls too", () => {
  for (const name of SHEETS.filter((sheet) => sheet.includes("/"))) {
    for (const [, target] of sourceOf(name).matchAll(/@import "(\.[^"]+)"/g)) {
      const room = roomOf(name);
      const taken = roomOf(path.posix.join(path.posix.dirname(name), target));
      expect([room, ...MAY_TAKE_FROM[room]], `${name} imports ${target}`).toContain(taken);
    }
  }
});

test("the page's style sheet names every part of it", () => {
  const parts = SHEETS.filter((name) => name.startsWith("page/styles/"));
  expect(parts.length).toBeGreaterThan(0);
  for (const name of parts) expect(sourceOf("page/style.css")).toContain(path.basename(name));
});

test("a colour of light and dark pages stands once, where page and element find it", () => {
  const pairs = SHEETS.flatMap((name) =>
    [...sourceOf(name).matchAll(/light-dark\(#[^)]+\)/g)].map(([pair]) => pair),
  );
  expect(pairs.length).toBeGreaterThan(0);
  expect(pairs).toEqual([...new Set(pairs)]);
});

/** @param {string} name */
function roomOf(name) {
  return name.split("/")[0];
}
