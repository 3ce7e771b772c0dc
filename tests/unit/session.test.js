// Elements that share one worker: who has it when, and what becomes of those who had it, before a worker that
// answers when it is told to.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Session } from "../../www/element/session.js";
import { CodedError } from "../../www/kit/errors.js";
import { begin, holds, settled, workers } from "./fake-worker.js";

vi.mock("comlink", async (original) => (await import("./fake-worker.js")).comlink(original));
vi.mock(
  "../../www/engine/spawn.js",
  async () => /** @type {any} */ ((await import("./fake-worker.js")).spawn),
);

/** Those of a test: all leave the hub with it. @type {Session[]} */
const sessions = [];

beforeEach(() => {
  begin();
  vi.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(() => {
  for (const session of sessions.splice(0)) session.close();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const DATA = { url: undefined, digits: "https://site.invalid/mnist/", pairs: null };

/** @param {string} [preset] */
function element(preset = "mlp") {
  /** What its listener was told, in order. @type {string[]} */
  const told = [];
  const tell = (/** @type {string} */ name) => (/** @type {any} */ detail) =>
    void told.push([name, detail?.type ?? detail?.code].filter(Boolean).join(" "));
  const names = ["event", "opened", "waiting", "training", "yielded", "ended", "failed"];
  const session = new Session(
    {
      ...{ config: { preset }, device: "cpu", stepsPerSecond: Infinity },
      ...{ data: DATA, model: "https://site.invalid/g" },
    },
    /** @type {any} */ (Object.fromEntries(names.map((name) => [name, tell(name)]))),
  );
  sessions.push(session);
  return { session, told };
}

/** The requests that say what became of runs, of the newest worker: names, and whose run it was. */
function account() {
  const names = ["start", "train", "pause", "save"];
  const asked = workers.at(-1)?.asked.filter(({ name }) => names.includes(name)) ?? [];
  return asked.map(({ name, args: [run] }) => `${name} ${run.config?.preset ?? run.runId ?? run}`);
}

const NOW = { inTurn: false };

test("who presses Train takes the worker; who had it goes on later from where it was", async () => {
  const [a, b] = [element("a"), element("b")];
  await a.session.play(NOW);
  const [worker] = workers;
  const [first] = worker.last("train").args;
  worker.step = 5;
  await b.session.play(NOW);
  expect(account().slice(1)).toEqual([
    ...[`train ${first}`, `pause ${first}`, `save ${first}`, "start b", `train ${first + 1}`],
  ]);
  expect(a.told.at(-1)).toBe("yielded");
  expect([a.session.wants, b.session.wants]).toEqual([false, true]);
  await a.session.play(NOW);
  const { checkpoint, showcase, freeFirst } = worker.last("start").args[0];
  expect([...checkpoint]).toEqual([5]);
  expect([showcase, freeFirst]).toEqual([undefined, true]);
  expect(b.session.isOpen).toBe(false);
  expect(workers).toHaveLength(1);
});

test("an element that has trained nothing keeps nothing, and shows its trained generator again", async () => {
  const [a, b] = [element("a"), element("b")];
  await a.session.draw();
  await b.session.draw();
  await a.session.draw();
  const { checkpoint, showcase } = workers[0].last("start").args[0];
  expect([checkpoint, showcase]).toEqual([undefined, "https://site.invalid/g"]);
});

test("a pause while the start is under way: the run comes, and does not train", async () => {
  const { session, told } = element();
  holds.add("start");
  const playing = session.play(NOW);
  await settled();
  const [worker] = workers;
  await session.pause();
  worker.last("start").answer();
  await playing;
  expect(told).toEqual(["opened"]);
  expect(worker.all("train")).toEqual([]);
  expect(session.isOpen).toBe(true);
});

test("a pause that comes before a script's steps have begun ends them too", async () => {
  const { session } = element();
  await session.play(NOW);
  const [worker] = workers;
  worker.held.add("pause");
  const steps = session.step(1_000);
  await settled();
  const paused = session.pause();
  for (const { answer } of worker.all("pause")) answer();
  await Promise.all([steps, paused]);
  expect(worker.all("step")).toEqual([]);
});

test("of two takers the last one trains, whatever comes first", async () => {
  const [a, b] = [element("a"), element("b")];
  holds.add("start");
  const playing = [a.session.play(NOW), b.session.play(NOW)];
  await settled();
  const [worker] = workers;
  for (const preset of ["a", "b"]) {
    expect(worker.last("start").args[0].config.preset).toBe(preset);
    worker.last("start").answer();
    await settled();
  }
  await Promise.all(playing);
  expect(worker.all("train").map(({ args }) => args[0])).toEqual([
    worker.last("start").args[0].runId,
  ]);
  expect(a.told).toEqual(["yielded", "opened"]);
});

test("a worker that dies while one yields to another: both are told, and both can go on", async () => {
  const [a, b] = [element("a"), element("b")];
  await a.session.play(NOW);
  const [worker] = workers;
  const runId = worker.last("train").args[0];
  worker.emit({ type: "checkpoint", runId, step: 3, bytes: Uint8Array.of(3) });
  worker.held.add("pause");
  const taking = b.session.play(NOW);
  await settled();
  worker.emit({ type: "fatal", message: "unreachable" });
  await expect(taking).rejects.toMatchObject({ code: "worker.dead" });
  for (const { told, session } of [a, b]) {
    expect(told.filter((what) => what.startsWith("failed"))).toEqual(["failed worker.dead"]);
    expect([session.wants, session.isOpen]).toEqual([false, false]);
  }
  expect(worker.isEnded).toBe(true);
  await a.session.play(NOW);
  expect(workers).toHaveLength(2);
  expect([...workers[1].last("start").args[0].checkpoint]).toEqual([3]);
  worker.emit({ type: "stage", stage: "data" }); // late, of the dead one
  expect(a.told.at(-1)).toBe("training");
});

test("a GPU that is taken away ends the worker, and is told as that", async () => {
  const { session, told } = element();
  await session.play(NOW);
  const problem = { code: "device.lost", message: "lost" };
  workers[0].emit({ type: "device-error", problem });
  expect(told.at(-1)).toBe("failed device.lost");
  expect([workers[0].isEnded, session.isOpen, session.wants]).toEqual([true, false, false]);
});

test("who only draws gives the worker back to the one that trains", async () => {
  const [a, b] = [element("a"), element("b")];
  await a.session.play(NOW);
  await b.session.draw();
  await settled();
  expect(account().filter((what) => /start|train/.test(what))).toEqual([
    ...["start a", expect.stringMatching(/train/), "start b", "start a"],
    expect.stringMatching(/train/),
  ]);
  expect(a.told).not.toContain("yielded");
  expect(a.session.isOpen).toBe(true);
});

test("who trains unasked waits in line; who pauses meanwhile takes no turn", async () => {
  const [a, b, c] = ["a", "b", "c"].map(element);
  await a.session.play(NOW);
  const waiting = [b, c].map(({ session }) => session.play({ inTurn: true }));
  await settled();
  expect([...b.told, ...c.told]).toEqual(["waiting", "waiting"]);
  await b.session.pause();
  const [worker] = workers;
  const runId = worker.last("train").args[0];
  worker.emit({ type: "paused", runId, reason: "finished" });
  await Promise.all(waiting);
  expect(a.told.at(-1)).toBe("ended");
  expect(b.told).toEqual(["waiting"]);
  expect(c.told.at(-1)).toBe("training");
});

test("it trains on where the schedule ends before the step that was asked for", async () => {
  const { session, told } = element();
  await session.play({ until: 150, inTurn: false });
  const [worker] = workers;
  const runId = worker.last("train").args[0];
  const end = async (/** @type {number} */ step) => {
    const progress = { step, trainedMs: 1 };
    worker.emit({ type: "losses", runId, values: new Float32Array(8), progress });
    worker.emit({ type: "paused", runId, reason: "finished" });
    await settled();
  };
  await end(100);
  expect(worker.all("train")).toHaveLength(2);
  expect(told).not.toContain("ended");
  await end(150);
  expect(told.at(-1)).toBe("ended");
  expect(worker.all("train")).toHaveLength(2);
});

test("an element that is removed while its run starts takes the worker along, and nobody else's", async () => {
  const [a, b] = [element("a"), element("b")];
  holds.add("start");
  const playing = a.session.play(NOW);
  await settled();
  holds.clear();
  const drawing = b.session.draw();
  a.session.close();
  await expect(playing).rejects.toMatchObject({ code: "worker.dead" });
  await drawing;
  expect(workers.map(({ isEnded }) => isEnded)).toEqual([true, false]);
  expect(b.session.isOpen).toBe(true);
  expect(a.told).toEqual([]);
  a.session.close();
  expect(workers[1].isEnded).toBe(false);
});

test("starting over drops what the old run still tells", async () => {
  const { session, told } = element();
  await session.play(NOW);
  const [worker] = workers;
  const runId = worker.last("train").args[0];
  worker.held.add("start");
  const restarted = session.restart({
    ...{ config: { preset: "b" }, device: "cpu", stepsPerSecond: Infinity },
    ...{ data: DATA, model: undefined },
  });
  await settled();
  const before = told.length;
  worker.emit({ type: "grid", runId, step: 9, width: 1, height: 1 });
  worker.emit({ type: "paused", runId, reason: "finished" });
  expect(told.slice(before)).toEqual([]);
  const { freeFirst, checkpoint } = worker.last("start").args[0];
  expect([freeFirst, checkpoint]).toEqual([true, undefined]);
  worker.last("start").answer();
  await restarted;
  expect(told.slice(before)).toEqual(["opened"]);
});

test("a file that is refused ends nothing: what trains goes on", async () => {
  const { session, told } = element();
  await session.play(NOW);
  const [worker] = workers;
  worker.held.add("start");
  const loading = session.load(new Blob([Uint8Array.of(7)]));
  await vi.waitFor(() => expect(worker.all("start")).toHaveLength(2));
  const { config, freeFirst } = worker.last("start").args[0];
  expect([config, freeFirst]).toEqual([undefined, false]);
  worker.last("start").refuse(new CodedError("checkpoint.damaged", "damaged"));
  await expect(loading).rejects.toMatchObject({ code: "checkpoint.damaged" });
  expect([session.wants, session.isOpen, worker.isEnded]).toEqual([true, true, false]);
  expect(told.filter((what) => what.startsWith("failed"))).toEqual([]);
});

test("a run from a file goes on with its own config, in the next worker too", async () => {
  const { session } = element();
  await session.load(new Blob([Uint8Array.of(7)]));
  const runId = workers[0].last("start").args[0].runId;
  workers[0].emit({ type: "checkpoint", runId, step: 8, bytes: Uint8Array.of(8) });
  workers[0].emit({ type: "fatal", message: "unreachable" });
  await session.draw();
  const { config, checkpoint } = workers[1].last("start").args[0];
  expect([config, [...checkpoint]]).toEqual([undefined, [8]]);
});
