// Makes new runs with changed settings, one after another, and puts refusals where they belong.

import { messageOf } from "../../kit/errors.js";
import { sentence } from "../../kit/sentence.js";
import { pointsOf } from "../drawing.js";
import { DEFAULT_SETTINGS, effectiveConfig, fitSettings, presetOf } from "../settings.js";
import { isFolder, isSet, isToy, OWN_VALUES } from "../settings.js";
import { pairsAfter } from "../pairs.js";
import { folderUrl, setBeside, showcaseIn } from "../../engine/site-files.js";
import { page as texts } from "#words/page.js";
import { changesOf, coursesOf, patched } from "../../engine/course.js";
import { showsPoints } from "../selectors.js";
import { isDeath, newRecord } from "./desk.js";

/** @import { DataSource, Preset } from "../../engine/protocol.js" */
/** @import { Beginning } from "../../engine/run.js" */
/** @import { Settings } from "../settings.js" */
/** @import { Place } from "../state.js" */
/** @import { Live } from "../../engine/course.js" */
/** @import { Desk, KeptAs } from "./desk.js" */
/** @import { Asked, Refusal } from "./remedy.js" */
/** @import { Runs } from "./runs.js" */
/** @import { Training } from "./training.js" */

/**
 * @typedef {object} StartOptions
 * @property {DataSource} [data] other images than before
 * @property {boolean} [freeFirst] as in the protocol
 * @property {Beginning} [from] where to go on, in place of step 0
 * @property {File} [file] of a run to go on with, in its own settings
 * @property {{ record: KeptAs, wentAlone: boolean }} [saved] what this browser kept the run as that is to go on,
 *   which brings its own settings
 * @property {boolean} [otherData] as in the protocol
 * @property {boolean} [isTrial] whether the lab or a lesson sets it up
 * @property {boolean} [showcase] whether to show a trained generator until this run takes a step
 */

/**
 * A change that was asked for: a new run, or numbers that act while the run goes on.
 * @typedef {object} Change
 * @property {Partial<Settings>} patch
 * @property {Place} place
 * @property {StartOptions | "live"} how
 * @property {symbol} newest who asked last, where one took another along
 * @property {Promise<boolean>} done whether it came into force
 */

export class Starter {
  #desk;
  #training;
  #runs;
  /** What was asked for and is not done: the first is under way, the others wait. @type {Change[]} */
  #changes = [];
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
   * @returns {Promise<boolean>} whether it came into force, and nothing newer took it along
   */
  start(patch, place, options = {}) {
    return this.#ask(patch, place, options);
  }

  /**
   * Changes a number while the run goes on.
   * @param {"learningRate" | "l1Weight"} name
   * @param {number} value
   * @returns {Promise<boolean>} as `start`
   */
  update(name, value) {
    return this.#ask({ [name]: value }, name, "live");
  }

