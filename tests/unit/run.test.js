// The loop of a run before a trainer whose device answers when it is told to, and whose clock only steps move.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { METRICS } from "../../www/engine/protocol.js";
import { FULL_PACE } from "../../www/engine/pace.js";
import { macrotask } from "../../www/worker/macrotask.js";
import { Run } from "../../www/worker/run.js";

/** @import { WorkerEvent } from "../../www/engine/protocol.js" */

const STEP_MS = 10;
const EPOCH = 50;

beforeEach(() => vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] }));
afterEach(() => vi.useRealTimers());

/** Answers that come when they are let go, in order, or at once. */
class Device {
  /** @type {(() => void)[] | undefined} what waits; none: nothing does */
  held;

  /** @template T @param {() => T} answer @returns {Promise<T>} */
  answer(answer) {
    return new Promise((resolve, reject) => {
      const go = () => Promise.resolve().then(answer).then(resolve, reject);
      if (this.held === undefined) void go();
      else this.held.push(go);
    });
  }

  hold() {
    this.held = [];
  }

  release() {
    const waiting = this.held ?? [];
    this.held = undefined;
    for (const go of waiting) go();
  }
}

/** @param {Partial<ConstructorParameters<typeof Run>[0]>} [given] */
function world(given) {
  const device = new Device();
  let unread = 0;
  const picture = () => ({
    ...{ width: 1, height: 1, takePixels: () => new Uint8ClampedArray(4), free() {} },
  });
  const trainer = {
    steps: 0,
    get epoch() {
      return Math.floor(this.steps / EPOCH);
    },
    epochProgress: 0,
    step() {
      this.steps += 1;
      unread += 1;
      vi.advanceTimersByTime(STEP_MS);
    },
    readLosses() {
      const count = unread;
      unread = 0;
      return device.answer(() => new Float32Array(count * METRICS.length));
    },
    grid: () => device.answer(picture),
    checkpoint: vi.fn(async () => new Uint8Array(3)),
    validate: vi.fn(async () => 0.5),
    free: vi.fn(),
  };
  const watch = { add() {}, settle() {}, close: vi.fn() };
  /** @type {WorkerEvent[]} */
  const events = [];
  const fatal = vi.fn();
  const info = { id: 1, step: 0, epoch: 0, totalSteps: 10_000, epochCount: 200 };
  const run = new Run(
    /** @type {any} */ ({
      ...{ trainer, watch, info, fatal, heldOut: undefined, points: undefined, isCpu: true },
      ...{ pace: FULL_PACE, isLossBehind: async () => false, emit: events.push.bind(events) },
      emit: (/** @type {WorkerEvent} */ event) => events.push(event),
      ...given,
    }),
  );
  const told = (/** @type {WorkerEvent["type"]} */ type) =>
    /** @type {any[]} */ (events.filter((event) => event.type === type));
  return { run, trainer, device, events, told, fatal, watch };
}

/** So many looks at the messages go by. */
async function pass(count = 20) {
  for (let i = 0; i < count; i++) await macrotask();
}

/** @param {Promise<unknown>} promise */
async function isDone(promise) {
  let isDone = false;
  void promise.then(() => (isDone = true));
  await pass(5);
  return isDone;
}

/**
 * Trains, until what is asked of a device that no longer answers holds it up.
 * @param {Pick<ReturnType<typeof world>, "run" | "device">} world
 */
async function trainsAhead({ run, device }) {
  run.train();
  await pass(1);
  device.hold();
  await pass();
}

test("a pause is done when the last step's losses have arrived, and told after them", async () => {
  const { run, trainer, device, events } = world({ isCpu: false });
  await trainsAhead({ run, device });
  const { steps } = trainer; // the brake holds
  const paused = run.pause();
  expect(await isDone(paused)).toBe(false);
  device.release();
  await paused;
  expect(trainer.steps).toBe(steps);
  const last = events.slice(-2).map(({ type }) => type);
  expect(last).toEqual(["grid", "paused"]);
  const losses = events.filter((event) => event.type === "losses");
  expect(losses.at(-1)?.progress.step).toBe(steps);
  expect(losses.reduce((sum, { values }) => sum + values.length, 0)).toBe(steps * METRICS.length);
});

