// All that the page shows, as one value and a pure function that makes the next one. No DOM, no
// worker, no clock. (The long series of losses are in history.js: they are too big to copy.)

import { inForceAt, patched } from "../engine/course.js";
import { DEFAULT_SETTINGS, effectiveConfig, fitSettings, isToy, presetOf } from "./settings.js";
import { METRICS } from "../engine/protocol.js";
import { withRun } from "./runs.js";

/** @import { DataInfo, DeviceInfo, EpochRow, Failure, Finding, Network, Plane, Preset } from "../engine/protocol.js" */
/** @import { Measured, Problem, Progress, RunInfo, Stage, StartAnswer, View } from "../engine/protocol.js" */
/** @import { Remedy } from "./app/remedy.js" */
/** @import { Pictures } from "../pictures/taking.js" */
/** @import { Live } from "../engine/course.js" */
/** @import { PastRun } from "./runs.js" */
/** @import { About } from "./saved-runs.js" */
/** @import { SettingName, Settings } from "./settings.js" */
/** @import { Tile } from "../kit/tiles.js" */

/** The table of epochs shows no more rows than this. */
const ROW_LIMIT = 100;
const MEASURE_LIMIT = 200;

/** Where on the page a problem is shown: beside a control, by the data, or at the run. */
/** @typedef {"address" | "run" | "saved" | "awake" | "data" | "toy" | "lab" | "lesson" | "device" | "files" | "quality" | "export" | SettingName} Place */

/**
 * The picture: so many samples of the run at a step, or of a showcase.
 * @typedef {object} Picture
 * @property {number} step of the run
 * @property {number} columns
 * @property {number} rows
 * @property {number | undefined} trainedFor steps behind a showcase's generator
 * @property {number | null} digit as in a View
 * @property {readonly number[] | undefined} opinions the discriminator's, one a sample
 */

/**
 * How a run on points stands at a step.
 * @typedef {Pick<Plane, "modes" | "covered" | "good"> & { step: number }} Spread
 */

/** What is drawn over real and fake points. @typedef {Record<"beliefs" | "manifold" | "pulls", boolean>} Layers */

/**
 * A tile of the picture beside the training picture nearest to it.
 * @typedef {object} Comparison
 * @property {number} tile row by row from 0
 * @property {number} step of the run
 * @property {number | undefined} trainedFor steps behind a showcase's generator
 * @property {Tile} sample
 * @property {Tile} nearest
 * @property {number} distance
 */

/**
 * A classifier that learns from generated digits alone, or has learned. Their generator stood at a
 * step of the run, or is the showcase's.
 * @typedef {{ step: number, trainedFor: number | undefined } & (
 *   { stage: "draws" | "learns", done: number, total: number } | { accuracy: number })} GanTrain
 */

/**
 * What this browser keeps, as its storage has confirmed it.
 * @typedef {object} Shelf
 * @property {About | undefined} kept of the run on the page
 * @property {readonly About[]} offers runs that no tab has on its page, newest first
 * @property {{ step: number, size: number, isFull: boolean } | undefined} unkept what could not be kept last:
 *   bytes, and whether there is no room for them
 * @property {readonly About[]} dropped to make room for the run on the page
 */

