// The worker: owns the device, the data and the one run, and answers the requests of protocol.js.
// The training loop itself is worker/run.js; worker/program.js loads the wasm.

import { expose } from "comlink";
import { CodedError, codeOf, messageOf } from "./errors.js";
import { PROTOCOL_VERSION } from "./protocol.js";
import { heldOutBytes, trainingBytes } from "./worker/data.js";
import { programFor } from "./worker/program.js";
import { Run } from "./worker/run.js";

/** @import { DataInfo, DataSource, DeviceChoice, DeviceInfo, Pace, Preset } from "./protocol.js" */
/** @import { RunInfo, StartRequest, WorkerApi, WorkerEvent } from "./protocol.js" */
/** @import { Dataset, Device, Trainer } from "./pkg/cpu/webgan.js" */
/** @import { Program } from "./worker/program.js" */

/**
 * A device and the program it belongs to.
 * @typedef {object} Machine
 * @property {Program} program
 * @property {Device} device
 * @property {string | undefined} note why the CPU was taken instead of the GPU
 */

/** A data set on a device; the held-out part only once a preset has asked for it. */
/** @typedef {{ sourceId: number, machine: Machine, train: Dataset, heldOut: Dataset | undefined }} Loaded */

/** @type {MessagePort | undefined} */
let events;
/** After a panic the wasm must not be called again. */
let isDead = false;

/** @type {Preset[]} */
let presets = [];
/** @type {Map<string, Machine>} by the choice that opened it; kept for the worker's life */
const machines = new Map();
/** @type {Loaded | undefined} */
let loaded;
/** @type {Run | undefined} */
let run;
/** @type {Pace} */
let pace = { hidden: false, gridEveryMs: 100 };
/** @type {Promise<unknown>} starts follow one another */
let lastStart = Promise.resolve();

/**
 * @param {WorkerEvent} event
 * @param {Transferable[]} [transfer]
 */
function emit(event, transfer = []) {
  events?.postMessage(event, transfer);
}

/** @param {unknown} error */
function fatal(error) {
  if (isDead) return;
  isDead = true;
  console.error("WebGAN's worker stopped:", error);
  emit({ type: "fatal", message: messageOf(error) });
}

/**
 * Passes on a refusal; an error without a code is a crash.
 * @template T
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
async function guarded(work) {
  if (isDead) throw new CodedError("worker.dead", "The training program has stopped.");
  try {
    return await work();
  } catch (error) {
    if (codeOf(error) === undefined) fatal(error);
    throw error;
  }
}

/**
 * @param {number} runId
 * @returns {Run | undefined} the run, unless another has taken its place
 */
function runOf(runId) {
  return run?.id === runId ? run : undefined;
}

/**
 * A device that is open already and is what was asked for: the GPU that "auto" found is the GPU,
 * and opening it twice would ask the browser for a second one.
 * @param {DeviceChoice} choice
 */
function openedMachine(choice) {
  const kind = choice === "auto" ? "webgpu" : choice;
  return machines.get(choice) ?? [...machines.values()].find(({ device }) => device.kind === kind);
}

/** @param {string} message */
function panicked(message) {
  fatal(new Error(message));
}

/** @param {DeviceChoice} choice */
async function openMachine(choice) {
  const opened = openedMachine(choice);
  if (opened !== undefined) return opened;
  const { program, noGpu } = await programFor(choice, panicked);
  emit({ type: "stage", stage: "device" });
  const device = await program.Device.open(noGpu === undefined ? choice : "cpu");
  device.onError((/** @type {Error} */ error) => {
    const problem = { code: codeOf(error) ?? "device.error", message: messageOf(error) };
    console.error("WebGAN's device reported an error:", error);
    emit({ type: "device-error", problem });
  });
  const note = noGpu === undefined ? device.note : `Training runs on the CPU: ${noGpu}.`;
  const machine = { program, device, note };
  machines.set(choice, machine);
  return machine;
}

/**
 * @param {DataSource} source
 * @param {Machine} machine
 * @param {boolean} withHeldOut
 * @returns {Promise<Loaded>} what is loaded already, where it is the same
 */
