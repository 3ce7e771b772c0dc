// The page's app from end to end, before a worker that answers when it is told to and a storage in memory: what
// becomes of answers that come late, of a worker that dies while something is under way, of a hidden tab.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Store } from "../../www/kit/store.js";
import { App } from "../../www/page/app.js";
import { History } from "../../www/page/history.js";
import { readSettings } from "../../www/page/address.js";
import { reduce } from "../../www/page/reduce.js";
import { initialState } from "../../www/page/state.js";
import { Timeline } from "../../www/kit/timeline.js";
import { begin, settled, workers } from "./fake-worker.js";

/** @import { About } from "../../www/page/saved-runs.js" */

vi.mock("comlink", async (original) => (await import("./fake-worker.js")).comlink(original));
vi.mock(
  "../../www/engine/spawn.js",
  async () => /** @type {any} */ ((await import("./fake-worker.js")).spawn),
);

/** What the browser keeps, by its id. @type {Map<string, { about: About, bytes: Uint8Array }>} */
const kept = vi.hoisted(() => new Map());
/** How many runs there is room for. */
const room = vi.hoisted(() => ({ runs: Infinity, writes: 0 }));

vi.mock("../../www/page/saved-runs.js", () => ({
  SavedRuns: class {
    list = async () => [...kept.values()].map(({ about }) => about);
    bytes = async (/** @type {string} */ id) => kept.get(id)?.bytes;
    remove = async (/** @type {string} */ id) => void kept.delete(id);
    close() {}
    async keep(/** @type {About} */ about, /** @type {Uint8Array} */ bytes) {
      room.writes += 1;
      if (!kept.has(about.id) && kept.size >= room.runs) {
        throw Object.assign(new Error("full"), { name: "QuotaExceededError" });
      }
      kept.set(about.id, { about, bytes });
    }
  },
}));

/** Names that another tab holds. @type {Set<string>} */
const elsewhere = vi.hoisted(() => new Set());
/** Who waits for a name. @type {Map<string, () => void>} */
const waiting = vi.hoisted(() => new Map());

vi.mock("../../www/page/app/tab-lock.js", () => ({
  hold: async (/** @type {string} */ name) => (elsewhere.has(name) ? undefined : () => {}),
  onTaken: (/** @type {() => void} */ listener) => void waiting.set("taken", listener),
  namesHeld: async () => elsewhere,
  freed: (/** @type {string} */ name) => new Promise((free) => waiting.set(name, () => free(0))),
}));

beforeEach(() => {
  begin();
  kept.clear();
  elsewhere.clear();
  Object.assign(room, { runs: Infinity, writes: 0 });
  vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] });
  vi.stubGlobal("requestAnimationFrame", () => 0);
  vi.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** What waits for no timer has come about, parts that are loaded included. */
async function come() {
  for (let i = 0; i < 5; i++) {
    await new Promise((resolve) => setImmediate(resolve));
    await settled();
  }
}

async function opened(query = "", seesQuality = () => false) {
  const { settings } = readSettings(new URLSearchParams(query));
  const store = new Store(initialState(settings), reduce);
  const places = { page: "https://site.invalid/", data: "", models: "https://site.invalid/m/" };
  const hands = { show() {}, showPlane() {}, keep() {}, seesQuality };
  const history = new History();
  const app = new App(store, history, new Timeline(), places, hands);
  await app.boot();
  await come();
  return { app, store, history, worker: () => workers[workers.length - 1] };
}

/**
 * Steps are taken.
 * @param {Awaited<ReturnType<typeof opened>>} page
 * @param {number} step
 */
function trainTo({ store, worker }, step) {
  const runId = store.state.run?.id;
  const progress = { step, epoch: 0, epochShare: 0, stepsPerSecond: 1, trainedMs: 10 * step };
  worker().step = step;
  worker().emit({ type: "losses", runId, values: new Float32Array(8), progress });
}

/** @param {Awaited<ReturnType<typeof opened>>} page @param {number} step */
function checkpoint({ store, worker }, step) {
  const runId = store.state.run?.id;
  worker().emit({ type: "checkpoint", runId, step, bytes: Uint8Array.of(step) });
}

test("Train and Pause while another run starts are of that one, whenever its start is answered", async () => {
  const page = await opened();
  const { app, store, worker } = page;
  for (const isTrained of [true, false]) {
    if (!isTrained) app.training.train();
    worker().held.add("start");
    void app.changes.newSeed();
    await come();
    app.training.toggle();
    const before = worker().all("train").length;
    worker().last("start").answer();
    await come();
    expect(store.state.isRunning).toBe(isTrained);
    const trained = worker().all("train").slice(before);
    expect(trained.map(({ args }) => args[0])).toEqual(isTrained ? [store.state.run?.id] : []);
    app.training.pause();
  }
});

