// What the page can be asked to do, each as one method: it talks to the worker through the client
// and writes what came of it into the store. No DOM and no wasm.

import { Client } from "./client.js";
import { codeOf, messageOf } from "./errors.js";
import { count, sentence } from "./format.js";
import { fileName, MAX_FILE_BYTES, sortFiles } from "./files.js";
import { DEFAULT_SETTINGS, FIELDS, effectiveConfig, fitSettings, presetOf } from "./settings.js";
import { canMeasure, isLearning, isMnist } from "./state.js";
import { texts } from "./texts.js";

/** @import { DataSource, DeviceChoice, Pace, Problem, WorkerEvent } from "./protocol.js" */
/** @import { History } from "./history.js" */
/** @import { Settings } from "./settings.js" */
/** @import { Picture, Place } from "./state.js" */
/** @import { Store } from "./store.js" */

/** @typedef {{ width: number, height: number, pixels: ArrayBuffer }} Frame */

/**
 * Where the site's files are.
 * @typedef {object} Places
 * @property {string} data the folder of the four MNIST files
 * @property {string} models the folder of the trained networks, each of which may be missing
 */

/**
 * What the page does for the app.
 * @typedef {object} Hands
 * @property {(frame: Frame) => void} show
 * @property {(name: string, bytes: Uint8Array<ArrayBuffer>) => void} keep gives the user a file
 * @property {() => boolean} seesQuality whether the place of the measures is open
 */

/**
 * @typedef {object} StartOptions
 * @property {DataSource} [data] other data than before
 * @property {boolean} [freeFirst] as in the protocol
 * @property {Uint8Array} [checkpoint] where to go on, in place of step 0
 * @property {File} [file] of a run to go on with, in its own settings
 * @property {boolean} [showcase] whether to show a trained generator until this run takes a step
 */

const GRID_EVERY_MS = 100;
const CALM_GRID_EVERY_MS = 334;
/** Who pauses and goes on at once is not kept waiting by a measurement. */
const MEASURE_AFTER_MS = 1_000;

export class App {
  #store;
  #history;
  #places;
  #hands;
  #client;
  #runId = 0;
  /** @type {DataSource} */
  #mnist;
  /** @type {DataSource} */
  #data;
  #sourceCount = 0;
  /** @type {Pace} */
  #pace = { hidden: false, gridEveryMs: GRID_EVERY_MS };
  /** @type {Promise<void>} */
  #changes = Promise.resolve();
  #resumesWhenShown = false;
  /**
   * The run's last checkpoint, for going on after a crash.
   * @type {{ step: number, bytes: Uint8Array } | undefined}
   */
  #checkpoint;

  /**
   * @param {Store} store
   * @param {History} history
   * @param {Places} places
   * @param {Hands} hands
   */
  constructor(store, history, places, hands) {
    this.#store = store;
    this.#history = history;
    this.#places = places;
    this.#hands = hands;
    this.#mnist = { kind: "mnist", id: 0, url: places.data };
    this.#data = this.#mnist;
    this.#client = this.#newClient();
  }