/**
 * @typedef {object} State
 * @property {"booting" | "ready" | "stuck" | "fatal"} phase stuck: nothing to train yet, but the
 *   worker lives; fatal: the worker is dead
 * @property {Stage} stage what booting waits for
 * @property {string | undefined} failure why it is stuck or dead
 * @property {readonly Preset[]} presets
 * @property {Settings} settings in force
 * @property {Partial<Settings> | undefined} asked on their way to being in force
 * @property {DeviceInfo | undefined} device
 * @property {DataInfo | undefined} data
 * @property {RunInfo | undefined} run
 * @property {boolean} isRunning
 * @property {boolean} isStepping
 * @property {boolean} isFinished the schedule has ended
 * @property {Progress} progress of the completed steps
 * @property {number} steeredAt the step at which learning rate or λ were changed last
 * @property {boolean} wentAlone whether one network alone took a step: no link repeats that
 * @property {View} view what the pictures are to show
 * @property {boolean} showsReal whether real pictures are in the place of generated ones
 * @property {Picture | undefined} picture
 * @property {number | undefined} chosen the tile of the picture that is looked at
 * @property {Comparison | undefined} comparison of a chosen tile, this one or the one before
 * @property {readonly Finding[]} findings what goes wrong in the run
 * @property {Spread | undefined} spread where the samples are points
 * @property {Layers} layers
 * @property {readonly Failure[]} failures that can be set up
 * @property {string | undefined} failing the id of the one that is set up
 * @property {readonly number[] | undefined} losses of the last completed step, one per METRICS
 * @property {readonly EpochRow[]} epochs newest first
 * @property {"run" | "generator" | undefined} saving the file being made
 * @property {boolean} isMeasuring
 * @property {Measured | undefined} measured
 * @property {readonly Measured[]} measures of the run, one a step, oldest first
 * @property {readonly PastRun[]} pastRuns oldest first
 * @property {string | undefined} exporting what is being made for a file, in words
 * @property {GanTrain | undefined} ganTrain
 * @property {Pictures | undefined} pictures of one's own that are being read, or were
 * @property {number | undefined} readOver the source that was in use when they were
 * @property {{ place: Place, remedy: Remedy } | undefined} mendable the refusal that has a remedy
 * @property {Shelf | undefined} shelf undefined before anything was kept or found
 * @property {boolean} keepsAwake whether the screen is to stay on while training
 * @property {Readonly<Partial<Record<Place, string>>>} problems
 */

/**
 * @typedef {{ type: "presets", presets: Preset[] }
 *   | { type: "stage", stage: Stage }
 *   | { type: "asked", patch: Partial<Settings> | undefined }
 *   | { type: "started", answer: StartAnswer, settings: Settings, isLoaded?: boolean,
 *       trainedMs?: number, wentAlone?: boolean }
 *   | { type: "refused", place: Place, message: string, remedy?: Remedy }
 *   | { type: "settings", patch: Partial<Settings> }
 *   | { type: "steered", name: Live, patch: Partial<Settings>, step: number }
 *   | { type: "running", isRunning: boolean }
 *   | { type: "stepping", isStepping: boolean, network?: Network }
 *   | { type: "losses", values: Float32Array, progress: Progress }
 *   | { type: "grid", picture: Picture }
 *   | { type: "spread", spread: Spread }
 *   | { type: "layers", patch: Partial<Layers> }
 *   | { type: "failures", failures: Failure[] }
 *   | { type: "failing", id: string | undefined }
 *   | { type: "view", patch: Partial<View> }
 *   | { type: "shows-real", showsReal: boolean }
 *   | { type: "chosen", tile: number | undefined }
 *   | { type: "compared", comparison: Comparison }
 *   | { type: "findings", findings: Finding[] }
 *   | { type: "epoch", row: EpochRow }
 *   | { type: "paused", reason: "asked" | "finished" | "problem", problem?: Problem }
 *   | { type: "saving", what: "run" | "generator" | undefined }
 *   | { type: "measuring", isAsked: boolean }
 *   | { type: "measured", measured: Measured | undefined }
 *   | { type: "run-kept", run: PastRun }
 *   | { type: "run-changed", id: number, patch: Partial<PastRun> }
 *   | { type: "runs-cleared" }
 *   | { type: "exporting", what: string | undefined }
 *   | { type: "gan-train", ganTrain: GanTrain | undefined }
 *   | { type: "pictures", pictures: Pictures | undefined }
 *   | { type: "shelf", patch: Partial<Shelf> }
 *   | { type: "keeps-awake", keepsAwake: boolean }
 *   | { type: "problem", place: Place, message: string }
 *   | { type: "dismiss", place: Place }
 *   | { type: "fatal", message: string }
 *   | { type: "restart", patch: Partial<Settings> }} Action
 */