test("no more than two readbacks are under way, however slow the device is", async () => {
  const { run, device } = world({ isCpu: false });
  device.hold();
  run.train();
  await pass();
  device.release(); // the first picture
  device.hold();
  await pass(200);
  expect(device.held?.length).toBe(2);
  device.release();
  await run.pause();
});

test("training that is asked for while a pause is under way goes on, and nothing is told", async () => {
  const { run, trainer, device, told } = world({ isCpu: false });
  await trainsAhead({ run, device });
  const { steps } = trainer;
  void run.pause();
  run.train();
  device.release();
  await pass();
  expect(trainer.steps).toBeGreaterThan(steps);
  expect(told("paused")).toEqual([]);
  await run.pause();
  expect(told("paused")).toHaveLength(1);
});

test("training that is asked for while the last losses arrive goes on as well", async () => {
  const { run, trainer, device, told } = world({ isCpu: false });
  await trainsAhead({ run, device });
  void run.pause();
  device.release();
  device.hold(); // what the pause itself asks for
  await pass();
  const { steps } = trainer;
  run.train();
  device.release();
  await pass();
  expect(trainer.steps).toBeGreaterThan(steps);
  expect(told("paused")).toEqual([]);
  await run.pause();
});

test("a pause before the first picture has come takes no step", async () => {
  const { run, trainer, device, told } = world();
  device.hold();
  run.train();
  const paused = run.pause();
  device.release();
  await paused;
  expect(trainer.steps).toBe(0);
  expect(told("paused")).toMatchObject([{ reason: "asked" }]);
});

test("losses that are no numbers end the training, told once; a crash is the program's", async () => {
  // On a GPU a readback may fail before anybody waits for it.
  for (const [code, isCpu] of /** @type {const} */ ([
    ["train.non_finite", true],
    ["train.non_finite", false],
    [undefined, true],
    [undefined, false],
  ])) {
    const { run, trainer, told, fatal } = world({ isCpu });
    trainer.readLosses = async () => {
      throw Object.assign(new Error("not finite"), { code });
    };
    run.train();
    await pass();
    const { steps } = trainer;
    await pass();
    expect(trainer.steps).toBe(steps);
    expect(told("paused").map(({ problem }) => problem.code)).toEqual(code ? [code] : []);
    expect(fatal).toHaveBeenCalledTimes(code ? 0 : 1);
  }
});

test("what comes of a lost GPU is not told", async () => {
  const { run, trainer, events, fatal } = world({ isCpu: false, isLossBehind: async () => true });
  trainer.readLosses = () => Promise.reject(new Error("unmapped"));
  run.train();
  await pass();
  expect(events.filter(({ type }) => type !== "grid")).toEqual([]);
  expect(fatal).not.toHaveBeenCalled();
});

test("a hidden run draws nothing and rests as long as it works; seen again, it is shown", async () => {
  const { run, trainer, told } = world({ pace: { ...FULL_PACE, hidden: true } });
  run.train();
  await pass();
  const slice = trainer.steps;
  expect(slice).toBe(4); // as many as fit into 50 ms
  vi.advanceTimersByTime(slice * STEP_MS - 1);
  await pass();
  expect(trainer.steps).toBe(slice);
  vi.advanceTimersByTime(1);
  await pass();
  expect(trainer.steps).toBe(2 * slice);
  const paused = run.pause();
  vi.advanceTimersByTime(1_000);
  await paused;
  expect(told("grid")).toEqual([]);
  run.setPace(FULL_PACE);
  await pass();
  expect(told("grid").map(({ step }) => step)).toEqual([2 * slice]);
});

test("in slow motion a pause waits for no step", async () => {
  const { run, trainer } = world({ pace: { ...FULL_PACE, stepsPerSecond: 1 } });
  run.train();
  await pass();
  expect(trainer.steps).toBe(1);
  vi.advanceTimersByTime(100);
  await pass();
  const paused = run.pause();
  vi.advanceTimersByTime(20);
  expect(await isDone(paused)).toBe(true);
  expect(trainer.steps).toBe(1);
});

test("what is under way is waited for before anything is freed", async () => {
  const { run, trainer, device, watch } = world({ isCpu: false });
  await trainsAhead({ run, device });
  const closed = run.close();
  expect(await isDone(closed)).toBe(false);
  expect(trainer.free).not.toHaveBeenCalled();
  device.release();
  await closed;
  for (const freed of [trainer.free, watch.close]) expect(freed).toHaveBeenCalledTimes(1);
});

