// Makes new runs with changed settings, one after another, and puts refusals where they belong.

import { codeOf, messageOf } from "../errors.js";
import { sentence } from "../format.js";
import { pointsOf } from "../drawing.js";
import { DEFAULT_SETTINGS, effectiveConfig, fitSettings, presetOf } from "../settings.js";
import { folderUrl, isFolder, isToy } from "../settings.js";
import { fileIn } from "../site-files.js";
import { page as texts } from "../english.js?page";
import { changesOf, coursesOf, patched } from "../course.js";
import { isDeath, newRecord } from "./desk.js";

/** @import { DataSource } from "../protocol.js" */
/** @import { Settings } from "../settings.js" */
/** @import { Place } from "../state.js" */
/** @import { Live } from "../course.js" */
/** @import { Desk, KeptAs } from "./desk.js" */
/** @import { Runs } from "./runs.js" */
/** @import { Training } from "./training.js" */

/**
 * @typedef {object} StartOptions
 * @property {DataSource} [data] other images than before
 * @property {boolean} [freeFirst] as in the protocol
 * @property {Uint8Array} [checkpoint] where to go on, in place of step 0
 * @property {File} [file] of a run to go on with, in its own settings
 * @property {{ record: KeptAs, trainedMs: number, wentAlone: boolean }} [saved] what this browser kept the
 *   checkpoint's run as, which brings its own settings
 * @property {boolean} [isTrial] whether the lab or a lesson sets it up
 * @property {boolean} [showcase] whether to show a trained generator until this run takes a step
 */

/** Numbers in a sample that is a point. */
const POINT = 2;

export class Starter {
  #desk;
  #training;
  #runs;
  #runId = 0;
  /** The sources that toys have become, by what they are made of. @type {Map<string, DataSource>} */
  #toys = new Map();
  /** The sources that folders have become. @type {Map<string, DataSource>} */
  #folders = new Map();
  /** @type {Promise<void>} */
  #changes = Promise.resolve();
  /** Done before another run takes the place of the one on the page. @type {() => Promise<void>} */
  onEnd = async () => {};
  /** Told when another run has. */
  onStart = () => {};

  /**
   * @param {Desk} desk
   * @param {Training} training
   * @param {Runs} runs
   */
  constructor(desk, training, runs) {
    this.#desk = desk;
    this.#training = training;
    this.#runs = runs;
  }

  /**
   * A new run with changed settings. A refusal is a sentence at `place`, and nothing else changes.
   * @param {Partial<Settings>} patch
   * @param {Place} place
   * @param {StartOptions} [options]
   */
  start(patch, place, options = {}) {
    this.#desk.store.dispatch({ type: "asked", patch });
    return this.#inTurn(() => this.#startNow(patch, place, options));
  }