test("a step that is asked for while another run starts is of that one", async () => {
  const page = await opened();
  const { app, store, worker } = page;
  const old = store.state.run?.id;
  worker().held.add("start");
  void app.changes.newSeed();
  await come();
  void app.training.step();
  await come();
  expect(worker().all("step")).toHaveLength(0);
  worker().last("start").answer();
  await come();
  expect(store.state.run?.id).not.toBe(old);
  expect(
    worker()
      .all("step")
      .map(({ args }) => args[0]),
  ).toEqual([store.state.run?.id]);
});

test("what a run tells late, when another has taken its place, is not shown", async () => {
  const page = await opened();
  const { app, store, worker } = page;
  app.training.train();
  trainTo(page, 5);
  const old = store.state.run?.id;
  await app.changes.reset();
  const progress = { step: 9, epoch: 0, epochShare: 0, stepsPerSecond: 1, trainedMs: 1 };
  worker().emit({ type: "losses", runId: old, values: new Float32Array(8), progress });
  worker().emit({ type: "paused", runId: old, reason: "finished" });
  expect(store.state.progress.step).toBe(0);
  expect(store.state.ending).toBeUndefined();
});

test("a worker that dies while a run starts: the page says so, and goes on from the last checkpoint", async () => {
  const page = await opened("speed=7");
  const { app, store, worker } = page;
  app.setHidden(true);
  app.training.train();
  trainTo(page, 4);
  checkpoint(page, 4);
  const first = worker();
  first.held.add("start");
  const started = app.changes.newSeed();
  await come();
  first.emit({ type: "fatal", message: "unreachable" });
  expect(await started).toBe(false);
  expect(store.state.phase).toBe("fatal");
  expect(store.state.failure).toMatch(/step 4\b/);
  await app.restart({});
  await come();
  const { checkpoint: bytes, trainedMs } = worker().last("start").args[0];
  expect([[...bytes], trainedMs]).toEqual([[4], 40]);
  expect(store.state.progress).toMatchObject({ step: 4, trainedMs: 40 });
  // How politely to work is the page's, not the worker's.
  expect(worker().last("setPace").args[0]).toMatchObject({ hidden: true, stepsPerSecond: 7 });
  // Late, of the dead one.
  first.emit({ type: "fatal", message: "unreachable" });
  first.emit({ type: "stage", stage: "data" });
  expect(store.state.phase).toBe("ready");
});

test("a GPU that is taken away is told as that, and the run can go on", async () => {
  const page = await opened();
  const { app, store, worker } = page;
  app.training.train();
  trainTo(page, 4);
  checkpoint(page, 4);
  worker().emit({ type: "device-error", problem: { code: "device.lost", message: "lost" } });
  expect(worker().isEnded).toBe(true);
  expect(store.state.failure).toMatch(/GPU was taken away.*step 4\b/);
  await app.restart({ device: "cpu" });
  expect([...worker().last("start").args[0].checkpoint]).toEqual([4]);
});

test("a hidden tab that is to pause goes on when it is seen, unless somebody paused it", async () => {
  const page = await opened("hidden=pause");
  const { app, store } = page;
  app.training.train();
  app.setHidden(true);
  expect(store.state.isRunning).toBe(false);
  app.setHidden(false);
  expect(store.state.isRunning).toBe(true);
  app.setHidden(true);
  app.training.pause();
  app.setHidden(false);
  expect(store.state.isRunning).toBe(false);
  // A tab in which nothing trained begins nothing.
  app.setHidden(true);
  app.setHidden(false);
  expect(store.state.isRunning).toBe(false);
});

test("one step at a time, and none while it trains; a step that dies with its worker ends", async () => {
  const page = await opened();
  const { app, store, worker } = page;
  worker().held.add("step");
  const stepping = app.training.step();
  void app.training.step();
  app.training.train();
  expect(worker().all("step")).toHaveLength(1);
  expect(worker().all("train")).toHaveLength(0);
  worker().emit({ type: "fatal", message: "unreachable" });
  await stepping;
  expect(store.state.isStepping).toBe(false);
});

test("the disk gets a training's first two checkpoints, and then one every half minute", async () => {
  const page = await opened();
  page.app.training.train();
  for (let step = 1; step <= 14; step++) {
    trainTo(page, step);
    checkpoint(page, step);
    await come();
    vi.advanceTimersByTime(5_000);
  }
  expect(room.writes).toBe(2 + 2);
  expect(page.store.state.shelf?.kept).toMatchObject({ step: 14, trainedMs: 140 });
});

test("a run that gives way while it is being kept is kept as its own, and not as the next one", async () => {
  const page = await opened();
  const { app, store, worker } = page;
  app.training.train();
  trainTo(page, 3);
  checkpoint(page, 3);
  await come();
  const [[id]] = kept;
  trainTo(page, 6);
  worker().held.add("save");
  void app.changes.reset();
  await come();
  worker().last("save").answer();
  await come();
  expect(store.state.progress.step).toBe(0);
  expect([...kept.keys()]).toEqual([id]);
  expect([...(kept.get(id)?.bytes ?? [])]).toEqual([6]);
  // It is on offer, and of the new one, of which nobody took a step, nothing is kept.
  expect(store.state.shelf?.offers.map((offer) => offer.id)).toEqual([id]);
  checkpoint(page, 1);
  await come();
  expect([...kept.keys()]).toEqual([id]);
});

