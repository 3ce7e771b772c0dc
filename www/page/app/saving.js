// Keeps runs in this browser while they train, each under a record of its own, and goes on with them at a
// later visit. Nothing is kept of a run before somebody has taken a step of it, by Train or by Step, and nothing
// of one that was cleared. What the state says is kept is what storage has confirmed. A record belongs to the tab
// that has its run.

import { presets as names } from "#words/presets.js";
import { saved as texts } from "#words/saved.js";
import { messageOf } from "../../kit/errors.js";
import { readSettings, writeSettings } from "../address.js";
import { presetOf } from "../settings.js";
import { savedName } from "../saved-name.js";
import { SavedRuns } from "../saved-runs.js";
import { ownDataOf } from "../run-data.js";
import { canGoOn } from "../selectors.js";
import { newRecord } from "./desk.js";
import { freed, hold, namesHeld, onTaken } from "./tab-lock.js";

/** @import { OwnData } from "../run-data.js" */
/** @import { About } from "../saved-runs.js" */
/** @import { Shelf } from "../state.js" */
/** @import { Desk, KeptAs, OwnSource } from "./desk.js" */
/** @import { Starter } from "./starter.js" */

/** Checkpoints come more often than a disk should be written: after the first ones of a training, one so often. */
const KEEP_EVERY_MS = 30_000;
/** The one of its first second, and the one five seconds later. */
const FIRST_CHECKPOINTS = 2;
/** Who takes step after step is not kept waiting. */
const KEEP_AFTER_MS = 500;
/** When there are more, the one goes of which the least would be lost. */
const MAX_RUNS = 6;

/** A run at a step, on its way to storage. */
/** @typedef {{ record: KeptAs, about: Omit<About, "id">, bytes: Uint8Array }} Job */

export class Saving {
  #desk;
  #starter;
  #again;
  #runs;
  #name;
  /** Whose run somebody has taken steps of, on this page or before. @type {KeptAs | undefined} */
  #wanted;
  /** Whose run was on the page when this last looked. */
  #seen;
  /** How to give back the records that this tab holds, by their ids. @type {Map<string, () => void>} */
  #held = new Map();
  /** Ends waiting for the run that was refused, as another tab has it. */
  #waiting = new AbortController();
  /** Of the first checkpoints, how many are to come. */
  #first = 0;
  #nextAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #soon;
  /** What was given to storage last, and what it confirmed last. @type {Desk["checkpoint"]} */
  #given;
  /** @type {Desk["checkpoint"]} */
  #confirmed;
  /** What is written and removed follows one another. @type {Promise<void>} */
  #queue = Promise.resolve();

  /**
   * @param {Desk} desk
   * @param {Starter} starter
   * @param {(own: OwnData) => Promise<OwnSource | undefined>} again own data in use as a run had them
   */
  constructor(desk, starter, again) {
    this.#desk = desk;
    this.#starter = starter;
    this.#again = again;
    this.#seen = desk.record;
    this.#name = savedName(desk.places.page);
    this.#runs = new SavedRuns(this.#name);
    globalThis.addEventListener?.("pagehide", () => this.leave());
    onTaken(() => void this.look());
  }

