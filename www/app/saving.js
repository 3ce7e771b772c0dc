// Keeps the run in this browser while it trains, and goes on with it at a later visit. Nothing is kept
// before somebody has pressed Train, and nothing of a run that was cleared.

import { presets as names } from "../english.js?presets";
import { messageOf } from "../errors.js";
import { presetOf, readSettings, writeSettings } from "../settings.js";
import { savedName } from "../saved-name.js";
import { SavedRun } from "../saved-run.js";
import { canGoOn } from "../state.js";

/** @import { Desk } from "./desk.js" */
/** @import { Starter } from "./starter.js" */

/** Checkpoints come more often than a disk should be written. */
const KEEP_EVERY_MS = 30_000;

export class Saving {
  #desk;
  #starter;
  #saved;
  #isWanted = false;
  #nextAt = -Infinity;
  #isKeeping = false;
  /** What was kept last. @type {Desk["checkpoint"]} */
  #kept;

  /**
   * @param {Desk} desk
   * @param {Starter} starter
   */
  constructor(desk, starter) {
    this.#desk = desk;
    this.#starter = starter;
    this.#saved = new SavedRun(savedName(desk.places.page));
  }

  /** Looks for a run of an earlier visit. */
  async open() {
    const about = await this.#quietly(this.#saved.about());
    if (about === undefined || this.#desk.state.saved !== undefined) return;
    this.#desk.store.dispatch({ type: "saved", saved: { about, isOffer: true } });
  }

  /** Somebody trains. */
  begin() {
    this.#isWanted = true;
    this.#nextAt = -Infinity;
  }

  /** A checkpoint has come: it is kept, unless one was a moment ago. */
  checkpointed() {
    if (performance.now() >= this.#nextAt) void this.keep();
  }

  /**
   * Training has paused: the very last step is kept.
   * @param {number} runId
   */
  async paused(runId) {
    if (!this.#isWanted) return;
    try {
      const saved = await this.#desk.client.save(runId);
      if (saved === undefined || this.#desk.state.run?.id !== runId) return;
      this.#desk.checkpoint = saved;
    } catch {
      return; // weights that are no numbers, or a worker that died: what is kept stays
    }
    await this.keep();
  }

  /** Keeps the last checkpoint, if it is not kept yet. */
  async keep() {
    const { checkpoint, state } = this.#desk;
    const { settings, presets, data } = state;
    if (!this.#isWanted || this.#isKeeping) return;
    if (checkpoint === undefined || checkpoint === this.#kept || data === undefined) return;
    this.#isKeeping = true;
    this.#kept = checkpoint;
    this.#nextAt = performance.now() + KEEP_EVERY_MS;
    const { images } = this.#desk;
    const isOwn = images.kind === "files" && images.id === data.sourceId;
    const about = {
      query: writeSettings(settings, new URLSearchParams()).toString(),
      title: names[presetOf(settings, presets).id].title,
      step: checkpoint.step,
      at: Date.now(),
      own: isOwn ? { name: data.name, count: data.count } : undefined,
    };
    const done = this.#saved.keep(about, checkpoint.bytes).then(() => true);
    const isDone = await this.#quietly(done);
    this.#isKeeping = false;
    // Cleared while it was written.
    if (!this.#isWanted) await this.#quietly(this.#saved.clear());
    else if (isDone) {
      this.#desk.store.dispatch({ type: "saved", saved: { about, isOffer: false } });
    }
  }

  /** Goes on with the run of an earlier visit, and waits for Train. */
  async goOn() {
    const { saved } = this.#desk.state;
    if (saved === undefined || !canGoOn(this.#desk.state)) return;
    const bytes = await this.#quietly(this.#saved.bytes());
    if (bytes === undefined) {
      this.#desk.store.dispatch({ type: "saved", saved: undefined });
      return;
    }
    const { settings } = readSettings(new URLSearchParams(saved.about.query));
    await this.#starter.start(settings, "saved", {
      data: saved.about.own === undefined ? this.#desk.mnist : this.#desk.images,
      checkpoint: bytes,
      isSaved: true,
    });
  }

  /** Removes what is kept. If it was of the run on the page, that is kept again from the next Train on. */
  async clear() {
    const { saved } = this.#desk.state;
    if (saved?.isOffer === false) this.#isWanted = false;
    await this.#quietly(this.#saved.clear());
    this.#desk.store.dispatch({ type: "saved", saved: undefined });
  }

  /**
   * Without storage, or room in it, the page does without.
   * @template T
   * @param {Promise<T>} work
   * @returns {Promise<T | undefined>}
   */
  async #quietly(work) {
    try {
      return await work;
    } catch (error) {
      console.warn("WebGAN cannot keep a run in this browser:", messageOf(error));
      return undefined;
    }
  }
}