async function load(source, machine, withHeldOut) {
  const same = loaded?.sourceId === source.id && loaded.machine === machine ? loaded : undefined;
  if (same !== undefined && (same.heldOut !== undefined || !withHeldOut)) return same;
  emit({ type: "stage", stage: "data" });
  const [trainFiles, heldOutFiles] = await Promise.all([
    same === undefined ? trainingBytes(source) : undefined,
    withHeldOut ? heldOutBytes(source) : undefined,
  ]);
  const { program, device } = machine;
  const parse = (/** @type {NonNullable<typeof trainFiles>} */ { images, labels }) =>
    program.Dataset.parse(images, labels, device);
  const heldOut = heldOutFiles && parse(heldOutFiles);
  try {
    const train = trainFiles ? parse(trainFiles) : /** @type {Loaded} */ (same).train;
    return { sourceId: source.id, machine, train, heldOut };
  } catch (error) {
    heldOut?.free();
    throw error;
  }
}

/**
 * Frees what `other` does not share.
 * @param {Loaded | undefined} old
 * @param {Loaded | undefined} other
 */
function unload(old, other) {
  if (old === undefined) return;
  if (old.train !== other?.train) old.train.free();
  if (old.heldOut !== other?.heldOut) old.heldOut?.free();
}

async function closeRun() {
  const old = run;
  run = undefined;
  await old?.close();
}

/** @param {StartRequest} request */
async function start({ runId, config, device: choice, data: source, freeFirst, checkpoint }) {
  const preset = presets.find(({ id }) => id === config.preset);
  const machine = await openMachine(choice);
  const { program, device } = machine;
  const next = await load(source, machine, preset?.validation ?? false);
  /** @type {Trainer} */
  let trainer;
  try {
    emit({ type: "stage", stage: "networks" });
    if (freeFirst) await closeRun();
    if (checkpoint === undefined) {
      trainer = new program.Trainer(JSON.stringify(config), next.train, device);
    } else {
      trainer = program.Trainer.resume(checkpoint, next.train, device);
      // What may have been changed since it was taken.
      const { learningRate, l1Weight } = config;
      trainer.update(JSON.stringify({ learningRate, l1Weight }));
    }
  } catch (error) {
    if (codeOf(error) !== undefined) unload(next, loaded);
    throw error;
  }
  await closeRun();
  unload(loaded, next);
  loaded = next;

  // Data loaded for another tutorial may still be here; only some tutorials validate.
  const heldOut = preset?.validation === true ? next.heldOut : undefined;
  const { stepCount: step, epoch, totalSteps, epochCount } = trainer;
  const validation = heldOut !== undefined;
  /** @type {RunInfo} */
  const info = { id: runId, step, epoch, totalSteps, epochCount, validation };
  run = new Run({ trainer, heldOut, info, isCpu: device.kind === "cpu", pace, emit, fatal });
  return { run: info, device: describeDevice(machine, choice), data: describeData(next, source) };
}

/**
 * @param {Machine} machine
 * @param {DeviceChoice} choice
 * @returns {DeviceInfo}
 */
function describeDevice({ device: { kind, name }, note }, choice) {
  // The note says why "auto" fell back; who asked for the CPU knows.
  return { kind, name, note: choice === "auto" ? note : undefined };
}

/**
 * @param {Loaded} now
 * @param {DataSource} source
 * @returns {DataInfo}
 */
function describeData({ train }, source) {
  const { count, rows, columns, classCounts } = train;
  const name = source.kind === "mnist" ? "MNIST" : source.images.name;
  return { sourceId: source.id, name, count, rows, columns, classCount: classCounts.length };
}

/** @type {WorkerApi} */
const api = {
  async connect(version, port, choice) {
    events = port;
    if (version !== PROTOCOL_VERSION) {
      throw new CodedError(
        "protocol.version",
        "The page and its training program come from two versions of this site. Reload the page.",
      );
    }
    return guarded(async () => {
      emit({ type: "stage", stage: "program" });
      const { program } = await programFor(choice, panicked);
      presets = /** @type {Preset[]} */ (JSON.parse(program.presets()));
      return presets;
    });
  },
  start(request) {
    const answer = lastStart.then(() => guarded(() => start(request)));
    lastStart = answer.catch(() => {});
    return answer;
  },
  train(runId) {
    runOf(runId)?.train();
  },
  async pause(runId) {
    await runOf(runId)?.pause();
  },
  async draw(runId) {
    await runOf(runId)?.draw();
  },
  async step(runId) {
    await runOf(runId)?.step();
  },
  async update(runId, hyper) {
    await guarded(() => runOf(runId)?.update(hyper));
  },
  setPace(newPace) {
    pace = newPace;
    run?.setPace(newPace);
  },
};

expose(api);
