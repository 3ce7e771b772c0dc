// What an element's run learns from, where its page names something, and where it does not.

import { expect, test } from "vitest";
import { sourceOf } from "../../www/element/data.js";

/** @import { Client } from "../../www/engine/client.js" */

const SHAPE = { height: 28, width: 28, channels: 1 };
const client = /** @type {Client} */ (
  /** @type {unknown} */ ({
    presets: Promise.resolve([
      { id: "mlp", input: null },
      { id: "pix2pix", input: SHAPE },
    ]),
  })
);
const digits = "https://example.org/gan/www/data/mnist/?v=1";

/**
 * @param {string} preset
 * @param {Partial<import("../../www/element/data.js").DataOrder>} order
 */
const of = (preset, order) =>
  sourceOf({ url: undefined, digits, pairs: null, ...order }, preset, client);

test("what makes pictures out of others learns the set of pairs beside the digits", async () => {
  const { data, pairs } = await of("pix2pix", {});
  expect(data).toMatchObject({ url: "https://example.org/gan/www/data/lineart/?v=1" });
  expect(pairs).toBe("own");
});

test("where it is said what pictures are made out of, that is made of the digits where it can be", async () => {
  const { data, pairs } = await of("pix2pix", { pairs: "half" });
  expect(data).toMatchObject({ url: digits });
  expect(pairs).toBe("half");
  // They have no colours to be found.
  const ofGreys = await of("pix2pix", { pairs: "grey" });
  expect(ofGreys).toEqual({ ...(await of("pix2pix", {})), pairs: "grey" });
});

test("a set that is named is learned, with what comes with it or what is made of it", async () => {
  const url = "https://example.org/faces/";
  expect(await of("pix2pix", { url })).toMatchObject({ data: { url }, pairs: "own" });
  expect(await of("pix2pix", { url, pairs: "outline" })).toMatchObject({
    ...{ data: { url }, pairs: "outline" },
  });
});

test("what draws of itself asks for no pairs, so that no file is looked for that is not there", async () => {
  expect(await of("mlp", {})).toMatchObject({ data: { url: digits }, pairs: undefined });
  expect(await of("mlp", { pairs: "half" })).toMatchObject({ pairs: undefined });
});
