// Data of one's own: takes up what was dropped or chosen, and takes it otherwise where somebody wishes.
// Loaded with the first of it; what is in the files is read by pictures/ and the worker.

import { messageOf } from "../../kit/errors.js";
import { sentence } from "../../kit/sentence.js";
import { listAll, take } from "../../pictures/taking.js";
import { isFolder } from "../settings.js";
import { isSameWish } from "../run-data.js";
import { page as texts } from "#words/page.js";
import { isDeath } from "./desk.js";
import { imagesAgain, pairsAgain } from "./starter.js";

/** @import { OwnFiles } from "../../engine/protocol.js" */
/** @import { Wish } from "../../pictures/reading.js" */
/** @import { Found } from "../../pictures/sifting.js" */
/** @import { Dropped, Pictures, Refusal } from "../../pictures/taking.js" */
/** @import { OwnData as Told } from "../run-data.js" */
/** @import { Desk, OwnSource } from "./desk.js" */
/** @import { Starter } from "./starter.js" */

export class OwnData {
  #desk;
  #starter;
  /** Ends the reading of pictures. @type {AbortController | undefined} */
  #reading;
  /** What was dropped last, to be arranged otherwise. @type {Dropped | undefined} */
  #dropped;
  /** What was wished of it so far. @type {Wish} */
  #wish = {};
  /**
   * What was dropped, and told of it, by the numbers of what was made of it.
   * @type {Map<number, { dropped: Dropped, wish: Wish, pictures: Pictures | undefined }>}
   */
  #sources = new Map();

  /**
   * @param {Desk} desk
   * @param {Starter} starter
   */
  constructor(desk, starter) {
    this.#desk = desk;
    this.#starter = starter;
  }

  /**
   * Files that were dropped or chosen: pictures, or IDX files.
   * @param {Found[]} found
   * @param {readonly FileSystemEntry[]} [folders] with all that lies in them
   */
  useFiles(found, folders = []) {
    this.stopReading();
    return this.#uses(async (signal, tell) => {
      const dropped = await listAll({ found, folders }, signal, tell);
      this.#dropped = dropped;
      this.#wish = {};
      return take(dropped, { wish: {}, signal, choose: this.#choose }, tell);
    });
  }

  /**
   * The pictures that were dropped once more, taken otherwise: other folders as their classes, other sizes.
   * @param {Wish} patch of what was wished before
   */
  async arrange(patch) {
    const dropped = this.#dropped;
    if (dropped === undefined) return;
    const { asked, data } = this.#desk.state;
    const inUse = this.#sources.get(data?.sourceId ?? NaN);
    const isWaiting = this.#reading !== undefined || asked !== undefined;
    // What was refused is not wished any more.
    const before = !isWaiting && inUse?.dropped === dropped ? inUse.wish : this.#wish;
    await this.#taken(dropped, { ...before, ...patch }, (own) => this.#useOwn(own));
  }

