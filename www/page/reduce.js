// What happens on the page, and the state after it: one pure function. It decides nothing that the state before does not
// say.

import { fittingBoard } from "../board/rule.js";
import { METRICS } from "../engine/protocol.js";
import {
  hasComeAbout,
  standing,
  withoutProblem,
  withoutRefusals,
  withProblem,
} from "./refusals.js";
import { withRun } from "./runs.js";
import { isLearning } from "./selectors.js";
import { withPairs } from "./pairs.js";
import { fitSettings, ignored, isToy } from "./settings.js";
import { EMPTY_SHELF, newRun, newWorker } from "./state.js";
import { settings as texts } from "#words/settings.js";

/** @import { Live } from "../engine/course.js" */
/** @import { Finding } from "../engine/examined.js" */
/** @import { DataInfo, EpochRow, Failure, Network, Preset } from "../engine/protocol.js" */
/** @import { Measured, PairQuality } from "../engine/examined.js" */
/** @import { Problem, Progress, RunInfo, Stage, StartAnswer, View } from "../engine/protocol.js" */
/** @import { Pictures } from "../pictures/taking.js" */
/** @import { Remedy } from "./app/remedy.js" */
/** @import { PastRun } from "./runs.js" */
/** @import { SettingName, Settings } from "./settings.js" */
/** @import { Comparison, Ending, GanTrain, Layers, Picture, Place, Shelf, Slices, Spread, State } from "./state.js" */

/** The table of epochs shows no more rows than this. */
const ROW_LIMIT = 100;
const MEASURE_LIMIT = 200;

/**
 * @typedef {{ type: "presets", presets: Preset[] }
 *   | { type: "stage", stage: Stage, data?: string }
 *   | { type: "asked", patch: Partial<Settings> | undefined, own?: string }
 *   | { type: "starting" }
 *   | { type: "started", answer: StartAnswer, settings: Settings, isOwn?: boolean, isLoaded?: boolean,
 *       trainedMs?: number, wentAlone?: boolean, ended?: State["problems"] }
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
 *   | { type: "paused", reason: "asked" }
 *   | ({ type: "paused" } & Ending)
 *   | { type: "paused", reason: "problem", problem: Problem }
 *   | { type: "saving", what: "run" | "generator" | undefined }
 *   | { type: "measuring", isAsked: boolean } | { type: "seeing", seeing: Slices }
 *   | { type: "measured", measured: Measured | undefined, quality?: PairQuality }
 *   | { type: "run-kept", run: PastRun }
 *   | { type: "run-changed", id: number, patch: Partial<PastRun> }
 *   | { type: "runs-cleared" }
 *   | { type: "exporting", what: string | undefined }
 *   | { type: "gan-train", ganTrain: GanTrain | undefined }
 *   | { type: "pictures", pictures: Pictures | undefined, sourceId?: number }
 *   | { type: "shelf", patch: Partial<Shelf> }
 *   | { type: "keeps-awake", keepsAwake: boolean }
 *   | { type: "problem", place: Place, message: string }
 *   | { type: "dismiss", place: Place }
 *   | { type: "photo", hasPhoto: boolean }
 *   | { type: "fatal", message: string }
 *   | { type: "restart", patch: Partial<Settings> }} Action
 */

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
 * @param {State} state
 * @param {Action} action
 * @returns {State}
 */
