// What the page can be asked to do, each as one method: it talks to the worker through the client
// and writes what came of it into the store. No DOM and no wasm.

import { Client } from "./client.js";
import { codeOf, messageOf } from "./errors.js";
import { count, sentence } from "./format.js";
import { sortFiles } from "./files.js";
import { FIELDS, effectiveConfig, fitSettings, presetOf } from "./settings.js";
import { texts } from "./texts.js";

/** @import { DataSource, DeviceChoice, Pace, Problem, WorkerEvent } from "./protocol.js" */
/** @import { History } from "./history.js" */
/** @import { Settings } from "./settings.js" */
/** @import { Place } from "./state.js" */
/** @import { Store } from "./store.js" */

/** @typedef {{ width: number, height: number, pixels: ArrayBuffer }} Frame */

/**
 * @typedef {object} StartOptions
 * @property {DataSource} [data] other data than before
 * @property {boolean} [freeFirst] as in the protocol
 * @property {Uint8Array} [checkpoint] where to go on, in place of step 0
 */

const GRID_EVERY_MS = 100;
const CALM_GRID_EVERY_MS = 334;

export class App {
  #store;
  #history;
  #onFrame;
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
   * @type {{ step: number, bytes: Uint8Array<ArrayBuffer> } | undefined}
   */
  #checkpoint;

  /**
   * @param {Store} store
   * @param {History} history
   * @param {string} dataUrl the folder of the four MNIST files
   * @param {(frame: Frame) => void} onFrame
   */
  constructor(store, history, dataUrl, onFrame) {
    this.#store = store;
    this.#history = history;
    this.#onFrame = onFrame;
    this.#mnist = { kind: "mnist", id: 0, url: dataUrl };
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
    await this.#start({}, "run", { checkpoint: this.#checkpoint?.bytes });
  }

  /** Trains, or pauses. */
  toggle() {
    if (this.#store.state.isRunning) this.pause();
    else this.train();
  }

  train() {
    const { run, isStepping } = this.#store.state;
    if (run === undefined || isStepping) return;
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
    this.#store.dispatch({ type: "stepping", isStepping: true });
    await this.#tell(this.#client.step(run.id));
    this.#store.dispatch({ type: "stepping", isStepping: false });
  }

  /** Starts over with the same settings, and waits for Train. */
  async reset() {
    if (this.#store.state.run === undefined) return;
    this.pause();
    await this.#start({}, "run", { freeFirst: true });
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
    return this.#start(own, "preset");
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

  /** The tutorial's own values. */
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
  async #startNow(patch, place, { data = this.#data, freeFirst = false, checkpoint }) {
    const client = this.#client;
    const { presets, settings: current } = this.#store.state;
    if (presets.length === 0) return;
    const { settings } = fitSettings({ ...current, ...patch }, presets);
    const config = effectiveConfig(settings, presetOf(settings, presets));
    const runId = ++this.#runId;
    let answer;
    try {
      const { device } = settings;
      answer = await client.start({ runId, config, device, data, freeFirst, checkpoint });
    } catch (error) {
      if (isDeath(error)) return;
      this.#refuse(error, place, data);
      return;
    }
    const { isRunning } = this.#store.state;
    this.#data = data;
    if (checkpoint === undefined) {
      this.#history.clear();
      this.#checkpoint = undefined;
    } else {
      this.#history.cut(answer.run.step);
    }
    this.#store.dispatch({ type: "started", answer, settings });
    void this.#tell(client.draw(runId));
    if (isRunning) this.train();
  }

  /**
   * @param {unknown} error
   * @param {Place} place where the change was asked for
   * @param {DataSource} data
   */
  #refuse(error, place, data) {
    let message = messageOf(error);
    if (place === "data" && data.kind === "files") {
      message = texts.fileRefused(data.images.name, message);
    }
    message = sentence(message);
    if (this.#store.state.run !== undefined) message += ` ${texts.unchanged}`;
    this.#store.dispatch({ type: "refused", place: placeOf(codeOf(error)) ?? place, message });
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
        this.#onFrame(event);
        this.#store.dispatch({ type: "grid", step: event.step });
        break;
      case "checkpoint":
        this.#checkpoint = event;
        break;
      case "epoch":
        this.#store.dispatch({ type: "epoch", row: event.row });
        break;
      case "paused":
        this.#store.dispatch({ ...event, problem: event.problem && explained(event.problem) });
        break;
      case "device-error":
        this.#onDeviceError(event.problem);
        break;
      case "fatal":
        break; // the client's business
    }
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
