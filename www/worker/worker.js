// The worker: owns the device, the data and the one run, and answers the requests of protocol.js.
// The training loop itself is worker/run.js; worker/program.js loads the wasm.

import { expose, transfer } from "comlink";
import "../engine/error-wire.js";
import { refusals as texts } from "#words/refusals.js";
import { CodedError, codeOf, messageOf } from "../kit/errors.js";
import { PROTOCOL_VERSION } from "../engine/protocol.js";
import { whenIdle } from "./idle.js";
import { chosenOf, pairOf } from "./data.js";
import { Machines } from "./machines.js";
import { showcaseAt } from "./models.js";
import { programFor } from "./program.js";
import { measureRate } from "./rate.js";
import { Examiner } from "./quality.js";
import { frameOf, Run } from "./run.js";
import { Showcase } from "./showcase.js";
import { Watch } from "./watch.js";

/** @import { DataInfo, DataSource, DeviceChoice, DeviceInfo, Failure, Frame, Pace, Preset } from "../engine/protocol.js" */
/** @import { Build, Plan, Programs, RunInfo, Saved, StartAnswer, StartRequest, WorkerApi, WorkerEvent } from "../engine/protocol.js" */
/** @import { Dataset, Device, Generator, Trainer } from "../pkg/cpu/webgan.js" */
/** @import { Pair } from "./data.js" */
/** @import { Machine } from "./machines.js" */
/** @import { Program } from "./program.js" */
/** @import { GanTrainProgress, Reality } from "./quality.js" */

/**
 * A data set on a device; the held-out part only once something has asked for it.
 * @typedef {object} Loaded
 * @property {DataSource} source
 * @property {Machine} machine
 * @property {string[]} files that it was made of
 * @property {Dataset} train
 * @property {Dataset | null | undefined} heldOut null where there is none
 */

/** Real points that the page shows. */
const POINTS_SHOWN = 400;

/** @type {MessagePort | undefined} */
let events;
/** @type {Programs} */
let programs;
/** What was loaded at first, for what needs no device. @type {Promise<Program>} */
let firstProgram;
/** After a panic the wasm must not be called again. */
let isDead = false;

/** @type {Preset[]} */
let presets = [];
/** @type {Failure[]} */
let failures = [];
/** @type {Map<number, Machine>} what sources too large for the GPU are loaded on, by their numbers */
const outgrown = new Map();
/** @type {Loaded | undefined} */
let loaded;
/** @type {Run | undefined} */
let run;
/** @type {Pace} */
let pace = { hidden: false, gridEveryMs: 100, stepsPerSecond: Infinity };
/** @type {Promise<unknown>} what replaces the data or measures with them follows one another */
let lastInLine = Promise.resolve();
const examiner = new Examiner();
const machines = new Machines(emit, panicked);

/**
 * @param {WorkerEvent} event
 * @param {Transferable[]} [transfer]
 */
function emit(event, transfer = []) {
  events?.postMessage(event, transfer);
}

/** @param {unknown} error */
async function fatal(error) {
  if (isDead) return;
  isDead = true;
  console.error("WebGAN's worker stopped:", error);
  if (await machines.isLossBehind()) return;
  emit({ type: "fatal", message: messageOf(error) });
}

/**
 * Passes on a refusal; an error without a code is a crash.
 * @template T
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
async function guarded(work) {
  if (isDead) throw new CodedError("worker.dead", texts.stopped);
  try {
    return await work();
  } catch (error) {
    // Who is told of the loss ends this worker, and waits for no answer.
    if (await machines.isLossBehind()) return new Promise(() => {});
    if (codeOf(error) === undefined) void fatal(error);
    throw error;
  }
}

/**
 * As `guarded`, after what was asked for before.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
function inLine(work) {
  const answer = lastInLine.then(() => guarded(work));
  lastInLine = answer.catch(() => {});
  return answer;
}

/**
 * @param {number} runId
 * @returns {Run | undefined} the run, unless another has taken its place
 */
function runOf(runId) {
  return run?.id === runId ? run : undefined;
}

/** @param {string} message */
function panicked(message) {
  fatal(new Error(message));
}

/**
 * @param {DataSource} source
 * @param {Machine} machine
 * @param {boolean} withHeldOut
 * @returns {Promise<Loaded>} what is loaded already, where it is the same
 */
