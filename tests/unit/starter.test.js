// Changes that are asked for one after another, before a worker that answers when it is told to.

import { beforeEach, expect, test, vi } from "vitest";
import { Client } from "../../www/engine/client.js";
import { Sources } from "../../www/engine/sources.js";
import { Starter } from "../../www/page/app/starter.js";
import { CodedError } from "../../www/kit/errors.js";
import { reduce } from "../../www/page/reduce.js";
import { shownConfig, shownPreset } from "../../www/page/selectors.js";
import { initialState } from "../../www/page/state.js";
import { Store } from "../../www/kit/store.js";
import { PRESETS } from "./presets.js";

/** @import { StartAnswer, StartRequest } from "../../www/engine/protocol.js" */

/** @type {{ request: StartRequest, answer: (value: StartAnswer) => void, refuse: (error: Error) => void }[]} */
let asked;
/** @type {import("../../www/page/state.js").PageStore} */
let store;
/** @type {Starter} */
let starter;
/** @type {Record<string, number>[]} */
let updates;

beforeEach(() => {
  vi.stubGlobal("requestAnimationFrame", () => 0);
  asked = [];
  updates = [];
  store = new Store(initialState(), reduce);
  store.dispatch({ type: "presets", presets: PRESETS });
  const ask = {
    /** @param {StartRequest} request */
    start: (request) =>
      new Promise((answer, refuse) => {
        asked.push({ request, answer, refuse });
      }),
    /** @param {number} _run @param {Record<string, number>} hyper */
    update: async (_run, hyper) => void updates.push(hyper),
    look: async () => {},
  };
  const clearable = { clear() {}, cut() {} };
  const desk = {
    client: Object.assign(Object.create(Client.prototype), { ask }),
    ...{ store, history: clearable, timeline: clearable, sources: new Sources() },
    places: { page: "https://site.invalid/", models: "https://site.invalid/", data: "" },
    images: { kind: "mnist", id: 0, url: "" },
    get state() {
      return store.state;
    },
    /** @param {Promise<unknown>} request */
    tell: (request) => request,
  };
  starter = new Starter(/** @type {any} */ (desk), /** @type {any} */ ({ train() {} }), /** @type {any} */ ({ keep() {} })); // prettier-ignore
});

/** The worker's answer to the newest request. */
async function answered() {
  const { request, answer } = /** @type {typeof asked[number]} */ (asked.at(-1));
  answer({
    run: {
      ...{ id: request.runId, step: 0, epoch: 0, totalSteps: 100, epochCount: 1 },
      ...{
        validation: false,
        recipe: /** @type {any} */ ({}),
        networks: /** @type {any} */ ({ generator: { classes: 0 } }),
        multiplications: 1,
      },
    },
    device: { kind: "cpu", name: "CPU", note: undefined, build: "cpu" },
    data: {
      ...{ sourceId: 0, name: "mnist", isOfSite: true, files: [], turned: false, count: 100 },
      ...{ rows: 28, columns: 28, channels: 1, classCount: 10 },
    },
  });
  await settled();
}

async function settled() {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

const preset = () => shownPreset(store.state)?.id;

test("the last of several wishes wins, and the page shows it from the first moment on", async () => {
  const first = starter.start({ preset: "mlp" }, "preset");
  const passed = starter.start({ preset: "least-squares", batchSize: 7 }, "preset");
  const last = starter.start({ seed: 5 }, "seed");
  await settled();
  expect(preset()).toBe("least-squares");
  await answered();
  // What was passed over on the way is never made, and never shown.
  expect(preset()).toBe("least-squares");
  expect(asked).toHaveLength(2);
  expect(asked[1].request.config).toMatchObject({ preset: "least-squares", batchSize: 7, seed: 5 });
  await answered();
  expect(await Promise.all([first, passed, last])).toEqual([true, false, true]);
  expect(store.state.asked).toBeUndefined();
  expect(store.state.settings).toMatchObject({ preset: "least-squares", batchSize: 7, seed: 5 });
});

test("a refused change does not take the next one's place", async () => {
  const first = starter.start({ batchSize: 9 }, "batchSize");
  const second = starter.start({ seed: 5 }, "seed");
  await settled();
  asked[0].refuse(new CodedError("config.batch_size", "too many"));
  await vi.waitFor(() =>
    expect(shownConfig(store.state)).toMatchObject({ batchSize: 64, seed: 5 }),
  );
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  await answered();
  expect(await Promise.all([first, second])).toEqual([false, true]);
});

test("what is refused while another run starts stands when it has started; what was before ends", async () => {
  void starter.start({}, "run");
  await settled();
  await answered();
  const refuse = (/** @type {"seed" | "batchSize"} */ place) =>
    store.dispatch({ type: "refused", place, message: place, remedy: { batchSize: 16 } });
  refuse("seed");
  void starter.start({ preset: "least-squares" }, "preset");
  await settled();
  refuse("batchSize");
  await answered();
  expect(store.state.problems).toEqual({ batchSize: "batchSize" });
  expect(store.state.mendable?.place).toBe("batchSize");
  void starter.start({ seed: 5 }, "seed");
  await settled();
  await answered();
  expect(store.state.problems).toEqual({});
  expect(store.state.mendable).toBeUndefined();
});

test("a mistake of the page's own is said, and the next change is made all the same", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  store.dispatch({ type: "settings", patch: { data: "a/b" } });
  const broken = starter.start({ data: /** @type {any} */ ("https://[/") }, "data");
  expect(await broken).toBe(false);
  expect(store.state.problems.data ?? store.state.failure).toMatch(/URL/);
  const next = starter.start({ data: "mnist" }, "data");
  await settled();
  await answered();
  expect(await next).toBe(true);
});

test("a run from a file takes its turn: what is asked for after it starts from its settings", async () => {
  void starter.start({ preset: "mlp" }, "preset");
  void starter.start({}, "files", { from: { bytes: new Uint8Array(1), trainedMs: 0 } });
  void starter.start({ seed: 5 }, "seed");
  for (let i = 0; i < 3; i++) {
    await settled();
    await answered();
  }
  expect(asked).toHaveLength(3);
});

test("a slider that is dragged changes the number in force once for all that waited", async () => {
  void starter.start({}, "run");
  await settled();
  for (const value of [0.1, 0.2, 0.3]) void starter.update("learningRate", value);
  await answered();
  await settled();
  expect(updates).toEqual([{ learningRate: 0.3 }]);
});

test("one sample a batch is refused with the batch that mends it", async () => {
  void starter.start({}, "run");
  await settled();
  await answered();
  void starter.start({ batchSize: 1, seed: 5 }, "batchSize");
  await settled();
  asked[1].refuse(new CodedError("config.batch_norm", "batch normalisation needs several samples"));
  // What is said of it is loaded first.
  await vi.waitFor(() => expect(store.state.problems.batchSize).toMatch(/several samples/));
  void starter.mend();
  await settled();
  expect(asked[2].request.config).toMatchObject({ batchSize: 16, seed: 5 });
  await answered();
  expect(store.state.mendable).toBeUndefined();
  expect(store.state.problems.batchSize).toBeUndefined();
});