/** @typedef {import("../kit/store.js").Store<State, Action>} PageStore */

/** @type {View} */
const PLAIN_VIEW = { digit: null, opinions: false };

/** @type {Layers} */
const ALL_LAYERS = { beliefs: true, manifold: true, pulls: true };

/** @type {State["progress"]} */
const NO_PROGRESS = { step: 0, epoch: 0, epochShare: 0, stepsPerSecond: undefined, trainedMs: 0 };

/** @type {Shelf} */
const EMPTY_SHELF = { kept: undefined, offers: [], unkept: undefined, dropped: [] };

/**
 * @param {Settings} [settings] as the address has them
 * @param {string[]} [problems] with the address
 * @returns {State}
 */
export function initialState(settings = DEFAULT_SETTINGS, problems = []) {
  return {
    phase: "booting",
    stage: "program",
    failure: undefined,
    presets: [],
    settings,
    asked: undefined,
    device: undefined,
    data: undefined,
    run: undefined,
    isRunning: false,
    isStepping: false,
    isFinished: false,
    progress: NO_PROGRESS,
    steeredAt: 0,
    wentAlone: false,
    view: PLAIN_VIEW,
    showsReal: false,
    picture: undefined,
    chosen: undefined,
    comparison: undefined,
    findings: [],
    spread: undefined,
    layers: ALL_LAYERS,
    failures: [],
    failing: undefined,
    losses: undefined,
    epochs: [],
    saving: undefined,
    isMeasuring: false,
    measured: undefined,
    measures: [],
    pastRuns: [],
    exporting: undefined,
    ganTrain: undefined,
    pictures: undefined,
    readOver: undefined,
    mendable: undefined,
    shelf: undefined,
    keepsAwake: false,
    problems: problems.length === 0 ? {} : { address: problems.join(" ") },
  };
}

/**
 * A refusal is of one act. It stands until something is asked for at its place, or comes about anywhere.
 * @param {State} state
 * @param {Action} action
 * @returns {State}
 */
export function reduce(state, action) {
  const next = reduced(state, action);
  return hasComeAbout(action) ? withoutRefusals(next) : next;
}

/**
 * Whether somebody's wish has come about with it.
 * @param {Action} action
 */
function hasComeAbout(action) {
  switch (action.type) {
    case "settings":
    case "steered":
    case "running":
    case "layers":
    case "view":
    case "shows-real":
    case "chosen":
    case "keeps-awake":
      return true;
    case "stepping":
      return action.isStepping;
    case "measuring":
      return action.isAsked;
    case "saving":
    case "exporting":
      return action.what !== undefined;
    default:
      return false;
  }
}

/**
 * What is said of the run itself and of the address is no refusal of an act. With nothing to train a refusal says
 * why, and its remedy is the way on.
 * @param {State} state
 * @returns {State}
 */
function withoutRefusals(state) {
  if (state.run === undefined) return state;
  const { run, address, ...refusals } = state.problems;
  if (Object.values(refusals).every((message) => message === undefined)) return state;
  const mendable = state.mendable?.place === "run" ? state.mendable : undefined;
  return { ...state, mendable, problems: { run, address } };
}

/**
 * @param {State} state
 * @param {Action} action
 * @returns {State}
 */
