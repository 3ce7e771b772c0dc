import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "../../www/page/settings.js";
import { reduce } from "../../www/page/reduce.js";
import {
  canGoOn,
  chosenData,
  dataName,
  fetchesData,
  canMeasure,
  isLearning,
  secondsLeft,
  shownConfig,
  shownEpoch,
  shownPreset,
  showsPoints,
  shownPictures,
  titleOf,
  usesPictures,
} from "../../www/page/selectors.js";
import { initialState, newRun, newWorker } from "../../www/page/state.js";
import { PRESETS } from "./presets.js";
import recipes from "./recipes.json";

/** @import { Networks } from "../../www/code/layers.js" */
/** @import { Recipe } from "../../www/code/recipe.js" */
/** @import { Failure } from "../../www/engine/protocol.js" */
/** @import { State } from "../../www/page/state.js" */
/** @import { Action } from "../../www/page/reduce.js" */

const ANSWER = {
  run: {
    ...{ id: 1, step: 0, epoch: 0, totalSteps: 1000, epochCount: 10, validation: false },
    recipe: /** @type {Recipe} */ (/** @type {unknown} */ (recipes.mlp.config)),
    networks: /** @type {Networks} */ (recipes.mlp.networks),
    multiplications: 1e8,
  },
  device: { kind: "cpu", name: "CPU", note: undefined, build: /** @type {const} */ ("cpu") },
  data: {
    ...{
      sourceId: 0,
      name: "mnist",
      isOfSite: true,
      count: 100,
      rows: 28,
      columns: 28,
      channels: 1,
      classCount: 10,
    },
    ...{ files: [], turned: false },
  },
};

/** @type {Action} */
const STARTED = { type: "started", answer: ANSWER, settings: DEFAULT_SETTINGS };

/**
 * @param {Action[]} actions
 * @returns {State}
 */
const after = (...actions) => actions.reduce(reduce, initialState());

/** @type {Action} */
const PRESETS_CAME = { type: "presets", presets: PRESETS };

/**
 * @param {number} step
 * @returns {Action}
 */
function losses(step) {
  return {
    type: "losses",
    values: Float32Array.of(9, 9, 9, 9, 9, 9, 9, 9, 1, 2, 3, 4, 5, 6, 7, 8),
    progress: { step, epoch: 0, epochShare: 0.5, stepsPerSecond: 10, trainedMs: 100 * step },
  };
}

describe("starting", () => {
  test("the page boots, and is ready when a run is there", () => {
    expect(after().phase).toBe("booting");
    expect(after(PRESETS_CAME).phase).toBe("booting");
    expect(after(PRESETS_CAME, STARTED).phase).toBe("ready");
  });

  test("a start over forgets the old run's numbers and the sentences about it", () => {
    const state = after(
      PRESETS_CAME,
      STARTED,
      losses(2),
      { type: "epoch", row: { epoch: 1, means: [], validation: undefined } },
      { type: "problem", place: "data", message: "No." },
      STARTED,
    );
    expect(state.progress.step).toBe(0);
    expect(state.losses).toBeUndefined();
    expect(state.epochs).toEqual([]);
    expect(state.problems).toEqual({});
  });

  test("what the address had wrong stays named after the start", () => {
    const state = [PRESETS_CAME, STARTED].reduce(reduce, initialState(undefined, ["Bad batch."]));
    expect(state.problems.address).toBe("Bad batch.");
  });

  test("a refusal without a run leaves the page stuck, and says why", () => {
    const state = after(PRESETS_CAME, { type: "refused", place: "run", message: "No digits." });
    expect(state.phase).toBe("stuck");
    expect(state.failure).toBe("No digits.");
  });

  test("a refusal with a run in place changes nothing but the sentence", () => {
    const before = after(PRESETS_CAME, STARTED, losses(2), { type: "running", isRunning: true });
    const asked = reduce(before, { type: "asked", patch: { batchSize: 7 } });
    const state = reduce(asked, { type: "refused", place: "batchSize", message: "No." });
    expect(state).toEqual({ ...before, problems: { run: undefined, batchSize: "No." } });
  });

  test("what was asked for is shown until it is answered", () => {
    const asked = after(PRESETS_CAME, { type: "asked", patch: { preset: "least-squares" } });
    expect(shownPreset(asked)?.id).toBe("least-squares");
    expect(shownConfig(asked)?.batchSize).toBe(10);
    const refused = reduce(asked, { type: "refused", place: "preset", message: "No." });
    expect(shownPreset(refused)?.id).toBe("mlp");
  });
});

