// All that the page shows, as one value of three slices by how long they last: the session's, the worker's, the run's.
// What changes it is reduce.js, what follows from it selectors.js. No DOM, no worker, no clock. (The long series of
// losses are in history.js: they are too big to copy.)

import { DEFAULT_SETTINGS } from "./settings.js";

/** @import { Finding } from "../engine/examined.js" */
/** @import { DataInfo, DeviceInfo, EpochRow, Failure, Plane, Preset } from "../engine/protocol.js" */
/** @import { Measured, PairQuality } from "../engine/examined.js" */
/** @import { Progress, RunInfo, Stage, View } from "../engine/protocol.js" */
/** @import { Store } from "../kit/store.js" */
/** @import { Tile } from "../kit/tiles.js" */
/** @import { Pictures } from "../pictures/taking.js" */
/** @import { Remedy } from "./app/remedy.js" */
/** @import { Action } from "./reduce.js" */
/** @import { PastRun } from "./runs.js" */
/** @import { About } from "./saved-runs.js" */
/** @import { SettingName, Settings } from "./settings.js" */

/** Where on the page a problem is shown: beside a control, by the data, or at the run. */
/** @typedef {"address" | "run" | "saved" | "awake" | "data" | "toy" | "lab" | "lesson" | "device" | "files" | "quality" | "export" | SettingName} Place */

/**
 * The picture: so many samples of the run at a step, or of a showcase.
 * @typedef {object} Picture
 * @property {number} step of the run
 * @property {number} columns
 * @property {number} rows
 * @property {number | undefined} trainedFor steps behind a showcase's generator
 * @property {"awaited" | "missing"} [showcase] that was to be shown in place of this
 * @property {number | null} digit as in a View
 * @property {readonly number[] | undefined} opinions the discriminator's, one a sample
 * @property {boolean} [isOfPairs] whether it shows three pictures for each: what the generator is given, what it makes of
 *   that, and the truth
 */

/**
 * How a run on points stands at a step.
 * @typedef {Pick<Plane, "modes" | "covered" | "good"> & { step: number }} Spread
 */

/** Training has paused by itself. @typedef {{ reason: "finished" } | { reason: "plateau", bestStep: number }} Ending */

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

/** @typedef {{ done: number, total: number }} Slices */

/** @typedef {Readonly<Partial<Record<"measure" | "ganTrain", "training" | "run">>>} Stopped */

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
 * What lasts as long as the page is open.
 * @typedef {object} SessionState
 * @property {readonly Preset[]} presets
 * @property {Settings} settings in force
 * @property {boolean} isDataNamed whether the address named the data when the page was opened
 * @property {View} view what the pictures are to show
 * @property {Layers} layers
 * @property {readonly Failure[]} failures that can be set up
 * @property {readonly PastRun[]} pastRuns oldest first
 * @property {DataInfo | undefined} own the user's own data that were in use last
 * @property {string | null} laidAside the board of a run before, while there is no place to draw
 * @property {Pictures | undefined} pictures of one's own that are being read, or were
 * @property {number | undefined} picturesOf the source that was made of them
 * @property {Readonly<Record<number, Pictures>>} taken all that was made of what was dropped last, by its sources
 * @property {Shelf | undefined} shelf undefined before anything was kept or found
 * @property {boolean} keepsAwake whether the screen is to stay on while training
 */

/**
 * What the worker is at. None of it outlives the worker, and a new run finds it at nothing.
 * @typedef {object} WorkerState
 * @property {"booting" | "ready" | "stuck" | "fatal"} phase stuck: nothing to train yet, but the
 *   worker lives; fatal: the worker is dead
 * @property {Stage} stage what booting waits for
 * @property {string} [loads] names the data, where these are not the site's digits
 * @property {string | undefined} failure why it is stuck or dead
 * @property {Partial<Settings> | undefined} asked settings on their way to being in force
 * @property {string} [askedOwn] what the user's own data are called that are asked for, if they are
 * @property {boolean} isRunning
 * @property {boolean} isSettling pressed to pause, while its last steps arrive
 * @property {boolean} isStepping
 * @property {boolean} isMeasuring
 * @property {Slices | undefined} seeing how far a classifier is that learns the pictures before it measures
 * @property {"run" | "generator" | undefined} saving the file being made
 * @property {string | undefined} exporting what is being made for a file, in words
 * @property {GanTrain | undefined} ganTrain
 */