  /**
   * Changes follow one another, each from what the one before it left. The last wish wins: one that waits takes
   * no turn of its own when a newer one comes that says what is to be of all settings.
   * @param {Partial<Settings>} patch
   * @param {Place} place
   * @param {Change["how"]} how
   */
  async #ask(patch, place, how) {
    this.#desk.store.dispatch({ type: "dismiss", place });
    const newest = Symbol();
    const last = this.#changes.at(-1);
    const joined = this.#changes.length > 1 && last && joining(last.how, how);
    /** @type {Change} */
    let change;
    if (last !== undefined && joined) {
      change = Object.assign(last, {
        patch: { ...last.patch, ...patch },
        place,
        how: joined,
        newest,
      });
    } else {
      change = { patch, place, how, newest, done: Promise.resolve(false) };
      this.#changes.push(change);
      change.done = this.#inTurn(change, last?.done);
      this.#desk.settled = change.done;
    }
    this.#tellAsked();
    const isDone = await change.done;
    return isDone && change.newest === newest;
  }

  /**
   * @param {Change} change
   * @param {Promise<boolean> | undefined} before the change before it, which never rejects
   */
  async #inTurn(change, before) {
    await before;
    try {
      const { patch, place, how } = change;
      return how === "live"
        ? await this.#updateNow(patch)
        : await this.#startNow(patch, place, how);
    } catch (error) {
      // A mistake of the page's own must not stand in the way of what is asked for next.
      console.error("WebGAN's page could not make a change:", error);
      const message = sentence(messageOf(error));
      this.#desk.store.dispatch({ type: "refused", place: change.place, message });
      return false;
    } finally {
      this.#changes.shift();
      this.#tellAsked();
    }
  }

  /** In use, or asked for. @returns {DataSource} */
  get images() {
    return this.#changes.reduce(
      (data, { how }) => (how === "live" ? data : (how.data ?? data)),
      this.#desk.images,
    );
  }

  /** The page shows what is wished for, from the moment it is. */
  #tellAsked() {
    const patches = this.#changes.map(({ patch }) => patch);
    const patch = patches.length === 0 ? undefined : Object.assign({}, ...patches);
    const { images } = this;
    const own = images.kind === "files" ? images.name : undefined;
    this.#desk.store.dispatch({ type: "asked", patch, own });
  }

  /**
   * @param {Partial<Settings>} patch
   * @param {Place} place
   * @param {StartOptions} options
   * @returns {Promise<boolean>} whether there is a new run
   */
  async #startNow(patch, place, options) {
    const { freeFirst = false, from, file, saved, otherData, isTrial = false } = options;
    const images = options.data ?? this.#desk.images;
    const client = this.#desk.client;
    const { presets, settings: current } = this.#desk.state;
    if (presets.length === 0) return false;
    let { settings } = fitSettings(patched(current, patch), presets);
    const preset = presetOf(settings, presets);
    const hasOwnConfig = file !== undefined || saved !== undefined;
    const plan = { ...effectiveConfig(settings, preset), changes: changesOf(settings) };
    const config = hasOwnConfig ? undefined : plan;
    const data = this.#sourceOf(settings, images);
    // A GPU gains nothing on networks as small as a toy's.
    const device = isToy(settings) && settings.device === "auto" ? "cpu" : settings.device;
    const showcase = this.#showcaseUrl(preset, settings, data, options);
    // Whether a run from a file makes pictures out of others is known when it is open.
    const mayPair = !isToy(settings) && (preset.input !== null || hasOwnConfig);
    const pairs = mayPair ? (settings.pairs ?? "own") : undefined;
    await this.onEnd();
    const { problems: ended } = this.#desk.state;
    this.#desk.store.dispatch({ type: "starting" });
    let run;
    try {
      const beginning = { from, otherData, showcase };
      run = await client.open({ config, device, data, pairs, freeFirst, ...beginning });
    } catch (error) {
      if (isDeath(error)) return false;
      const refused = await this.#refusalOf(error, {
        place,
        settings,
        data,
        file,
        bytes: from?.bytes,
      });
      this.#desk.refused = refused.remedy && { patch, place, options };
      this.#desk.store.dispatch({ type: "refused", ...refused });
      return false;
    }
    const { answer, trainedMs } = run;
    const isLoaded = answer.config !== undefined;
    this.#desk.run = run;
    const isRunning = this.#desk.state.isRunning && !isLoaded;
    this.#desk.images = images;
    if (data.kind === "files") this.#desk.own = data;
    if (from === undefined || isLoaded) {
      this.#runs.keep();
      this.#desk.history.clear();
      this.#desk.timeline.clear();
      this.#desk.record = saved?.record ?? newRecord(isTrial);
    }
    this.#desk.history.cut(run.step);
    this.#desk.timeline.cut(run.step);
    if (answer.config !== undefined) {
      const { data, turned, drawing, pairs, board, device } = settings;
      const { hidden, speed, stopSteps, stopMinutes, stopAt, hide } = settings;
      const pacing = { hidden, speed, stopSteps, stopMinutes, stopAt };
      const others = { data, turned, drawing, pairs, board, device, ...pacing, hide };
      const { changes, ...config } = answer.config;
      const own = { ...DEFAULT_SETTINGS, ...config, ...coursesOf(changes), ...others };
      ({ settings } = fitSettings(own, presets));
    }
    const wentAlone = saved?.wentAlone;
    this.#desk.store.dispatch({
      type: "started",
      answer,
      settings,
      isOwn: data.kind === "files",
      isLoaded,
      trainedMs,
      wentAlone,
      ended,
    });
    this.onStart();
    void this.#desk.tell(client.ask.look(run.id, this.#desk.state.view));
    if (isRunning) this.#training.train();
    return true;
  }

  /**
   * @param {Settings} settings
   * @param {DataSource} images where the settings name no others
   * @returns {DataSource}
   */
  #sourceOf(settings, images) {
    const { data, drawing, turned } = settings;
    const { sources, places } = this.#desk;
    if (isToy(settings)) {
      const toy = drawing === null ? data : pointsOf(drawing);
      return { kind: "toy", id: sources.number(`toy ${drawing ?? data}`), toy };
    }
    if (isSet(data)) return sources.set(setBeside(places.data, data));
    if (!isFolder(data)) return images;
    return sources.folder(folderUrl(data, places.page).href, turned !== null);
  }

  /**
   * @param {Preset} preset
   * @param {Settings} settings
   * @param {DataSource} data
   * @param {StartOptions} options
   * @returns {string | undefined} the trained generator to be shown until the run takes a step: where
   *   one is shown now or was to be, and where this is the first run
   */
  #showcaseUrl(preset, settings, data, { from, showcase }) {
    const { run, picture, isRunning } = this.#desk.state;
    const isShown = (picture?.trainedFor ?? picture?.showcase) !== undefined;
    const isWanted = showcase ?? (run === undefined || isShown);
    // It has the preset's own sizes.
    if ((settings.generator ?? settings.discriminator) !== null) return undefined;
    if (!isWanted || isRunning || from !== undefined || data.kind !== "mnist") return undefined;
    // What makes pictures out of others is shown by what the reader gives it.
    if (preset.input !== null) return undefined;
    return showcaseIn(this.#desk.places.models, preset.id);
  }

  /**
   * What is said of a refusal, where, and what mends it.
   * @param {unknown} error
   * @param {Omit<Asked, "presets">} asked
   * @returns {Promise<Refusal>}
   */
  async #refusalOf(error, asked) {
    const { presets, run } = this.#desk.state;
    /** @type {Refusal} */
    let refusal = { place: asked.place, message: sentence(messageOf(error)) };
    try {
      const { refusalOf } = await import("./remedy.js");
      refusal = refusalOf(error, { ...asked, presets });
    } catch (missing) {
      console.warn("WebGAN's page cannot say what mends it:", missing);
    }
    if (run !== undefined) refusal.message += ` ${texts.unchanged}`;
    return refusal;
  }

  /** Starts what was refused, mended. */
  async mend() {
    const { refused, state } = this.#desk;
    const remedy = state.mendable?.remedy;
    if (refused === undefined || remedy === undefined || "belongs" in remedy) return;
    const { patch, place, options } = refused;
    if (state.run === undefined) this.#desk.store.dispatch({ type: "restart", patch: {} });
    const { otherData, ...other } = remedy;
    const own = other.preset === undefined ? {} : OWN_VALUES;
    const data = other.data === "mnist" ? { data: this.#desk.mnist } : {};
    await this.start({ ...patch, ...own, ...other }, place, { ...options, ...data, otherData });
  }

  /**
   * @param {Pick<Partial<Settings>, "learningRate" | "l1Weight">} patch
   * @returns {Promise<boolean>} whether it acts
   */
  async #updateNow(patch) {
    const { run, settings } = this.#desk.state;
    const { learningRate, l1Weight } = patch;
    const names = /** @type {Live[]} */ (Object.keys(patch));
    const hyper = {
      ...(typeof learningRate === "number" ? { learningRate } : {}),
      ...(typeof l1Weight === "number" ? { l1Weight } : {}),
    };
    let updated;
    try {
      updated = run && (await this.#desk.client.ask.update(run.id, hyper));
    } catch (error) {
      if (isDeath(error)) return false;
      const message = sentence(messageOf(error));
      for (const place of names) this.#desk.store.dispatch({ type: "problem", place, message });
      return false;
    }
    if (updated === undefined) {
      this.#desk.store.dispatch({ type: "settings", patch: patched(settings, patch) });
      return true;
    }
    const { step, config } = updated;
    const now = {
      learningRate: config.learningRate,
      l1Weight: config.l1Weight,
      ...coursesOf(config.changes),
    };
    for (const name of names) {
      this.#desk.store.dispatch({ type: "steered", name, patch: now, step });
    }
    return true;
  }
}