async function load(source, machine, withHeldOut) {
  const same = loaded?.source.id === source.id && loaded.machine === machine ? loaded : undefined;
  if (same !== undefined && (same.heldOut !== undefined || !withHeldOut)) return same;
  emit({ type: "stage", stage: "data" });
  const { program, device } = machine;
  if (source.kind === "toy") {
    const { toy } = source;
    const train =
      typeof toy === "string"
        ? program.Dataset.toy(toy, device)
        : program.Dataset.drawn(toy, device);
    return { source, machine, files: [], train, heldOut: undefined };
  }
  const [trainFiles, heldOutFiles] = await Promise.all([
    same === undefined ? pairOf(source, "train", program) : undefined,
    withHeldOut ? pairOf(source, "held-out", program) : undefined,
  ]);
  const files = trainFiles ? namesOf(trainFiles) : /** @type {Loaded} */ (same).files;
  const train = trainFiles
    ? program.Dataset.parse(
        ...contentOf(trainFiles),
        source.kind !== "mnist" && source.turned,
        device,
      )
    : /** @type {Loaded} */ (same).train;
  try {
    const none = withHeldOut ? null : undefined;
    const heldOut = heldOutFiles ? train.parseHeldOut(...contentOf(heldOutFiles)) : none;
    return { source, machine, files, train, heldOut };
  } catch (error) {
    if (train !== same?.train) train.free();
    throw error;
  }
}

/**
 * What the program wants to know of files.
 * @param {Pair} pair
 * @returns {[Uint8Array, Uint8Array | undefined, string[]]}
 */
function contentOf(pair) {
  return [pair.images.bytes, pair.labels?.bytes, namesOf(pair)];
}

/** @param {Pair} pair */
function namesOf({ images, labels }) {
  return labels === undefined ? [images.name] : [images.name, labels.name];
}

/**
 * The data on the device that was asked for; on the CPU where any will do and the GPU has no room.
 * @param {DataSource} source
 * @param {DeviceChoice} choice
 * @param {boolean} withHeldOut
 */
