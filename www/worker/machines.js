// The devices that runs are put on, each with the program that it belongs to, and the loss of the GPU among
// them. No data, no run.

import { refusals as texts } from "#words/refusals.js";
import { CodedError, codeOf, messageOf, withoutBacktrace } from "../kit/errors.js";
import { GpuLoss } from "./gpu-loss.js";
import { programFor } from "./program.js";

/** @import { Build, DeviceChoice, Programs, WorkerEvent } from "../engine/protocol.js" */
/** @import { Device } from "../pkg/cpu/webgan.js" */
/** @import { Ears, Program } from "./program.js" */

/**
 * A device and the program it belongs to.
 * @typedef {object} Machine
 * @property {Program} program
 * @property {Build} build
 * @property {Device} device
 * @property {string | undefined} note why the CPU was taken instead of the GPU
 */

/** A GPU that has not passed its test by then will not; the slowest, in software, needs seconds. */
const OPENS_WITHIN_MS = 120_000;

/** All of a worker. */
export class Machines {
  #emit;
  #ears;
  /** Set by `connect`. @type {Programs} */
  #programs = { cpu: undefined, webgpu: undefined, threads: undefined, thread: "" };
  /** By the choice that opened it; kept for the worker's life. @type {Map<string, Machine>} */
  #opened = new Map();
  /** The one with the run, and the one that a run is to be put on. @type {Set<Machine>} */
  #inUse = new Set();
  #loss = new GpuLoss(() => {
    if (this.#isOnGpu()) this.#tellLoss();
  });

  /**
   * @param {(event: WorkerEvent) => void} emit
   * @param {Ears} ears
   */
  constructor(emit, ears) {
    this.#emit = emit;
    this.#ears = ears;
  }

  /**
   * Loads the program that a device needs.
   * @param {DeviceChoice} choice
   * @param {Programs} programs where they all lie
   */
  async connect(choice, programs) {
    this.#programs = programs;
    return (await programFor(choice, programs, this.#ears)).program;
  }

  /**
   * For a run that is to be.
   * @param {DeviceChoice} choice
   */
  async open(choice) {
    const machine = this.#found(choice) ?? (await this.#open(choice));
    this.#inUse.add(machine);
    return machine;
  }

  /**
   * The run is on this one.
   * @param {Machine} machine
   */
  settle(machine) {
    this.#inUse = new Set([machine]);
  }

  #isOnGpu() {
    return [...this.#inUse].some(({ device }) => device.kind === "webgpu");
  }

  /**
   * Whether what has just gone wrong comes from the loss of the GPU in use, of which the page is told. It
   * ends this worker then, and waits for no answer.
   */
  isLossBehind = async () => this.#isOnGpu() && (await this.#loss.isBehind());

  /**
   * A device that is open already and is what was asked for: the GPU that "auto" found is the GPU,
   * and opening it twice would ask the browser for a second one.
   * @param {DeviceChoice} choice
   */
  #found(choice) {
    const kind = choice === "auto" ? "webgpu" : choice;
    return (
      this.#opened.get(choice) ??
      [...this.#opened.values()].find(({ device }) => device.kind === kind)
    );
  }

  /**
   * @param {DeviceChoice} choice
   * @returns {Promise<Machine>}
   */
  async #open(choice) {
    const { program, build, noGpu } = await programFor(choice, this.#programs, this.#ears);
    this.#emit({ type: "stage", stage: "device" });
    const { device, note } = await this.#openDevice(program, noGpu === undefined ? choice : "cpu");
    device.onError(async (/** @type {Error} */ error) => {
      console.error("WebGAN's device reported an error:", error);
      if (codeOf(error) === "device.lost") this.#loss.noticed();
      if (await this.isLossBehind()) return;
      const problem = { code: codeOf(error) ?? "device.error", message: messageOf(error) };
      this.#emit({ type: "device-error", problem });
    });
    const machine = {
      program,
      build,
      device,
      note: noGpu === undefined ? note : texts.onCpu(noGpu),
    };
    this.#opened.set(choice, machine);
    return machine;
  }

  /**
   * @param {Program} program
   * @param {DeviceChoice} choice
   * @returns {Promise<{ device: Device, note: string | undefined }>}
   */
  async #openDevice(program, choice) {
    /** @type {Promise<never>} */
    const tooLate = new Promise((_, reject) => {
      const error = new CodedError("device.silent", texts.gpuSilent);
      setTimeout(() => reject(error), OPENS_WITHIN_MS);
    });
    try {
      const device = await Promise.race([program.Device.open(choice), tooLate]);
      const fellBack = choice === "auto" && device.kind === "cpu";
      // What the test says of a GPU that was taken away meanwhile is about numbers.
      if (!fellBack || !(await this.#loss.isBehind())) {
        return { device, note: device.note && withoutBacktrace(device.note) };
      }
      return { device, note: texts.onCpu(texts.gpuLost) };
    } catch (error) {
      const isLost = await this.#loss.isBehind();
      if (choice === "auto") {
        const device = await program.Device.open("cpu");
        return { device, note: texts.onCpu(isLost ? texts.gpuLost : texts.gpuSilent) };
      }
      if (!isLost) throw error;
      this.#tellLoss();
      return new Promise(() => {}); // who is told ends this worker
    }
  }

  /** Told once, in place of all that goes wrong because of it: this worker has no GPU any more. */
  #tellLoss() {
    const problem = { code: "device.lost", message: texts.gpuLost };
    this.#emit({ type: "device-error", problem });
  }
}