test("a checkpoint or a picture under way outside of the loop is waited for as well", async () => {
  const worlds = [world(), world()];
  const [{ run, trainer }, other] = worlds;
  /** @type {(bytes: Uint8Array<ArrayBuffer>) => void} */
  let answer = () => {};
  trainer.checkpoint.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
  run.train();
  await vi.waitFor(() => expect(trainer.checkpoint).toHaveBeenCalled());
  other.device.hold();
  void other.run.draw();
  const closed = worlds.map((one) => one.run.close());
  expect(await Promise.all(closed.map(isDone))).toEqual([false, false]);
  for (const one of worlds) expect(one.trainer.free).not.toHaveBeenCalled();
  answer(new Uint8Array(3));
  other.device.release();
  await Promise.all(closed);
});

/** A trained generator that draws, and comes when it is told to. */
function showcase() {
  const shown = {
    ...{ isOpen: true, step: 900, latents: new Float32Array() },
    grid: async () => ({
      ...{ width: 2, height: 2, takePixels: () => new Uint8ClampedArray(16), free() {} },
    }),
    free: vi.fn(() => {
      shown.isOpen = false;
    }),
  };
  /** @type {(value: any) => void} */
  let come = () => {};
  const promise = /** @type {Promise<any>} */ (new Promise((resolve) => (come = resolve)));
  return { shown, promise, come: () => come(shown) };
}

test("a trained generator is shown until the first step, and never after", async () => {
  const late = showcase();
  const early = showcase();
  const worlds = [late, early].map(({ promise }) => world({ showcase: promise }));
  early.come();
  for (const { run } of worlds) {
    void run.draw();
    await pass();
    run.train();
    await pass();
  }
  late.come();
  await pass();
  const widths = worlds.map(({ told }) => told("grid").map(({ width }) => width));
  expect(new Set(widths[0])).toEqual(new Set([1]));
  expect(widths[1][0]).toBe(2);
  expect(new Set(widths[1].slice(1))).toEqual(new Set([1]));
  for (const { shown } of [late, early]) expect(shown.free).toHaveBeenCalledTimes(1);
  for (const { run } of worlds) await run.close();
});

test("it pauses at each multiple, from wherever it stands, and at the end of the schedule", async () => {
  const { run, told, trainer } = world({
    info: /** @type {any} */ ({ id: 1, step: 0, epoch: 0, totalSteps: 75, epochCount: 2 }),
  });
  await run.step();
  const ends = [];
  for (let i = 0; i < 3; i++) {
    run.train({ everySteps: 30 });
    await vi.waitFor(() => expect(told("paused")).toHaveLength(i + 1));
    ends.push(trainer.steps);
  }
  expect(ends).toEqual([30, 60, 75]);
  expect(told("paused").map(({ reason }) => reason)).toEqual(Array(3).fill("finished"));
});

test("what was held out is tried between two steps, when the epoch's losses have all arrived", async () => {
  const { run, trainer, events, told } = world({ isCpu: false, heldOut: /** @type {any} */ ({}) });
  const at = /** @type {number[]} */ ([]);
  trainer.validate.mockImplementation(async () => {
    at.push(trainer.steps);
    return 0.5;
  });
  run.train({ until: 2 * EPOCH });
  await vi.waitFor(() => expect(told("paused")).toHaveLength(1));
  expect(at).toEqual([EPOCH, 2 * EPOCH]);
  const rows = events.flatMap((event, i) => (event.type === "epoch" ? [i] : []));
  const before = rows.map((row) => events.slice(0, row).findLast(({ type }) => type === "losses"));
  expect(before.map((losses) => /** @type {any} */ (losses).progress.step)).toEqual(at);
});

test("a checkpoint comes at once and then every few seconds; weights that are none end nothing", async () => {
  const { run, trainer, told } = world();
  trainer.checkpoint.mockRejectedValueOnce(
    Object.assign(new Error("not finite"), { code: "checkpoint.tensors" }),
  );
  run.train({ until: 1_600 });
  await vi.waitFor(() => expect(told("paused")).toHaveLength(1), { timeout: 5_000 });
  expect(told("paused")).toMatchObject([{ reason: "finished" }]);
  // 16 seconds: the first of 0.3 s has failed.
  expect(trainer.checkpoint).toHaveBeenCalledTimes(4);
  expect(told("checkpoint")).toHaveLength(3);
});