  /** Looks for runs that no tab has on its page. */
  async look() {
    const all = await this.#quietly(this.#runs.list());
    if (all === undefined || (all.length === 0 && this.#desk.state.shelf === undefined)) return;
    const held = await namesHeld();
    const offers = all.filter(({ id }) => !this.#isOnPage(id) && !held.has(this.#lockOf(id)));
    this.#show({ offers });
  }

  /** Somebody trains, or takes a step. */
  begin() {
    clearTimeout(this.#soon);
    this.#wanted = this.#desk.record;
    this.#first = FIRST_CHECKPOINTS;
  }

  /** A checkpoint has come: it is kept, unless it is a later one and one was kept a moment ago. */
  checkpointed() {
    if (this.#first > 0) this.#first -= 1;
    else if (performance.now() < this.#nextAt) return;
    this.#keep();
  }

  /** A single step was taken: the run is kept, unless another one follows. */
  stepped() {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.keepLast(), KEEP_AFTER_MS);
  }

  /** Keeps the run as it is now: training pauses, steps have been taken, the tab is hidden, another run comes. */
  async keepLast() {
    const { record, run, state } = this.#desk;
    const { isRunning, isStepping } = state;
    if (record !== this.#wanted || run === undefined) return;
    if (isRunning || isStepping || run.checkpoint?.step !== run.step) {
      // Weights that are no numbers, or a worker that died: the last checkpoint is what there is.
      await run.keep().catch(() => {});
    }
    this.#keep();
  }

  /** The page is being left: there is no time to ask the worker, or to wait for storage. */
  leave() {
    const { checkpoint, record } = this.#desk;
    if (checkpoint !== this.#confirmed && this.#held.has(record.id)) {
      const job = this.#job();
      if (job !== undefined) void this.#quietly(this.#put(job));
    }
    // What another page may wait for is not left open, should the browser keep this one for Back.
    this.#runs.close();
    for (const release of this.#held.values()) release();
    this.#held.clear();
    this.#waiting.abort();
  }

  /** Another run may be on the page: the one before is offered, if it is kept. */
  moved() {
    if (this.#seen === this.#desk.record) return;
    this.#seen = this.#desk.record;
    if (this.#desk.state.shelf !== undefined) {
      this.#show({ kept: undefined, unkept: undefined, dropped: [] });
    }
    this.#then(async () => {
      for (const [id, release] of this.#held) {
        if (this.#isOnPage(id)) continue;
        this.#held.delete(id);
        release();
      }
      await this.look();
    });
  }

  /**
   * Goes on with a run that is kept, and waits for Train.
   * @param {string} id
   */
  async goOn(id) {
    const { state, mnist } = this.#desk;
    const about = state.shelf?.offers.find((offer) => offer.id === id);
    if (about === undefined || !canGoOn(about, state.own)) return;
    const release = await hold(this.#lockOf(id));
    if (release === undefined) {
      await this.#refuse(id);
      return;
    }
    const bytes = await this.#quietly(this.#runs.bytes(id));
    const { isTrial, trainedMs, wentAlone } = about;
    const record = { id, isTrial };
    const data = about.own === undefined ? mnist : await this.#again(about.own);
    if (bytes !== undefined && data !== undefined) {
      this.#held.set(id, release);
      await this.#starter.start(readSettings(new URLSearchParams(about.query)).settings, "saved", {
        data,
        from: { bytes, trainedMs },
        saved: { record, wentAlone },
      });
    }
    if (this.#desk.record === record) {
      // Somebody took steps of it at an earlier visit.
      this.#wanted = record;
      this.#given = this.#confirmed = this.#desk.checkpoint;
      this.#show({ kept: about });
    } else {
      this.#held.delete(id);
      release();
      await this.look();
    }
  }

  /**
   * Removes a run that no tab has on its page.
   * @param {string} id
   */
  async discard(id) {
    this.#desk.store.dispatch({ type: "dismiss", place: "saved" });
    if ((await this.#quietly(this.#removeFree(id))) === false) await this.#refuse(id);
    else await this.look();
  }

  /** Removes what is kept of the run on the page, which is kept again from the next Train or Step on. */
  clear() {
    const { id } = this.#desk.record;
    this.#wanted = undefined;
    this.#given = this.#confirmed = undefined;
    this.#then(async () => {
      await this.#runs.remove(id);
      if (this.#isOnPage(id)) this.#show({ kept: undefined, unkept: undefined });
    });
  }

  /**
   * That a run is open in another tab is said as long as it is so.
   * @param {string} id
   */
  async #refuse(id) {
    this.#desk.store.dispatch({ type: "problem", place: "saved", message: texts.elsewhere });
    await this.look();
    void this.#lookWhenFree(id);
  }

  /** @param {string} id */
  async #lookWhenFree(id) {
    this.#waiting.abort();
    this.#waiting = new AbortController();
    const { signal } = this.#waiting;
    await freed(this.#lockOf(id), signal).catch(() => {}); // the page is left, or another run was refused
    if (signal.aborted) return;
    this.#desk.store.dispatch({ type: "dismiss", place: "saved" });
    await this.look();
  }

  #keep() {
    const { checkpoint } = this.#desk;
    const job = checkpoint === this.#given ? undefined : this.#job();
    if (job === undefined) return;
    this.#given = checkpoint;
    this.#nextAt = performance.now() + KEEP_EVERY_MS;
    this.#then(async () => {
      const isKept = await this.#write(job);
      if (isKept && this.#isOnPage(job.record.id)) this.#confirmed = checkpoint;
    });
  }

  /** @returns {Job | undefined} the last checkpoint of a run that is to be kept */
  #job() {
    const { checkpoint, record, state, images } = this.#desk;
    const { settings, presets, data, wentAlone } = state;
    if (record !== this.#wanted || checkpoint === undefined || data === undefined) return undefined;
    const { step, bytes, trainedMs } = checkpoint;
    const about = {
      query: writeSettings(settings, new URLSearchParams()).toString(),
      title: names[presetOf(settings, presets).id].title,
      ...{ step, trainedMs, wentAlone, isTrial: record.isTrial },
      at: Date.now(),
      own: ownDataOf(images, data),
    };
    return { record, about, bytes };
  }

  /**
   * @param {Job} job
   * @returns {Promise<boolean>} whether it is kept
   */
  async #write(job) {
    const { record, about, bytes } = job;
    try {
      await this.#claim(record);
      for (let isKept = false; !isKept;) isKept = await this.#putOrMakeRoom(job);
    } catch (error) {
      const isFull = isFullness(error);
      if (!isFull) warn(error);
      const unkept = { step: about.step, size: bytes.length, isFull };
      if (this.#isOnPage(record.id)) this.#show({ unkept });
      return false;
    }
    const kept = { ...about, id: record.id };
    if (this.#isOnPage(record.id)) this.#show({ kept, unkept: undefined });
    while ((await this.#runs.list()).length > MAX_RUNS && (await this.#dropOne()));
    return true;
  }

  /**
   * @param {Job} job
   * @returns {Promise<boolean>} whether it is kept now; else there is more room
   */
  async #putOrMakeRoom(job) {
    try {
      await this.#put(job);
      return true;
    } catch (error) {
      if (!isFullness(error) || !(await this.#dropOne())) throw error;
      return false;
    }
  }

  /** @param {Job} job */
  #put({ record, about, bytes }) {
    return this.#runs.keep({ ...about, id: record.id }, bytes);
  }

  /**
   * Makes a record this tab's own. Where another tab has taken it, while this one lay in the browser's memory
   * for Back, the run gets a new one.
   * @param {KeptAs} record
   */
  async #claim(record) {
    while (!this.#held.has(record.id)) {
      const release = await hold(this.#lockOf(record.id));
      if (release === undefined) record.id = newRecord(false).id;
      else this.#held.set(record.id, release);
    }
  }

  /**
   * Drops the run of which the least would be lost, of those that no tab has.
   * @returns {Promise<boolean>} whether there was one
   */
  async #dropOne() {
    const all = (await this.#runs.list()).filter(({ id }) => !this.#held.has(id));
    for (const about of all.sort(byLoss)) {
      if (!(await this.#removeFree(about.id))) continue;
      const { offers = [], dropped = [] } = this.#desk.state.shelf ?? {};
      this.#show({
        dropped: [...dropped, about],
        offers: offers.filter(({ id }) => id !== about.id),
      });
      return true;
    }
    return false;
  }

  /**
   * @param {string} id
   * @returns {Promise<boolean>} false where a tab has that run
   */
  async #removeFree(id) {
    const release = await hold(this.#lockOf(id));
    if (release === undefined) return false;
    try {
      await this.#runs.remove(id);
    } finally {
      release();
    }
    return true;
  }

  /** @param {string} id */
  #isOnPage(id) {
    return id === this.#desk.record.id;
  }

  /** @param {string} id */
  #lockOf(id) {
    return `${this.#name} ${id}`;
  }

  /** @param {Partial<Shelf>} patch */
  #show(patch) {
    this.#desk.store.dispatch({ type: "shelf", patch });
  }

  /** @param {() => Promise<void>} work after what was begun before */
  #then(work) {
    this.#queue = this.#queue.then(work).catch(warn);
  }

  /**
   * Without storage the page does without.
   * @template T
   * @param {Promise<T>} work
   * @returns {Promise<T | undefined>}
   */
  #quietly(work) {
    return work.catch(warn);
  }
}

/**
 * By what would be lost with a run, the least first: one that the lab or a lesson set up can be had again by a button,
 * and the time that another one trained has to be spent again. Whoever tries several GANs leaves a run of a few
 * steps of each, which is not to take the place of a long one.
 * @param {About} a
 * @param {About} b
 */
export function byLoss(a, b) {
  return (
    Number(b.isTrial) - Number(a.isTrial) ||
    a.trainedMs - b.trainedMs ||
    a.step - b.step ||
    a.at - b.at
  );
}

/** @param {unknown} error */
function isFullness(error) {
  return error instanceof Error && error.name === "QuotaExceededError";
}

/** @param {unknown} error @returns {undefined} */
function warn(error) {
  console.warn("WebGAN cannot keep a run in this browser:", messageOf(error));
}
