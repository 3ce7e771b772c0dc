// The element's attributes, its state, and what its manifest promises.

import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { Allowance } from "../../www/element/attention.js";
import {
  ATTRIBUTES,
  isOtherRun,
  OPTION_NAMES,
  OPTION_OF,
  readOptions,
} from "../../www/element/attributes.js";
import { orderOf } from "../../www/element/order.js";
import { PRESETS, shapeOf } from "../../www/element/posters.js";
import { reasonOf } from "../../www/element/problems.js";
import { elementProblems as problems } from "#words/element-problems.js";
import { presets } from "#words/presets.js";
import { elementSnippet, frameSnippet } from "../../www/formats/snippet.js";
import { INITIAL, reduce } from "../../www/element/state.js";
import { PACE_FIELDS, RUN_FIELDS } from "../../www/engine/fields.js";
import { FIELDS } from "../../www/page/settings.js";
import { METRICS } from "../../www/engine/protocol.js";

/** @import { OptionName } from "../../www/element/attributes.js" */
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
  expect(read({ controls: "none" })).toMatchObject({ options: { controls: [] }, problems: [] });
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
  ["controls", "none play"],
  ["data-src", "http://["],
  ["model", "https://"],
  ["theme", "DARK"],
  ["reveal", ""],
])('%s="%s" is named and left out', (name, value) => {
  const { options, problems } = read({ [name]: value });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`${name}="${value}"`);
  expect(options).toEqual(read({}).options);
});

test("older names are attributes still, and the newer one wins", () => {
  expect(read({ "batch-size": "8", dataset: "mnist" })).toMatchObject({
    options: { batchSize: 8, data: "mnist" },
    problems: [],
  });
  expect(read({ "batch-size": "8", batch: "16" }).options.batchSize).toBe(16);
  expect([...OPTION_OF.keys()]).toEqual(expect.arrayContaining(["dataset", "batch-size"]));
});

test("what a server wrote under a property's name is the attribute, as HTML writes it small", () => {
  const written = { datasrc: "/mnist", batchsize: "8", learningrate: "0.001" };
  const options = { dataSrc: "/mnist", batchSize: 8, learningRate: 0.001 };
  expect(read(written)).toMatchObject({ options, problems: [] });
  for (const option of OPTION_NAMES) expect(OPTION_OF.get(option.toLowerCase())).toBe(option);
});

test("another value of what a run is made of is another run; the same written otherwise is none", () => {
  const { options } = read({ seed: "7", steps: "10", batch: "8" });
  const isOther = (/** @type {Record<string, string>} */ other) =>
    isOtherRun(read(other).options, options);
  expect(isOther({ seed: "07", steps: "20", "batch-size": "8" })).toBe(false);
  expect(isOther({ seed: "8", batch: "8" })).toBe(true);
});

test("a list of buttons may come as text with commas", () => {
  expect(read({ controls: String(["step", "play"]) }).options.controls).toEqual(["play", "step"]);
});

test("it takes every setting of a run that a link takes, and by the same name", () => {
  for (const field of Object.values({ ...RUN_FIELDS, ...PACE_FIELDS })) {
    const option = OPTION_OF.get(field.param);
    expect(option, field.param).toBeDefined();
    expect(ATTRIBUTES[/** @type {OptionName} */ (option)].parse).toBe(field.parse);
  }
  // What is left is the page's own: points in the plane, the board (an attribute of the element's own), changes as a run goes, hidden tabs, what measures, parts left out.
  const shared = new Set(Object.keys({ ...RUN_FIELDS, ...PACE_FIELDS }));
  const others = Object.keys(FIELDS).filter((name) => !shared.has(name));
  const changes = ["learningRateChanges", "l1WeightChanges"];
  const own = ["data", "turned", "drawing", "board"];
  expect(others).toEqual([...own, ...changes, "hidden", "stopAt", "hide"]);
});

test("what is ordered has every setting that was named, and addresses that hold anywhere", () => {
  vi.stubGlobal("document", { baseURI: "https://example.org/course/day1.html" });
  const attributes = { preset: "mlp", lr: "0.001", l1: "0", loss: "hinge", speed: "5" };
  const { options } = read({ ...attributes, model: "g.safetensors" });
  expect(orderOf(options, "/mnist")).toEqual({
    config: { preset: "mlp", learningRate: 0.001, l1Weight: 0, objective: "hinge" },
    device: "auto",
    stepsPerSecond: 5,
    data: { url: undefined, digits: "https://example.org/mnist/", pairs: null },
    model: "https://example.org/course/g.safetensors",
  });
  expect(orderOf(options, "/mnist?v=1").data.digits).toBe("https://example.org/mnist/?v=1");
  const own = read({ ...attributes, "data-src": "pairs", pairs: "half" });
  expect(orderOf(own.options, "/mnist").data).toMatchObject({
    url: "https://example.org/course/pairs/",
    pairs: "half",
  });
  vi.unstubAllGlobals();
});

test("the GANs that it knows are those with words", () => {
  const ofImages = Object.keys(presets).filter((name) => name !== "points");
  expect(new Set(PRESETS)).toEqual(new Set(ofImages));
});

