// One element's run: asks the hub for the worker when it needs it, keeps a checkpoint while another
// has it, and tells its listener what happens. With the hub it is the part of the element that is
// loaded when somebody wants to train. No DOM.

export { take } from "../engine/given.js";
export { fileOf, imageOf, stepsOf, wishOf } from "./calls.js";
export { orderOf } from "./order.js";
export { Picture } from "./picture.js";
export { numbers, picture, words } from "./saying.js";
export { told, toldOpened } from "./telling.js";

import { CodedError, codeOf, messageOf } from "../kit/errors.js";
import { fileName } from "../engine/files.js";
import { sentence } from "../kit/sentence.js";
import { wishRefused } from "./calls.js";
import { sourceOf } from "./data.js";
import { isOpaque } from "../kit/frame.js";
import { saveFile } from "../kit/save-file.js";
import { Hub } from "./hub.js";
import { reasonOf, withRemedy } from "./problems.js";
import { element as texts } from "#words/element.js";
import { framed } from "#words/framed.js";
import { elementProblems as problems } from "#words/element-problems.js";

/**
 * Gives the reader a file.
 * @param {string} name
 * @param {Blob} blob
 * @returns {string | undefined} what to know where the frame may allow no downloads
 */
export function handOver(name, blob) {
  saveFile(name, blob);
  return isOpaque() ? framed.noFile : undefined;
}

/** @import { Client } from "../engine/client.js" */
/** @import { DeviceChoice, Frame, RunConfig, StartAnswer, Wish, WorkerEvent } from "../engine/protocol.js" */
/** @import { Beginning, Run } from "../engine/run.js" */
/** @import { Holder } from "./hub.js" */
/** @import { Failure } from "./state.js" */

/**
 * What to train.
 * @typedef {object} Order
 * @property {RunConfig} config
 * @property {DeviceChoice} device
 * @property {number} stepsPerSecond at most; Infinity for as many as there can be
 * @property {import("./data.js").DataOrder} data to learn from
 * @property {string | undefined} model address of a generator to be shown until the first step
 */

/**
 * @typedef {object} Listener
 * @property {(event: WorkerEvent) => void} event of this run
 * @property {(answer: StartAnswer) => void} opened
 * @property {() => void} waiting another one trains
 * @property {() => void} training
 * @property {() => void} yielded to another one
 * @property {() => void} ended it has trained as far as it was asked to
 * @property {(failure: Failure) => void} failed
 */

const hub = new Hub();
/** @param {boolean} isCalm whether the reader asked for less motion */
export function setCalm(isCalm) {
  hub.setCalm(isCalm);
}

/** @implements {Holder} */
export class Session {
  /** @type {Order} */
  #order;
  #listener;
  isGone = false;
  /** In the worker, or to go on from its checkpoint. @type {Run | undefined} */
  #run;
  /** Whether it came from a file, with a config of its own. */
  #isForeign = false;
  #wants = false;
  /** @type {number | undefined} */
  #until;
  /** How often it was told to pause: what was asked for before takes no more steps. */
  #pauses = 0;

  /**
   * @param {Order} order
   * @param {Listener} listener
   */
  constructor(order, listener) {
    this.#order = order;
    this.#listener = listener;
  }

  get preset() {
    return this.#order.config.preset;
  }

  get device() {
    return this.#order.device;
  }

  get stepsPerSecond() {
    return this.#order.stepsPerSecond;
  }

  get isOpen() {
    return this.#run?.isOpen === true;
  }

