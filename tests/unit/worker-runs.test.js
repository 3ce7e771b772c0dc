// How one run takes another's place in the worker, and what is freed when: before a program that keeps account.

import { beforeEach, expect, test, vi } from "vitest";
import { Calls } from "../../www/worker/calls.js";
import { Datasets } from "../../www/worker/datasets.js";
import { Runs } from "../../www/worker/runs.js";

/** @import { StartRequest } from "../../www/engine/protocol.js" */

vi.mock("../../www/worker/data.js", () => ({
  filesOf: async (
    /** @type {{ name: string }} */ { name },
    /** @type {string} */ part,
    /** @type {{ withInputs: boolean }} */ { withInputs },
  ) => ({
    images: { name: `${name} ${part}`, bytes: new Uint8Array() },
    labels: undefined,
    inputs: withInputs ? { name: "inputs", bytes: new Uint8Array() } : undefined,
  }),
  aboutOf: async () => undefined,
}));

/** What was made and freed, in order. @type {string[]} */
let log;
/** Names of what the trainer refuses. @type {string | undefined} */
let refusedData;
/** @type {Runs} */
let runs;
/** @type {Datasets} */
let datasets;

/** @param {string} name */
function freeable(name) {
  log.push(`+${name}`);
  return { free: () => void log.push(`-${name}`) };
}

/** @param {"cpu" | "webgpu"} kind */
function machineOf(kind) {
  const device = { kind, name: kind };
  const dataset = (/** @type {string} */ name) => ({
    ...freeable(name),
    ...{ name, count: 10, rows: 28, columns: 28, channels: 1, classCounts: [] },
    parseHeldOut: (/** @type {any} */ _images, /** @type {any} */ _labels, [file = ""]) =>
      dataset(file),
  });
  class Trainer {
    stepCount = 0;
    config = settings;
    networks = "{}";
    settings = settings;
    /** @param {string} config @param {{ name: string }} data */
    constructor(config, data) {
      if (data.name === refusedData) throw refusal("config.classes");
      const { seed } = JSON.parse(config);
      Object.assign(this, freeable(`trainer ${seed}`));
    }
    static resume(/** @type {Uint8Array} */ bytes, /** @type {{ name: string }} */ data) {
      return new Trainer(JSON.stringify({ seed: `file ${bytes[0]}` }), data);
    }
    update() {
      throw refusal("config.l1_weight");
    }
    generator = () => freeable("generator");
  }
  const settings = JSON.stringify({ preset: "unknown" });
  return {
    ...{ device, build: "cpu", note: undefined },
    program: {
      Dataset: {
        /** @param {any[]} given */
        parse(...given) {
          const [, , [file = ""], , , inputs, pairing] = given;
          if (inputs !== undefined) return dataset(`${file} with inputs`);
          if (pairing !== undefined) return dataset(`${file} by ${pairing}`);
          if (kind === "webgpu" && file.startsWith("large")) throw refusal("device.too_large");
          return dataset(kind === "cpu" ? file : `${file} on the GPU`);
        },
      },
      Trainer,
      Monitor: class {
        free() {}
      },
    },
  };
}

/** @param {string} code */
function refusal(code) {
  return Object.assign(new Error("refused"), { code });
}

/** @type {Record<string, ReturnType<typeof machineOf>>} */
let machines;

beforeEach(() => {
  log = [];
  refusedData = undefined;
  const [cpu, webgpu] = [machineOf("cpu"), machineOf("webgpu")];
  machines = { cpu, webgpu, auto: webgpu };
  const emit = () => {};
  const owner = /** @type {any} */ ({
    open: async (/** @type {string} */ choice) => machines[choice],
    settle() {},
    isLossBehind: async () => false,
  });
  datasets = new Datasets(owner, emit);
  const calls = new Calls(emit, owner.isLossBehind);
  const examiner = /** @type {any} */ ({ keepFor() {} });
  const judge = async () => 0;
  runs = new Runs({ calls, machines: owner, datasets, examiner, judge, emit });
  runs.presets = /** @type {any} */ ([{ id: "mlp" }, { id: "dcgan", validation: true }]);
});

/**
 * @param {number} runId
 * @param {string} name of the data
 * @param {Partial<StartRequest>} [others]
 */
function start(runId, name, others) {
  const data = /** @type {any} */ ({ kind: "files", id: name.length, name, turned: false });
  const config = { preset: "mlp", seed: runId };
  return runs.start({ runId, config, device: "cpu", data, freeFirst: false, ...others });
}

test("another run is made beside the one there is, whose data go when it has ended", async () => {
  await start(1, "a");
  await start(2, "bb");
  expect(runs.of(1)).toBeUndefined();
  expect(runs.of(2)).toBeDefined();
  expect(log).toEqual([
    ...["+a train", "+trainer 1", "+bb train", "+trainer 2", "-trainer 1", "-a train"],
  ]);
});