function reduced(state, action) {
  switch (action.type) {
    case "presets": {
      const { settings, problems } = fitSettings(state.settings, action.presets);
      const all = [state.problems.address ?? [], problems].flat();
      const next = { ...state, presets: action.presets, settings };
      return all.length === 0 ? next : withProblem(next, "address", all.join(" "));
    }
    case "stage":
      return { ...state, stage: action.stage };
    case "asked":
      return { ...state, asked: action.patch };
    case "started": {
      const { run, device, data } = action.answer;
      const { trainedMs = 0, isLoaded = false } = action;
      const goesOnAlone = state.wentAlone && run.step > 0 && !isLoaded;
      const { address } = state.problems;
      return {
        ...initialState(action.settings),
        phase: "ready",
        presets: state.presets,
        problems: address === undefined ? {} : { address },
        run,
        device,
        data,
        progress: { ...NO_PROGRESS, step: run.step, epoch: run.epoch, trainedMs },
        wentAlone: action.wentAlone ?? goesOnAlone,
        view: fittingView(state.view, action.settings, state.presets),
        layers: state.layers,
        failures: state.failures,
        spread: state.spread,
        pictures: state.pictures,
        readOver: state.readOver,
        shelf: state.shelf,
        keepsAwake: state.keepsAwake,
        // It stays to be seen until the new run's has come, which points never have.
        picture: isToy(action.settings) ? undefined : state.picture,
        // A run that goes on after a crash was on the page before; one from a file was not.
        epochs: isLoaded ? [] : state.epochs.filter(({ epoch }) => epoch <= run.epoch),
        measures: isLoaded ? [] : state.measures.filter(({ step }) => goesOn(step, run)),
        pastRuns: state.pastRuns,
      };
    }
    case "refused": {
      // With a run in place nothing has changed but the sentence; without one there is nothing to do.
      const { place, remedy } = action;
      const next = { ...state, asked: undefined, mendable: remedy && { place, remedy } };
      if (state.run !== undefined) return withProblem(next, action.place, action.message);
      const stuck = { ...next, phase: /** @type {const} */ ("stuck"), failure: action.message };
      return action.place === "run" ? stuck : withProblem(stuck, action.place, action.message);
    }
    case "settings": {
      const settings = { ...state.settings, ...action.patch };
      const fitted =
        state.presets.length > 0 ? fitSettings(settings, state.presets).settings : settings;
      const places = /** @type {SettingName[]} */ (Object.keys(action.patch));
      return places.reduce(withoutProblem, { ...state, settings: fitted });
    }
    case "steered": {
      const { name, patch, step } = action;
      const { settings } = fitSettings({ ...state.settings, ...patch }, state.presets);
      // A failure that is changed while it goes on is another run.
      const next = { ...state, settings, steeredAt: step, failing: undefined };
      return withoutProblem(next, name);
    }
    case "running":
      return withoutProblem({ ...state, isRunning: action.isRunning, isFinished: false }, "run");
    case "stepping": {
      const wentAlone = state.wentAlone || action.network !== undefined;
      return { ...state, isStepping: action.isStepping, wentAlone };
    }
    case "losses": {
      const { progress, values } = action;
      const losses = Array.from(values.subarray(values.length - METRICS.length));
      return { ...state, progress, losses };
    }
    case "grid": {
      const { columns, rows } = action.picture;
      const next = { ...state, picture: action.picture };
      const isGone = state.chosen !== undefined && state.chosen >= columns * rows;
      return isGone ? withoutChoice(next) : next;
    }
    case "chosen":
      return action.tile === undefined ? withoutChoice(state) : { ...state, chosen: action.tile };
    case "compared":
      // None is chosen any more: the answer came late.
      return state.chosen === undefined ? state : { ...state, comparison: action.comparison };
    case "findings":
      return { ...state, findings: action.findings };
    case "spread":
      return { ...state, spread: action.spread };
    case "layers":
      return { ...state, layers: { ...state.layers, ...action.patch } };
    case "failures":
      return { ...state, failures: action.failures };
    case "failing":
      return { ...state, failing: action.id };
    case "view":
      return { ...state, view: { ...state.view, ...action.patch } };
    case "shows-real":
      return { ...state, showsReal: action.showsReal };
    case "epoch":
      return { ...state, epochs: [action.row, ...state.epochs].slice(0, ROW_LIMIT) };
    case "paused": {
      if (action.reason === "asked") return state;
      const next = { ...state, isRunning: false, isFinished: action.reason === "finished" };
      return action.problem === undefined ? next : withProblem(next, "run", action.problem.message);
    }
    case "saving": {
      const next = { ...state, saving: action.what };
      return action.what === undefined ? next : withoutProblem(next, "files");
    }
    case "measuring":
      return withoutProblem({ ...state, isMeasuring: true }, "quality");
    case "measured": {
      const measured = action.measured ?? state.measured;
      const measures = withMeasured(state.measures, action.measured);
      return { ...state, isMeasuring: false, measured, measures };
    }
    case "run-kept":
      return { ...state, pastRuns: withRun(state.pastRuns, action.run) };
    case "run-changed": {
      const { id, patch } = action;
      const pastRuns = state.pastRuns.map((run) => (run.id === id ? { ...run, ...patch } : run));
      return { ...state, pastRuns };
    }
    case "runs-cleared":
      return { ...state, pastRuns: state.pastRuns.filter(({ isPinned }) => isPinned) };
    case "exporting": {
      const next = { ...state, exporting: action.what };
      return action.what === undefined ? next : withoutProblem(next, "export");
    }
    case "gan-train": {
      const next = { ...state, ganTrain: action.ganTrain };
      return action.ganTrain === undefined ? next : withoutProblem(next, "quality");
    }
    case "pictures":
      return {
        ...state,
        pictures: action.pictures,
        readOver: state.data?.sourceId,
        mendable: undefined,
      };
    case "shelf": {
      const shelf = { ...EMPTY_SHELF, ...state.shelf, ...action.patch };
      return { ...state, shelf };
    }
    case "keeps-awake":
      return withoutProblem({ ...state, keepsAwake: action.keepsAwake }, "awake");
    case "problem":
      return withProblem(state, action.place, action.message);
    case "dismiss":
      return withoutProblem(state, action.place);
    case "fatal":
      return {
        ...state,
        phase: "fatal",
        failure: action.message,
        isRunning: false,
        isStepping: false,
        asked: undefined,
        saving: undefined,
        exporting: undefined,
        isMeasuring: false,
        ganTrain: undefined,
      };
    case "restart":
      return {
        ...initialState({ ...state.settings, ...action.patch }),
        presets: state.presets,
        // Of the run that may go on from a checkpoint.
        epochs: state.epochs,
        picture: state.picture,
        spread: state.spread,
        layers: state.layers,
        failures: state.failures,
        view: state.view,
        measures: state.measures,
        pastRuns: state.pastRuns,
        pictures: state.pictures,
        readOver: state.readOver,
        shelf: state.shelf,
        wentAlone: state.wentAlone,
        keepsAwake: state.keepsAwake,
      };
  }
}