  #newClient() {
    const client = new Client(
      (event) => this.#onEvent(event),
      () => {
        const isLoaded = this.#store.state.presets.length > 0;
        if (isLoaded) this.#die(texts.crashed);
        else this.#store.dispatch({ type: "fatal", message: texts.notLoaded });
      },
      this.#store.state.settings.device,
    );
    void this.#tell(client.setPace(this.#pace));
    return client;
  }

  /** Gets everything ready, up to the untrained generator's first picture. */
  async boot() {
    try {
      const presets = await this.#client.presets;
      this.#store.dispatch({ type: "presets", presets });
    } catch (error) {
      if (isDeath(error)) return; // shown by the client's onFatal
      this.#client.terminate();
      this.#store.dispatch({ type: "fatal", message: messageOf(error) });
      return;
    }
    await this.#start({}, "run", { checkpoint: this.#checkpoint?.bytes, showcase: true });
  }

  /** Trains, or pauses. */
  toggle() {
    if (this.#store.state.isRunning) this.pause();
    else this.train();
  }

  train() {
    const { run, isStepping } = this.#store.state;
    if (run === undefined || isStepping) return;
    this.#stopGanTrain();
    this.#resumesWhenShown = false;
    this.#store.dispatch({ type: "running", isRunning: true });
    void this.#tell(this.#client.train(run.id));
  }

  pause() {
    const { run } = this.#store.state;
    if (run === undefined) return;
    this.#resumesWhenShown = false;
    this.#store.dispatch({ type: "running", isRunning: false });
    void this.#tell(this.#client.pause(run.id));
  }

  /** A single step. */
  async step() {
    const { run, isRunning, isStepping } = this.#store.state;
    if (run === undefined || isRunning || isStepping) return;
    this.#stopGanTrain();
    this.#store.dispatch({ type: "stepping", isStepping: true });
    await this.#tell(this.#client.step(run.id));
    this.#store.dispatch({ type: "stepping", isStepping: false });
  }

  /** Starts over with the same settings, and waits for Train. */
  async reset() {
    if (this.#store.state.run === undefined) return;
    this.pause();
    await this.#start({}, "run", { freeFirst: true, showcase: false });
  }

  /** Tries again after a start that failed. */
  async retry() {
    this.#store.dispatch({ type: "restart", patch: {} });
    await this.#start({}, "run");
  }

  /**
   * After a crash: a new worker, and the run where its last checkpoint was taken.
   * @param {Partial<Settings>} patch
   */
  async restart(patch) {
    this.#client.terminate();
    this.#store.dispatch({ type: "restart", patch });
    this.#client = this.#newClient();
    await this.boot();
  }

  /** @param {string} id */
  choosePreset(id) {
    const own = { preset: id, batchSize: null, learningRate: null, l1Weight: null };
    return this.#start(own, "preset", { showcase: true });
  }

  /** @param {DeviceChoice} device */
  chooseDevice(device) {
    return this.#start({ device }, "device");
  }

  /** @param {Settings["hidden"]} hidden */
  chooseHidden(hidden) {
    this.#store.dispatch({ type: "settings", patch: { hidden } });
  }

  newSeed() {
    return this.#start({ seed: crypto.getRandomValues(new Uint32Array(1))[0] }, "seed");
  }

  /** The preset's own values. */
  restoreDefaults() {
    const own = { seed: null, batchSize: null, learningRate: null, l1Weight: null };
    return this.#start(own, "run");
  }

  /**
   * What was typed into a control.
   * @param {"seed" | "batchSize" | "learningRate" | "l1Weight"} name
   * @param {string} text
   */
  async type(name, text) {
    const value = FIELDS[name].parse(text);
    if (value === undefined) {
      const message = `${texts.settingNames[name]} must be ${FIELDS[name].rule}. ${texts.unchanged}`;
      this.#store.dispatch({ type: "problem", place: name, message });
      return;
    }
    if (name === "learningRate" || name === "l1Weight") await this.#update(name, value);
    else await this.#start({ [name]: value }, name);
  }

  /** @param {File[]} files dropped or chosen: pictures, and their labels if there are any */
  async useFiles(files) {
    const sorted = await sortFiles(files);
    if (typeof sorted === "string") {
      this.#store.dispatch({ type: "problem", place: "data", message: sorted });
      return;
    }
    this.#sourceCount += 1;
    await this.#start({}, "data", { data: { kind: "files", id: this.#sourceCount, ...sorted } });
  }

  /** Back from the user's own files. */
  async useMnist() {
    await this.#start({}, "data", { data: this.#mnist });
  }

  /**
   * Gives the user a file of the run, or of its generator alone.
   * @param {"run" | "generator"} what
   */
  async save(what) {
    const { run, saving, settings, presets } = this.#store.state;
    if (run === undefined || saving !== undefined) return;
    this.#store.dispatch({ type: "saving", what });
    try {
      const answer =
        what === "run" ? this.#client.save(run.id) : this.#client.exportGenerator(run.id);
      const saved = await answer;
      this.#store.dispatch({ type: "saving", what: undefined });
      if (saved === undefined) return; // another run by now
      this.#hands.keep(fileName(what, presetOf(settings, presets).id, saved.step), saved.bytes);
    } catch (error) {
      if (isDeath(error)) return;
      this.#store.dispatch({ type: "saving", what: undefined });
      const message = sentence(messageOf(error));
      this.#store.dispatch({ type: "problem", place: "files", message });
    }
  }

  /**
   * Goes on with a saved run, in its own settings and at its step, and waits for Train.
   * @param {File} file
   */
  async load(file) {
    if (file.size > MAX_FILE_BYTES) {
      const message = texts.fileTooLarge(file.name, MAX_FILE_BYTES);
      this.#store.dispatch({ type: "problem", place: "files", message });
      return;
    }
    let checkpoint;
    try {
      checkpoint = new Uint8Array(await file.arrayBuffer());
    } catch {
      const message = `${texts.fileUnreadable(file.name)} ${texts.unchanged}`;
      this.#store.dispatch({ type: "problem", place: "files", message });
      return;
    }
    await this.#start({}, "files", { checkpoint, file });
  }

  /** Measures what the generator draws, unless something else keeps the worker busy. */
  async measure() {
    const { run } = this.#store.state;
    if (run === undefined || !canMeasure(this.#store.state)) return;
    this.#store.dispatch({ type: "measuring" });
    let measured;
    try {
      measured = await this.#client.measure(run.id, this.#classifierUrl);
    } catch (error) {
      this.#failMeasuring(error);
    }
    if (this.#store.state.run?.id !== run.id) return;
    this.#store.dispatch({ type: "measured", measured });
  }

  /** Lets a classifier learn from generated digits alone, and read real ones. */
  async ganTrain() {
    const { run, progress } = this.#store.state;
    if (run === undefined || !canMeasure(this.#store.state)) return;
    const { step } = progress;
    this.#store.dispatch({ type: "gan-train", ganTrain: { step, done: 0, total: 0 } });
    let accuracy;
    try {
      accuracy = await this.#client.ganTrain(run.id, this.#classifierUrl);
    } catch (error) {
      this.#failMeasuring(error);
    }
    if (this.#store.state.run?.id !== run.id) return;
    // Cancelled, it has left the page already, and another one may have begun.
    if (accuracy === undefined && !isLearning(this.#store.state.ganTrain)) return;
    const ganTrain = accuracy === undefined ? undefined : { step, accuracy };
    this.#store.dispatch({ type: "gan-train", ganTrain });
  }

  cancelGanTrain() {
    this.#store.dispatch({ type: "gan-train", ganTrain: undefined });
    void this.#tell(this.#client.cancelGanTrain());
  }

  /** Training goes before: the worker does the same. */
  #stopGanTrain() {
    if (isLearning(this.#store.state.ganTrain)) this.cancelGanTrain();
  }

  get #classifierUrl() {
    return new URL("classifier.safetensors", this.#places.models).href;
  }

  /** @param {unknown} error */
  #failMeasuring(error) {
    if (isDeath(error)) return;
    const message = sentence(messageOf(error));
    this.#store.dispatch({ type: "problem", place: "quality", message });
  }

  /** @param {number} runId whose training has just paused */
  #measureSoon(runId) {
    setTimeout(() => {
      const { run, measured, progress, data } = this.#store.state;
      const isDone = measured?.step === progress.step;
      if (run?.id !== runId || isDone || this.#pace.hidden || !isMnist(data)) return;
      if (this.#hands.seesQuality()) void this.measure();
    }, MEASURE_AFTER_MS);
  }

  /** @param {Place} place */
  dismiss(place) {
    this.#store.dispatch({ type: "dismiss", place });
  }

  /** @param {boolean} hidden whether the tab is hidden now */
  setHidden(hidden) {
    const { isRunning, settings } = this.#store.state;
    this.#setPace({ hidden });
    if (hidden && isRunning && settings.hidden === "pause") {
      this.pause();
      this.#resumesWhenShown = true;
    } else if (!hidden && this.#resumesWhenShown) {
      this.train();
    }
  }

  /** @param {boolean} isCalm whether the user asked for less motion */
  setCalm(isCalm) {
    this.#setPace({ gridEveryMs: isCalm ? CALM_GRID_EVERY_MS : GRID_EVERY_MS });
  }

  /** @param {Partial<Pace>} change */
  #setPace(change) {
    this.#pace = { ...this.#pace, ...change };
    void this.#tell(this.#client.setPace(this.#pace));
  }

  /**
   * A new run with changed settings. A refusal is a sentence at `place`, and nothing else changes.
   * @param {Partial<Settings>} patch
   * @param {Place} place
   * @param {StartOptions} [options]
   */
  #start(patch, place, options = {}) {
    this.#store.dispatch({ type: "asked", patch });
    return this.#inTurn(() => this.#startNow(patch, place, options));
  }

  /**
   * @param {Partial<Settings>} patch
   * @param {Place} place
   * @param {StartOptions} options
   */
  async #startNow(patch, place, options) {
    const { data = this.#data, freeFirst = false, checkpoint, file } = options;
    const client = this.#client;
    const { presets, settings: current } = this.#store.state;
    if (presets.length === 0) return;
    let { settings } = fitSettings({ ...current, ...patch }, presets);
    const preset = presetOf(settings, presets);
    const config = file === undefined ? effectiveConfig(settings, preset) : undefined;
    const { device } = settings;
    const showcase = this.#showcaseUrl(preset.id, data, options);
    const runId = ++this.#runId;
    let answer;
    try {
      const request = { runId, config, device, data, freeFirst, checkpoint, showcase };
      answer = await client.start(request);
    } catch (error) {
      if (isDeath(error)) return;
      this.#refuse(error, place, (file ?? (data.kind === "files" ? data.images : undefined))?.name);
      return;
    }
    const isLoaded = answer.config !== undefined;
    const isRunning = this.#store.state.isRunning && !isLoaded;
    this.#data = data;
    if (checkpoint === undefined || isLoaded) {
      this.#history.clear();
      this.#checkpoint = undefined;
    }
    if (checkpoint !== undefined) {
      const { step } = answer.run;
      this.#history.cut(step);
      this.#checkpoint = { step, bytes: checkpoint };
    }
    if (answer.config !== undefined) {
      const { device, hidden } = settings;
      const own = { ...DEFAULT_SETTINGS, ...answer.config, device, hidden };
      ({ settings } = fitSettings(own, presets));
    }
    this.#store.dispatch({ type: "started", answer, settings, isLoaded });
    void this.#tell(client.draw(runId));
    if (isRunning) this.train();
  }

  /**
   * @param {string} preset
   * @param {DataSource} data
   * @param {StartOptions} options
   * @returns {string | undefined} the trained generator to be shown until the run takes a step: where
   *   one is shown now, it is shown again
   */
  #showcaseUrl(preset, data, { checkpoint, showcase }) {
    const { picture, isRunning } = this.#store.state;
    const isWanted = showcase ?? picture?.trainedFor !== undefined;
    if (!isWanted || isRunning || checkpoint !== undefined || data.kind !== "mnist")
      return undefined;
    return new URL(`${preset}.safetensors`, this.#places.models).href;
  }

  /**
   * @param {unknown} error
   * @param {Place} place where the change was asked for
   * @param {string | undefined} file the name of the one in use, or to be used
   */
  #refuse(error, place, file) {
    const code = codeOf(error);
    let message = messageOf(error);
    if (code === "config.classes" && place !== "files") message = texts.needsLabels;
    if (file !== undefined && (place === "data" || place === "files")) {
      message = texts.fileRefused(file, message);
    }
    message = sentence(message);
    if (this.#store.state.run !== undefined) message += ` ${texts.unchanged}`;
    const own = place === "files" && !code?.startsWith("device.") ? place : placeOf(code);
    this.#store.dispatch({ type: "refused", place: own ?? place, message });
  }

  /**
   * @param {"learningRate" | "l1Weight"} name
   * @param {number} value
   */
  #update(name, value) {
    return this.#inTurn(async () => {
      const { run } = this.#store.state;
      try {
        if (run !== undefined) await this.#client.update(run.id, { [name]: value });
      } catch (error) {
        if (isDeath(error)) return;
        this.#store.dispatch({ type: "problem", place: name, message: sentence(messageOf(error)) });
        return;
      }
      this.#store.dispatch({ type: "settings", patch: { [name]: value } });
    });
  }

  /**
   * Changes follow one another, each from what the one before it left.
   * @param {() => Promise<void>} change
   */
  #inTurn(change) {
    this.#changes = this.#changes.then(change);
    return this.#changes;
  }

  /**
   * A request whose failure shows elsewhere: the worker has died (and the page says so) or tells
   * it in an event.
   * @param {Promise<unknown>} request
   */
  async #tell(request) {
    try {
      await request;
    } catch (error) {
      if (!isDeath(error)) console.error("WebGAN's training program refused:", error);
    }
  }

  /** @param {WorkerEvent} event */
  #onEvent(event) {
    if ("runId" in event && event.runId !== this.#store.state.run?.id) return;
    switch (event.type) {
      case "stage":
        this.#store.dispatch({ type: "stage", stage: event.stage });
        break;
      case "losses":
        this.#history.push(event.values);
        this.#store.dispatch(event);
        break;
      case "grid":
        this.#hands.show(event);
        this.#store.dispatch({ type: "grid", picture: this.#pictureOf(event) });
        break;
      case "checkpoint":
        this.#checkpoint = event;
        break;
      case "epoch":
        this.#store.dispatch({ type: "epoch", row: event.row });
        break;
      case "paused":
        this.#store.dispatch({ ...event, problem: event.problem && explained(event.problem) });
        if (event.reason !== "problem") this.#measureSoon(event.runId);
        break;
      case "gan-train": {
        const { done, total } = event;
        const { ganTrain } = this.#store.state;
        if (!isLearning(ganTrain)) break; // cancelled meanwhile
        this.#store.dispatch({ type: "gan-train", ganTrain: { ...ganTrain, done, total } });
        break;
      }
      case "device-error":
        this.#onDeviceError(event.problem);
        break;
      case "fatal":
        break; // the client's business
    }
  }

  /**
   * @param {Frame & { step: number, trainedFor: number | undefined }} grid
   * @returns {Picture}
   */
  #pictureOf({ step, width, height, trainedFor }) {
    const { columns = 1, rows = 1 } = this.#store.state.data ?? {};
    // Between two tiles lies a line of one pixel.
    const fitting = (/** @type {number} */ size, /** @type {number} */ tile) =>
      Math.round((size + 1) / (tile + 1));
    return { step, columns: fitting(width, columns), rows: fitting(height, rows), trainedFor };
  }

  /**
   * The worker is gone. What a person can do about it comes after what happened.
   * @param {string} what
   */
  #die(what) {
    const step = this.#checkpoint?.step;
    const hope = step === undefined ? texts.runLost : texts.canGoOn(count(step));
    this.#store.dispatch({ type: "fatal", message: `${what} ${hope}` });
  }

  /**
   * What the GPU says is for the console (the worker logs it); here is what it means.
   * @param {Problem} problem
   */
  #onDeviceError({ code }) {
    if (code === "device.lost") {
      this.#client.terminate();
      this.#die(texts.deviceLost);
    } else {
      this.pause();
      this.#store.dispatch({ type: "problem", place: "run", message: texts.deviceError });
    }
  }
}

/** @param {unknown} error */
function isDeath(error) {
  return codeOf(error) === "worker.dead";
}

/**
 * Where a refusal belongs, whatever was being changed when it came.
 * @param {string | undefined} code
 * @returns {Place | undefined}
 */
function placeOf(code) {
  if (code?.startsWith("device.")) return "device";
  switch (code) {
    case "config.seed":
      return "seed";
    case "config.batch_size":
      return "batchSize";
    case "config.learning_rate":
      return "learningRate";
    case "config.l1_weight":
      return "l1Weight";
    case "config.classes":
      return "data";
    default:
      return undefined;
  }
}

/**
 * @param {Problem} problem
 * @returns {Problem} with what to try
 */
function explained({ code, message }) {
  const advice = code === "train.non_finite" ? ` ${texts.tryAfterNonFinite}` : "";
  return { code, message: sentence(message) + advice };
}
