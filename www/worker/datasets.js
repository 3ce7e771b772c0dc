// The data that are loaded, on which device, and their freeing: those in use, and for a moment those that are to
// take their place. Where their bytes come from: data.js. No run.

import { refusals as texts } from "#words/refusals.js";
import { CodedError, codeOf, messageOf } from "../kit/errors.js";
import { aboutOf, filesOf } from "./data.js";
import { doubtCaches, GIVEN_UP } from "./fetching.js";
import { frameOf } from "./pictures.js";

/** @import { Networks } from "../code/layers.js" */
/** @import { DataInfo, DataSource, DeviceChoice, Pairs, RunConfig, SetAbout, WorkerEvent } from "../engine/protocol.js" */
/** @import { Dataset } from "../pkg/cpu/webgan.js" */
/** @import { SetFiles } from "./data.js" */
/** @import { Machine, Machines } from "./machines.js" */
/** @import { Program } from "./program.js" */

/**
 * A data set on a device; the held-out part only once something has asked for it.
 * @typedef {object} Loaded
 * @property {DataSource} source
 * @property {Machine} machine
 * @property {Pairs | undefined} pairs what its pictures are to be made of, if they are
 * @property {string[]} files that it was made of
 * @property {SetAbout} [about] what it says of itself
 * @property {Dataset} train
 * @property {Dataset | null | undefined} heldOut null where there is none
 */

/** What of a source is wanted. @typedef {{ withHeldOut: boolean, pairs: Pairs | undefined }} Wanted */

/** Real points that the page shows. */
const POINTS_SHOWN = 400;

export class Datasets {
  #machines;
  #emit;
  /** @type {Loaded | undefined} */
  #inUse;
  /** @type {Map<number, Machine>} what sources too large for the GPU are loaded on, by their numbers */
  #outgrown = new Map();

  /**
   * @param {Machines} machines
   * @param {(event: WorkerEvent) => void} emit
   */
  constructor(machines, emit) {
    this.#machines = machines;
    this.#emit = emit;
  }

  /** Those of the run. */
  get inUse() {
    return this.#inUse;
  }