async function loadOn(source, choice, withHeldOut) {
  const machine =
    (choice === "auto" && outgrown.get(source.id)) || (await machines.open(choice, programs));
  try {
    return await load(source, machine, withHeldOut);
  } catch (error) {
    if (choice !== "auto" || codeOf(error) !== "device.too_large") throw error;
    const cpu = { ...(await machines.open("cpu", programs)), note: texts.onCpu(messageOf(error)) };
    outgrown.set(source.id, cpu);
    return load(source, cpu, withHeldOut);
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
async function start(request) {
  const { runId, config, device: choice, data: source, freeFirst, checkpoint, trainedMs } = request;
  const showcaseBytes = request.showcase === undefined ? undefined : showcaseAt(request.showcase);
  // Whether a file's run validates is known when it is open.
  const mayValidate = config === undefined || presetNamed(config.preset)?.validation === true;
  const next = await loadOn(source, choice, mayValidate);
  const { machine } = next;
  const { program, device } = machine;
  /** @type {Trainer} */
  let trainer;
  /** @type {StartAnswer["config"]} of a run from a file */
  let own;
  try {
    emit({ type: "stage", stage: "networks" });
    if (freeFirst) await closeRun();
    if (checkpoint === undefined) {
      trainer = new program.Trainer(JSON.stringify(config), next.train, device);
    } else {
      trainer = program.Trainer.resume(checkpoint, next.train, device);
      if (config === undefined) own = configOf(trainer);
      else follow(trainer, config);
    }
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    const refusal = new CodedError(code, messageOf(error), { cause: error });
    refusal.data = describeData(next);
    unload(next, loaded);
    throw refusal;
  }
  await closeRun();
  machines.settle(machine);
  unload(loaded, next);
  loaded = next;
  examiner.keepFor(next.train);

  // Data loaded for another preset may still be here; only some presets validate.
  const validates = presetNamed((config ?? own)?.preset)?.validation === true;
  const heldOut = validates ? (next.heldOut ?? undefined) : undefined;
  const { stepCount: step, epoch, totalSteps, epochCount } = trainer;
  const validation = heldOut !== undefined;
  /** @type {RunInfo} */
  const info = {
    ...{ id: runId, step, epoch, totalSteps, epochCount, validation },
    recipe: JSON.parse(trainer.config),
    multiplications: trainer.multiplications,
  };
  const showcase = showcaseBytes && openShowcase(machine, showcaseBytes);
  const isCpu = device.kind === "cpu";
  const watch = new Watch(
    new program.Monitor(step),
    (symptom) => trainer.cure(symptom),
    (findings) => emit({ type: "findings", runId, findings }),
  );
  const points = source.kind === "toy" ? next.train : undefined;
  const parts = { trainer, heldOut, points, info, trainedMs, watch, showcase, isCpu, pace };
  const isLossBehind = () => machines.isLossBehind();
  run = new Run({ ...parts, emit, fatal, isLossBehind });
  return {
    run: info,
    device: describeDevice(machine, choice),
    data: describeData(next),
    config: own,
  };
}

/** @param {string | undefined} id */
function presetNamed(id) {
  return presets.find((preset) => preset.id === id);
}

/**
 * What a loaded run was made of, in the page's terms.
 * @param {Trainer} trainer freed, where the page has no terms for it
 * @returns {NonNullable<StartAnswer["config"]>}
 */
function configOf(trainer) {
  const config = JSON.parse(trainer.settings);
  if (presetNamed(config.preset) !== undefined) return config;
  trainer.free();
  throw new CodedError("checkpoint.preset", texts.unknownSettings);
}

/**
 * Gives a resumed run what may have been changed since its checkpoint was taken.
 * @param {Trainer} trainer
 * @param {Plan} config
 */
function follow(trainer, config) {
  const { learningRate, l1Weight, changes } = config;
  trainer.update(JSON.stringify({ learningRate, l1Weight, changes }));
}

/**
 * @param {Machine} machine
 * @param {Promise<Uint8Array | undefined>} arriving
 * @returns {Promise<Showcase | undefined>}
 */
async function openShowcase({ program, device }, arriving) {
  const bytes = await arriving;
  if (bytes === undefined || isDead) return undefined;
  try {
    return await Showcase.of(program.Generator.parse(bytes, device));
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    console.warn("WebGAN cannot show a trained generator:", error);
    return undefined;
  }
}

/**
 * Some of the data, laid out as a generator of so many classes lays out its samples.
 * @param {number} classes
 */
function examples(classes) {
  if (loaded === undefined) throw new CodedError("data.none", texts.noData);
  const grid = loaded.train.grid(classes);
  if (grid === undefined) throw new CodedError("data.points", texts.pointsAreNoPictures);
  return frameOf(grid);
}

/**
 * Whose samples are shown.
 * @typedef {object} Examined
 * @property {Run} run
 * @property {Generator} generator
 * @property {number | undefined} trainedFor steps behind it, if it is the showcase's
 */

/**
 * Lends the generator whose samples are shown, and real digits to compare them with.
 * @template T
 * @param {number} runId
 * @param {(examined: Examined, reality: Reality) => Promise<T>} use
 * @returns {Promise<T | undefined>} nothing where the run is another by now
 */
async function examine(runId, use) {
  const examined = runOf(runId);
  if (examined === undefined || loaded === undefined) return undefined;
  const { program, device } = loaded.machine;
  loaded = await load(loaded.source, loaded.machine, true);
  const { train, heldOut } = loaded;
  if (!heldOut) {
    throw new CodedError("quality.data", texts.onlyMnist);
  }
  return examined.withGenerator((generator, trainedFor) =>
    use({ run: examined, generator, trainedFor }, { program, device, train, heldOut }),
  );
}

/** @param {Frame} frame */
function framed(frame) {
  return transfer(frame, [frame.pixels]);
}

/** @param {Saved | undefined} saved */
function handedOver(saved) {
  return saved && transfer(saved, [saved.bytes.buffer]);
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

/**
 * @param {Loaded} now
 * @returns {DataInfo}
 */
function describeData({ train, source, files }) {
  const { count, rows, columns, classCounts } = train;
  const points = source.kind === "toy" ? train.points(POINTS_SHOWN) : undefined;
  const turned = "turned" in source && source.turned;
  const classCount = classCounts.length;
  const [sourceId, name] = [source.id, nameOf(source)];
  const own = source.kind === "mnist" ? [] : files;
  return { sourceId, name, count, rows, columns, classCount, points, files: own, turned };
}

/** @param {DataSource} source */
function nameOf(source) {
  switch (source.kind) {
    case "mnist":
      return "MNIST";
    case "folder":
      return folderName(source.url);
    case "files":
      return source.name;
    case "toy":
      return typeof source.toy === "string" ? source.toy : "drawn";
  }
}

/** @param {string} url with a slash at its end */
function folderName(url) {
  const name = new URL(url).pathname.split("/").at(-2) ?? "";
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // a lone percent sign
  }
}

/** @type {WorkerApi} */
const api = {
  async connect(version, port, choice, addresses) {
    events = port;
    programs = addresses;
    if (version !== PROTOCOL_VERSION) {
      throw new CodedError("protocol.version", texts.versions);
    }
    return guarded(async () => {
      emit({ type: "stage", stage: "program" });
      firstProgram = programFor(choice, programs, panicked).then(({ program }) => program);
      const program = await firstProgram;
      presets = /** @type {Preset[]} */ (JSON.parse(program.presets()));
      failures = JSON.parse(program.failures());
      return presets;
    });
  },
  async failures() {
    return failures;
  },
  choose(files, paths) {
    return guarded(async () => chosenOf(files, paths, await firstProgram));
  },
  start(request) {
    examiner.cancel();
    return inLine(() => start(request));
  },
  train(runId, stops) {
    examiner.cancel();
    runOf(runId)?.train(stops);
  },
  async pause(runId) {
    await runOf(runId)?.pause();
  },
  async draw(runId) {
    await runOf(runId)?.draw();
  },
  async step(runId, network) {
    examiner.cancel();
    await runOf(runId)?.step(network);
  },
  async look(runId, view) {
    await runOf(runId)?.look(view);
  },
  async latents(runId) {
    const latents = await guarded(() => runOf(runId)?.latents());
    return latents && transfer(latents, [latents.buffer]);
  },
  async sketch(runId, wish) {
    const draw = () => guarded(() => runOf(runId)?.sketch(wish));
    const frame = await (wish.canWait ? whenIdle(draw) : draw());
    return frame && framed(frame);
  },
  async examples(classes) {
    return framed(await guarded(() => examples(classes)));
  },
  async update(runId, hyper) {
    return guarded(() => runOf(runId)?.update(hyper));
  },
  async save(runId) {
    return handedOver(await guarded(() => runOf(runId)?.save()));
  },
  async exportGenerator(runId) {
    return handedOver(await guarded(() => runOf(runId)?.exportGenerator()));
  },
  measure(runId, classifier) {
    const signal = examiner.prepare();
    return inLine(async () => {
      if (signal.aborted) return undefined;
      return examine(runId, async ({ run, generator, trainedFor }, reality) => {
        const { stepCount: step, watch } = run;
        const found = await examiner.measure(reality, classifier, generator, signal);
        if (found === undefined) return undefined;
        const { yardstick, quality } = found;
        if (trainedFor === undefined) watch.measured(yardstick, quality);
        const [generated, real] = [quality, yardstick.ofReal].map((json) => JSON.parse(json));
        return { step, trainedFor, generated, real };
      });
    });
  },
  ganTrain(runId, classifier) {
    const signal = examiner.prepare();
    const onProgress = (/** @type {GanTrainProgress} */ progress) =>
      emit({ type: "gan-train", runId, ...progress });
    return inLine(async () => {
      if (signal.aborted) return undefined;
      return examine(runId, ({ generator }, reality) =>
        examiner.ganTrain(reality, classifier, generator, { signal, onProgress }),
      );
    });
  },
  cancelGanTrain() {
    examiner.cancel();
  },
  rate() {
    return inLine(async () => {
      if (loaded === undefined || loaded.machine.device.kind !== "cpu") return undefined;
      return measureRate(loaded.machine);
    });
  },
  async nearest(runId, pixels) {
    const found = await guarded(() => (runOf(runId) ? loaded?.train.nearest(pixels) : undefined));
    if (found === undefined) return undefined;
    const { distance } = found;
    const picture = frameOf(found.picture());
    found.free();
    return transfer({ distance, ...picture }, [picture.pixels]);
  },
  setPace(newPace) {
    pace = newPace;
    run?.setPace(newPace);
  },
};

expose(api);
