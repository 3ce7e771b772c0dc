// The form's view of a network's sizes: what the program writes comes back as it was, and entries go as they are.

import { expect, test } from "vitest";
import { sizesOf, textOf } from "../../www/page/sizes.js";

test("a text that is taken apart is put together as it was", () => {
  const texts = [
    ...["z100-256-512n-leaky0.2", "512-leaky0.2", "z64-64-32-16", "32-64-128-sn-md", "z2-relu"],
    ...["relu", "z1-8n-relu"],
  ];
  for (const text of texts) expect(textOf(sizesOf(text))).toBe(text);
});

test("what is entered goes as it is, for the program to judge", () => {
  const sizes = sizesOf("z100-256-relu");
  sizes.layers.push({ width: " 64 ", norm: true }, { width: "", norm: false });
  sizes.activation = { kind: "leaky", slope: "x" };
  expect(textOf(sizes)).toBe("z100-256-64n--leakyx");
});
