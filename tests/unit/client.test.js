// The page's end of the worker, against a comlink end in this thread: only so can the order in which
// two channels deliver be chosen. The real worker is in the end-to-end tests.

import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expose } from "comlink";
import { afterEach, expect, test, vi } from "vitest";
import { Answers } from "../../www/engine/answers.js";
import { Client } from "../../www/engine/client.js";
import "../../www/engine/error-wire.js";
import { given, take } from "../../www/engine/given.js";

/** @type {MessagePort[]} */
const ports = [];

afterEach(() => {
  for (const port of ports.splice(0)) port.close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** @param {(events: MessagePort, files?: (url: string) => Promise<Blob>) => unknown} connect */
function workerThat(connect) {
  vi.spyOn(console, "error").mockImplementation(() => {});
  vi.stubGlobal("location", new URL(import.meta.url));
  vi.stubGlobal(
    "Worker",
    class {
      constructor() {
        const { port1, port2 } = new MessageChannel();
        ports.push(port1, port2);
        const api = {
          /** @param {[version: number, events: MessagePort, device: unknown, programs: unknown, files?: any]} given */
          connect(...[, events, , , files]) {
            ports.push(events);
            return connect(events, files);
          },
        };
        expose(api, port2);
        return Object.assign(port1, { terminate: () => port1.close() });
      }
    },
  );
}

test("a crash whose answer arrives first is a death all the same, told once", async () => {
  workerThat((events) => {
    setTimeout(() => events.postMessage({ type: "fatal", message: "unreachable" }), 20);
    throw new Error("unreachable");
  });
  const onFatal = vi.fn();
  const client = new Client(() => {}, onFatal, "cpu");
  await expect(client.presets).rejects.toMatchObject({ code: "worker.dead" });
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect(onFatal).toHaveBeenCalledTimes(1);
});

test("a crash whose announcement arrives first", async () => {
  workerThat(async (events) => {
    events.postMessage({ type: "fatal", message: "unreachable" });
    await new Promise((resolve) => setTimeout(resolve, 20));
    throw new Error("unreachable");
  });
  const onFatal = vi.fn();
  const client = new Client(() => {}, onFatal, "cpu");
  await expect(client.presets).rejects.toMatchObject({ code: "worker.dead" });
  expect(onFatal).toHaveBeenCalledTimes(1);
});

test("a refusal keeps its code and ends nothing", async () => {
  workerThat(() => {
    throw Object.assign(new Error("two versions"), { code: "protocol.version" });
  });
  const onFatal = vi.fn();
  const client = new Client(() => {}, onFatal, "cpu");
  await expect(client.presets).rejects.toMatchObject({ code: "protocol.version" });
  expect(onFatal).not.toHaveBeenCalled();
});

/** @param {new () => unknown} Worker what stands for the browser's */
function browserWith(Worker) {
  vi.spyOn(console, "error").mockImplementation(() => {});
  vi.stubGlobal("Worker", Worker);
}

/** A worker that loads, and never says anything. */
class Silent extends EventTarget {
  postMessage() {}
  terminate() {}
}

test("a worker that cannot be made is told with its cause and address, and answers nothing", async () => {
  browserWith(
    class {
      constructor() {
        throw new Error("the operation is insecure");
      }
    },
  );
  const onFatal = vi.fn();
  const client = new Client(() => {}, onFatal, "cpu");
  expect(onFatal).not.toHaveBeenCalled(); // who made it has it first
  await expect(client.presets).rejects.toMatchObject({ code: "worker.dead" });
  await expect(client.ask.pause(1)).rejects.toMatchObject({ code: "worker.dead" });
  expect(onFatal).toHaveBeenCalledTimes(1);
  const [problem] = onFatal.mock.calls[0];
  expect(problem.code).toBe("program.start");
  expect(problem.message).toMatch(/worker\S*: the operation is insecure/);
});

test("a page that allows no policy of ours is told what it lacks", async () => {
  vi.resetModules();
  vi.stubGlobal("trustedTypes", {
    createPolicy() {
      throw new TypeError("not allowed");
    },
  });
  browserWith(
    class {
      constructor() {
        throw new TypeError("requires TrustedScriptURL");
      }
    },
  );
  const onFatal = vi.fn();
  const { Client } = await import("../../www/engine/client.js");
  await expect(new Client(() => {}, onFatal, "cpu").presets).rejects.toBeDefined();
  expect(onFatal.mock.calls[0][0]).toMatchObject({
    code: "program.policy",
    message: expect.stringContaining("trusted-types webgan"),
  });
});

test("a worker whose file cannot be loaded is told with its address", async () => {
  /** @type {Silent | undefined} */
  let made;
  browserWith(
    class extends Silent {
      constructor() {
        super();
        made = this;
      }
    },
  );
  const onFatal = vi.fn();
  const client = new Client(() => {}, onFatal, "cpu");
  made?.dispatchEvent(new Event("error"));
  await expect(client.presets).rejects.toMatchObject({ code: "worker.dead" });
  const [problem] = onFatal.mock.calls[0];
  expect(problem.code).toBe("program.fetch");
  expect(problem.message).toMatch(/from \S*worker\S*\. Is the file there/);
});

test("a worker that says nothing has an end, and one that says something has none", async () => {
  vi.useFakeTimers();
  try {
    browserWith(Silent);
    const onFatal = vi.fn();
    const client = new Client(() => {}, onFatal, "cpu");
    await vi.advanceTimersByTimeAsync(60_000);
    await expect(client.presets).rejects.toMatchObject({ code: "worker.dead" });
    expect(onFatal.mock.calls.map(([{ code }]) => code)).toEqual(["program.silent"]);
  } finally {
    vi.useRealTimers();
  }
  workerThat(() => []);
  const onFatal = vi.fn();
  const client = new Client(() => {}, onFatal, "cpu");
  await client.presets;
  vi.useFakeTimers();
  await vi.advanceTimersByTimeAsync(60_000);
  vi.useRealTimers();
  expect(onFatal).not.toHaveBeenCalled();
});

test("ten thousand answers leave nothing behind", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  const answers = new Answers();
  const heap = async (/** @type {number} */ calls) => {
    for (let i = 0; i < calls; i++) await answers.to(async () => new Float32Array(10));
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = await heap(10_000);
  expect((await heap(10_000)) - before).toBeLessThan(200_000);
  // And those that are open when the end comes are refused.
  const open = answers.to(() => new Promise(() => {}));
  answers.end(new Error("over"));
  await expect(open).rejects.toThrow("over");
  await expect(answers.to(async () => 1)).rejects.toThrow("over");
});

test("a page's files are asked for by the worker, which is one of them", async () => {
  workerThat(async (_events, files) => [await files?.("x").then((file) => file.text())]);
  await take(async (url) => new Blob([`of ${url}`]));
  const client = new Client(
    () => {},
    () => {},
    "cpu",
  );
  expect(await client.presets).toEqual(["of x"]);
  expect(given.worker).toMatch(/^blob:/);
  await expect(take(async () => undefined)).rejects.toMatchObject({ code: "program.fetch" });
  Object.assign(given, { files: undefined, worker: undefined });
});
