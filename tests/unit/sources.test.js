import { expect, test } from "vitest";
import { Sources } from "../../www/engine/sources.js";

test("the same source has the same number, and files that somebody brings are like no others", () => {
  const sources = new Sources();
  expect(sources.number("mnist")).toBe(0); // the page knows its digits by it
  const [plain, turned] = [false, true].map((turned) => sources.folder("https://x/a/", turned).id);
  const brought = [sources.number(), sources.number()];
  expect(new Set([0, plain, turned, ...brought]).size).toBe(5);
  expect(sources.folder("https://x/a/", true).id).toBe(turned);
  expect(sources.number("mnist")).toBe(0);
});
