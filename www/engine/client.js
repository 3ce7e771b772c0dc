// The page's end of the worker: starts it, passes requests on, knows which run is in it, hands its events out, and
// notices when it has died, or never began. It touches no DOM.

import { proxy, transfer, wrap } from "comlink";
import { Answers } from "./answers.js";
import "./error-wire.js";
import { CodedError, messageOf } from "../kit/errors.js";
import { FULL_PACE } from "./pace.js";
import { PROTOCOL_VERSION } from "./protocol.js";
import { Run } from "./run.js";
import { given } from "./given.js";
import { PROGRAMS, startWorker, TRAINING } from "./spawn.js";
import { starting as texts } from "#words/starting.js";

/** @import { Remote } from "comlink" */
/** @import { DeviceChoice, Pace, StartRequest, WorkerApi, WorkerEvent } from "./protocol.js" */
/** @import { Beginning } from "./run.js" */

/** @typedef {Omit<Remote<WorkerApi>, "connect">} Requests */

/** What a run is made of, and where it goes on. */
/** @typedef {Omit<StartRequest, "runId" | "checkpoint" | "trainedMs"> & { from: Beginning | undefined }} Order */

/** Runs of this page, in all its workers. */
let runCount = 0;

/** A worker that has said nothing for so long, not even that it begins to load, will not. */
const SILENCE_SECONDS = 30;

/** The code of a GPU that was taken away. */
const LOST = "device.lost";

export class Client {
  /** @type {Worker | undefined} */
  #worker;
  /** Asked only while there is a worker. @type {Remote<WorkerApi>} */
  #api = /** @type {any} */ (undefined);
  #port;
  #onFatal;
  #isDead = false;
  /** Whether it has said anything. */
  #hasBegun = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #watchdog;
  /** A dead worker answers nothing. */
  #answers = new Answers();
  /** The one that is in the worker. @type {Run | undefined} */
  run;
  /** How politely it is to work. @type {Readonly<Pace>} */
  pace = FULL_PACE;
  /** Each request of the protocol, by its name. */
  ask = /** @type {Requests} */ (
    new Proxy(
      {},
      {
        get:
          (_, /** @type {keyof Requests} */ name) =>
          (/** @type {unknown[]} */ ...args) =>
            this.#answer(() => /** @type {any} */ (this.#api)[name](...args)),
      },
    )
  );

  /**
   * @param {(event: WorkerEvent) => void} onEvent told of the worker and of the run in it
   * @param {(problem: CodedError) => void} onFatal told once, in words for a reader: "worker.dead" of one
   *   that stopped, "device.lost" of one whose GPU was taken away, "program.…" of one that never began; by
   *   then it is terminated and the reason logged
   * @param {DeviceChoice} device whose program is loaded at once
   */
  constructor(onEvent, onFatal, device) {
    this.#onFatal = onFatal;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }) => {
      if (this.#isDead) return;
      this.#begun();
      const event = /** @type {WorkerEvent} */ (data);
      if (event.type === "fatal") this.#crash(event.message);
      else if (event.type === "thread")
        event.problems.onmessage = ({ data }) => this.#crash(String(data));
      else if (event.type === "device-error" && event.problem.code === LOST)
        this.#fail(new CodedError(LOST, texts.deviceLost));
      else if (!("runId" in event)) onEvent(event);
      else if (event.runId === this.run?.id) {
        this.run.hear(event);
        onEvent(event);
      }
    };
    try {
      this.#worker = this.#start();
      this.#api = wrap(this.#worker);
    } catch (error) {
      const problem = /** @type {CodedError} */ (error);
      this.#answers.end(dead());
      // Whoever makes this client gets hold of it first.
      queueMicrotask(() => this.#fail(problem));
    }
    const files = given.files && proxy(given.files);
    // A worker of a worker would be asked of the network.
    const programs = files === undefined ? PROGRAMS : { ...PROGRAMS, threads: undefined };
    this.presets = this.#answer(() =>
      this.#api.connect(PROTOCOL_VERSION, transfer(port2, [port2]), device, programs, files),
    );
    this.presets.catch(() => {});
  }

  #start() {
    const worker = startWorker(given.worker ?? TRAINING);
    worker.addEventListener("error", (event) => {
      // Handled here: shown on the page and logged with its reason.
      event.preventDefault();
      if (this.#hasBegun) this.#crash(event.message);
      else this.#fail(new CodedError("program.fetch", texts.notLoaded(TRAINING)), event.message);
    });
    worker.addEventListener("messageerror", () => {
      this.#crash("a message from the training program could not be read");
    });
    this.#watchdog = setTimeout(() => {
      const message = texts.silent(TRAINING, SILENCE_SECONDS);
      this.#fail(new CodedError("program.silent", message));
    }, SILENCE_SECONDS * 1_000);
    return worker;
  }

  #begun() {
    this.#hasBegun = true;
    clearTimeout(this.#watchdog);
  }

  /**
   * Puts another run into the worker. A refusal leaves the one there is as it was.
   * @param {Order} order
   */
  async open({ from, ...order }) {
    runCount += 1;
    const [runId, checkpoint, trainedMs] = [runCount, from?.bytes, from?.trainedMs];
    const answer = await this.ask.start({ ...order, runId, checkpoint, trainedMs });
    this.run = new Run(this, answer, from);
    return this.run;
  }

  /** @param {Partial<Pace>} change */
  setPace(change) {
    this.pace = { ...this.pace, ...change };
    // Refused only by a worker that is dead, which shows elsewhere.
    this.ask.setPace(this.pace).catch(() => {});
  }

  /** Ends the worker with all that it holds; what was asked and not answered is refused. */
  terminate() {
    this.#isDead = true;
    this.run = undefined;
    clearTimeout(this.#watchdog);
    this.#worker?.terminate();
    this.#port.close();
    this.#answers.end(dead());
  }

  /** @param {string} reason for the console */
  #crash(reason) {
    this.#fail(new CodedError("worker.dead", texts.crashed), reason);
  }

  /**
   * @param {CodedError} problem
   * @param {string} [reason] for the console, where the problem does not tell it
   */
  #fail(problem, reason = messageOf(problem.cause ?? problem)) {
    if (this.#isDead) return;
    console.error("WebGAN's training program stopped:", reason || problem.message);
    this.terminate();
    this.#onFatal(problem);
  }

  /**
   * The worker's answer. An error without a code is a crash whose announcement, on a channel of its
   * own, may still be under way: whichever comes first, the caller is told of a death.
   * @template T
   * @param {() => Promise<T>} ask
   * @returns {Promise<T>}
   */
  async #answer(ask) {
    try {
      const answer = await this.#answers.to(ask);
      this.#begun();
      return answer;
    } catch (error) {
      if (error instanceof CodedError) {
        this.#begun();
        throw error;
      }
      this.#crash(messageOf(error));
      return this.#answers.to(ask); // refused
    }
  }
}

function dead() {
  return new CodedError("worker.dead", "the training program has stopped");
}