/**
 * Whether a step of the run before is one of a run that goes on from a checkpoint.
 * @param {number} step
 * @param {RunInfo} run
 */
function goesOn(step, run) {
  return run.step > 0 && step <= run.step;
}

/**
 * @param {readonly Measured[]} measures
 * @param {Measured | undefined} measured
 * @returns {readonly Measured[]} with the newest one of each step, as many as a chart can show
 */
function withMeasured(measures, measured) {
  // The showcase's are none of this run.
  if (measured === undefined || measured.trainedFor !== undefined) return measures;
  const others = measures.filter(({ step }) => step !== measured.step);
  return [...others, measured].slice(-MEASURE_LIMIT);
}

/**
 * A digit can be asked for only where the generator takes classes.
 * @param {View} view
 * @param {Settings} settings
 * @param {readonly Preset[]} presets
 * @returns {View}
 */
function fittingView(view, settings, presets) {
  const classes = presets.length === 0 ? 0 : presetOf(settings, presets).classes;
  return view.digit !== null && view.digit >= classes ? { ...view, digit: null } : view;
}

/**
 * The settings in force, or about to be.
 * @param {Pick<State, "settings" | "asked">} state
 * @returns {Settings}
 */
export function shownSettings({ settings, asked }) {
  return asked === undefined ? settings : patched(settings, asked);
}

/**
 * The preset shown: the one asked for, or the one in force.
 * @param {State} state
 * @returns {Preset | undefined} none before the program has loaded
 */
export function shownPreset(state) {
  if (state.presets.length === 0) return undefined;
  return presetOf(shownSettings(state), state.presets);
}

