// A worker in this thread, behind the real client: it answers at once, or what is held when it is told to. A test
// file puts it in place with
//   vi.mock("comlink", async (original) => (await import("./fake-worker.js")).comlink(original));
//   vi.mock("../../www/engine/spawn.js", async () => (await import("./fake-worker.js")).spawn);

import { vi } from "vitest";
import { CONFIG, PRESETS } from "./presets.js";

/** @import { StartAnswer, StartRequest, WorkerEvent } from "../../www/engine/protocol.js" */

/**
 * @typedef {object} Asked
 * @property {string} name
 * @property {any[]} args
 * @property {(value?: any) => void} answer
 * @property {(error: Error) => void} refuse
 */

/** Those that were started, oldest first. @type {FakeWorker[]} */
export const workers = [];

/** What those hold that are started from now on. @type {Set<string>} */
export const holds = new Set();

export class FakeWorker extends EventTarget {
  /** Every request, oldest first. @type {Asked[]} */
  asked = [];
  /** Names of requests that wait to be answered. @type {Set<string>} */
  held = new Set(holds);
  isEnded = false;
  /** Where the run in it stands. */
  step = 0;
  /** @type {{ postMessage(event: WorkerEvent): void } | undefined} */
  #events;
  api = new Proxy(
    {},
    {
      get:
        (_, /** @type {string} */ name) =>
        (/** @type {any[]} */ ...args) =>
          this.#take(name, args),
    },
  );

  terminate() {
    this.isEnded = true;
  }

  /** @param {any} event that is told now */
  emit(event) {
    this.#events?.postMessage(event);
  }

  /** @param {string} name @returns {Asked[]} */
  all(name) {
    return this.asked.filter((asked) => asked.name === name);
  }

  /** @param {string} name @returns {Asked} the newest */
  last(name) {
    const last = this.all(name).at(-1);
    if (last === undefined) throw new Error(`nobody has asked for ${name}`);
    return last;
  }

  /** @param {string} name @param {any[]} args */
  #take(name, args) {
    if (name === "connect") this.#events = args[1];
    return new Promise((resolve, refuse) => {
      const answer = (/** @type {any} */ value = this.#answerTo(name, args)) => resolve(value);
      this.asked.push({ name, args, answer, refuse });
      if (!this.held.has(name)) answer();
    });
  }

  /** @param {string} name @param {any[]} args */
  #answerTo(name, [request]) {
    if (name === "connect") return PRESETS;
    if (name === "start") return answerTo(request);
    // So that what is kept tells where it was.
    if (name === "save") return { step: this.step, bytes: Uint8Array.of(this.step) };
    return undefined;
  }
}

/**
 * @param {StartRequest} request
 * @returns {StartAnswer}
 */
export function answerTo({ runId, checkpoint, config, data }) {
  return {
    // A file brings its own.
    config: config === undefined ? { ...CONFIG } : undefined,
    run: {
      ...{ id: runId, step: checkpoint?.[0] ?? 0, epoch: 0, totalSteps: 100, epochCount: 1 },
      ...{
        validation: false,
        recipe: /** @type {any} */ ({}),
        networks: /** @type {any} */ ({ generator: { classes: 0 } }),
        multiplications: 1,
      },
    },
    device: { kind: "cpu", name: "CPU", note: undefined, build: "cpu" },
    data: {
      ...{ sourceId: data.id, name: data.kind === "files" ? data.name : "mnist" },
      isOfSite: data.kind !== "files",
      ...{ files: [], turned: false, count: 100 },
      ...{ rows: 28, columns: 28, channels: 1, classCount: 10 },
    },
  };
}

/** @param {() => Promise<any>} original */
export async function comlink(original) {
  return {
    ...(await original()),
    transfer: (/** @type {unknown} */ value) => value,
    wrap: (/** @type {FakeWorker} */ worker) => worker.api,
  };
}

export const spawn = {
  ...{ TRAINING: "https://site.invalid/worker.js", PROGRAMS: {} },
  startWorker() {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  },
};

/** Before each test: no worker yet, and events that arrive when they are sent. */
export function begin() {
  workers.length = 0;
  holds.clear();
  vi.stubGlobal(
    "MessageChannel",
    class {
      port1 = { onmessage: (/** @type {{ data: unknown }} */ _event) => {}, close() {} };
      port2 = { postMessage: (/** @type {unknown} */ data) => this.port1.onmessage({ data }) };
    },
  );
}

/** Everything that needs no other answer has come about. */
export async function settled() {
  for (let i = 0; i < 50; i++) await Promise.resolve();
}