  /** The run's, while it is in the worker. */
  get #runId() {
    return this.#run?.id ?? 0;
  }

  /** Whether it trains, or is to as soon as it can. */
  get wants() {
    return this.#wants;
  }

  /** @param {number | null} stepsPerSecond at most; null for as many as there can be */
  setSpeed(stepsPerSecond) {
    this.#order = { ...this.#order, stepsPerSecond: stepsPerSecond ?? Infinity };
    hub.setPace();
  }

  /**
   * Trains until a step, or to the schedule's end and no further.
   * @param {object} how
   * @param {number} [how.until]
   * @param {boolean} how.inTurn wait while another one trains; else that one yields
   */
  async play({ until, inTurn }) {
    this.#wants = true;
    this.#until = until;
    const turn = inTurn ? hub.beginInTurn(this) : hub.begin(this);
    if (turn !== undefined) {
      this.#listener.waiting();
      await turn;
    }
    await this.#train();
  }

  goOn() {
    void this.#train().catch(() => {}); // told to the listener
  }

  async #train() {
    if (!this.#wants) return;
    await this.#with(async (client) => {
      if (!this.#wants) return;
      this.#listener.training();
      await client.ask.train(this.#runId, { until: this.#until });
    });
  }

  /** Done when the last step has arrived. */
  async pause() {
    this.#rest();
    // Where another one has taken the worker, or is about to, this one has been paused for it.
    if (this.isOpen) await hub.lentTo(this)?.ask.pause(this.#runId);
  }

  #rest() {
    this.#wants = false;
    this.#pauses += 1;
    hub.end(this);
  }

  /** @param {number} count */
  async step(count) {
    const paused = this.pause();
    // Whoever pauses from now on means these steps too.
    const pauses = this.#pauses;
    await paused;
    await hub.borrow(async () => {
      for (let i = 0; i < count && pauses === this.#pauses; i++) {
        await this.#with((client) => client.ask.step(this.#runId));
      }
    });
  }

  /** Makes sure that what the generator draws now has been shown. */
  async draw() {
    await hub.borrow(() => this.#with((client) => client.ask.draw(this.#runId)));
  }

  /**
   * Draws other samples than those of the picture.
   * @param {Wish} wish
   * @returns {Promise<Frame>}
   */
  async sketch(wish) {
    const asked = this.#ask((client) => client.ask.sketch(this.#runId, wish));
    const frame = await asked.catch((error) => {
      throw wishRefused(error);
    });
    if (frame === undefined) throw new CodedError("element.removed", texts.removed);
    return frame;
  }

  /**
   * What the generator makes of a picture, as of the last step.
   * @param {Uint8Array} input
   */
  translate(input) {
    return this.#ask((client) => client.ask.translate(this.#runId, input));
  }

  /**
   * What a picture is made of: of the pair that is shown in a place, or of any other.
   * @param {number | Uint8Array} of
   */
  pairInput(of) {
    return this.#ask((client) => client.ask.pairInput(this.#runId, of));
  }

  /**
   * Another run in place of this one, from step 0.
   * @param {Order} order
   */
  async restart(order) {
    await this.pause();
    this.#order = order;
    const wasOpen = this.isOpen;
    this.#run = undefined;
    this.#isForeign = false;
    if (wasOpen) await this.draw();
  }

  /** @returns {Promise<{ name: string, blob: Blob }>} the run as a file */
  async save() {
    const { step, bytes } = await this.#save();
    const name = fileName("run", this.preset, step);
    return { name, blob: new Blob([bytes], { type: "application/octet-stream" }) };
  }

  async #save() {
    const saved = await this.#ask((client) => client.ask.save(this.#runId));
    if (saved === undefined) throw new CodedError("element.removed", texts.removed);
    return saved;
  }

  /**
   * Goes on with a saved run, with the settings that it was made with. Where it is refused, all stays as it
   * was, and what trains goes on.
   * @param {Blob} file
   */
  async load(file) {
    const from = { bytes: new Uint8Array(await file.arrayBuffer()), trainedMs: 0 };
    await hub.borrow(async () => {
      try {
        await hub.take(this, (client) => this.#open(client, from, true));
      } catch (error) {
        const isOfFile = codeOf(error)?.startsWith("checkpoint.");
        if (!this.isOpen && !isOfFile) this.#tell(error);
        throw error;
      }
      this.#rest();
    });
  }

  /** Frees everything. */
  close() {
    this.isGone = true;
    this.#run = undefined;
    this.#wants = false;
    hub.leave(this);
  }

  /** @param {Client} client */
  async open(client) {
    await this.#open(client, this.#run?.checkpoint, this.#isForeign);
  }

  /**
   * @param {Client} client
   * @param {Beginning | undefined} from
   * @param {boolean} isForeign
   */
  async #open(client, from, isForeign) {
    const { config, device, data, model } = this.#order;
    const made = await sourceOf(data, this.preset, client);
    const opening = client.open({
      config: isForeign ? undefined : config,
      device,
      ...made,
      freeFirst: !this.isOpen,
      from,
      showcase: from === undefined ? model : undefined,
    });
    const run = await opening.catch(async (error) => {
      throw isForeign ? error : withRemedy(error, await client.presets);
    });
    if (this.isGone) return;
    this.#run = run;
    this.#isForeign = isForeign;
    this.#listener.opened(run.answer);
    await client.ask.draw(run.id);
  }

  /** @param {Client} client */
  async yield(client) {
    try {
      await client.ask.pause(this.#runId);
      await this.#run?.keep();
    } catch (error) {
      // Weights that are no numbers cannot be saved: the run goes on from what was kept before.
      if (codeOf(error) === "worker.dead") throw error;
      console.warn("WebGAN keeps an older state of a run:", messageOf(error));
    }
  }

  onSupplanted() {
    this.#wants = false;
    this.#listener.yielded();
  }

  /** @param {WorkerEvent} event */
  onEvent(event) {
    if (this.isGone || ("runId" in event && event.runId !== this.#runId)) return;
    switch (event.type) {
      case "stage":
        if (this.isOpen) return; // a file is being tried
        break;
      case "checkpoint":
        return;
      case "paused":
        if (event.reason === "problem" && event.problem !== undefined) this.#fail(event.problem);
        else if (event.reason === "finished") this.#onEnd();
        return;
      case "device-error":
        hub.leave(this);
        this.#fail({ code: event.problem.code, message: problems.deviceError });
        return;
    }
    this.#listener.event(event);
  }

  /** @param {CodedError} problem */
  onDeath(problem) {
    this.#fail(problem);
  }

  /** The worker has come to an end: the schedule's, or that of `until`. */
  #onEnd() {
    if (this.#wants && this.#until !== undefined && (this.#run?.step ?? 0) < this.#until) {
      this.goOn();
      return;
    }
    this.#wants = false;
    hub.end(this);
    this.#listener.ended();
  }

  /** @param {{ code: string, message: string }} problem */
  #fail({ code, message }) {
    this.#wants = false;
    hub.end(this);
    const told = sentence(message);
    const words = code === "data.missing" ? `${told} ${problems.dataMissing}` : told;
    this.#listener.failed({ reason: reasonOf(code), code, message: words });
  }

  /**
   * Uses the worker with this run in it. A failure is told to the listener, and thrown.
   * @template T
   * @param {(client: Client) => Promise<T>} use
   * @returns {Promise<T>}
   */
  async #with(use) {
    try {
      return await use(await hub.take(this));
    } catch (error) {
      this.#tell(error);
      throw error;
    }
  }

  /**
   * As `#with`, for a moment. What is refused is the caller's to know: the run is whole.
   * @template T
   * @param {(client: Client) => Promise<T>} use
   * @returns {Promise<T>}
   */
  #ask(use) {
    return hub.borrow(async () => use(await this.#with(async (client) => client)));
  }

  /** @param {unknown} error */
  #tell(error) {
    const code = codeOf(error) ?? "worker.dead";
    // A death is told by the hub.
    if (!this.isGone && code !== "worker.dead") this.#fail({ code, message: messageOf(error) });
  }
}