describe("the slices", () => {
  /** A value that no slice begins with, for each field that is no list and no table. */
  const spoiled = (/** @type {object} */ slice) =>
    Object.fromEntries(
      Object.entries(slice)
        .filter(([, value]) => typeof value !== "object" || value === null)
        .map(([name]) => [name, `of the one before: ${name}`]),
    );
  const before = /** @type {State} */ ({
    ...after(PRESETS_CAME, STARTED),
    ...{ ...spoiled(newWorker()), ...spoiled(newRun()) },
  });
  const left = (/** @type {State} */ state) =>
    Object.entries(state)
      .filter(([, value]) => String(value).startsWith("of the one before"))
      .map(([name]) => name)
      .sort();

  test("another run leaves nothing of what the worker was at, and of the run before what is seen", () => {
    expect(left(reduce(before, STARTED))).toEqual(["picture", "spread"]);
  });

  test("another worker likewise, for a run that may go on", () => {
    const state = reduce(before, { type: "restart", patch: {} });
    expect(left(state)).toEqual(["cameAt", "picture", "spread"]);
    expect(state.wentAlone).toBe(true);
  });

  test("a worker that dies leaves the run, and nothing of what it was at", () => {
    const state = reduce(before, { type: "fatal", message: "Crashed." });
    expect(left(state)).toEqual(Object.keys(spoiled(newRun())).sort());
    expect(state).toMatchObject({ ...newWorker(), phase: "fatal", failure: "Crashed." });
  });
});

