// Notices that the GPU is taken away, from the moment it is opened: before the program can be told to
// listen, and whatever the program says of it (a panic, numbers that cannot be read). It decides nothing.

/** An error may come this much before the loss that it comes from. */
const BEFORE_MS = 250;

/** @typedef {{ lost: Promise<unknown> }} GpuDevice */

export class GpuLoss {
  isLost = false;
  /** @type {Promise<void>} */
  #loss;
  #tell = () => {};

  /** @param {() => void} onLost told once */
  constructor(onLost) {
    this.#loss = new Promise((resolve) => {
      this.#tell = () => {
        if (this.isLost) return;
        this.isLost = true;
        resolve();
        onLost();
      };
    });
    const { GPUAdapter } = /** @type {any} */ (globalThis);
    const open = GPUAdapter?.prototype.requestDevice;
    if (open === undefined) return;
    const { noticed } = this;
    GPUAdapter.prototype.requestDevice = async function (/** @type {unknown[]} */ ...args) {
      /** @type {GpuDevice} */
      const device = await open.apply(this, args);
      void device.lost.then(noticed);
      return device;
    };
  }

  /** Somebody else has noticed. */
  noticed = () => this.#tell();

  /** Whether what has just gone wrong comes from a loss. */
  async isBehind() {
    if (!this.isLost) {
      const moment = new Promise((resolve) => setTimeout(resolve, BEFORE_MS));
      await Promise.race([this.#loss, moment]);
    }
    return this.isLost;
  }
}
