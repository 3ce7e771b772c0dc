// Data of one's own, from what was dropped to the run: pictures are read in a worker that only browsers have, so what is
// read of them is made up here.

import { beforeEach, expect, test, vi } from "vitest";
import { begin, settled, workers } from "./fake-worker.js";
import { WITH_PAIRS } from "./presets.js";
import { App } from "../../www/page/app.js";
import { CodedError } from "../../www/kit/errors.js";
import { Store } from "../../www/kit/store.js";
import { History } from "../../www/page/history.js";
import { reduce } from "../../www/page/reduce.js";
import { firstPairs } from "../../www/page/pairs.js";
import { shownPictures, usesPictures } from "../../www/page/selectors.js";
import { initialState } from "../../www/page/state.js";
import { Timeline } from "../../www/kit/timeline.js";

vi.mock("comlink", async (original) => (await import("./fake-worker.js")).comlink(original));
vi.mock("../../www/engine/spawn.js", async () => (await import("./fake-worker.js")).spawn);
vi.mock("../../www/pictures/taking.js", () => ({
  listAll: async (/** @type {any} */ { found }, /** @type {any} */ _, /** @type {any} */ tell) => {
    tell({ stage: "looking", files: found.length });
    return { found, isCut: false };
  },
  async take(/** @type {any} */ { found }, /** @type {any} */ { wish }, /** @type {any} */ tell) {
    const whole = { side: 32, channels: 3, fit: "crop", ...wish };
    tell({ stage: "read", taken: 5, how: whole });
    const file = new File([], "hearts");
    return {
      images: file,
      labels: undefined,
      heldOut: undefined,
      name: found[0].path,
      wish: whole,
    };
  },
}));

beforeEach(() => {
  begin();
  vi.stubGlobal("requestAnimationFrame", () => 0);
});

async function come() {
  for (let i = 0; i < 5; i++) {
    await new Promise((resolve) => setImmediate(resolve));
    await settled();
  }
}

async function dropped() {
  const store = new Store(initialState(), reduce);
  const site = "https://site.invalid/";
  const places = { page: site, data: `${site}d/mnist`, models: `${site}m/` };
  const hands = { show() {}, showPlane() {}, keep() {}, seesQuality: () => false };
  const app = new App(store, new History(), new Timeline(), places, hands);
  await app.boot();
  const own = await app.changes.ownData();
  await own.useFiles([{ file: new File([], "a.png"), path: "hearts" }]);
  const worker = workers[workers.length - 1];
  const data = () => worker.last("start").args[0].data;
  const side = () => /** @type {any} */ (shownPictures(store.state)).how.side;
  return { app, store, own, worker, data, side };
}

test("what was refused of an arrangement is neither shown nor wished any more", async () => {
  const { own, worker, data, side } = await dropped();
  await own.arrange({ fit: "whole" });
  expect(data().wish).toMatchObject({ side: 32, fit: "whole" });
  worker.held.add("start");
  const refused = own.arrange({ side: 64 });
  await come();
  expect(side()).toBe(64);
  worker.last("start").refuse(new CodedError("config.features", "too large"));
  await refused;
  expect(side()).toBe(32);
  worker.held.clear();
  await own.arrange({ channels: 1 });
  expect(data().wish).toMatchObject({ side: 32, channels: 1, fit: "whole" });
});

test("pictures in use are taken again as a run had them, and not where they are so", async () => {
  const { own, data } = await dropped();
  const before = data();
  const wish = {
    side: 48,
    channels: /** @type {const} */ (3),
    fit: /** @type {const} */ ("whole"),
  };
  const told = { name: "hearts", count: 5, turned: false };
  expect(await own.again({ ...told, wish: before.wish })).toBe(before);
  const again = await own.again({ ...told, wish });
  expect(again).toMatchObject({ kind: "files", name: "hearts", turned: false, wish });
  expect(again?.id).not.toBe(before.id);
  expect(data()).toBe(before);
  expect(await own.again({ name: "hearts", count: 5, turned: true })).toMatchObject({
    turned: true,
  });
});

test("after other data one's own can be chosen again, as they were", async () => {
  const { app, store, own, data, side } = await dropped();
  await own.arrange({ side: 48 });
  const own48 = data();
  await app.changes.chooseData("mnist");
  expect(data().kind).toBe("mnist");
  await app.changes.useOwn();
  expect(data()).toBe(own48);
  expect([side(), store.state.own?.name]).toEqual([48, "hearts"]);
  await own.arrange({ fit: "whole" });
  expect(data().wish).toMatchObject({ side: 48, fit: "whole" });
});

test("back at the digits one's own stay in sight, and are what is arranged", async () => {
  const { app, store, own, data, side } = await dropped();
  await app.changes.useMnist();
  expect(data().kind).toBe("mnist");
  expect([side(), usesPictures(store.state)]).toEqual([32, false]);
  await own.arrange({ side: 48 });
  expect(data()).toMatchObject({ kind: "files", wish: { side: 48 } });
  expect(usesPictures(store.state)).toBe(true);
});

test("a GAN of pairs makes them of the pictures in use; only digits that nobody chose give way to others", async () => {
  const { app, store, own, worker, data } = await dropped();
  store.dispatch({ type: "presets", presets: WITH_PAIRS });
  const hearts = data();
  await app.changes.choosePreset("pix2pix");
  expect(data()).toBe(hearts);
  expect(worker.last("start").args[0].pairs).toBe("outline");
  expect(store.state.settings).toMatchObject({ data: "mnist", pairs: "outline" });

  await app.changes.choosePairs("coarse");
  await app.changes.choosePreset("pix2pix");
  expect(store.state.settings).toMatchObject({ data: "mnist", pairs: "coarse" });
  await app.changes.choosePreset("mlp");
  expect([data(), store.state.settings.pairs]).toEqual([hearts, null]);

  await own.arrange({ channels: 1 });
  await app.changes.choosePreset("pix2pix");
  expect(store.state.settings).toMatchObject({ data: "mnist", pairs: "half" });
  await app.changes.choosePreset("mlp");
  await app.changes.chooseData("faces");
  await app.changes.choosePreset("pix2pix");
  expect(store.state.settings).toMatchObject({ data: "faces", pairs: "outline" });
  await app.changes.choosePreset("mlp");
  await app.changes.chooseData("mnist");
  await app.changes.choosePreset("pix2pix");
  expect(store.state.settings).toMatchObject(firstPairs());

  // Those on their way count as well.
  await app.changes.choosePreset("mlp");
  worker.held.add("start");
  const before = app.changes.useOwn();
  await come();
  const chosen = app.changes.choosePreset("pix2pix");
  worker.held.clear();
  worker.last("start").answer();
  await before;
  await chosen;
  expect(data()).toMatchObject({ kind: "files" });
  expect(store.state.settings).toMatchObject({ data: "mnist", pairs: "half" });
});
