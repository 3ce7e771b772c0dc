// Data of one's own: takes up what was dropped or chosen, and takes it otherwise where somebody wishes.
// Loaded with the first of it; what is in the files is read by pictures/ and the worker.

import { messageOf } from "../../kit/errors.js";
import { sentence } from "../../kit/sentence.js";
import { listAll, take } from "../../pictures/taking.js";
import { isFolder } from "../settings.js";
import { page as texts } from "#words/page.js";
import { isDeath } from "./desk.js";
import { imagesAgain, pairsAgain } from "./starter.js";

/** @import { OwnFiles } from "../../engine/protocol.js" */
/** @import { Wish } from "../../pictures/reading.js" */
/** @import { Found } from "../../pictures/sifting.js" */
/** @import { Dropped, Pictures, Refusal } from "../../pictures/taking.js" */
/** @import { Desk } from "./desk.js" */
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
    return this.#reads(async (signal, tell) => {
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
    this.#wish = { ...this.#wish, ...patch };
    const wish = this.#wish;
    this.#reading?.abort();
    await this.#reads((signal, tell) =>
      take(dropped, { wish, signal, choose: this.#choose }, tell),
    );
  }

  /**
   * Reads what was dropped, tells how far it is, and starts over with it.
   * @param {(signal: AbortSignal, tell: (pictures: Pictures) => void)
   *   => Promise<OwnFiles & { name: string } | Refusal>} read
   */
  async #reads(read) {
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
      else await this.#useOwn(own);
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
    this.#dropped = undefined;
    if (this.#reading === undefined) return;
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
    const id = this.#desk.sources.number();
    const data = /** @type {const} */ ({ ...own, kind: "files", id, turned });
    const { state } = this.#desk;
    // Files may bring their own of what they are to be made of.
    const pairs = own.inputs === undefined ? pairsAgain(state, "mnist") : { pairs: null };
    const patch = { ...imagesAgain(state), ...pairs, data: /** @type {const} */ ("mnist") };
    return this.#starter.start(patch, "data", { data });
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
