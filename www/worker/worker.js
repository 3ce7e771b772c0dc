// The worker: answers the requests of protocol.js, and passes on what happens. What it owns: its devices
// (machines.js), the data on them (datasets.js), the one run (runs.js) with its loop (run.js), what measures it
// (quality.js). How requests follow one another and fail: calls.js.

import { expose, transfer } from "comlink";
import "../engine/error-wire.js";
import { refusals as texts } from "#words/refusals.js";
import { CodedError } from "../kit/errors.js";
import { PROTOCOL_VERSION } from "../engine/protocol.js";
import { Calls } from "./calls.js";
import { chosenOf } from "./data.js";
import { Datasets } from "./datasets.js";
import { askForFiles } from "./fetching.js";
import { whenIdle } from "./idle.js";
import { Machines } from "./machines.js";
import { frameOf } from "./pictures.js";
import { Examiner, MEASURE_SEED, wasStopped } from "./quality.js";
import { measureRate } from "./rate.js";
import { Runs } from "./runs.js";

/** @import { Measured } from "../engine/examined.js" */
/** @import { Failure, Frame, Saved, WorkerApi, WorkerEvent } from "../engine/protocol.js" */
/** @import { Program } from "./program.js" */
/** @import { GanTrainProgress, Reality, Slices } from "./quality.js" */
/** @import { Examined, Judge } from "./runs.js" */

/** @type {MessagePort | undefined} */
let events;
/** What was loaded at first, for what needs no device. @type {Promise<Program>} */
let program;
/** @type {Failure[]} */
let failures = [];

const examiner = new Examiner();
const machines = new Machines(emit, {
  onPanic: (message) => calls.fatal(new Error(message)),
  onThread: (problems) => emit({ type: "thread", problems }, [problems]),
});
const calls = new Calls(emit, machines.isLossBehind);
const datasets = new Datasets(machines, emit);
const runs = new Runs({ calls, machines, datasets, examiner, judge, emit });

/**
 * @param {WorkerEvent} event
 * @param {Transferable[]} [transfer]
 */