  /**
   * The data on the device that was asked for; on the CPU where any will do and the GPU has no room. Either `use`
   * or `drop` comes next.
   * @param {DataSource} source
   * @param {DeviceChoice} choice
   * @param {Wanted} wanted
   */
  async load(source, choice, wanted) {
    const outgrown = choice === "auto" ? this.#outgrown.get(source.id) : undefined;
    const machine = outgrown ?? (await this.#machines.open(choice));
    try {
      return await this.#loadOn(machine, source, wanted);
    } catch (error) {
      if (choice !== "auto" || codeOf(error) !== "device.too_large") throw error;
      const note = texts.onCpu(messageOf(error));
      const cpu = { ...(await this.#machines.open("cpu")), note };
      this.#outgrown.set(source.id, cpu);
      return this.#loadOn(cpu, source, wanted);
    }
  }

  /**
   * These are the run's, and take the place of those before.
   * @param {Loaded} next
   */
  use(next) {
    const old = this.#inUse;
    this.#inUse = next;
    free(old, next);
  }

  /**
   * These are not to be used after all.
   * @param {Loaded} other
   */
  drop(other) {
    free(other, this.#inUse);
  }

  /**
   * Those of the run with what was held out, which is loaded where it has not been.
   * @param {AbortSignal} signal gives it up
   * @returns {Promise<Loaded & { heldOut: Dataset } | undefined>} nothing where there is no run
   */
  async withHeldOut(signal) {
    if (this.#inUse === undefined) return undefined;
    const { source, machine, pairs } = this.#inUse;
    this.#inUse = await this.#loadOn(machine, source, { withHeldOut: true, pairs }, signal);
    const { heldOut } = this.#inUse;
    if (!heldOut) throw new CodedError("quality.data", texts.noneHeldOut);
    return { ...this.#inUse, heldOut };
  }

  /**
   * Some of the run's, laid out as a generator of so many classes lays out its samples.
   * @param {number} classes
   */
  examples(classes) {
    if (this.#inUse === undefined) throw new CodedError("data.none", texts.noData);
    const grid = this.#inUse.train.grid(classes);
    if (grid === undefined) throw new CodedError("data.points", texts.pointsAreNoPictures);
    return frameOf(grid);
  }

  /**
   * The networks that a run of a config on the run's data would have, or on any where there is no run yet.
   * @param {RunConfig} config
   * @param {Program} program
   * @returns {Networks}
   */
  networksOf(config, program) {
    const of = this.#inUse?.train ?? program;
    return JSON.parse(of.networks(JSON.stringify(config)));
  }

  /**
   * @param {Machine} machine
   * @param {DataSource} source
   * @param {Wanted} wanted
   * @param {AbortSignal} [signal]
   * @returns {Promise<Loaded>} what is loaded already, where it is the same
   */
  async #loadOn(machine, source, wanted, signal) {
    const { id } = source;
    const now = this.#inUse;
    const isSame = now?.source.id === id && now.machine === machine && now.pairs === wanted.pairs;
    const same = isSame ? now : undefined;
    if (same !== undefined && (same.heldOut !== undefined || !wanted.withHeldOut)) return same;
    this.#emit({ type: "stage", stage: "data", data: otherName(source) });
    const { program, device } = machine;
    if (source.kind === "toy") {
      const { toy } = source;
      const train =
        typeof toy === "string"
          ? program.Dataset.toy(toy, device)
          : program.Dataset.drawn(toy, device);
      return { source, machine, pairs: undefined, files: [], train, heldOut: undefined };
    }
    try {
      const made = await this.#ofFiles(machine, source, wanted, same, signal);
      doubtCaches(false);
      return made;
    } catch (error) {
      if (codeOf(error) !== GIVEN_UP) doubtCaches(true);
      throw error;
    }
  }

  /**
   * @param {Machine} machine
   * @param {Exclude<DataSource, { kind: "toy" }>} source
   * @param {Wanted} wanted
   * @param {Loaded | undefined} same what of it is loaded already
   * @param {AbortSignal} [signal]
   * @returns {Promise<Loaded>}
   */
  async #ofFiles(machine, source, { withHeldOut, pairs }, same, signal) {
    const { program, device } = machine;
    const of = { program, signal, withInputs: pairs === "own" };
    const [trainFiles, about, heldOutFiles] = await Promise.all([
      same === undefined ? filesOf(source, "train", of) : undefined,
      same === undefined ? aboutOf(source, signal) : same.about,
      withHeldOut ? filesOf(source, "held-out", of) : undefined,
    ]);
    const files = trainFiles ? namesOf(trainFiles) : /** @type {Loaded} */ (same).files;
    const isTurned = source.kind !== "mnist" && source.turned;
    const pairing = pairs === "own" ? undefined : pairs;
    const inputs = trainFiles?.inputs?.bytes;
    const train = trainFiles
      ? program.Dataset.parse(...contentOf(trainFiles), isTurned, device, inputs, pairing)
      : /** @type {Loaded} */ (same).train;
    try {
      const none = withHeldOut ? null : undefined;
      const heldOut = heldOutFiles
        ? train.parseHeldOut(...contentOf(heldOutFiles), heldOutFiles.inputs?.bytes)
        : none;
      return { source, machine, pairs, files, about, train, heldOut };
    } catch (error) {
      if (train !== same?.train) train.free();
      throw error;
    }
  }
}

/**
 * Frees what `other` does not share.
 * @param {Loaded | undefined} old
 * @param {Loaded | undefined} other
 */
function free(old, other) {
  if (old === undefined) return;
  if (old.train !== other?.train) old.train.free();
  if (old.heldOut !== other?.heldOut) old.heldOut?.free();
}

/**
 * What the program wants to know of files.
 * @param {SetFiles} files
 * @returns {[Uint8Array, Uint8Array | undefined, string[]]}
 */
function contentOf(files) {
  return [files.images.bytes, files.labels?.bytes, namesOf(files)];
}

/** @param {SetFiles} files */
function namesOf({ images, labels }) {
  return labels === undefined ? [images.name] : [images.name, labels.name];
}

/**
 * @param {Loaded} loaded
 * @returns {DataInfo}
 */
export function describeData({ train, heldOut, pairs, source, files, about = {} }) {
  const { count, rows, columns, channels, classCounts } = train;
  const points = source.kind === "toy" ? train.points(POINTS_SHOWN) : undefined;
  const turned = "turned" in source && source.turned;
  const classCount = classCounts.length;
  const [sourceId, name] = [source.id, nameOf(source)];
  const own = source.kind === "mnist" ? [] : files;
  const shape = { rows, columns, channels };
  const { classes, credits } = source.kind === "files" ? { classes: source.classNames } : about;
  const classNames = classes?.length === classCount ? classes : undefined;
  const said = { classNames, credits };
  const shown = heldOut ?? train;
  const known = { channels: train.inputChannels, count: shown.count, areHeldOut: shown !== train };
  const ofPairs = pairs === undefined || known.channels === 0 ? undefined : known;
  const isOfSite = source.kind === "folder" ? source.isSet : source.kind !== "files";
  const described = {
    sourceId,
    name,
    isOfSite,
    count,
    ...shape,
    classCount,
    ...said,
    points,
    files: own,
  };
  return { ...described, turned, pairs: ofPairs };
}

/** @param {DataSource} source */
function nameOf(source) {
  switch (source.kind) {
    case "mnist":
      return "mnist";
    case "folder":
      return folderName(source.url);
    case "files":
      return source.name;
    case "toy":
      return typeof source.toy === "string" ? source.toy : "drawn";
  }
}

/**
 * @param {DataSource} source
 * @returns {string | undefined} what names it where it has to be brought here and is not the site's digits
 */
function otherName(source) {
  return source.kind === "folder" || source.kind === "files" ? nameOf(source) : undefined;
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