test("imported where there is no DOM it does nothing, and says nothing", async () => {
  expect(globalThis.document).toBeUndefined();
  const before = Object.getOwnPropertyNames(globalThis);
  const said = (/** @type {"warn" | "error"} */ to) => vi.spyOn(console, to);
  const spies = [said("warn"), said("error"), vi.spyOn(globalThis, "setTimeout")];
  vi.resetModules();
  const { WebGan } = await import("../../www/web-gan.js");
  expect(WebGan.name).toBe("WebGan");
  expect(WebGan.version).toMatch(/^\d+\./);
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  expect(Object.getOwnPropertyNames(globalThis)).toEqual(before);
  vi.restoreAllMocks();
});

test("a tag that waits for its script has the shape and the picture of its GAN", () => {
  const sheet = readFileSync("www/web-gan.css", "utf8");
  for (const preset of PRESETS) {
    const rule = new RegExp(`\\[preset="${preset}"\\]:not\\(:defined\\)::before \\{([^}]*)`);
    const [, body] = rule.exec(sheet) ?? [];
    expect(body, preset).toContain(`url("posters/${preset}.webp")`);
    const { width, height } = shapeOf(preset);
    if (width === height) expect(body).not.toContain("aspect-ratio");
    else expect(body).toContain(`aspect-ratio: ${width} / ${height}`);
  }
});

test("of two versions the registered one is exported, and the other says so", async () => {
  class Older {
    static version = "0.0.1";
  }
  const define = vi.fn();
  vi.resetModules();
  vi.stubGlobal("customElements", { get: () => Older, define });
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const { WebGan } = await import("../../www/web-gan.js");
  expect(WebGan).toBe(Older);
  expect(define).not.toHaveBeenCalled();
  expect(warn.mock.calls.join()).toContain("version 0.0.1");
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("an allowance is spent by training alone", () => {
  vi.useFakeTimers();
  const onSpent = vi.fn();
  const allowance = new Allowance(onSpent);
  allowance.grant(1);
  allowance.start();
  vi.advanceTimersByTime(40_000);
  allowance.stop();
  vi.advanceTimersByTime(100_000);
  allowance.start();
  vi.advanceTimersByTime(19_000);
  expect(onSpent).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2_000);
  expect(onSpent).toHaveBeenCalledTimes(1);
  vi.useRealTimers();
});

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

test("an element that yielded while it was being loaded says so when it is", () => {
  const yielded = after(
    { type: "loading", stage: "program" },
    { type: "paused", away: "yielded" },
    { type: "loading", stage: "networks" },
    OPENED,
  );
  expect(yielded).toMatchObject({ phase: "ready", away: "yielded" });
  expect(reduce(yielded, { type: "training" }).away).toBeUndefined();
});

test("another number of steps is another end", () => {
  const done = after(OPENED, { type: "training" }, losses(10), { type: "finished" });
  expect(done.phase).toBe("finished");
  expect(reduce(done, { type: "total", total: 16 })).toMatchObject({ phase: "paused", total: 16 });
  const paused = after(OPENED, { type: "training" }, losses(5), { type: "paused", away: "unseen" });
  expect(reduce(paused, { type: "total", total: 5 }).phase).toBe("finished");
  expect(reduce(paused, { type: "total", total: 9 })).toMatchObject({
    phase: "paused",
    away: "unseen",
  });
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
  const picture = { step: 5, isShowcase: false, isPairs: false };
  const trained = after(OPENED, losses(5), { type: "picture", ...picture });
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

test("every attribute is a property in camel case, as the manifest and the types say", async () => {
  const { WebGan } = await import("../../www/element/element.js");
  /** @type {Record<string, string>} */
  const real = {};
  for (const [name, option] of OPTION_OF) {
    const property = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
    expect(Object.getOwnPropertyDescriptor(WebGan.prototype, property)?.set, name).toBeDefined();
    // Every element has a `dataset`: ours can be set besides. What is written small is HTML's.
    if (name === "dataset" || name === option.toLowerCase()) continue;
    real[property] = ATTRIBUTES[option].name;
  }
  for (const option of OPTION_NAMES) real[option] = ATTRIBUTES[option].name;
  for (const property of Object.keys(real)) expect(types).toContain(`set ${property}(value: `);
  const fields = declared.members.filter((/** @type {any} */ { kind }) => kind === "field");
  const told = fields.map((/** @type {any} */ { name, attribute }) => [name, attribute]);
  expect(Object.fromEntries(told)).toEqual(real);
});

test("the manifest has the events, parts and custom properties that there are", () => {
  const element = source("element.js") + source("telling.js");
  const events = new Set([...element.matchAll(/"(gan-[a-z]+)"/g)].map(([, name]) => name));
  expect(new Set(names(declared.events))).toEqual(events);
  const properties = new Set(
    [...source("style.css").matchAll(/var\((--gan-[a-z-]+)/g)].map((m) => m[1]),
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
  expect(
    Object.values(problems).every((text) => typeof text !== "string" || text.endsWith(".")),
  ).toBe(true);
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
  expect(frameSnippet("https://example.org/gan/", { preset: "mlp", seed: 7 }, false)).toContain(
    'src="https://example.org/gan/embed.html?preset=mlp&amp;seed=7"',
  );
});