test("a single step is shown, and none is taken while it trains", async () => {
  const { run, trainer, told } = world();
  await run.step();
  expect(trainer.steps).toBe(1);
  expect(told("grid").map(({ step }) => step)).toEqual([0, 1]);
  run.train();
  await pass(2);
  const { steps } = trainer;
  void run.step();
  expect(trainer.steps).toBe(steps);
  await run.pause();
});

test("a trained generator is waited for for a moment, and shown when it comes unless a step was taken", async () => {
  for (const comes of ["after a while", "after a step", "never"]) {
    const free = vi.fn();
    const frame = { width: 1, height: 1, takePixels: () => new Uint8ClampedArray(4), free() {} };
    const trained = { step: 900, isOpen: true, grid: async () => frame, free };
    /** @type {(one?: any) => void} */
    let come = () => {};
    const showcase = new Promise((resolve) => (come = resolve));
    const { run, told } = world({ showcase });
    void run.draw();
    await pass();
    expect(told("grid")).toEqual([]);
    vi.advanceTimersByTime(2_000);
    await pass();
    expect(told("grid")).toMatchObject([{ trainedFor: undefined, showcase: "awaited" }]);
    if (comes === "after a step") await run.step();
    come(comes === "never" ? undefined : trained);
    await pass();
    const [, ...later] = told("grid");
    if (comes === "after a while") {
      expect(later).toMatchObject([{ step: 0, trainedFor: 900 }]);
      await run.step();
      expect(told("grid").at(-1)).toMatchObject({ trainedFor: undefined, showcase: undefined });
    } else if (comes === "after a step") {
      expect(later.some((grid) => grid.trainedFor !== undefined)).toBe(false);
    } else {
      expect(later).toMatchObject([{ showcase: "missing" }]);
    }
    if (comes !== "never") expect(free).toHaveBeenCalledOnce();
    await run.close();
  }
});

const PLATEAU = { plateau: { classifier: undefined } };

test("it pauses when the samples have not become better for three looks, and Train goes on from there", async () => {
  // Less than one part in fifty better is no better; what gave way is no look.
  const distances = [9, 5, undefined, 4.95, 6, 5];
  const judge = vi.fn(async () => distances.shift());
  const { run, told } = world({ judge });
  run.train(PLATEAU);
  await vi.waitFor(() => expect(told("paused")).toHaveLength(1));
  expect(told("paused")[0]).toMatchObject({ reason: "plateau", bestStep: 1_000 });
  expect(run.stepCount).toBe(3_000);
  distances.push(7, 6, 5);
  run.train({ ...PLATEAU, until: 4_500 });
  await vi.waitFor(() => expect(told("paused")).toHaveLength(2));
  expect(told("paused")[1]).toMatchObject({ reason: "finished" });
  expect(judge).toHaveBeenCalledTimes(9);
});

test("the time of looking is no time of training, and nobody looks unasked", async () => {
  const slow = async () => {
    vi.advanceTimersByTime(60_000);
    return 1;
  };
  const judge = vi.fn(slow);
  const { run, told } = world({ judge });
  run.train({ until: 600 });
  await vi.waitFor(() => expect(told("paused")).toHaveLength(1));
  expect(judge).not.toHaveBeenCalled();
  run.train({ ...PLATEAU, until: 1_100 });
  await vi.waitFor(() => expect(told("paused")).toHaveLength(2));
  expect(judge).toHaveBeenCalledTimes(1);
  expect(told("losses").at(-1)?.progress.trainedMs).toBeLessThan(1_100 * STEP_MS * 2);
});

test("what cannot be looked at pauses it, and says why", async () => {
  const cause = Object.assign(new Error("no classifier"), { code: "quality.classifier" });
  const { run, told } = world({ judge: () => Promise.reject(cause) });
  run.train(PLATEAU);
  await vi.waitFor(() => expect(told("paused")).toHaveLength(1));
  expect(told("paused")[0]).toMatchObject({ reason: "problem", problem: { code: cause.code } });
});