/**
 * A change that waits goes along with a newer one where both act at once, or both start over from the page's settings:
 * a run from a file or a checkpoint brings its own.
 * @param {Change["how"]} waiting
 * @param {Change["how"]} newer
 * @returns {Change["how"] | undefined} how both are made as one
 */
function joining(waiting, newer) {
  if (waiting === "live" || newer === "live") return waiting === newer ? newer : undefined;
  if (waiting.from !== undefined || newer.from !== undefined) return undefined;
  return { ...newer, data: newer.data ?? waiting.data };
}

/**
 * What makes the data images again where they are points.
 * @param {import("../state.js").State} state
 * @returns {Partial<Settings>}
 */
export function imagesAgain(state) {
  return showsPoints(state) ? { ...OWN_VALUES, data: "mnist" } : {};
}

/**
 * What of some data a GAN that makes pictures out of others is to learn; nothing of what others do.
 * @param {import("../state.js").State} state
 * @param {Settings["data"]} data
 * @param {boolean} [isColour] whether somebody's own have colours
 * @returns {Partial<Settings>}
 */
export function pairsAgain({ settings, presets, data: inUse }, data, isColour) {
  const next = { ...settings, data };
  if (presetOf(next, presets).input === null) return { pairs: null };
  const before = { ...settings, isColour: inUse && inUse.channels === 3 };
  return pairsAfter(before, data, isColour);
}