/**
 * The values in force, or about to be.
 * @param {State} state
 */
export function shownConfig(state) {
  const preset = shownPreset(state);
  if (preset === undefined) return undefined;
  const settings = shownSettings(state);
  // A run that is asked for begins with its first values.
  const step = state.asked === undefined ? Math.max(state.progress.step, state.steeredAt) : 0;
  return inForceAt(effectiveConfig(settings, preset), settings, step);
}

/**
 * Whether the quality of what the generator draws can be measured now.
 * @param {State} state
 */
export function canMeasure({ phase, asked, data, isMeasuring, ganTrain, ...state }) {
  const isTraining = state.isRunning || state.isStepping || asked !== undefined;
  const isBusy = isTraining || isMeasuring || isLearning(ganTrain);
  return phase === "ready" && !isBusy && isMnist(data);
}

/**
 * Whether the page's digits are in use; only they have a measure.
 * @param {DataInfo | undefined} data
 */
export function isMnist(data) {
  return data?.sourceId === 0;
}

/**
 * Whether the pictures that were read are those that are learned, or on their way to it.
 * @param {Pick<State, "asked" | "phase" | "data" | "readOver">} state
 */
export function usesPictures({ asked, phase, data, readOver }) {
  if (asked !== undefined || phase === "booting") return true;
  return data !== undefined && !isMnist(data) && !data.points && data.sourceId !== readOver;
}

/**
 * Whether a kept run can go on: one on somebody's own data needs these again.
 * @param {About} about
 * @param {DataInfo | undefined} data in use
 */
export function canGoOn({ own }, data) {
  if (own === undefined) return true;
  const isThere = own.name === data?.name && own.count === data.count;
  return isThere && data.points === undefined && !isMnist(data);
}

/**
 * Whether samples are points in the plane, or about to be.
 * @param {State} state
 */
export function showsPoints(state) {
  return isToy(shownSettings(state));
}

/**
 * @param {GanTrain | undefined} ganTrain
 * @returns {ganTrain is Extract<GanTrain, { done: number }>}
 */
export function isLearning(ganTrain) {
  return ganTrain !== undefined && "done" in ganTrain;
}

/**
 * The epoch that is shown: the one under way, and at the schedule's end the last one.
 * @param {Pick<State, "run" | "progress">} state
 * @returns {{ epoch: number, share: number, is: "within" | "done" | "beyond" }} counted from 1, and how much of it
 *   is done; done: all of the schedule
 */
export function shownEpoch({ run, progress: { step, epoch, epochShare } }) {
  if (run !== undefined && step > 0 && step === run.totalSteps) {
    return { epoch: run.epochCount, share: 1, is: "done" };
  }
  const isBeyond = run !== undefined && epoch >= run.epochCount;
  return { epoch: epoch + 1, share: epochShare, is: isBeyond ? "beyond" : "within" };
}

/**
 * How long the schedule will still take.
 * @param {State} state
 * @returns {number | undefined} unknown without a speed, and from the schedule's end on
 */
export function secondsLeft({ run, progress: { step, stepsPerSecond } }) {
  if (run === undefined || !stepsPerSecond || step >= run.totalSteps) return undefined;
  return (run.totalSteps - step) / stepsPerSecond;
}

/**
 * @param {State} state
 * @returns {State}
 */
function withoutChoice(state) {
  return { ...state, chosen: undefined, comparison: undefined };
}

/**
 * @param {State} state
 * @param {Place} place
 * @param {string | undefined} message
 * @returns {State}
 */
function withProblem(state, place, message) {
  return { ...state, problems: { ...state.problems, [place]: message } };
}

/**
 * @param {State} state
 * @param {Place} place
 * @returns {State}
 */
function withoutProblem(state, place) {
  if (state.problems[place] === undefined) return state;
  const mendable = state.mendable?.place === place ? undefined : state.mendable;
  return { ...state, mendable, problems: { ...state.problems, [place]: undefined } };
}