/**
 * The run, what it is of, how it went, and what was said of it. What stays of the one before is told by `carriedOver`.
 * @typedef {object} RunState
 * @property {RunInfo | undefined} run
 * @property {DeviceInfo | undefined} device
 * @property {DataInfo | undefined} data
 * @property {Ending | undefined} ending why it pauses, where nobody asked it to
 * @property {Progress} progress of the completed steps
 * @property {number} cameAt the step at which it came to this page: what it showed before is not kept
 * @property {number} steeredAt the step at which learning rate or λ were changed last
 * @property {boolean} wentAlone whether one network alone took a step: no link repeats that
 * @property {boolean} showsReal whether real pictures are in the place of generated ones
 * @property {Picture | undefined} picture
 * @property {number | undefined} chosen the tile of the picture that is looked at
 * @property {Comparison | undefined} comparison of a chosen tile, this one or the one before
 * @property {Spread | undefined} spread where the samples are points
 * @property {readonly Finding[]} findings what goes wrong in the run
 * @property {string | undefined} failing the id of the failure that is set up
 * @property {readonly number[] | undefined} losses of the last completed step, one per METRICS
 * @property {readonly EpochRow[]} epochs newest first
 * @property {Measured | undefined} measured
 * @property {readonly Measured[]} measures of the run, one a step, oldest first
 * @property {PairQuality | undefined} pairQuality of a run that makes pictures out of others
 * @property {boolean} hasPhoto whether a photograph lies on the board
 * @property {Stopped} stopped which examinations gave way to something else, and what to
 * @property {Readonly<Partial<Record<Place, string>>>} problems
 * @property {{ place: Place, remedy: Remedy } | undefined} mendable the refusal that has a remedy
 */

/**
 * Both, where no field is of both: else nothing, and the type check fails wherever it is used.
 * @template A
 * @template B
 * @typedef {[keyof A & keyof B] extends [never] ? A & B : never} Apart
 */

/** @typedef {Apart<Apart<SessionState, WorkerState>, RunState>} State */

/** @typedef {Store<State, Action>} PageStore */

/** @type {Shelf} */
export const EMPTY_SHELF = { kept: undefined, offers: [], unkept: undefined, dropped: [] };

/**
 * @param {Settings} settings
 * @param {boolean} [isDataNamed] by the address
 * @returns {SessionState}
 */
export function newSession(settings, isDataNamed = false) {
  return {
    presets: [],
    settings,
    isDataNamed,
    view: { digit: null, opinions: false },
    layers: { beliefs: true, manifold: true, pulls: true },
    failures: [],
    pastRuns: [],
    own: undefined,
    laidAside: null,
    pictures: undefined,
    picturesOf: undefined,
    taken: {},
    shelf: undefined,
    keepsAwake: false,
  };
}

/** @returns {WorkerState} that is loading its program */
export function newWorker() {
  return {
    phase: "booting",
    stage: "program",
    failure: undefined,
    asked: undefined,
    askedOwn: undefined,
    isRunning: false,
    isSettling: false,
    isStepping: false,
    isMeasuring: false,
    seeing: undefined,
    saving: undefined,
    exporting: undefined,
    ganTrain: undefined,
  };
}

/** @returns {RunState} none yet */
export function newRun() {
  return {
    run: undefined,
    device: undefined,
    data: undefined,
    ending: undefined,
    progress: { step: 0, epoch: 0, epochShare: 0, stepsPerSecond: undefined, trainedMs: 0 },
    cameAt: 0,
    steeredAt: 0,
    wentAlone: false,
    showsReal: false,
    picture: undefined,
    chosen: undefined,
    comparison: undefined,
    spread: undefined,
    findings: [],
    failing: undefined,
    losses: undefined,
    epochs: [],
    measured: undefined,
    measures: [],
    pairQuality: undefined,
    hasPhoto: false,
    stopped: {},
    problems: {},
    mendable: undefined,
  };
}

/**
 * @param {Settings} [settings] as the address has them
 * @param {string[]} [problems] with the address
 * @param {boolean} [isDataNamed] by the address
 * @returns {State}
 */
export function initialState(settings = DEFAULT_SETTINGS, problems = [], isDataNamed = false) {
  const state = { ...newSession(settings, isDataNamed), ...newWorker(), ...newRun() };
  return problems.length === 0 ? state : { ...state, problems: { address: problems.join(" ") } };
}
