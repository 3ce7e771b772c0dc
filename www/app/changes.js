// What the user can change: each as one method, most of which start over.

import { messageOf } from "../errors.js";
import { isPicture, sortFiles } from "../files.js";
import { sentence } from "../format.js";
import { FIELDS, isToy, OWN_VALUES } from "../settings.js";
import { page as texts } from "../english.js?page";

/** @import { DeviceChoice, Objective } from "../protocol.js" */
/** @import { DataName, Settings } from "../settings.js" */
/** @import { Layers } from "../state.js" */
/** @import { Found } from "../pictures/sifting.js" */
/** @import { Desk } from "./desk.js" */
/** @import { Starter } from "./starter.js" */
/** @import { Training } from "./training.js" */

/** What is typed and makes the run another. */
/** @typedef {"seed" | "batchSize" | "learningRate" | "l1Weight" | "penalty" | "discriminatorSteps" | "discriminatorRate"} Typed */

export class Changes {
  #desk;
  #training;
  #starter;
  /** Ends the reading of pictures. @type {AbortController | undefined} */
  #reading;

  /**
   * @param {Desk} desk
   * @param {Training} training
   * @param {Starter} starter
   */
  constructor(desk, training, starter) {
    this.#desk = desk;
    this.#training = training;
    this.#starter = starter;
  }

  /** Starts over with the same settings, and waits for Train. */
  async reset() {
    if (this.#desk.state.run === undefined) return;
    this.#training.pause();
    await this.#starter.start({}, "run", { freeFirst: true, showcase: false });
  }

  /** Tries again after a start that failed. */
  async retry() {
    this.#desk.store.dispatch({ type: "restart", patch: {} });
    // Of a run that was lost with its device, where there is one.
    await this.#starter.start({}, "run", { checkpoint: this.#desk.checkpoint?.bytes });
  }

  /** @param {string} id */
  choosePreset(id) {
    const own = { ...OWN_VALUES, ...this.#imagesAgain(), preset: id };
    return this.#starter.start(own, "preset", { showcase: true });
  }

  /**
   * Points in place of images, or images again.
   * @param {DataName} data
   * @param {string | null} [drawing] where the data are drawn
   */
  async chooseData(data, drawing = null) {
    const { settings } = this.#desk.state;
    const patch = { data, drawing };
    // From one toy to another the settings stay: so they can be compared.
    const own = isToy(settings) === isToy(patch) ? {} : OWN_VALUES;
    await this.#starter.start({ ...own, ...patch }, "toy", { showcase: true });
  }

  /** @param {keyof Layers} layer shown or hidden from now on */
  showLayer(layer) {
    const isShown = this.#desk.state.layers[layer];
    this.#desk.store.dispatch({ type: "layers", patch: { [layer]: !isShown } });
  }

  /** @param {Objective} objective */
  chooseObjective(objective) {
    return this.#starter.start({ objective }, "objective");
  }

  /** @param {DeviceChoice} device */
  chooseDevice(device) {
    return this.#starter.start({ device }, "device");
  }

  /** @param {Settings["hidden"]} hidden */
  chooseHidden(hidden) {
    this.#desk.store.dispatch({ type: "settings", patch: { hidden } });
  }

  /** @param {number | null} speed steps a second, at most */
  chooseSpeed(speed) {
    this.#desk.store.dispatch({ type: "settings", patch: { speed } });
    this.#desk.setPace({ stepsPerSecond: speed ?? Infinity });
  }

  newSeed() {
    return this.#starter.start({ seed: crypto.getRandomValues(new Uint32Array(1))[0] }, "seed");
  }

  /** The preset's own values. */
  restoreDefaults() {
    return this.#starter.start({ ...OWN_VALUES, seed: null }, "run");
  }

  /**
   * What was typed into a control.
   * @param {Typed | "stopSteps" | "stopMinutes"} name
   * @param {string} text
   */
  async type(name, text) {
    if (name === "stopSteps" || name === "stopMinutes") {
      this.#stopAfter(name, text);
      return;
    }
    const value = FIELDS[name].parse(text);
    if (value === undefined) {
      const refusal = texts.settingMustBe(texts.settingNames[name], FIELDS[name].rule);
      const message = `${refusal} ${texts.unchanged}`;
      this.#desk.store.dispatch({ type: "problem", place: name, message });
      return;
    }
    if (name === "learningRate" || name === "l1Weight") await this.#starter.update(name, value);
    else await this.#starter.start({ [name]: value }, name);
  }

  /**
   * @param {"stopSteps" | "stopMinutes"} name
   * @param {string} text empty: never
   */
  #stopAfter(name, text) {
    const value = text.trim() === "" ? null : FIELDS[name].parse(text);
    if (value === undefined) {
      const message = texts.settingMayBeEmpty(texts.settingNames[name], FIELDS[name].rule);
      this.#desk.store.dispatch({ type: "problem", place: name, message });
      return;
    }
    this.#desk.store.dispatch({ type: "settings", patch: { [name]: value } });
    this.#training.follow();
  }

  /**
   * Files that were dropped or chosen: pictures, or IDX files.
   * @param {Found[]} found
   * @param {readonly FileSystemEntry[]} [folders] with all that lies in them
   */
  async useFiles(found, folders = []) {
    this.stopReading();
    if (folders.length > 0 || found.some(({ file }) => isPicture(file))) {
      await this.#usePictures(found, folders);
      return;
    }
    this.#desk.store.dispatch({ type: "pictures", pictures: undefined });
    const sorted = await sortFiles(found.map(({ file }) => file));
    if (typeof sorted === "string") this.#dataProblem(sorted);
    else await this.#useImages(sorted.images, sorted.labels);
  }

  /**
   * @param {Found[]} found
   * @param {readonly FileSystemEntry[]} folders
   */
  async #usePictures(found, folders) {
    const reading = new AbortController();
    this.#reading = reading;
    const { signal } = reading;
    this.#desk.store.dispatch({ type: "dismiss", place: "data" });
    this.#desk.store.dispatch({ type: "pictures", pictures: { stage: "looking", files: 0 } });
    try {
      const { takePictures } = await import("../pictures/taking.js");
      const taken = await takePictures({ found, folders, signal }, (pictures) => {
        if (!signal.aborted) this.#desk.store.dispatch({ type: "pictures", pictures });
      });
      if (typeof taken === "string") this.#dataProblem(taken);
      else if (!signal.aborted) await this.#useImages(taken.images, taken.labels);
    } catch (error) {
      if (signal.aborted) return;
      this.#desk.store.dispatch({ type: "pictures", pictures: undefined });
      this.#dataProblem(`${sentence(messageOf(error))} ${texts.unchanged}`);
    }
  }

