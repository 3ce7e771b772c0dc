// The one run that there is at a time, and how another takes its place: made beside it where there is room, so
// that a refusal leaves it as it was. What a run does: run.js.

import { refusals as texts } from "#words/refusals.js";
import { CodedError, codeOf, messageOf } from "../kit/errors.js";
import { FULL_PACE } from "../engine/pace.js";
import { describeData } from "./datasets.js";
import { showcaseAt } from "./models.js";
import { Run } from "./run.js";
import { Showcase } from "./showcase.js";
import { Watch } from "./watch.js";

/** @import { DeviceChoice, DeviceInfo, Pace, Plan, Preset, RunInfo, StartAnswer, StartRequest } from "../engine/protocol.js" */
/** @import { Generator, Trainer } from "../pkg/cpu/webgan.js" */
/** @import { Calls } from "./calls.js" */
/** @import { Datasets, Loaded } from "./datasets.js" */
/** @import { Machine, Machines } from "./machines.js" */
/** @import { Examiner, Reality } from "./quality.js" */
/** @import { Emit } from "./run.js" */

/**
 * Whose samples are shown.
 * @typedef {object} Examined
 * @property {Run} run
 * @property {Generator} generator
 * @property {number | undefined} trainedFor steps behind it, if it is the showcase's
 */

/** What tells a run how far its samples are from real ones. @typedef {ConstructorParameters<typeof Run>[0]["judge"]} Judge */

export class Runs {
  #calls;
  #machines;
  #datasets;
  #examiner;
  #judge;
  #emit;
  /** That a run may be made of. @type {Preset[]} */
  presets = [];
  /** @type {Run | undefined} */
  #run;
  /** @type {Pace} */
  #pace = FULL_PACE;

  /**
   * @param {object} parts
   * @param {Calls} parts.calls
   * @param {Machines} parts.machines
   * @param {Datasets} parts.datasets
   * @param {Examiner} parts.examiner
   * @param {Judge} parts.judge of the runs
   * @param {Emit} parts.emit
   */
  constructor({ calls, machines, datasets, examiner, judge, emit }) {
    this.#calls = calls;
    this.#machines = machines;
    this.#datasets = datasets;
    this.#examiner = examiner;
    this.#judge = judge;
    this.#emit = emit;
  }

  /**
   * @param {number} runId
   * @returns {Run | undefined} the run, unless another has taken its place
   */
  of(runId) {
    return this.#run?.id === runId ? this.#run : undefined;
  }

  /** @param {Pace} pace of this run, and of those to come */
  setPace(pace) {
    this.#pace = pace;
    this.#run?.setPace(pace);
  }

