// What follows from the state and is kept nowhere: what is shown, what can be done now.

import { inForceAt, patched } from "../engine/course.js";
import { areBack } from "./run-data.js";
import { page as texts } from "#words/page.js";
import { effectiveConfig, isFolder, isToy, presetOf } from "./settings.js";

/** @import { Measured } from "../engine/examined.js" */
/** @import { DataInfo, Preset } from "../engine/protocol.js" */
/** @import { About } from "./saved-runs.js" */
/** @import { DataName, Settings } from "./settings.js" */
/** @import { GanTrain, State } from "./state.js" */

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
 * Numbers in each latent of the run's generator, and of a trained one that is shown in its place.
 * @param {Pick<State, "run">} state
 */
export function latentSizeOf({ run }) {
  return run?.networks.generator.input ?? 0;
}

/**
 * Classes that the generator shown draws on demand: the run's where there is one, which has those of its data.
 * @param {Pick<State, "run" | "presets" | "settings" | "asked">} state
 */
export function classesOf({ run, ...state }) {
  if (run !== undefined) return run.networks.generator.classes;
  return state.presets.length === 0 ? 0 : presetOf(shownSettings(state), state.presets).classes;
}

/**
 * Whether the quality of what the generator draws can be measured now.
 * @param {State} state
 */
export function canMeasure({ phase, asked, data, isMeasuring, ganTrain, ...state }) {
  const isTraining = state.isRunning || state.isStepping || asked !== undefined;
  const isBusy = isTraining || isMeasuring || isLearning(ganTrain);
  return phase === "ready" && !isBusy && data !== undefined && data.points === undefined;
}

/**
 * Whether a classifier can learn from what the generator draws: its answers are held against the data's classes.
 * @param {State} state
 */
export function canGanTrain(state) {
  const { classCount = 0, pairs } = state.data ?? {};
  return canMeasure(state) && classCount > 1 && pairs === undefined;
}

/**
 * By whom pictures are measured, as far as is known before.
 * @param {Pick<State, "data" | "measured">} state
 * @returns {Measured["eyes"]["kind"]}
 */
export function eyesOf({ data, measured }) {
  if (measured !== undefined) return measured.eyes.kind;
  if (data === undefined || isMnist(data)) return "digits";
  return data.classCount < 2 ? "random" : "learned";
}

/**
 * Whether measuring is a matter of a moment, so that it is done unasked: else a classifier learns the data first.
 * @param {State} state
 */
export function isMeasuredSoon({ data, measured }) {
  if (data?.pairs !== undefined) return data.pairs.areHeldOut;
  return measured !== undefined || eyesOf({ data, measured }) !== "learned";
}

/**
 * Whether the page's digits are in use, which have a classifier of their own.
 * @param {DataInfo | undefined} data
 */
export function isMnist(data) {
  return data?.sourceId === 0;
}

/**
 * What the classes of the data are called, as many as the generator shown draws.
 * @param {Pick<State, "data" | "run" | "presets" | "settings" | "asked">} state
 * @returns {readonly string[] | undefined} nothing where they are digits
 */
export function classNamesOf(state) {
  const { data } = state;
  if (data === undefined || isMnist(data)) return undefined;
  return (
    data.classNames ?? Array.from({ length: classesOf(state) }, (_, i) => texts.classNumber(i))
  );
}

/**
 * What is shown of pictures of one's own: those that are on their way; else, of all that was made of what was dropped,
 * those in use, as others were refused; else what was read last.
 * @param {Pick<State, "asked" | "phase" | "data" | "pictures" | "picturesOf" | "taken">} state
 */
export function shownPictures({ pictures, taken, data, ...state }) {
  const isComing = state.picturesOf === undefined || state.asked !== undefined;
  if (isComing || state.phase === "booting" || data === undefined) return pictures;
  return taken[data.sourceId] ?? pictures;
}

/**
 * Whether the pictures that are shown are those that are learned, or on their way to it.
 * @param {Pick<State, "asked" | "phase" | "data" | "picturesOf" | "taken">} state
 */
export function usesPictures({ asked, phase, data, picturesOf, taken }) {
  if (asked !== undefined || phase === "booting" || picturesOf === undefined) return true;
  return data !== undefined && data.sourceId in taken;
}

/**
 * Whether a kept run can go on: one on somebody's own data needs these again.
 * @param {Pick<About, "own">} about
 * @param {DataInfo | undefined} own data that were in use last
 */
export function canGoOn(about, own) {
  return about.own === undefined || areBack(about.own, own);
}

/**
 * What the user's own data are called that are in use, or asked for.
 * @param {Pick<State, "settings" | "asked" | "askedOwn" | "data">} state
 * @returns {string | undefined} nothing where others are
 */
export function ownName({ askedOwn, data, ...state }) {
  if (shownSettings(state).data !== "mnist") return undefined;
  if (state.asked?.data !== undefined) return askedOwn;
  // What is in use, where that is not about to change.
  return isMnist(data) || data?.points !== undefined ? undefined : data?.name;
}

/**
 * What stands to choose among data and is in use, or asked for.
 * @param {Pick<State, "settings" | "asked" | "askedOwn" | "data">} state
 * @returns {Settings["data"] | "own"}
 */
export function chosenData(state) {
  return ownName(state) === undefined ? shownSettings(state).data : "own";
}

/**
 * What data are called wherever they are named: what the site has, has a title of ours.
 * @param {Pick<DataInfo, "name" | "isOfSite">} data
 */
export function titleOf({ name, isOfSite }) {
  return (isOfSite && texts.data[/** @type {DataName} */ (name)]) || name;
}

/**
 * What the data are called that are in use, or asked for.
 * @param {Pick<State, "settings" | "asked" | "askedOwn" | "data">} state
 */
export function dataName(state) {
  const { data } = shownSettings(state);
  const isComing = state.asked?.data !== undefined;
  const inUse = isFolder(data) && !isComing ? state.data?.name : undefined;
  return ownName(state) ?? inUse ?? texts.data[/** @type {DataName} */ (data)] ?? data;
}

/**
 * Whether data that were asked for are being fetched, while others are in use.
 * @param {Pick<State, "asked" | "stage" | "run">} state
 */
export function fetchesData({ asked, stage, run }) {
  return asked !== undefined && stage === "data" && run !== undefined;
}

/**
 * Whether samples are points in the plane, or about to be.
 * @param {State} state
 */
export function showsPoints(state) {
  return isToy(shownSettings(state));
}

/**
 * Whether pictures are made out of others, or about to be.
 * @param {State} state
 */
export function showsPairs(state) {
  return (shownPreset(state)?.input ?? null) !== null;
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
