// Threads of the CPU: how many there are, and that who starts none is told.

import { afterEach, expect, test, vi } from "vitest";

import { share, threadsHere } from "../../www/worker/threads.js";

/** @import { SharedProgram } from "../../www/worker/threads.js" */

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/**
 * A page that may share memory, on so many cores, whose workers begin or do not.
 * @param {number} cores
 * @param {(place: number) => "ready" | "error"} fate of each worker
 */
function pageWith(cores, fate) {
  vi.stubGlobal("crossOriginIsolated", true);
  vi.stubGlobal("navigator", { hardwareConcurrency: cores });
  let made = 0;
  vi.stubGlobal(
    "Worker",
    class extends EventTarget {
      #event = fate(made++) === "ready" ? new Event("message") : new Event("error");
      postMessage() {
        queueMicrotask(() => this.dispatchEvent(this.#event));
      }
      terminate() {}
    },
  );
}

function program() {
  const shareWork = vi.fn();
  const made = { shareWork, sharedModule: () => ({}), sharedMemory: () => ({}) };
  return /** @type {SharedProgram & typeof made} */ (/** @type {unknown} */ (made));
}

test("a page that may not share memory has one thread, another as many as cores, eight at most", () => {
  expect(threadsHere()).toBe(1);
  pageWith(4, () => "ready");
  expect(threadsHere()).toBe(4);
  vi.stubGlobal("navigator", { hardwareConcurrency: 64 });
  expect(threadsHere()).toBe(8);
});

test("work is shared with the threads that began; where none did, that is an error", async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  pageWith(4, (place) => (place === 1 ? "error" : "ready"));
  const some = program();
  const hear = vi.fn();
  await share(some, "thread.js", hear);
  expect(some.shareWork).toHaveBeenCalledExactlyOnceWith(2);
  expect(hear).toHaveBeenCalledTimes(3);

  pageWith(2, () => "error");
  const none = program();
  await expect(share(none, "thread.js", hear)).rejects.toThrow("no thread");
  expect(none.shareWork).not.toHaveBeenCalled();
});