describe("training", () => {
  test("the losses shown are the last step's", () => {
    expect(after(STARTED, losses(2)).losses).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test("the time left is by completed steps, and unknown beyond the schedule", () => {
    expect(secondsLeft(after(STARTED))).toBeUndefined();
    expect(secondsLeft(after(STARTED, losses(500)))).toBe(50);
    expect(secondsLeft(after(STARTED, losses(1001)))).toBeUndefined();
  });

  test("the end of the schedule stops the run and says so, until Train is pressed again", () => {
    const running = after(STARTED, { type: "running", isRunning: true });
    const finished = reduce(running, { type: "paused", reason: "finished" });
    expect(finished).toMatchObject({ isRunning: false, ending: { reason: "finished" } });
    const again = reduce(finished, { type: "running", isRunning: true });
    expect(again).toMatchObject({ isRunning: true, ending: undefined });
  });

  test("an answer to Pause does not stop a run that was resumed meanwhile", () => {
    const running = after(STARTED, { type: "running", isRunning: true });
    expect(reduce(running, { type: "paused", reason: "asked" })).toEqual(running);
  });

  test("a run that was paused settles until its last steps have come", () => {
    const running = after(STARTED, { type: "running", isRunning: true });
    expect(running.isSettling).toBe(false);
    const pressed = reduce(running, { type: "running", isRunning: false });
    expect(pressed.isSettling).toBe(true);
    expect(reduce(pressed, { type: "running", isRunning: false }).isSettling).toBe(true);
    expect(reduce(pressed, { type: "running", isRunning: true }).isSettling).toBe(false);
    expect(reduce(pressed, { type: "paused", reason: "asked" }).isSettling).toBe(false);
    expect(after(STARTED, { type: "running", isRunning: false }).isSettling).toBe(false);
  });

  test("a problem pauses and is named at the run, until Train is pressed again", () => {
    const problem = { code: "train.non_finite", message: "Not finite." };
    const state = after(STARTED, { type: "running", isRunning: true }, STARTED, {
      type: "paused",
      reason: "problem",
      problem,
    });
    expect(state).toMatchObject({ isRunning: false, problems: { run: "Not finite." } });
    expect(reduce(state, { type: "running", isRunning: true }).problems.run).toBeUndefined();
  });

  test("the table keeps the newest hundred epochs, newest first", () => {
    const rows = Array.from({ length: 130 }, (_, i) => ({
      epoch: i + 1,
      means: [],
      validation: undefined,
    }));
    const state = rows.reduce((s, row) => reduce(s, { type: "epoch", row }), after(STARTED));
    expect(state.epochs).toHaveLength(100);
    expect(state.epochs[0].epoch).toBe(130);
  });

  test("a good value takes the sentence about a bad one away", () => {
    const bad = after(PRESETS_CAME, STARTED, {
      type: "problem",
      place: "learningRate",
      message: "No.",
    });
    const good = reduce(bad, { type: "settings", patch: { learningRate: 0.01 } });
    expect(good.problems.learningRate).toBeUndefined();
    expect(good.settings.learningRate).toBe(0.01);
  });
});

describe("files", () => {
  test("a run from a file begins at its step and inherits no epochs of the run before", () => {
    const run = { ...ANSWER.run, id: 2, step: 150, epoch: 1 };
    const state = after(
      PRESETS_CAME,
      STARTED,
      { type: "epoch", row: { epoch: 1, means: [], validation: undefined } },
      { ...STARTED, answer: { ...ANSWER, run }, isLoaded: true },
    );
    expect(state.progress).toMatchObject({ step: 150, epoch: 1 });
    expect(state.epochs).toEqual([]);
  });

  test("where a run came to the page is known, also when it goes on from later, until another begins", () => {
    const at = (/** @type {number} */ step) => ({ ...ANSWER, run: { ...ANSWER.run, step } });
    const loaded = after(PRESETS_CAME, { ...STARTED, answer: at(150), isLoaded: true });
    expect(loaded.cameAt).toBe(150);
    const again = reduce(loaded, { type: "restart", patch: {} });
    expect(reduce(again, { ...STARTED, answer: at(200) }).cameAt).toBe(150);
    expect(reduce(loaded, STARTED).cameAt).toBe(0);
    // A crash on the page leaves what was seen.
    expect(after(PRESETS_CAME, STARTED, { ...STARTED, answer: at(40) }).cameAt).toBe(0);
  });

  test("saving ends with the file or with a sentence, which the next one takes away", () => {
    const saving = after(STARTED, { type: "saving", what: "run" });
    expect(saving.saving).toBe("run");
    const failed = [
      { type: "saving", what: undefined },
      { type: "problem", place: "files", message: "No." },
    ].reduce((state, action) => reduce(state, /** @type {Action} */ (action)), saving);
    expect(failed).toMatchObject({ saving: undefined, problems: { files: "No." } });
    expect(reduce(failed, { type: "saving", what: "run" }).problems.files).toBeUndefined();
  });
});

describe("the picture", () => {
  const picture = {
    step: 0,
    columns: 10,
    rows: 8,
    trainedFor: 1_000,
    digit: null,
    opinions: undefined,
  };

  test("stays until a new run's has come, as it stays to be seen", () => {
    const state = after(STARTED, { type: "grid", picture }, STARTED);
    expect(state.picture).toEqual(picture);
  });
});

describe("what the picture shows", () => {
  /** @type {Action} */
  const three = { type: "view", patch: { digit: 3, opinions: true } };

  test("a digit is asked for as long as there are classes", () => {
    const networks = /** @type {Networks} */ (recipes.modern.networks);
    const answer = { ...ANSWER, run: { ...ANSWER.run, networks } };
    const started = { ...STARTED, answer };
    const conditional = after(PRESETS_CAME, started, three, started);
    expect(conditional.view).toEqual({ digit: 3, opinions: true });
    expect(after(PRESETS_CAME, STARTED, three, STARTED).view).toEqual({
      digit: null,
      opinions: true,
    });
  });

  test("real pictures go with the run they were shown in", () => {
    const shown = after(PRESETS_CAME, STARTED, { type: "shows-real", showsReal: true });
    expect(shown.showsReal).toBe(true);
    expect(reduce(shown, STARTED).showsReal).toBe(false);
  });
});

describe("earlier runs", () => {
  /** @type {import("../../www/page/runs.js").PastRun} */
  const run = {
    id: 1,
    mark: "A",
    name: "",
    isPinned: false,
    isShown: true,
    config: PRESETS[0].config,
    data: "MNIST",
    sourceId: 0,
    device: "cpu",
    step: 5,
    measured: undefined,
    curves: { steps: [], series: [] },
  };

  test("stay when others start, change by name, and go when cleared unless pinned", () => {
    const kept = after(PRESETS_CAME, STARTED, { type: "run-kept", run }, STARTED);
    expect(kept.pastRuns).toEqual([run]);
    const other = { ...run, id: 2, mark: "B" };
    const two = reduce(kept, { type: "run-kept", run: other });
    const pinned = reduce(two, { type: "run-changed", id: 2, patch: { isPinned: true } });
    const left = reduce(pinned, { type: "runs-cleared" });
    expect(left.pastRuns).toEqual([{ ...other, isPinned: true }]);
    expect(reduce(left, { type: "restart", patch: {} }).pastRuns).toEqual(left.pastRuns);
  });
});

describe("a tile", () => {
  const picture = {
    ...{ step: 3, columns: 8, rows: 8, trainedFor: undefined },
    ...{ digit: null, opinions: undefined },
  };
  const tile = { width: 1, height: 1, pixels: new Uint8ClampedArray(4) };
  const comparison = { ...picture, tile: 63, sample: tile, nearest: tile, distance: 9 };
  const chosen = after(
    STARTED,
    { type: "grid", picture },
    { type: "chosen", tile: 63 },
    { type: "compared", comparison },
  );

  test("is compared while it is chosen; an answer that comes late is not shown", () => {
    expect(chosen).toMatchObject({ chosen: 63, comparison });
    const none = reduce(chosen, { type: "chosen", tile: undefined });
    expect(none).toMatchObject({ chosen: undefined, comparison: undefined });
    expect(reduce(none, { type: "compared", comparison }).comparison).toBeUndefined();
  });

  test("stays chosen in the next picture, unless that has none there, and not in another run", () => {
    expect(reduce(chosen, { type: "grid", picture: { ...picture, step: 4 } }).chosen).toBe(63);
    const smaller = reduce(chosen, { type: "grid", picture: { ...picture, rows: 7 } });
    expect(smaller).toMatchObject({ chosen: undefined, comparison: undefined });
    expect(reduce(chosen, STARTED).chosen).toBeUndefined();
  });
});

describe("measuring", () => {
  /** @type {import("../../www/engine/examined.js").Quality} */
  const quality = {
    count: 1_000,
    classifierFrechet: 1,
    score: 9,
    modes: { shares: new Array(10).fill(0.1), covered: 10, divergence: 0 },
    agreement: null,
    precisionRecall: { precision: 0.9, recall: 0.9 },
    nearest: 9,
    detail: 1,
  };
  /** @type {import("../../www/engine/examined.js").Measured} */
  const measured = {
    step: 5,
    trainedFor: undefined,
    generated: quality,
    real: quality,
    eyes: { kind: "digits" },
    verdict: "variations",
  };

  const drawn = { step: 5, trainedFor: undefined };

  test("only while nothing else keeps the worker busy, and only pictures", () => {
    const ready = after(PRESETS_CAME, STARTED);
    expect(canMeasure(ready)).toBe(true);
    expect(canMeasure(after())).toBe(false);
    for (const action of /** @type {Action[]} */ ([
      { type: "running", isRunning: true },
      { type: "stepping", isStepping: true },
      { type: "measuring", isAsked: true },
      { type: "asked", patch: { seed: 3 } },
      { type: "gan-train", ganTrain: { ...drawn, stage: "learns", done: 1, total: 600 } },
      { ...STARTED, answer: { ...ANSWER, data: { ...ANSWER.data, points: new Float32Array(2) } } },
    ])) {
      expect(canMeasure(reduce(ready, action)), JSON.stringify(action)).toBe(false);
    }
  });

  test("a new measurement replaces the last, a failed one does not, a new run forgets it", () => {
    const state = after(
      STARTED,
      { type: "measuring", isAsked: true },
      { type: "measured", measured },
    );
    expect(state).toMatchObject({ isMeasuring: false, measured: { step: 5 } });
    const failed = [
      { type: "measuring", isAsked: true },
      { type: "problem", place: "quality", message: "No." },
      { type: "measured", measured: undefined },
    ].reduce((before, action) => reduce(before, /** @type {Action} */ (action)), state);
    expect(failed).toMatchObject({
      isMeasuring: false,
      measured: { step: 5 },
      problems: { quality: "No." },
    });
    expect(reduce(failed, STARTED).measured).toBeUndefined();
    const showcased = { ...measured, trainedFor: 2_000 };
    expect(after(STARTED, { type: "measured", measured: showcased })).toMatchObject({
      measured: showcased,
      measures: [],
    });
  });

  /** @type {Action[]} */
  const underWay = [
    { type: "measuring", isAsked: true },
    { type: "gan-train", ganTrain: { ...drawn, stage: "learns", done: 1, total: 600 } },
  ];

  test("gives way to steps, and says so until it is begun again", () => {
    for (const action of /** @type {Action[]} */ ([
      { type: "running", isRunning: true },
      { type: "stepping", isStepping: true },
    ])) {
      const state = reduce(after(STARTED, ...underWay), action);
      expect(state.ganTrain).toBeUndefined();
      const later = [
        ...[{ type: "measured", measured: undefined }, losses(3)],
        { type: "paused", reason: "finished" },
      ].reduce((before, next) => reduce(before, /** @type {Action} */ (next)), state);
      expect(later.stopped).toEqual({ measure: "training", ganTrain: "training" });
      expect(underWay.reduce(reduce, later).stopped).toEqual({});
    }
    expect(after(STARTED, { type: "running", isRunning: true }).stopped).toEqual({});
  });

  test("gives way to another run, also to one that is refused; the next run knows nothing of it", () => {
    const gone = after(
      STARTED,
      ...underWay,
      { type: "starting" },
      { type: "measured", measured: undefined },
    );
    const stopped = { measure: "run", ganTrain: "run" };
    expect(reduce(gone, { type: "refused", place: "seed", message: "No." }).stopped).toEqual(
      stopped,
    );
    const next = reduce(gone, STARTED);
    expect(next.stopped).toEqual(stopped);
    expect(reduce(reduce(next, { type: "starting" }), STARTED).stopped).toEqual({});
  });

  test("measures are kept one a step, and by a run that goes on up to its step", () => {
    const at = (/** @type {number} */ step) =>
      /** @type {Action} */ ({ type: "measured", measured: { ...measured, step } });
    const state = after(STARTED, at(10), at(20), at(20), at(30));
    const stepsOf = (/** @type {State} */ { measures }) => measures.map(({ step }) => step);
    expect(stepsOf(state)).toEqual([10, 20, 30]);
    const run = { ...ANSWER.run, id: 2, step: 25 };
    expect(stepsOf(reduce(state, { ...STARTED, answer: { ...ANSWER, run } }))).toEqual([10, 20]);
    expect(stepsOf(reduce(state, STARTED))).toEqual([]);
  });

  test("a GAN-train is under way until it has a result", () => {
    expect(isLearning(undefined)).toBe(false);
    expect(isLearning({ ...drawn, stage: "draws", done: 0, total: 0 })).toBe(true);
    expect(isLearning({ ...drawn, accuracy: 0.9 })).toBe(false);
  });
});

describe("a crash", () => {
  test("stops everything, and a restart keeps the settings", () => {
    const crashed = after(
      PRESETS_CAME,
      STARTED,
      { type: "settings", patch: { learningRate: 0.01 } },
      { type: "running", isRunning: true },
      { type: "fatal", message: "Crashed." },
    );
    expect(crashed).toMatchObject({ phase: "fatal", failure: "Crashed.", isRunning: false });
    const restarted = reduce(crashed, { type: "restart", patch: { device: "cpu" } });
    expect(restarted).toMatchObject({
      phase: "booting",
      run: undefined,
      settings: { learningRate: 0.01, device: "cpu" },
    });
  });

  test("a run that goes on keeps the epochs it had finished, and its step", () => {
    const epoch = (/** @type {number} */ number) =>
      /** @type {Action} */ ({
        type: "epoch",
        row: { epoch: number, means: [], validation: undefined },
      });
    const run = { ...ANSWER.run, id: 2, step: 150, epoch: 1 };
    const state = after(
      PRESETS_CAME,
      STARTED,
      epoch(1),
      epoch(2),
      { type: "fatal", message: "Crashed." },
      { type: "restart", patch: {} },
      { ...STARTED, answer: { ...ANSWER, run } },
    );
    expect(state.epochs.map((row) => row.epoch)).toEqual([1]);
    expect(state.progress).toMatchObject({ step: 150, epoch: 1 });
  });
});

describe("points in the plane", () => {
  /** @type {Action} */
  const ON_RING = {
    type: "started",
    answer: ANSWER,
    settings: { ...DEFAULT_SETTINGS, data: "ring" },
  };
  /** @type {Failure} */
  const FAILURE = {
    id: "l1",
    symptom: "mode-collapse",
    toy: "ring",
    settings: { l1Weight: 20 },
  };
  const spread = { step: 3, modes: 8, covered: 5, good: 0.5 };

  test("have no picture, and that of a showcase does not stay", () => {
    const picture = {
      step: 0,
      columns: 8,
      rows: 8,
      trainedFor: 100,
      digit: null,
      opinions: undefined,
    };
    const state = after(PRESETS_CAME, STARTED, { type: "grid", picture }, ON_RING);
    expect(state.picture).toBeUndefined();
    expect(showsPoints(state)).toBe(true);
    expect(showsPoints(reduce(state, { type: "asked", patch: { data: "mnist" } }))).toBe(false);
  });

  test("layers, the lab's list and the last spread outlive a run; the failure set up does not", () => {
    const state = after(
      PRESETS_CAME,
      ON_RING,
      { type: "spread", spread },
      { type: "layers", patch: { pulls: false } },
      { type: "failures", failures: [FAILURE] },
      { type: "failing", id: FAILURE.id },
      ON_RING,
    );
    expect(state).toMatchObject({
      spread,
      layers: { beliefs: true, manifold: true, pulls: false },
      failures: [FAILURE],
      failing: undefined,
    });
  });
});

describe("learning rate and λ while a run goes on", () => {
  /** @type {Action} */
  const steered = {
    ...{ type: "steered", name: "learningRate", step: 67 },
    patch: { learningRate: 2e-4, learningRateChanges: "0.01@67" },
  };
  const rate = (/** @type {State} */ state) => shownConfig(state)?.learningRate;

  test("what is shown is what is in force, at once after a change by hand", () => {
    const before = after(PRESETS_CAME, STARTED, losses(60));
    expect(rate(before)).toBe(2e-4);
    expect(rate(reduce(before, steered))).toBe(0.01);
    const again = reduce(reduce(before, steered), { ...STARTED, settings: { ...before.settings } });
    expect(rate(again)).toBe(2e-4);
  });

  test("a planned change shows when its step has come", () => {
    const settings = { ...DEFAULT_SETTINGS, learningRate: 1e-3, learningRateChanges: "0.01@67" };
    const at = (/** @type {number} */ step) =>
      rate(after(PRESETS_CAME, { ...STARTED, settings }, losses(step)));
    expect([at(0), at(66), at(67), at(500)]).toEqual([1e-3, 1e-3, 0.01, 0.01]);
  });

  test("a new first value that is asked for shows at once, without the old changes", () => {
    const state = after(PRESETS_CAME, STARTED, losses(70), steered);
    expect(rate(reduce(state, { type: "asked", patch: { seed: 2 } }))).toBe(2e-4);
    expect(rate(reduce(state, { type: "asked", patch: { learningRate: 0.5 } }))).toBe(0.5);
  });

  test("a change takes away the sentence about itself, and ends a failure of the lab", () => {
    const state = after(
      PRESETS_CAME,
      STARTED,
      { type: "failing", id: "collapse" },
      { type: "problem", place: "learningRate", message: "No." },
      { type: "problem", place: "l1Weight", message: "No." },
      steered,
    );
    expect(state.problems.learningRate).toBeUndefined();
    expect(state.failing).toBeUndefined();
  });

  test("steps of one network alone mark the run until another begins", () => {
    const alone = after(PRESETS_CAME, STARTED, {
      ...{ type: "stepping", isStepping: true, network: "generator" },
    });
    expect(alone.wentAlone).toBe(true);
    expect(reduce(alone, { type: "stepping", isStepping: false }).wentAlone).toBe(true);
    expect(reduce(alone, STARTED).wentAlone).toBe(false);
    const goesOn = { ...ANSWER, run: { ...ANSWER.run, step: 5 } };
    expect(reduce(alone, { ...STARTED, answer: goesOn }).wentAlone).toBe(true);
    expect(reduce(alone, { ...STARTED, answer: goesOn, isLoaded: true }).wentAlone).toBe(false);
  });
});

describe("own data and the kept runs", () => {
  const own = { ...ANSWER.data, sourceId: 3, name: "pets", isOfSite: false, count: 40 };
  /** @param {{ name: string, count: number }} [data] */
  const saved = (data) => ({
    ...{ id: "7", query: "seed=5", title: "MLP", step: 9, at: 0, own: data },
    ...{ trainedMs: 0, isTrial: false, wentAlone: false },
  });

  test("what is kept stays known through starts and restarts", () => {
    const offers = [saved()];
    /** @type {Action} */
    const restart = { type: "restart", patch: {} };
    const state = after(PRESETS_CAME, { type: "shelf", patch: { offers } }, STARTED, restart);
    expect(state.shelf?.offers).toBe(offers);
    const kept = reduce(state, { type: "shelf", patch: { kept: saved() } });
    expect(kept.shelf).toMatchObject({ offers, kept: saved(), unkept: undefined });
  });

  test("a run on own data can go on with the same only", () => {
    expect(canGoOn(saved(), undefined)).toBe(true);
    expect(canGoOn(saved(own), undefined)).toBe(false);
    expect(canGoOn(saved(own), own)).toBe(true);
    expect(canGoOn(saved(own), { ...own, count: 41 })).toBe(false);
    expect(canGoOn(saved(own), { ...own, name: "plants" })).toBe(false);
    // Pictures are taken once more as the run had them, however many they are now.
    const wished = { name: own.name, count: own.count, wish: { side: 48 } };
    expect(canGoOn(saved(wished), { ...own, count: 41 })).toBe(true);
  });

  test("what is shown as chosen is what is in use or asked for, own data among it", () => {
    /** @type {Action} */
    const dropped = { ...STARTED, answer: { ...ANSWER, data: own }, isOwn: true };
    const state = after(PRESETS_CAME, STARTED, dropped);
    expect([chosenData(state), dataName(state), state.own?.name]).toEqual(["own", "pets", "pets"]);
    const asks = (/** @type {Action & { type: "asked" }} */ action) => reduce(state, action);
    const digits = asks({ type: "asked", patch: { data: "mnist" } });
    expect([chosenData(digits), dataName(digits)]).toEqual(["mnist", "Handwritten digits"]);
    const clothes = asks({ type: "asked", patch: { data: "fashion" }, own: "pets" });
    expect([chosenData(clothes), dataName(clothes)]).toEqual(["fashion", "Clothes"]);
    // What is in use is called as what can be chosen; somebody's own folder as it is.
    expect(titleOf(ANSWER.data)).toBe(dataName(digits));
    expect(titleOf({ name: "fashion", isOfSite: true })).toBe(dataName(clothes));
    expect(titleOf({ name: "fashion", isOfSite: false })).toBe("fashion");
    const other = asks({ type: "asked", patch: { data: "mnist" }, own: "plants" });
    expect([chosenData(other), dataName(other)]).toEqual(["own", "plants"]);
    expect(dataName(asks({ type: "asked", patch: { seed: 2 }, own: "pets" }))).toBe("pets");
    // They can be chosen again.
    expect(chosenData(reduce(state, STARTED))).toBe("mnist");
    expect(reduce(state, STARTED).own?.name).toBe("pets");
  });

  test("that others are fetched is known while there is a run on those before", () => {
    const state = after(PRESETS_CAME, STARTED, { type: "asked", patch: { data: "fashion" } });
    expect(fetchesData(state)).toBe(false);
    const fetching = reduce(state, { type: "stage", stage: "data", data: "fashion" });
    expect(fetchesData(fetching)).toBe(true);
    expect(fetchesData(reduce(fetching, { type: "asked", patch: undefined }))).toBe(false);
    expect(fetchesData(after(PRESETS_CAME, { type: "stage", stage: "data" }))).toBe(false);
  });

  test("what mends a refusal is offered where that stands, until something else is tried", () => {
    const refused = after(PRESETS_CAME, STARTED, {
      ...{ type: "refused", place: "data", message: "No classes." },
      remedy: { preset: "mlp" },
    });
    expect(refused.mendable).toEqual({ place: "data", remedy: { preset: "mlp" } });
    expect(reduce(refused, STARTED).mendable).toBeUndefined();
    expect(reduce(refused, { type: "dismiss", place: "data" }).mendable).toBeUndefined();
    expect(reduce(refused, { type: "dismiss", place: "run" }).mendable).toBeDefined();
    const again = reduce(refused, { type: "refused", place: "seed", message: "No." });
    expect(again.mendable).toBeUndefined();
  });
});

describe("refusals", () => {
  const refused = (/** @type {import("../../www/page/state.js").Place} */ place) =>
    after(PRESETS_CAME, STARTED, { type: "refused", place, message: "No." });

  test("end with whatever comes about next", () => {
    for (const action of /** @type {Action[]} */ ([
      { type: "running", isRunning: true },
      { type: "running", isRunning: false },
      { type: "stepping", isStepping: true },
      { type: "measuring", isAsked: true },
      { type: "saving", what: "run" },
      { type: "settings", patch: { hidden: "pause" } },
      STARTED,
    ])) {
      expect(reduce(refused("files"), action).problems.files, action.type).toBeUndefined();
      expect(reduce(refused("data"), action).problems.data, action.type).toBeUndefined();
    }
  });

  test("outlast what happens by itself", () => {
    for (const action of /** @type {Action[]} */ ([
      losses(3),
      { type: "stepping", isStepping: false },
      { type: "measuring", isAsked: false },
      { type: "measured", measured: undefined },
      { type: "findings", findings: [] },
      { type: "paused", reason: "finished" },
    ])) {
      expect(reduce(refused("files"), action).problems.files, action.type).toBe("No.");
    }
  });

  test("what is said of the run itself and of the address stays", () => {
    const run = reduce(after(STARTED), { type: "problem", place: "run", message: "Not finite." });
    expect(reduce(run, { type: "stepping", isStepping: true }).problems.run).toBe("Not finite.");
    const address = reduce(after(STARTED), { type: "problem", place: "address", message: "Bad." });
    expect(reduce(address, { type: "running", isRunning: true }).problems.address).toBe("Bad.");
  });

  test("with nothing to train they say why, and keep their remedy", () => {
    const stuck = after(PRESETS_CAME, {
      ...{ type: "refused", place: "data", message: "No." },
      remedy: { preset: "mlp" },
    });
    const later = reduce(stuck, { type: "settings", patch: { hidden: "pause" } });
    expect(later).toMatchObject({ problems: { data: "No." }, mendable: { place: "data" } });
  });
});

describe("the epoch that is shown", () => {
  const at = (/** @type {number} */ step, /** @type {number} */ epoch) =>
    shownEpoch({
      run: ANSWER.run,
      progress: { step, epoch, epochShare: 0.5, stepsPerSecond: undefined, trainedMs: 0 },
    });

  test("is the one under way, the last at the schedule's end, and beyond behind it", () => {
    expect(at(0, 0)).toEqual({ epoch: 1, share: 0.5, is: "within" });
    expect(at(999, 9)).toEqual({ epoch: 10, share: 0.5, is: "within" });
    expect(at(1000, 10)).toEqual({ epoch: 10, share: 1, is: "done" });
    expect(at(1001, 10)).toEqual({ epoch: 11, share: 0.5, is: "beyond" });
  });
});

test("pictures that were read are in use once a run learns them; those refused give way to those in use", () => {
  const [first, other] = /** @type {any[]} */ ([{ stage: "read" }, { stage: "read", taken: 5 }]);
  const own = { ...STARTED, answer: { ...ANSWER, data: { ...ANSWER.data, sourceId: 1 } } };
  /** @type {Action} */
  const refused = { type: "refused", place: "data", message: "No." };
  const shown = (/** @type {State} */ state) => [shownPictures(state), usesPictures(state)];
  const read = after(STARTED, { type: "pictures", pictures: first, sourceId: 1 });
  expect(shown(read)).toEqual([first, false]);
  expect(shown(reduce(read, { type: "asked", patch: {} }))).toEqual([first, true]);
  expect(shown(reduce(read, refused))).toEqual([first, false]);
  const taken = reduce(read, /** @type {Action} */ (own));
  expect(shown(taken)).toEqual([first, true]);
  // The same are taken otherwise, and refused: those before are learned.
  const otherwise = reduce(taken, { type: "pictures", pictures: other });
  expect(shown(otherwise)).toEqual([other, true]);
  const asked = reduce(otherwise, { type: "pictures", pictures: other, sourceId: 2 });
  expect(shown(reduce(asked, refused))).toEqual([first, true]);
  // Something else is dropped, and refused.
  const looking = /** @type {any} */ ({ stage: "looking" });
  const elsewhere = [{ pictures: looking }, { pictures: other, sourceId: 2 }].map((one) => ({
    ...{ type: /** @type {const} */ ("pictures") },
    ...one,
  }));
  expect(shown(elsewhere.reduce(reduce, taken))).toEqual([other, false]);
});