test("a worker that dies while the run is being kept leaves the last checkpoint", async () => {
  const page = await opened();
  const { app, store, worker } = page;
  app.training.train();
  trainTo(page, 3);
  checkpoint(page, 3);
  await come();
  trainTo(page, 6);
  worker().held.add("save");
  app.training.pause();
  worker().emit({ type: "paused", runId: store.state.run?.id, reason: "asked" });
  await come();
  worker().emit({ type: "fatal", message: "unreachable" });
  await come();
  expect([...kept.values()].map(({ bytes }) => [...bytes])).toEqual([[3]]);
  expect(store.state.failure).toMatch(/step 3\b/);
});

test("who takes step after step keeps the last one", async () => {
  const page = await opened();
  const { app, worker } = page;
  for (let step = 1; step <= 3; step++) {
    await app.training.step();
    trainTo(page, step);
    await come();
    vi.advanceTimersByTime(step < 3 ? 400 : 600);
    await come();
  }
  expect(worker().all("save")).toHaveLength(1);
  expect([...kept.values()].map(({ bytes }) => [...bytes])).toEqual([[3]]);
});

/** @param {string} id @param {Partial<About>} about */
function saved(id, about) {
  const blank = { id, query: "", title: "", step: 9, at: 1, trainedMs: 90, isTrial: false };
  const full = { ...blank, wentAlone: false, own: undefined, ...about };
  kept.set(id, { about: full, bytes: Uint8Array.of(full.step) });
}

test("where there is no room, the oldest run goes that no tab has: trials before all others", async () => {
  for (const [id, at, isTrial] of /** @type {const} */ ([
    ["old", 1, false],
    ["trial", 3, true],
    ["held", 0, true],
  ])) {
    saved(id, { at, isTrial });
  }
  elsewhere.add("webgan / held");
  room.runs = 3;
  const page = await opened();
  page.app.training.train();
  trainTo(page, 2);
  checkpoint(page, 2);
  await come();
  const { kept: now, dropped, unkept } = page.store.state.shelf ?? {};
  expect([...kept.keys()]).toEqual(["old", "held", now?.id]);
  expect([dropped?.map(({ id }) => id), unkept]).toEqual([["trial"], undefined]);
});

test("a kept run goes on with its own time and record, unless another tab has taken it", async () => {
  saved("mine", { query: "preset=mlp&seed=5" });
  vi.stubGlobal("indexedDB", { databases: async () => [{ name: "webgan /" }] });
  const page = await opened();
  const { app, store, history, worker } = page;
  expect(store.state.shelf?.offers.map(({ id }) => id)).toEqual(["mine"]);
  // Another tab takes it and gives it back; and takes it while this one has not heard of it.
  elsewhere.add("webgan / mine");
  waiting.get("taken")?.();
  await come();
  expect(store.state.shelf?.offers).toEqual([]);
  elsewhere.clear();
  app.setHidden(false);
  await come();
  elsewhere.add("webgan / mine");
  app.forget("mine");
  await come();
  expect(kept.has("mine")).toBe(true);
  expect(store.state.problems.saved).toBeDefined();
  app.goOn("mine");
  await come();
  expect(store.state.problems.saved).toBeDefined();
  expect(store.state.shelf?.offers).toEqual([]);
  elsewhere.clear();
  waiting.get("webgan / mine")?.();
  await come();
  expect(store.state.problems.saved).toBeUndefined();
  expect(store.state.shelf?.offers.map(({ id }) => id)).toEqual(["mine"]);
  app.goOn("mine");
  await come();
  const { checkpoint: bytes, trainedMs } = worker().last("start").args[0];
  expect([[...bytes], trainedMs]).toEqual([[9], 90]);
  expect(store.state.shelf?.kept?.id).toBe("mine");
  expect(room.writes).toBe(0);
  trainTo(page, 10);
  expect(history.steps).toEqual([10]);
});

test("who opens the measures while training rests has them made, and of one step once", async () => {
  let seesQuality = false;
  const page = await opened("", () => seesQuality);
  const { app, store, worker } = page;
  worker().held.add("measure");
  const look = async () => {
    app.measuring.look();
    vi.advanceTimersByTime(2_000);
    await come();
    return worker().all("measure").length;
  };
  seesQuality = true;
  expect(await look()).toBe(0); // nothing has been learned
  seesQuality = false;
  app.training.train();
  trainTo(page, 5);
  app.training.pause();
  worker().emit({ type: "paused", runId: store.state.run?.id, reason: "asked" });
  expect(await look()).toBe(0);
  seesQuality = true;
  expect(await look()).toBe(1);
  worker().last("measure").answer({ step: 5 });
  await come();
  expect(await look()).toBe(1);
});
