// What a GAN's whole schedule costs on this machine: the multiplications that it takes, by the rate at which the
// machine does them. Pure arithmetic; the rate comes from a run or from a short measurement (worker/rate.js).

/** @import { Preset, Schedule } from "../engine/protocol.js" */
/** @import { State } from "./state.js" */

/**
 * @param {Preset} preset with its own values
 * @param {number} rate multiplications a second
 * @param {number | undefined} sampleCount of the data, where they are known
 * @returns {number | undefined} seconds
 */
export function scheduleSeconds({ schedule, config, multiplications }, rate, sampleCount) {
  const steps = stepsOf(schedule, config.batchSize, sampleCount);
  return steps === undefined ? undefined : (steps * multiplications) / rate;
}

/**
 * @param {Schedule} schedule
 * @param {number} batchSize
 * @param {number | undefined} sampleCount
 */
function stepsOf(schedule, batchSize, sampleCount) {
  switch (schedule.kind) {
    case "steps":
      return schedule.count;
    case "epochs-of-steps":
      return schedule.count * schedule.steps;
    case "epochs":
      return sampleCount && Math.ceil((schedule.count * sampleCount) / batchSize);
  }
}

/**
 * The rate of the run on the page, where it has gone as fast as it can; points have too little to multiply for that.
 * @param {State} state
 * @returns {number | undefined} multiplications a second
 */
export function rateOf({ run, data, progress, settings }) {
  const { stepsPerSecond } = progress;
  const isSlowed = settings.speed !== null || data?.points !== undefined;
  if (run === undefined || isSlowed || !stepsPerSecond) return undefined;
  return stepsPerSecond * run.multiplications;
}
