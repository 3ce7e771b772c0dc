// The loss of a GPU: heard of from the browser, and told in place of what comes of it.

import { afterEach, expect, test, vi } from "vitest";
import { messageOf } from "../../www/kit/errors.js";
import { Machines } from "../../www/worker/machines.js";
import { GpuLoss } from "../../www/worker/gpu-loss.js";

/** @import { WorkerEvent } from "../../www/engine/protocol.js" */

const program = vi.hoisted(() => ({ open: /** @type {any} */ (undefined) }));

vi.mock("../../www/worker/program.js", () => ({
  programFor: async () => ({
    program: { Device: { open: (/** @type {string} */ choice) => program.open(choice) } },
    build: "webgpu",
    noGpu: undefined,
  }),
}));

afterEach(() => vi.unstubAllGlobals());

/** A browser with a GPU, which can be taken away. */
function browserWithGpu() {
  /** @type {(info: object) => void} */
  let take = () => {};
  const lost = new Promise((resolve) => {
    take = resolve;
  });
  class GPUAdapter {
    async requestDevice() {
      return { lost };
    }
  }
  vi.stubGlobal("GPUAdapter", GPUAdapter);
  return { adapter: new GPUAdapter(), take: () => take({ reason: "unknown" }) };
}

/** @param {"cpu" | "webgpu"} kind @param {string} [note] */
const device = (kind, note) => ({ kind, name: kind, note, onError() {} });

const WRONG =
  "Training runs on the CPU: the GPU (x) computes wrong numbers: An error happened\nCaused by:\n  the staging buffer could not be mapped\nBacktrace:\n   0: wasm.";

const EARS = { onPanic: () => {}, onThread: () => {} };

test("a loss is told once, and an error that comes a moment before it is behind it", async () => {
  const { adapter, take } = browserWithGpu();
  const onLost = vi.fn();
  const loss = new GpuLoss(onLost);
  await adapter.requestDevice();
  const asked = loss.isBehind();
  take();
  expect(await asked).toBe(true);
  loss.noticed();
  expect(onLost).toHaveBeenCalledTimes(1);
});

test("an error without a loss has none behind it", async () => {
  expect(await new GpuLoss(() => {}).isBehind()).toBe(false);
});

test("a GPU in use that is lost is one event, and one that is not in use is none", async () => {
  for (const [choice, kind] of /** @type {const} */ ([
    ["webgpu", "webgpu"],
    ["cpu", "cpu"],
  ])) {
    const { adapter, take } = browserWithGpu();
    /** @type {WorkerEvent[]} */
    const events = [];
    const machines = new Machines((event) => events.push(event), EARS);
    program.open = async () => {
      await adapter.requestDevice();
      return device(kind);
    };
    machines.settle(await machines.open(choice));
    take();
    expect(await machines.isLossBehind()).toBe(kind === "webgpu");
    const told = events.filter(({ type }) => type === "device-error");
    expect(told).toHaveLength(kind === "webgpu" ? 1 : 0);
    vi.unstubAllGlobals();
  }
});

test("lost while it was tested: Automatic takes the CPU and says so, in a reader's words", async () => {
  const { adapter, take } = browserWithGpu();
  const machines = new Machines(() => {}, EARS);
  program.open = async () => {
    await adapter.requestDevice();
    take();
    return device("cpu", WRONG);
  };
  const { note } = await machines.open("auto");
  expect(note).toBe("Training runs on the CPU: the GPU was taken away from this page.");
});

test("lost while it was tested, a GPU that was asked for is told as lost, not as wrong", async () => {
  const { adapter, take } = browserWithGpu();
  const onEvent = vi.fn();
  const machines = new Machines(onEvent, EARS);
  program.open = async () => {
    await adapter.requestDevice();
    take();
    throw Object.assign(new Error(WRONG), { code: "device.self_test" });
  };
  const answered = vi.fn();
  machines.open("webgpu").then(answered, answered);
  await vi.waitFor(() => expect(onEvent).toHaveBeenCalledTimes(2));
  expect(onEvent.mock.calls[1][0]).toMatchObject({ problem: { code: "device.lost" } });
  expect(answered).not.toHaveBeenCalled(); // whoever is told ends the worker
});

test("no reader sees a backtrace", () => {
  expect(messageOf(new Error(WRONG))).toBe(
    "Training runs on the CPU: the GPU (x) computes wrong numbers: An error happened Caused by: the staging buffer could not be mapped",
  );
  expect(messageOf("lost (Backtrace: 0)")).toBe("lost");
});
