// The element's attributes, its state, and what its manifest promises.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ATTRIBUTES, OPTION_NAMES, readOptions } from "../../www/element/attributes.js";
import { reasonOf } from "../../www/element/problems.js";
import { elementProblems as problems } from "../../www/english.js";
import { elementSnippet, frameSnippet } from "../../www/element/snippet.js";
import { INITIAL, reduce } from "../../www/element/state.js";
import { FIELDS } from "../../www/settings.js";
import { METRICS } from "../../www/protocol.js";

/** @import { Action } from "../../www/element/state.js" */

/** @param {Record<string, string>} attributes */
const read = (attributes) => readOptions((name) => attributes[name] ?? null);

test("attributes become options, and what is missing takes a default", () => {
  const { options, problems } = read({ preset: "mlp", steps: "2000", controls: "save  play" });
  expect(problems).toEqual([]);
  expect(options).toMatchObject({
    preset: "mlp",
    steps: 2000,
    controls: ["play", "save"],
    seed: null,
    device: "auto",
    reveal: "interaction",
  });
});

test("no buttons is not the same as no attribute", () => {
  expect(read({}).options.controls).toEqual(["play", "reset"]);
  expect(read({ controls: "" }).options.controls).toEqual([]);
});

test.each([
  ["preset", "../x"],
  ["preset", "<b>"],
  ["steps", "0"],
  ["steps", "1e3"],
  ["steps", "1000001"],
  ["seed", "-1"],
  ["batch-size", "1025"],
  ["device", "gpu"],
  ["controls", "play stop"],
  ["theme", "DARK"],
  ["reveal", ""],
])('%s="%s" is named and left out', (name, value) => {
  const { options, problems } = read({ [name]: value });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`${name}="${value}"`);
  expect(options).toEqual(read({}).options);
});

test.each(/** @type {const} */ (["preset", "seed", "batchSize", "device"]))(
  "%s takes what the playground takes",
  (name) => {
    const texts = ["0", "1", "1024", "1025", "4294967295", "4294967296", "-1", "1.5", "a b", "mlp"];
    for (const text of [...texts, "auto", "webgpu", "cpu", "x".repeat(41), ""]) {
      expect(ATTRIBUTES[name].parse(text), text).toEqual(FIELDS[name].parse(text));
    }
  },
);

/** @param {Action[]} actions */
const after = (...actions) => actions.reduce(reduce, INITIAL);

const OPENED = /** @type {const} */ ({ type: "opened", step: 0, total: 10, note: undefined });

/** @param {number} step @returns {Action} */
const losses = (step) => ({
  type: "losses",
  step,
  values: Float32Array.from({ length: 2 * METRICS.length }, (_, i) => i),
});

test("a run is finished at its last step, and only there", () => {
  expect(after(OPENED).phase).toBe("ready");
  expect(after(OPENED, { type: "training" }, losses(5), { type: "paused" }).phase).toBe("paused");
  expect(after(OPENED, { type: "training" }, losses(10), { type: "paused" }).phase).toBe(
    "finished",
  );
  expect(after(OPENED, { type: "training" }, losses(12), { type: "paused" }).phase).toBe("paused");
});

test("the losses shown are the last step's", () => {
  const first = METRICS.length;
  expect(after(OPENED, losses(2)).losses).toEqual({ d: 2 * first + 1, g: first + 2 });
});

test("a failure stays until something else is tried", () => {
  const failure = /** @type {const} */ ({ reason: "network", code: "data.fetch", message: "No." });
  const failed = after(OPENED, { type: "failed", failure });
  expect(reduce(failed, { type: "paused" })).toBe(failed);
  expect(reduce(failed, { type: "loading", stage: "data" }).failure).toBeUndefined();
});

test("a new run begins without what the old one left", () => {
  const trained = after(OPENED, losses(5), { type: "picture", step: 5, isShowcase: false });
  expect(reduce(trained, { type: "fresh" })).toEqual({ ...INITIAL, phase: "ready" });
});

test.each([
  ["program.fetch", "network"],
  ["program.invalid", "program"],
  ["protocol.version", "version"],
  ["device.lost", "device"],
  ["data.idx.magic", "data"],
  ["config.preset", "config"],
  ["checkpoint.damaged", "file"],
  ["train.non_finite", "training"],
  [undefined, "crash"],
])("%s is a failure of the kind %s", (code, reason) => {
  expect(reasonOf(code)).toBe(reason);
});

const manifest = JSON.parse(readFileSync("custom-elements.json", "utf8"));
const [declared] = manifest.modules[0].declarations;
const source = (/** @type {string} */ name) => readFileSync(`www/element/${name}`, "utf8");
const types = readFileSync("www/web-gan.d.ts", "utf8");
const names = (/** @type {{ name: string }[]} */ list) => list.map(({ name }) => name);

test("the manifest has the attributes that there are", () => {
  const told = Object.fromEntries(
    declared.attributes.map((/** @type {any} */ a) => [a.name, [a.fieldName, a.default]]),
  );
  const real = Object.fromEntries(
    OPTION_NAMES.map((option) => {
      const { name, initial } = ATTRIBUTES[option];
      const text = Array.isArray(initial) ? initial.join(" ") : initial;
      return [name, [option, JSON.stringify(text)]];
    }),
  );
  expect(told).toEqual(real);
});

test("the manifest has the events, parts and custom properties that there are", () => {
  const element = source("element.js");
  const events = new Set([...element.matchAll(/"(gan-[a-z]+)"/g)].map(([, name]) => name));
  expect(new Set(names(declared.events))).toEqual(events);
  const properties = new Set(
    [...source("style.js").matchAll(/var\((--gan-[a-z-]+)/g)].map((m) => m[1]),
  );
  expect(new Set(names(declared.cssProperties))).toEqual(properties);
  const view = source("view.js");
  for (const part of names(declared.cssParts)) {
    expect(view, part).toMatch(new RegExp(`"${part}"|\\b${part}[,:]|button-\\$`));
  }
});

test("the types have the methods, properties and events of the manifest", () => {
  for (const name of [...names(declared.members), ...names(declared.events)]) {
    expect(types, name).toMatch(new RegExp(`\\b${name}"?[:(]`));
  }
  const reasons = [...source("problems.js").matchAll(/"([a-z]+)"/g)].map(([, name]) => name);
  for (const reason of new Set(reasons)) expect(types, reason).toContain(`"${reason}"`);
  expect(Object.values(problems).every((text) => text.endsWith("."))).toBe(true);
});

test("a snippet is HTML, whatever the values are", () => {
  const html = elementSnippet("https://example.org/gan/", {
    preset: `"><b>&`,
    seed: null,
    steps: 5,
  });
  expect(html).toBe(
    `<script type="module" src="https://example.org/gan/web-gan.js"></script>\n` +
      `<web-gan preset="&quot;>&lt;b>&amp;" steps="5"></web-gan>`,
  );
  expect(frameSnippet("https://example.org/gan/", { preset: "mlp", seed: 7 })).toContain(
    'src="https://example.org/gan/embed.html?preset=mlp&amp;seed=7"',
  );
});