function reduced(state, action) {
  switch (action.type) {
    case "presets": {
      const asked = withPairs(state.settings, action.presets, state.isDataNamed);
      const { settings, problems } = fitSettings(asked, action.presets);
      const all = [state.problems.address ?? [], problems].flat();
      const next = { ...state, presets: action.presets, settings };
      return all.length === 0 ? next : withProblem(next, "address", all.join(" "));
    }
    case "stage":
      return { ...state, stage: action.stage, loads: action.data };
    case "asked":
      return { ...state, asked: action.patch, askedOwn: action.own };
    case "starting":
      return givingWay({ ...state, stopped: {} }, "run");
    case "started": {
      const { trainedMs = 0, isLoaded = false, wentAlone, ended } = action;
      const { run, device, data } = action.answer;
      const drawn = state.settings.board ?? state.laidAside;
      const laidAside = data.pairs === undefined ? drawn : null;
      const board = action.settings.board ?? (data.pairs && state.laidAside) ?? null;
      const { settings, missing } = withExample({ ...action.settings, board }, data);
      // A run that goes on after a crash was on the page before; one from a file was not.
      const before = carriedOver(state, settings, isLoaded ? NOTHING : run);
      const anew = newRun();
      const next = {
        ...state,
        settings,
        view: fittingView(state.view, run),
        ...newWorker(),
        phase: /** @type {const} */ ("ready"),
        ...anew,
        ...before,
        run,
        device,
        data,
        own: action.isOwn ? data : state.own,
        laidAside,
        progress: { ...anew.progress, step: run.step, epoch: run.epoch, trainedMs },
        wentAlone: wentAlone ?? before.wentAlone,
        cameAt: isLoaded ? run.step : before.cameAt,
        ...standing(state, ended),
      };
      // The first run is the address's.
      if (missing === undefined || state.run !== undefined) return next;
      const all = [next.problems.address ?? [], missing].flat();
      return withProblem(next, "address", all.join(" "));
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
    case "running": {
      const { isRunning } = action;
      const next = isRunning ? givingWay(state, "training") : state;
      const isSettling = !isRunning && (state.isRunning || state.isSettling);
      return withoutProblem({ ...next, isRunning, isSettling, ending: undefined }, "run");
    }
    case "stepping": {
      const { isStepping } = action;
      const wentAlone = state.wentAlone || action.network !== undefined;
      const next = isStepping ? givingWay(state, "training") : state;
      return { ...next, isStepping, wentAlone };
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
      const rests = { ...state, isSettling: false };
      if (action.reason === "asked") return rests;
      if (action.reason !== "problem") return { ...rests, isRunning: false, ending: action };
      const next = { ...rests, isRunning: false, ending: undefined };
      return withProblem(next, "run", action.problem.message);
    }
    case "saving": {
      const next = { ...state, saving: action.what };
      return action.what === undefined ? next : withoutProblem(next, "files");
    }
    case "measuring": {
      const stopped = { ...state.stopped, measure: undefined };
      return withoutProblem({ ...state, isMeasuring: true, seeing: undefined, stopped }, "quality");
    }
    case "seeing":
      return { ...state, seeing: action.seeing };
    case "measured": {
      const measured = action.measured ?? state.measured;
      const measures = withMeasured(state.measures, action.measured);
      const pairQuality = action.quality ?? state.pairQuality;
      return { ...state, isMeasuring: false, seeing: undefined, measured, measures, pairQuality };
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
      const stopped = { ...state.stopped, ganTrain: undefined };
      const next = { ...state, ganTrain: action.ganTrain, seeing: undefined, stopped };
      return action.ganTrain === undefined ? next : withoutProblem(next, "quality");
    }
    case "pictures": {
      const { pictures, sourceId } = action;
      // Something else was dropped, or is to be.
      const before = pictures === undefined || pictures.stage === "looking" ? {} : state.taken;
      const taken =
        sourceId === undefined || pictures === undefined
          ? before
          : { ...before, [sourceId]: pictures };
      return { ...state, pictures, picturesOf: sourceId, taken, mendable: undefined };
    }
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
    case "photo":
      return { ...state, hasPhoto: action.hasPhoto };
    case "fatal":
      return { ...state, ...newWorker(), phase: "fatal", failure: action.message };
    case "restart": {
      const settings = { ...state.settings, ...action.patch };
      // It may go on from a checkpoint of any step.
      const before = carriedOver(state, settings, EVERYTHING);
      return { ...state, settings, ...newWorker(), ...newRun(), ...before };
    }
  }
}

/**
 * Settings whose board begins with an example that the data have.
 * @param {Settings} settings
 * @param {DataInfo} data
 * @returns {{ settings: Settings, missing?: string }} what is said of one that they have not
 */
function withExample(settings, { pairs }) {
  if (settings.board === null || pairs === undefined) return { settings };
  const { board, missing } = fittingBoard(settings.board, pairs.count);
  if (missing === "") return { settings };
  const said = ignored("board", missing, texts.noExample(pairs.count));
  return { settings: { ...settings, board }, missing: said };
}

/** Up to where a run is one that was on the page before. */
const NOTHING = { step: 0, epoch: 0 };
const EVERYTHING = { step: Infinity, epoch: Infinity };

/**
 * What of a run stays when another takes its place: what is to be seen until the new one's has come, and of one that
 * goes on its course so far.
 * @param {State} state
 * @param {Settings} settings of the new one
 * @param {{ step: number, epoch: number }} upTo where it goes on; at step 0 it begins
 */
function carriedOver(state, settings, upTo) {
  const { picture, spread, epochs, measures, wentAlone, cameAt, stopped } = state;
  const goesOn = upTo.step > 0;
  return {
    stopped, // by its coming
    picture: isToy(settings) ? undefined : picture, // which points never have
    spread,
    epochs: epochs.filter(({ epoch }) => epoch <= upTo.epoch),
    measures: measures.filter(({ step }) => goesOn && step <= upTo.step),
    wentAlone: wentAlone && goesOn,
    cameAt: goesOn ? cameAt : 0,
  };
}

/**
 * Examinations end where steps are taken and where another run is asked for: the worker does the same.
 * @param {State} state
 * @param {"training" | "run"} to
 * @returns {State}
 */
function givingWay(state, to) {
  const { isMeasuring, ganTrain } = state;
  const learns = isLearning(ganTrain);
  if (!isMeasuring && !learns) return state;
  const stopped = {
    ...state.stopped,
    ...(isMeasuring && { measure: to }),
    ...(learns && { ganTrain: to }),
  };
  return { ...state, stopped, ganTrain: learns ? undefined : ganTrain };
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
 * @param {RunInfo} run
 * @returns {View}
 */
function fittingView(view, { networks: { generator } }) {
  const { classes } = generator;
  return view.digit !== null && view.digit >= classes ? { ...view, digit: null } : view;
}

/**
 * @param {State} state
 * @returns {State}
 */
function withoutChoice(state) {
  return { ...state, chosen: undefined, comparison: undefined };
}
