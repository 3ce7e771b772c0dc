// What the user can change: each as one method, most of which start over.

import { hasInputs, pairsInUse } from "../pairs.js";
import { FIELDS, isToy, OWN_VALUES } from "../settings.js";
import { shownConfig, shownPreset, shownSettings, showsPoints } from "../selectors.js";
import { page as texts } from "#words/page.js";
import { imagesAgain, pairsAgain } from "./starter.js";

/** @import { Networks } from "../../code/layers.js" */
/** @import { DeviceChoice, Objective } from "../../engine/protocol.js" */
/** @import { DataName, Settings } from "../settings.js" */
/** @import { Layers } from "../state.js" */
/** @import { Desk } from "./desk.js" */
/** @import { OwnData } from "./own-data.js" */
/** @import { Starter } from "./starter.js" */
/** @import { Training } from "./training.js" */

/** What is typed and makes the run another. */
/** @typedef {"seed" | "batchSize" | "learningRate" | "l1Weight" | "penalty" | "discriminatorSteps" | "discriminatorRate"} Typed */

export class Changes {
  #desk;
  #training;
  #starter;
  #loadRun;
  /** @type {Promise<OwnData> | undefined} */
  #ownData;

  /**
   * @param {Desk} desk
   * @param {Training} training
   * @param {Starter} starter
   * @param {(file: File) => Promise<unknown>} loadRun
   */
  constructor(desk, training, starter, loadRun) {
    this.#desk = desk;
    this.#training = training;
    this.#starter = starter;
    this.#loadRun = loadRun;
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
    await this.#starter.start({}, "run", { from: this.#desk.checkpoint });
  }

  /** Fetches the trained generator that did not come: no step of the run has been taken. */
  fetchShowcase() {
    return this.#starter.start({}, "run", { showcase: true });
  }

  /** @param {string} id */
  choosePreset(id) {
    const again = imagesAgain(this.#desk.state);
    const data = this.#dataFor(id, again.data ?? shownSettings(this.#desk.state).data);
    const own = { ...OWN_VALUES, ...again, ...data, preset: id };
    return this.#starter.start(own, "preset", { showcase: true });
  }

  /**
   * Data that a GAN can begin with where it makes pictures out of others and those before did not, or the other way
   * round.
   * @param {string} preset
   * @param {Settings["data"]} data that were to stay
   * @returns {Partial<Settings>}
   */
  #dataFor(preset, data) {
    const { presets, asked, data: inUse } = this.#desk.state;
    const takesPairs = presets.some(({ id, input }) => id === preset && input !== null);
    if (takesPairs && shownPreset(this.#desk.state)?.input) return {};
    if (takesPairs) return pairsInUse(data, this.#starter.images, asked?.data ? undefined : inUse);
    return { pairs: null, ...(hasInputs(data) ? { data: "mnist" } : {}) };
  }

  /** @param {Settings["pairs"]} pairs what pictures are to be made of; null for what comes with them */
  choosePairs(pairs) {
    return this.#starter.start({ pairs }, "pairs");
  }

  /**
   * @param {string | null} board what is drawn to be made a picture
   * @param {boolean} hasPhoto whether that lies over a photograph
   */
  draw(board, hasPhoto) {
    this.#desk.store.dispatch({ type: "settings", patch: { board } });
    this.#desk.store.dispatch({ type: "photo", hasPhoto });
  }

  /**
   * Points in place of images, or images again.
   * @param {DataName} data
   * @param {string | null} [drawing] where the data are drawn
   */
  async chooseData(data, drawing = null) {
    const patch = { data, drawing, ...pairsAgain(this.#desk.state, data) };
    // From one toy to another the settings stay: so they can be compared.
    const own = showsPoints(this.#desk.state) === isToy(patch) ? {} : OWN_VALUES;
    const digits = data === "mnist" ? { data: this.#desk.mnist } : {};
    await this.#starter.start({ ...own, ...patch }, "toy", { ...digits, showcase: true });
  }

  /** The user's own data again that were in use before others. */
  async useOwn() {
    await (await this.ownData()).back();
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
    this.#desk.client.setPace({ stepsPerSecond: speed ?? Infinity });
  }

  /** @param {Settings["stopAt"]} stopAt */
  chooseStopAt(stopAt) {
    this.#desk.store.dispatch({ type: "settings", patch: { stopAt } });
    this.#training.follow();
  }

  /**
   * What networks of other sizes would be like.
   * @param {{ generator?: string, discriminator?: string }} sizes
   * @returns {Promise<Networks>} refused where they cannot be
   */
  networksOf(sizes) {
    const config = shownConfig(this.#desk.state);
    if (config === undefined) throw new Error("there is no program yet");
    return this.#desk.client.ask.networks({ preset: config.preset, ...sizes });
  }

  /** @param {Pick<Settings, "generator" | "discriminator">} sizes null for the preset's own */
  changeNetworks(sizes) {
    return this.#starter.start(sizes, "generator");
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
    if (value === shownConfig(this.#desk.state)?.[name]) {
      // It says again what is in force: what was said against the entry before it is settled.
      this.#desk.store.dispatch({ type: "dismiss", place: name });
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
   * What takes up data of one's own, loaded when somebody brings some. Where it cannot be, that is said, and it is
   * asked for again with the next.
   */
  ownData() {
    this.#ownData ??= import("./own-data.js").then(
      ({ OwnData }) => new OwnData(this.#desk, this.#starter),
      (error) => {
        this.#ownData = undefined;
        console.warn("WebGAN cannot take up data:", error);
        this.#desk.store.dispatch({ type: "problem", place: "data", message: texts.partMissing });
        return new Promise(() => {}); // there is nothing to go on with
      },
    );
    return this.#ownData;
  }

  /** Does what mends the last refusal. */
  async mend() {
    const { mendable } = this.#desk.state;
    if (mendable === undefined || !("belongs" in mendable.remedy)) return this.#starter.mend();
    const { place, remedy } = mendable;
    if (remedy.belongs === "drop") return undefined; // by hand
    const { belongs, file } = remedy;
    this.#desk.store.dispatch({ type: "dismiss", place });
    if (belongs === "files") return this.#loadRun(file);
    return (await this.ownData()).useFiles([{ file, path: file.name }]);
  }

  /** Back from the user's own files, from a folder, or from points. */
  async useMnist() {
    if (this.#ownData !== undefined) (await this.#ownData).stopReading();
    const { own, picturesOf } = this.#desk.state;
    // Pictures that can be used again stay, as in the menu.
    if (own === undefined || own.sourceId !== picturesOf)
      this.#desk.store.dispatch({ type: "pictures", pictures: undefined });
    if (this.#desk.state.run === undefined) {
      this.#desk.store.dispatch({ type: "restart", patch: {} });
    }
    /** @type {Partial<Settings>} */
    const patch = {
      ...imagesAgain(this.#desk.state),
      data: "mnist",
      ...pairsAgain(this.#desk.state, "mnist"),
    };
    await this.#starter.start(patch, "data", { data: this.#desk.mnist });
  }
}