  /**
   * The data in use as a run had them that is to go on with them. Nothing starts with them yet.
   * @param {Told} own
   * @returns {Promise<OwnSource | undefined>} nothing where something else was asked for meanwhile, or they cannot be
   *   taken so, which is said
   */
  async again({ wish, turned = false }) {
    const last = this.#desk.own;
    const dropped = last && this.#sources.get(last.id)?.dropped;
    if (wish === undefined || dropped === undefined || isSameWish(wish, last?.wish)) {
      return last === undefined || last.turned === turned ? last : this.#source(last, turned);
    }
    this.#dropped = dropped;
    /** @type {OwnSource | undefined} */
    let source;
    await this.#taken(dropped, wish, async (own) => {
      source = this.#source(own, turned);
    });
    return source;
  }

  /** The data that were in use last, as they were. */
  async back() {
    const { own, store } = this.#desk;
    if (own === undefined) return;
    this.stopReading();
    const { dropped, wish = {}, pictures } = this.#sources.get(own.id) ?? {};
    this.#dropped = dropped;
    this.#wish = wish;
    if (pictures !== undefined) store.dispatch({ type: "pictures", pictures, sourceId: own.id });
    await this.#start(own);
  }

  /**
   * @param {Dropped} dropped
   * @param {Wish} wish
   * @param {(own: OwnFiles & { name: string }) => Promise<unknown>} use
   */
  #taken(dropped, wish, use) {
    this.#wish = wish;
    this.#reading?.abort();
    return this.#uses(
      (signal, tell) => take(dropped, { wish, signal, choose: this.#choose }, tell),
      use,
    );
  }

  /**
   * Reads what was dropped, tells how far it is, and uses it: starts over with it, if not otherwise.
   * @param {(signal: AbortSignal, tell: (pictures: Pictures) => void)
   *   => Promise<OwnFiles & { name: string } | Refusal>} read
   * @param {(own: OwnFiles & { name: string }) => Promise<unknown>} [use]
   */
  async #uses(read, use = (own) => this.#useOwn(own)) {
    const reading = new AbortController();
    this.#reading = reading;
    const { signal } = reading;
    const { store } = this.#desk;
    store.dispatch({ type: "dismiss", place: "data" });
    const tell = (/** @type {Pictures} */ pictures) => {
      if (!signal.aborted) store.dispatch({ type: "pictures", pictures });
    };
    try {
      // What was asked for before is answered before.
      const own = await read(signal, tell).finally(() => this.#desk.settled);
      if (signal.aborted) return;
      this.#reading = undefined;
      if ("refusal" in own) this.#refuse(own);
      else await use(own);
    } catch (error) {
      if (signal.aborted) return;
      store.dispatch({ type: "pictures", pictures: undefined });
      if (isDeath(error)) return;
      this.#refuse({ refusal: sentence(messageOf(error)) });
    }
  }

  /**
   * @param {File[]} files
   * @param {string[]} paths
   */
  #choose = (files, paths) => this.#desk.client.ask.choose(files, paths);

  /** Pictures that are being read are no longer wanted. */
  stopReading() {
    if (this.#reading === undefined) return;
    this.#dropped = undefined;
    this.#reading.abort();
    this.#reading = undefined;
    this.#desk.store.dispatch({ type: "pictures", pictures: undefined });
  }

  /** @param {Refusal} refused */
  #refuse({ refusal, run }) {
    const { store } = this.#desk;
    const message = `${refusal} ${texts.unchanged}`;
    if (run === undefined) {
      store.dispatch({ type: "problem", place: "data", message });
      return;
    }
    store.dispatch({ type: "pictures", pictures: undefined });
    const remedy = { belongs: /** @type {const} */ ("files"), file: run };
    store.dispatch({ type: "refused", place: "data", message, remedy });
  }

  /**
   * @param {OwnFiles & { name: string }} own
   * @param {boolean} [turned]
   */
  #useOwn(own, turned = false) {
    return this.#start(this.#source(own, turned));
  }

  /** @param {OwnSource} data */
  #start(data) {
    const { state } = this.#desk;
    // Files may bring their own of what they are to be made of; IDX files are greys, as most of them are.
    const isColour = data.wish?.channels === 3;
    const pairs =
      data.inputs === undefined ? pairsAgain(state, "mnist", isColour) : { pairs: null };
    const patch = { ...imagesAgain(state), ...pairs, data: /** @type {const} */ ("mnist") };
    return this.#starter.start(patch, "data", { data });
  }

  /**
   * @param {OwnFiles & { name: string }} own
   * @param {boolean} turned
   * @returns {OwnSource} of what was dropped last, whose report is that of the source from now on
   */
  #source(own, turned) {
    const { sources, store, state } = this.#desk;
    const id = sources.number();
    const { pictures } = state;
    const dropped = this.#dropped;
    if (dropped !== undefined) this.#sources.set(id, { dropped, wish: this.#wish, pictures });
    if (pictures !== undefined) store.dispatch({ type: "pictures", pictures, sourceId: id });
    return { ...own, kind: "files", id, turned };
  }

  /** Changes rows and columns of the pictures in use for each other. */
  async turn() {
    const { images, state } = this.#desk;
    if (isFolder(state.settings.data)) {
      const turned = state.settings.turned === null ? "yes" : null;
      await this.#starter.start({ turned }, "data");
    } else if (images.kind === "files") {
      await this.#useOwn(images, !images.turned);
    }
  }
}
