// What the element is told of a run on the page.

import { expect, test } from "vitest";
import { readSettings } from "../../www/page/address.js";
import { attributesOf, openedData } from "../../www/page/sharing.js";
import { DEFAULT_SETTINGS, isOnSite, presetOf } from "../../www/page/settings.js";
import { initialState } from "../../www/page/state.js";
import { PRESETS, WITH_PAIRS } from "./presets.js";

/**
 * @param {string} query
 * @param {number} step
 */
function told(query, step) {
  const { settings } = readSettings(new URLSearchParams(query));
  const state = initialState(settings);
  const at = { ...state, progress: { ...state.progress, step } };
  const all = attributesOf(at, presetOf(settings, PRESETS), "https://site.invalid/");
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

test("the element is told what is in force now of what was changed while the run went on", () => {
  const query = "preset=least-squares&l1=20,1000@27,20@30,0@34&lr=0.001,0.0002@30";
  const preset = "least-squares";
  expect(told(query, 0)).toEqual({ preset, l1: 20, lr: 0.001 });
  expect(told(query, 27)).toEqual({ preset, l1: 1000, lr: 0.001 });
  // The learning rate is the GAN's own by now.
  expect(told(query, 34)).toEqual({ preset, l1: 0 });
  expect(told("preset=mlp&batch=8&speed=3&board=.AAAA", 9)).toEqual({
    ...{ preset: "mlp", batch: 8, speed: 3, board: ".AAAA" },
  });
});

test("the element is told where its data lie", () => {
  const preset = "mlp";
  expect(told("preset=mlp&data=data/x", 0)).toEqual({
    ...{ preset, "data-src": "https://site.invalid/data/x/" },
  });
});

test("what link and element open without somebody's own pictures is one", () => {
  const coloured = isOnSite("faces") ? "faces" : "mnist";
  const lines = isOnSite("lineart") ? "lineart" : "mnist";
  for (const [pairs, opened] of /** @type {const} */ ([
    ["grey", coloured],
    ["outline", "mnist"],
    ["half", "mnist"],
    [null, lines],
  ])) {
    const settings = { ...DEFAULT_SETTINGS, preset: "pix2pix", pairs };
    const preset = presetOf(settings, WITH_PAIRS);
    expect([pairs, openedData(settings, preset)]).toEqual([pairs, opened]);
    const { "data-src": src } = attributesOf(
      { ...initialState(settings), settings },
      preset,
      "https://site.invalid/",
    );
    expect(src).toBe(opened === "mnist" ? null : `https://site.invalid/www/data/${opened}/`);
  }
});
