// The page's end of the worker, against a comlink end in this thread: only so can the order in which
// two channels deliver be chosen. The real worker is in the end-to-end tests.

import { expose } from "comlink";
import { afterEach, expect, test, vi } from "vitest";
import { Client } from "../../www/client.js";
import "../../www/error-wire.js";

/** @type {MessagePort[]} */
const ports = [];

afterEach(() => {
  for (const port of ports.splice(0)) port.close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** @param {(events: MessagePort) => unknown} connect */
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
          /** @param {number} _version @param {MessagePort} events */
          connect(_version, events) {
            ports.push(events);
            return connect(events);
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