function emit(event, transfer = []) {
  events?.postMessage(event, transfer);
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
 * In its turn, unless something has ended it by then, while it waited for a file too.
 * @template T
 * @param {number} runId
 * @param {(examined: Examined, reality: Reality, signal: AbortSignal) => Promise<T | undefined>} use
 */
function examine(runId, use) {
  const signal = examiner.prepare();
  return calls.inLine(async () => {
    if (signal.aborted) return undefined;
    try {
      return await runs.examine(runId, signal, (...of) => use(...of, signal));
    } catch (error) {
      if (wasStopped(error)) return undefined;
      throw error;
    }
  });
}

/**
 * @param {Examined} examined
 * @param {Reality} reality
 * @param {string | undefined} classifier the address of that of digits, if these are
 * @param {AbortSignal} signal
 * @returns {Promise<Measured | undefined>} nothing where it was ended before
 */
async function measure({ run, generator, trainedFor }, reality, classifier, signal) {
  const { stepCount: step, watch } = run;
  const wait = { signal, onSeeing: seeing(run.id) };
  const found = await examiner.measure(reality, classifier, generator, wait);
  if (found === undefined) return undefined;
  const { yardstick, eyes, quality } = found;
  if (trainedFor === undefined) watch.measured(yardstick, quality);
  const [generated, real] = [quality, yardstick.ofReal].map((json) => JSON.parse(json));
  const verdict = JSON.parse(yardstick.verdict(quality)) ?? undefined;
  return { step, trainedFor, generated, real, eyes, verdict };
}

/**
 * Tells how far a classifier is that learns the pictures at hand.
 * @param {number} runId
 */
function seeing(runId) {
  return (/** @type {Slices} */ progress) => emit({ type: "seeing", runId, ...progress });
}

/**
 * Asked by a run while it trains, so not in line: what is in line may wait for the run to end.
 * @type {Judge}
 */
async function judge(run, { classifier }) {
  const train = datasets.inUse?.train;
  if (train === undefined) return undefined;
  if (classifier === undefined) {
    return run.pictures.withGenerator((generator) => generator.energy(train, MEASURE_SEED));
  }
  const signal = examiner.prepare();
  emit({ type: "measuring", runId: run.id });
  let measured;
  try {
    measured = await runs.examine(run.id, signal, (examined, reality) =>
      measure(examined, reality, classifier, signal),
    );
  } catch (error) {
    if (!wasStopped(error)) throw error;
  } finally {
    emit({ type: "measured", runId: run.id, measured });
  }
  return measured?.generated.classifierFrechet ?? undefined;
}

/** @type {WorkerApi} */
const api = {
  async connect(version, port, choice, programs, files) {
    events = port;
    if (version !== PROTOCOL_VERSION) {
      throw new CodedError("protocol.version", texts.versions);
    }
    askForFiles(files);
    return calls.guarded(async () => {
      emit({ type: "stage", stage: "program" });
      program = machines.connect(choice, programs);
      const loaded = await program;
      failures = JSON.parse(loaded.failures());
      runs.presets = JSON.parse(loaded.presets());
      return runs.presets;
    });
  },
  async failures() {
    return failures;
  },
  networks(config) {
    return calls.guarded(async () => datasets.networksOf(config, await program));
  },
  choose(files, paths) {
    return calls.guarded(async () => chosenOf(files, paths, await program));
  },
  start(request) {
    examiner.cancel();
    return calls.inLine(() => runs.start(request));
  },
  train(runId, stops) {
    examiner.cancel();
    runs.of(runId)?.train(stops);
  },
  async pause(runId) {
    examiner.cancel();
    await runs.of(runId)?.pause();
  },
  async draw(runId) {
    await runs.of(runId)?.draw();
  },
  async step(runId, network) {
    examiner.cancel();
    await runs.of(runId)?.step(network);
  },
  async look(runId, view) {
    await runs.of(runId)?.look(view);
  },
  async latents(runId) {
    const latents = await calls.guarded(() => runs.of(runId)?.pictures.latents());
    return latents && transfer(latents, [latents.buffer]);
  },
  async sketch(runId, wish) {
    const draw = () => calls.guarded(() => runs.of(runId)?.pictures.sketch(wish));
    const frame = await (wish.canWait ? whenIdle(draw) : draw());
    return frame && framed(frame);
  },
  async translate(runId, input) {
    const frame = await calls.guarded(() => runs.of(runId)?.pictures.translate(input));
    return frame && framed(frame);
  },
  async pairInput(runId, of) {
    const frame = await calls.guarded(() => runs.of(runId)?.pictures.pairInput(of));
    return frame && framed(frame);
  },
  async examples(classes) {
    return framed(await calls.guarded(() => datasets.examples(classes)));
  },
  async update(runId, hyper) {
    return calls.guarded(() => runs.of(runId)?.update(hyper));
  },
  async save(runId) {
    return handedOver(await calls.guarded(() => runs.of(runId)?.save()));
  },
  async exportGenerator(runId) {
    return handedOver(await calls.guarded(() => runs.of(runId)?.exportGenerator()));
  },
  measure(runId, classifier) {
    return examine(runId, (examined, reality, signal) =>
      measure(examined, reality, classifier, signal),
    );
  },
  measurePairs(runId) {
    return examine(runId, async ({ run, generator }, { train, heldOut }) => {
      const { stepCount: step } = run;
      return { step, ...JSON.parse(await generator.pairQuality(train, heldOut)) };
    });
  },
  ganTrain(runId, classifier) {
    const onProgress = (/** @type {GanTrainProgress} */ progress) =>
      emit({ type: "gan-train", runId, ...progress });
    return examine(runId, ({ generator }, reality, signal) =>
      examiner.ganTrain(reality, classifier, generator, {
        signal,
        onProgress,
        onSeeing: seeing(runId),
      }),
    );
  },
  cancelGanTrain() {
    examiner.cancel();
  },
  rate() {
    return calls.inLine(async () => {
      const machine = datasets.inUse?.machine;
      return machine?.device.kind === "cpu" ? measureRate(machine) : undefined;
    });
  },
  async nearest(runId, pixels) {
    const found = await calls.guarded(() =>
      runs.of(runId) ? datasets.inUse?.train.nearest(pixels) : undefined,
    );
    if (found === undefined) return undefined;
    const { distance } = found;
    const picture = frameOf(found.picture());
    found.free();
    return transfer({ distance, ...picture }, [picture.pixels]);
  },
  setPace(pace) {
    runs.setPace(pace);
  },
};

expose(api);
