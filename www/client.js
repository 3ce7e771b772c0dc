// The page's end of the worker: starts it, passes requests on, hands its events out, and notices
// when it has died. It keeps no state of the training and touches no DOM.

import { transfer, wrap } from "comlink";
import "./error-wire.js";
import { CodedError, messageOf } from "./errors.js";
import { PROTOCOL_VERSION } from "./protocol.js";
import { PROGRAMS, spawnWorker } from "./spawn.js";

/** @import { Remote } from "comlink" */
/** @import { DeviceChoice, Hyper, Network, Pace, StartRequest, View, Wish, WorkerApi, WorkerEvent } from "./protocol.js" */

export class Client {
  #worker;
  /** @type {Remote<WorkerApi>} */
  #api;
  #port;
  #onFatal;
  #isDead = false;
  /**
   * Rejected when the worker dies, since a dead worker answers nothing.
   * @type {Promise<never>}
   */
  #death;
  /** @type {(reason: Error) => void} */
  #die = () => {};

  /**
   * @param {(event: WorkerEvent) => void} onEvent
   * @param {() => void} onFatal told once; by then the worker is terminated and the reason logged
   * @param {DeviceChoice} device whose program is loaded at once
   */
  constructor(onEvent, onFatal, device) {
    this.#onFatal = onFatal;
    this.#death = new Promise((_, reject) => {
      this.#die = reject;
    });
    this.#death.catch(() => {});

    this.#worker = spawnWorker();
    this.#worker.addEventListener("error", (event) => {
      // Handled here: shown on the page and logged with its reason.
      event.preventDefault();
      this.#fail(event.message || "the training program could not be loaded");
    });
    this.#worker.addEventListener("messageerror", () => {
      this.#fail("a message from the training program could not be read");
    });
    this.#api = wrap(this.#worker);

    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }) => {
      if (this.#isDead) return;
      const event = /** @type {WorkerEvent} */ (data);
      if (event.type === "fatal") this.#fail(event.message);
      else onEvent(event);
    };
    this.presets = this.#answer(
      this.#api.connect(PROTOCOL_VERSION, transfer(port2, [port2]), device, PROGRAMS),
    );
    this.presets.catch(() => {});
  }

  failures() {
    return this.#answer(this.#api.failures());
  }

  /** @param {StartRequest} request */
  start(request) {
    return this.#answer(this.#api.start(request));
  }

  /**
   * @param {number} runId
   * @param {number} [until]
   */
  train(runId, until) {
    return this.#answer(this.#api.train(runId, until));
  }

  /** @param {number} runId */
  pause(runId) {
    return this.#answer(this.#api.pause(runId));
  }

  /** @param {number} runId */
  draw(runId) {
    return this.#answer(this.#api.draw(runId));
  }

  /**
   * @param {number} runId
   * @param {Network} [network]
   */
  step(runId, network) {
    return this.#answer(this.#api.step(runId, network));
  }

  /**
   * @param {number} runId
   * @param {View} view
   */
  look(runId, view) {
    return this.#answer(this.#api.look(runId, view));
  }

  /** @param {number} runId */
  latents(runId) {
    return this.#answer(this.#api.latents(runId));
  }

  /**
   * @param {number} runId
   * @param {Wish} wish
   */
  sketch(runId, wish) {
    return this.#answer(this.#api.sketch(runId, wish));
  }

  /** @param {number} classes */
  examples(classes) {
    return this.#answer(this.#api.examples(classes));
  }

  /**
   * @param {number} runId
   * @param {Hyper} hyper
   */
  update(runId, hyper) {
    return this.#answer(this.#api.update(runId, hyper));
  }

  /** @param {number} runId */
  save(runId) {
    return this.#answer(this.#api.save(runId));
  }

  /** @param {number} runId */
  exportGenerator(runId) {
    return this.#answer(this.#api.exportGenerator(runId));
  }

  /**
   * @param {number} runId
   * @param {string} classifier its address
   */
  measure(runId, classifier) {
    return this.#answer(this.#api.measure(runId, classifier));
  }

  /**
   * @param {number} runId
   * @param {string} classifier its address
   */
  ganTrain(runId, classifier) {
    return this.#answer(this.#api.ganTrain(runId, classifier));
  }

  cancelGanTrain() {
    return this.#answer(this.#api.cancelGanTrain());
  }

  /**
   * @param {number} runId
   * @param {Uint8Array} pixels
   */
  nearest(runId, pixels) {
    return this.#answer(this.#api.nearest(runId, pixels));
  }

  /** @param {Pace} pace */
  setPace(pace) {
    return this.#answer(this.#api.setPace(pace));
  }

  /** Ends the worker with all that it holds; what was asked and not answered is refused. */
  terminate() {
    this.#isDead = true;
    this.#worker.terminate();
    this.#port.close();
    this.#die(new CodedError("worker.dead", "the training program has stopped"));
  }

  /** @param {string} message */
  #fail(message) {
    if (this.#isDead) return;
    console.error("WebGAN's training program stopped:", message);
    this.terminate();
    this.#onFatal();
  }

  /**
   * The worker's answer. An error without a code is a crash whose announcement, on a channel of its
   * own, may still be under way: whichever comes first, the caller is told of a death.
   * @template T
   * @param {Promise<T>} answer
   * @returns {Promise<T>}
   */
  async #answer(answer) {
    try {
      return await Promise.race([answer, this.#death]);
    } catch (error) {
      if (error instanceof CodedError) throw error;
      this.#fail(messageOf(error));
      return this.#death;
    }
  }
}