  /**
   * @param {StartRequest} request
   * @returns {Promise<StartAnswer>}
   */
  async start(request) {
    const { config, device: choice, data: source } = request;
    const arriving = request.showcase === undefined ? undefined : showcaseAt(request.showcase);
    // Whether a file's run validates is known when it is open.
    const mayValidate = config === undefined || this.#validates(config.preset);
    const { pairs } = request;
    const withHeldOut = mayValidate || pairs !== undefined;
    const next = await this.#datasets.load(source, choice, { withHeldOut, pairs });
    const { machine } = next;
    const { trainer, own } = await this.#trainerOn(next, request);
    await this.#close();
    this.#machines.settle(machine);
    this.#datasets.use(next);
    this.#examiner.keepFor(next.train);

    // Data loaded for another preset may still be here; only some presets validate.
    const heldOut = this.#validates((config ?? own)?.preset) ? next.heldOut : undefined;
    const info = infoOf(request.runId, trainer, Boolean(heldOut));
    this.#run = this.#newRun(next, {
      ...{ trainer, info, heldOut: heldOut ?? undefined, trainedMs: request.trainedMs },
      showcase: arriving && this.#openShowcase(machine, arriving),
    });
    // Of a file it is known now whether it makes pictures out of others.
    const paired = trainer.makesPairs ? {} : { pairs: undefined };
    return {
      run: info,
      device: describeDevice(machine, choice),
      data: { ...describeData(next), ...paired },
      config: own,
    };
  }

  /**
   * Lends the generator whose samples are shown, and real digits to compare them with.
   * @template T
   * @param {number} runId
   * @param {AbortSignal} signal gives up what is waited for
   * @param {(examined: Examined, reality: Reality) => Promise<T>} use
   * @returns {Promise<T | undefined>} nothing where the run is another by now
   */
  async examine(runId, signal, use) {
    const run = this.of(runId);
    const data = run && (await this.#datasets.withHeldOut(signal));
    if (run === undefined || data === undefined) return undefined;
    const { train, heldOut } = data;
    const { program, device } = data.machine;
    return run.pictures.withGenerator((generator, trainedFor) =>
      use({ run, generator, trainedFor }, { program, device, train, heldOut }),
    );
  }

  async #close() {
    const old = this.#run;
    this.#run = undefined;
    await old?.close();
  }

  /**
   * A trainer on data that were loaded for it. Where it is refused, the refusal says what they are, and they are
   * dropped.
   * @param {Loaded} next
   * @param {StartRequest} request
   * @returns {Promise<{ trainer: Trainer, own: StartAnswer["config"] }>} own: the config of a run from a file
   */
  async #trainerOn(next, { config, freeFirst, checkpoint, otherData = false }) {
    const { program, device } = next.machine;
    try {
      this.#emit({ type: "stage", stage: "networks" });
      if (freeFirst) await this.#close();
      if (checkpoint === undefined) {
        const trainer = new program.Trainer(JSON.stringify(config), next.train, device);
        return { trainer, own: undefined };
      }
      // Who says of what a run is made goes on with one of the same data, such as after a crash.
      const isFree = otherData || config !== undefined;
      const trainer = program.Trainer.resume(checkpoint, next.train, device, isFree);
      try {
        return { trainer, own: this.#followed(trainer, config) };
      } catch (error) {
        trainer.free();
        throw error;
      }
    } catch (error) {
      const code = codeOf(error);
      if (code === undefined) throw error;
      const refusal = new CodedError(code, messageOf(error), { cause: error });
      refusal.data = describeData(next);
      this.#datasets.drop(next);
      throw refusal;
    }
  }

  /**
   * @param {Loaded} data
   * @param {Pick<ConstructorParameters<typeof Run>[0], "trainer" | "info" | "heldOut" | "trainedMs" | "showcase">} parts
   */
  #newRun({ machine: { program, device }, source, train, ...loaded }, parts) {
    const { trainer, info } = parts;
    const runId = info.id;
    const watch = new Watch(
      new program.Monitor(info.step),
      (symptom) => trainer.cure(symptom),
      (findings) => this.#emit({ type: "findings", runId, findings }),
    );
    return new Run({
      ...parts,
      watch,
      points: source.kind === "toy" ? train : undefined,
      pairs: trainer.makesPairs ? (loaded.heldOut ?? train) : undefined,
      isCpu: device.kind === "cpu",
      pace: this.#pace,
      emit: this.#emit,
      fatal: this.#calls.fatal,
      isLossBehind: this.#machines.isLossBehind,
      judge: this.#judge,
    });
  }

  /**
   * @param {Machine} machine
   * @param {Promise<Uint8Array | undefined>} arriving
   * @returns {Promise<Showcase | undefined>}
   */
  async #openShowcase({ program, device }, arriving) {
    const bytes = await arriving;
    if (bytes === undefined || this.#calls.isDead) return undefined;
    try {
      return await Showcase.of(program.Generator.parse(bytes, device), bytes);
    } catch (error) {
      if (codeOf(error) === undefined) throw error;
      console.warn("WebGAN cannot show a trained generator:", error);
      return undefined;
    }
  }

  /** @param {string | undefined} id */
  #presetNamed(id) {
    return this.presets.find((preset) => preset.id === id);
  }

  /** @param {string | undefined} preset */
  #validates(preset) {
    return this.#presetNamed(preset)?.validation === true;
  }

  /**
   * Gives a resumed run what may have been changed since its checkpoint was taken.
   * @param {Trainer} trainer
   * @param {Plan | undefined} config
   * @returns {StartAnswer["config"]} where there is none: what the run was made of, in the page's terms
   */
  #followed(trainer, config) {
    if (config !== undefined) {
      const { learningRate, l1Weight, changes } = config;
      trainer.update(JSON.stringify({ learningRate, l1Weight, changes }));
      return undefined;
    }
    const own = JSON.parse(trainer.settings);
    if (this.#presetNamed(own.preset) !== undefined) return own;
    throw new CodedError("checkpoint.preset", texts.unknownSettings);
  }
}

/**
 * @param {number} id
 * @param {Trainer} trainer
 * @param {boolean} validation whether this run measures a held-out loss
 * @returns {RunInfo}
 */
function infoOf(id, trainer, validation) {
  const { stepCount: step, epoch, totalSteps, epochCount, multiplications } = trainer;
  const recipe = JSON.parse(trainer.config);
  const networks = JSON.parse(trainer.networks);
  return { id, step, epoch, totalSteps, epochCount, validation, recipe, networks, multiplications };
}

/**
 * @param {Machine} machine
 * @param {DeviceChoice} choice
 * @returns {DeviceInfo}
 */
function describeDevice({ device: { kind, name }, note, build }, choice) {
  // The note says why "auto" fell back; who asked for the CPU knows.
  return { kind, name, note: choice === "auto" ? note : undefined, build };
}