  /**
   * @param {Partial<Settings>} patch
   * @param {Place} place
   * @param {StartOptions} options
   */
  async #startNow(patch, place, options) {
    const { freeFirst = false, checkpoint, file, saved, isTrial = false } = options;
    const images = options.data ?? this.#desk.images;
    const client = this.#desk.client;
    const { presets, settings: current } = this.#desk.state;
    if (presets.length === 0) return;
    let { settings } = fitSettings(patched(current, patch), presets);
    const preset = presetOf(settings, presets);
    const hasOwnConfig = file !== undefined || saved !== undefined;
    const plan = {
      ...effectiveConfig(settings, preset),
      changes: changesOf(settings).length ? changesOf(settings) : undefined,
    };
    const config = hasOwnConfig ? undefined : plan;
    const data = this.#sourceOf(settings, images);
    // A GPU gains nothing on networks as small as a toy's.
    const device = isToy(settings) && settings.device === "auto" ? "cpu" : settings.device;
    const showcase = this.#showcaseUrl(preset.id, data, options);
    const last = this.#desk.checkpoint;
    const ofLast = checkpoint !== undefined && checkpoint === last?.bytes ? last.trainedMs : 0;
    const trainedMs = saved?.trainedMs ?? ofLast;
    await this.onEnd();
    const runId = ++this.#runId;
    let answer;
    try {
      const request = { runId, config, device, data, freeFirst, checkpoint, trainedMs, showcase };
      answer = await client.start(request);
    } catch (error) {
      if (isDeath(error)) return;
      this.#refuse(error, place, (file ?? (data.kind === "files" ? data.images : undefined))?.name);
      if (codeOf(error) === "config.classes" && options.data !== undefined) {
        this.#offerOther(options.data);
      }
      return;
    }
    const isLoaded = answer.config !== undefined;
    const isRunning = this.#desk.state.isRunning && !isLoaded;
    this.#desk.images = images;
    if (checkpoint === undefined || isLoaded) {
      this.#runs.keep();
      this.#desk.history.clear();
      this.#desk.timeline.clear();
      this.#desk.checkpoint = undefined;
      this.#desk.record = saved?.record ?? newRecord(isTrial);
    }
    if (checkpoint !== undefined) {
      const { step } = answer.run;
      this.#desk.history.cut(step);
      this.#desk.timeline.cut(step);
      this.#desk.checkpoint = { step, bytes: checkpoint, trainedMs };
    }
    if (answer.config !== undefined) {
      const { data, drawing, device, hidden, speed, stopSteps, stopMinutes, hide } = settings;
      const others = { data, drawing, device, hidden, speed, stopSteps, stopMinutes, hide };
      const { changes, ...config } = answer.config;
      const own = { ...DEFAULT_SETTINGS, ...config, ...coursesOf(changes), ...others };
      ({ settings } = fitSettings(own, presets));
    }
    const wentAlone = saved?.wentAlone;
    this.#desk.store.dispatch({
      type: "started",
      answer,
      settings,
      isLoaded,
      trainedMs,
      wentAlone,
    });
    this.onStart();
    void this.#desk.tell(client.look(runId, this.#desk.state.view));
    if (isRunning) this.#training.train();
  }

  /**
   * @param {Settings} settings
   * @param {DataSource} images where the settings name no others
   * @returns {DataSource} the same one each time
   */
  #sourceOf(settings, images) {
    const { data } = settings;
    if (isToy(settings)) return this.#toyOf(settings);
    if (!isFolder(data)) return images;
    const url = folderUrl(data, this.#desk.places.page).href;
    const source = this.#folders.get(url) ?? { kind: "folder", id: this.#desk.newSourceId(), url };
    this.#folders.set(url, source);
    return source;
  }

  /**
   * @param {Settings} settings
   * @returns {DataSource} the same one each time
   */
  #toyOf({ data, drawing }) {
    const key = drawing ?? data;
    const id = -1 - this.#toys.size; // no id of images
    const toy = drawing === null ? data : pointsOf(drawing);
    const source = this.#toys.get(key) ?? { kind: "toy", id, toy };
    this.#toys.set(key, source);
    return source;
  }

  /**
   * @param {string} preset
   * @param {DataSource} data
   * @param {StartOptions} options
   * @returns {string | undefined} the trained generator to be shown until the run takes a step: where
   *   one is shown now, it is shown again
   */
  #showcaseUrl(preset, data, { checkpoint, showcase }) {
    const { picture, isRunning } = this.#desk.state;
    const isWanted = showcase ?? picture?.trainedFor !== undefined;
    if (!isWanted || isRunning || checkpoint !== undefined || data.kind !== "mnist")
      return undefined;
    return fileIn(this.#desk.places.models, `${preset}.safetensors`).href;
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
    if (this.#desk.state.run !== undefined) message += ` ${texts.unchanged}`;
    const own = place === "files" && !code?.startsWith("device.") ? place : placeOf(code);
    this.#desk.store.dispatch({ type: "refused", place: own ?? place, message });
  }

  /**
   * Data without classes came to a GAN that needs them: another one can learn them.
   * @param {DataSource} data
   */
  #offerOther(data) {
    const other = this.#desk.state.presets.find(
      ({ classes, features }) => classes === 0 && features !== POINT,
    );
    if (other === undefined) return;
    this.#desk.refused = data;
    this.#desk.store.dispatch({ type: "other-fits", preset: other.id });
  }

  /**
   * Changes what can change while the run goes on. The run tells at which step that came.
   * @param {Live} name
   * @param {number} value
   */
  update(name, value) {
    return this.#inTurn(async () => {
      const { run } = this.#desk.state;
      let updated;
      try {
        updated = run && (await this.#desk.client.update(run.id, { [name]: value }));
      } catch (error) {
        if (isDeath(error)) return;
        this.#desk.store.dispatch({
          type: "problem",
          place: name,
          message: sentence(messageOf(error)),
        });
        return;
      }
      if (updated === undefined) {
        const patch = patched(this.#desk.state.settings, { [name]: value });
        this.#desk.store.dispatch({ type: "settings", patch });
        return;
      }
      const { step } = updated;
      const { learningRate, l1Weight, changes } = updated.config;
      const patch = { learningRate, l1Weight, ...coursesOf(changes) };
      this.#desk.store.dispatch({ type: "steered", name, patch, step });
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
