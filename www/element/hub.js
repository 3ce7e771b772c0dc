// One worker, and so one GPU device, for all elements of a page. It lends them to one session at a
// time: whoever takes them sends the one before away with a checkpoint; whoever only borrows them, to draw
// or to take a step, gives them back to the one that trains. The worker lives as long as somebody holds it.
// No DOM, and no opinion on what a session does.

import { Client } from "../engine/client.js";
import { gridEveryMs } from "../engine/pace.js";
import { CodedError } from "../kit/errors.js";
import { element as texts } from "#words/element.js";

/** @import { DeviceChoice, WorkerEvent } from "../engine/protocol.js" */

/**
 * What the hub needs of those it lends to.
 * @typedef {object} Holder
 * @property {DeviceChoice} device
 * @property {number} stepsPerSecond at most
 * @property {boolean} isOpen whether its run is in the worker that it holds
 * @property {boolean} isGone it has left for good
 * @property {(client: Client) => Promise<void>} open begins its run, or goes on with it
 * @property {(client: Client) => Promise<void>} yield stops, and keeps what it needs to go on
 * @property {() => void} goOn trains again, as it still wants to
 * @property {() => void} onSupplanted another one trains in its place
 * @property {(event: WorkerEvent) => void} onEvent
 * @property {(problem: CodedError) => void} onDeath the worker is gone, or never began
 */

export class Hub {
  /** @type {Client | undefined} */
  #client;
  /** @type {Holder | undefined} whose run is in the worker */
  #holder;
  /** @type {Holder | undefined} whose run is about to be */
  #taker;
  /** @type {Holder | undefined} who trains, or is about to */
  #trainee;
  /** @type {{ holder: Holder, go: () => void }[]} first come, first served */
  #queue = [];
  /** @type {Promise<unknown>} */
  #line = Promise.resolve();
  /** How many borrow it. */
  #borrowers = 0;
  #isCalm = false;

  /**
   * Lends the worker.
   * @param {Holder} holder
   * @param {(client: Client) => Promise<void>} [open] begins another run than the holder's own; where that is
   *   refused, a run of the holder's that is in the worker stays there
   * @returns {Promise<Client>} once the run is in it
   */
  take(holder, open) {
    const taken = this.#line.then(() => this.#lend(holder, open));
    this.#line = taken.catch(() => {});
    return taken;
  }

  /**
   * Whoever trains goes on when nobody uses the worker for something else any more.
   * @template T
   * @param {() => Promise<T>} use takes the worker, for a moment
   * @returns {Promise<T>}
   */
  async borrow(use) {
    this.#borrowers += 1;
    try {
      return await use();
    } finally {
      this.#borrowers -= 1;
      if (this.#borrowers === 0 && this.#trainee !== this.#holder) this.#trainee?.goOn();
    }
  }

  /**
   * @param {Holder} holder
   * @param {(client: Client) => Promise<void>} [open]
   */
  async #lend(holder, open) {
    const held = this.#client;
    const isThere = held !== undefined && this.#holder === holder && holder.isOpen;
    if (isThere && open === undefined) return held;
    const stay = () => {
      if (holder.isGone) throw new CodedError("element.removed", texts.removed);
    };
    stay();
    const client = held ?? this.#newClient(holder.device);
    this.#taker = holder;
    try {
      await client.presets;
      stay();
      const before = this.#holder;
      if (before !== holder && before?.isGone === false) await before.yield(client);
      this.#holder = holder;
      this.setPace();
      await (open ?? ((it) => holder.open(it)))(client);
      stay();
    } catch (error) {
      // It could not be loaded, or nobody's run is in it now: unless one is that was to be replaced.
      if (this.#client === client && !isThere) this.#end();
      throw error;
    } finally {
      this.#taker = undefined;
    }
    return client;
  }

  /**
   * @param {Holder} holder
   * @returns {Client | undefined} the worker, where this one has it now
   */
  lentTo(holder) {
    return this.#holder === holder ? this.#client : undefined;
  }

  /**
   * From now on this one trains, and whoever did yields.
   * @param {Holder} holder
   */
  begin(holder) {
    this.#unqueue(holder);
    const before = this.#trainee;
    this.#trainee = holder;
    if (before !== holder) before?.onSupplanted();
  }

  /**
   * As `begin`, when nobody else trains.
   * @param {Holder} holder
   * @returns {Promise<void> | undefined} what to wait for, if there is need to; it comes at once for
   *   one that ends first
   */
  beginInTurn(holder) {
    if (this.#trainee === undefined || this.#trainee === holder) {
      this.begin(holder);
      return undefined;
    }
    this.#unqueue(holder);
    return new Promise((go) => {
      this.#queue.push({ holder, go });
    });
  }

  /**
   * This one does not train any more, and does not want to.
   * @param {Holder} holder
   */
  end(holder) {
    this.#unqueue(holder);
    if (this.#trainee !== holder) return;
    const next = this.#queue.shift();
    this.#trainee = next?.holder;
    next?.go();
  }

  /**
   * Frees what a holder has in the worker, by ending the worker.
   * @param {Holder} holder
   */
  leave(holder) {
    const isWanted = this.#taker !== undefined && this.#taker !== holder;
    const isTaking = this.#taker === holder && this.#holder === undefined;
    if (isTaking || (this.#holder === holder && !isWanted)) this.#end();
    this.end(holder);
  }

  /** @param {boolean} isCalm whether the reader asked for less motion */
  setCalm(isCalm) {
    this.#isCalm = isCalm;
    this.setPace();
  }

  /** Tells the worker how politely to work: the reader's wish, and the holder's. */
  setPace() {
    const stepsPerSecond = this.#holder?.stepsPerSecond ?? Infinity;
    this.#client?.setPace({ gridEveryMs: gridEveryMs(this.#isCalm), stepsPerSecond });
  }

  /** @param {DeviceChoice} device whose program is loaded at once */
  #newClient(device) {
    const client = new Client(
      (event) => {
        // While one yields to another, both listen; a session knows its own run's events.
        this.#holder?.onEvent(event);
        if (this.#taker !== this.#holder) this.#taker?.onEvent(event);
      },
      (problem) => {
        if (this.#client !== client) return;
        const told = new Set([this.#holder, this.#taker]);
        this.#end();
        for (const holder of told) holder?.onDeath(problem);
      },
      device,
    );
    this.#client = client;
    return client;
  }

  #end() {
    this.#client?.terminate();
    this.#client = undefined;
    this.#holder = undefined;
  }

  /** @param {Holder} holder */
  #unqueue(holder) {
    const left = this.#queue.filter((waiting) => waiting.holder === holder);
    this.#queue = this.#queue.filter((waiting) => waiting.holder !== holder);
    for (const { go } of left) go();
  }
}