  /** Pictures that are being read are no longer wanted. */
  stopReading() {
    if (this.#reading === undefined) return;
    this.#reading.abort();
    this.#reading = undefined;
    this.#desk.store.dispatch({ type: "pictures", pictures: undefined });
  }

  /** @param {string} message */
  #dataProblem(message) {
    this.#desk.store.dispatch({ type: "problem", place: "data", message });
  }

  /**
   * @param {File} images
   * @param {File | undefined} labels
   */
  #useImages(images, labels) {
    this.#reading = undefined;
    const data = /** @type {const} */ ({
      kind: "files",
      id: this.#desk.newSourceId(),
      images,
      labels,
    });
    return this.#starter.start(this.#mnistsPlace(), "data", { data });
  }

  /** Another GAN for the data that the one of the moment could not use. */
  async useOther() {
    const { refused, state } = this.#desk;
    if (refused === undefined || state.otherFits === undefined) return;
    const patch = { ...this.#mnistsPlace(), ...OWN_VALUES, preset: state.otherFits };
    await this.#starter.start(patch, "data", { data: refused });
  }

  /** Back from the user's own files, from a folder, or from points. */
  async useMnist() {
    this.stopReading();
    this.#desk.store.dispatch({ type: "pictures", pictures: undefined });
    if (this.#desk.state.run === undefined) {
      this.#desk.store.dispatch({ type: "restart", patch: {} });
    }
    await this.#starter.start(this.#mnistsPlace(), "data", { data: this.#desk.mnist });
  }

  /** @returns {Partial<Settings>} */
  #mnistsPlace() {
    return { ...this.#imagesAgain(), data: "mnist" };
  }

  /** @returns {Partial<Settings>} */
  #imagesAgain() {
    return isToy(this.#desk.state.settings) ? { ...OWN_VALUES, data: "mnist" } : {};
  }
}