test("a plain Reset frees the old run first, and keeps the data", async () => {
  await start(1, "a");
  await start(2, "a", { freeFirst: true });
  expect(log).toEqual(["+a train", "+trainer 1", "-trainer 1", "+trainer 2"]);
});

test("a refusal says what the data are, frees them, and leaves the run and its own", async () => {
  await start(1, "a");
  refusedData = "bb train";
  const refused = start(2, "bb");
  await expect(refused).rejects.toMatchObject({ code: "config.classes", data: { name: "bb" } });
  expect(log).toEqual(["+a train", "+trainer 1", "+bb train", "-bb train"]);
  expect(runs.of(1)).toBeDefined();
  // The same data, refused for another run, stay.
  refusedData = "a train";
  await expect(start(3, "a")).rejects.toThrow();
  expect(log.at(-1)).toBe("-bb train");
});

test("a checkpoint that cannot be followed leaves no trainer behind", async () => {
  await start(1, "a");
  const checkpoint = Uint8Array.of(7);
  for (const config of [undefined, { preset: "mlp" }]) {
    await expect(start(2, "a", { checkpoint, config })).rejects.toThrow();
  }
  const left = log.filter((entry) => entry.endsWith("file 7"));
  expect(left).toEqual([
    "+trainer file 7",
    "-trainer file 7",
    "+trainer file 7",
    "-trainer file 7",
  ]);
  expect(runs.of(1)).toBeDefined();
});

test("what was held out is loaded when it is asked for, once", async () => {
  const { signal } = new AbortController();
  await start(1, "a");
  for (let i = 0; i < 2; i++) await runs.examine(1, signal, async () => {});
  expect(await runs.examine(9, signal, async () => "used")).toBeUndefined();
  expect(log).toEqual([
    ...["+a train", "+trainer 1", "+a held-out"],
    ...["+generator", "-generator", "+generator", "-generator"],
  ]);
  // And goes with the rest of its data.
  await start(2, "bb", { config: { preset: "dcgan" } });
  expect(log.slice(-2)).toEqual(["-a train", "-a held-out"]);
  expect(log).toContain("+bb held-out");
});

test("pairs come with what was held out, and anew where they are made of something else", async () => {
  await start(1, "a", { pairs: "outline" });
  const first = ["+a train by outline", "+a held-out", "+trainer 1"];
  expect(log).toEqual(first);
  await start(2, "a", { pairs: "outline" });
  expect(log).toEqual([...first, "+trainer 2", "-trainer 1"]);
  await start(3, "a", { pairs: "own" });
  expect(log.slice(5)).toEqual([
    ...["+a train with inputs", "+a held-out", "+trainer 3"],
    ...["-trainer 2", "-a train by outline", "-a held-out"],
  ]);
  // For a run that makes pictures of nothing they are none.
  await start(4, "a");
  expect(log).toContain("+a train");
});

test("data that are too large for the GPU are on the CPU from then on, where any device will do", async () => {
  const { device } = await start(1, "large", { device: "auto" });
  expect(device).toMatchObject({ kind: "cpu", note: expect.stringContaining("refused") });
  await start(2, "large", { device: "auto" });
  expect(log.filter((entry) => entry.includes("large"))).toEqual(["+large train"]);
  await expect(start(3, "large", { device: "webgpu" })).rejects.toMatchObject({
    code: "device.too_large",
  });
  await start(4, "a", { device: "auto" });
  expect(log).toContain("+a train on the GPU");
});

test("after a crash everything is refused, and the crash is told once; a refusal ends nothing", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const emit = vi.fn();
  const calls = new Calls(emit, async () => false);
  const first = calls.inLine(() => Promise.reject(refusal("data.missing")));
  const second = calls.inLine(async () => 2);
  await expect(first).rejects.toMatchObject({ code: "data.missing" });
  expect(await second).toBe(2);
  const crashed = [1, 2].map(() => calls.guarded(() => Promise.reject(new Error("unreachable"))));
  await Promise.allSettled(crashed);
  await expect(calls.inLine(async () => 3)).rejects.toMatchObject({ code: "worker.dead" });
  expect(emit.mock.calls).toEqual([[{ type: "fatal", message: "unreachable" }]]);
  vi.restoreAllMocks();
});

test("a request that fails because the GPU is lost is not answered", async () => {
  const calls = new Calls(vi.fn(), async () => true);
  const answered = vi.fn();
  calls.guarded(() => Promise.reject(new Error("unmapped"))).then(answered, answered);
  await new Promise((resolve) => setTimeout(resolve));
  expect(answered).not.toHaveBeenCalled();
  expect(calls.isDead).toBe(false);
});
