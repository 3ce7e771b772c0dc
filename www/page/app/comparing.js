// Compares a chosen tile of the picture with the training picture nearest to it: what is seen is what
// is compared, so it makes no difference who drew it.

import { messageOf } from "../../kit/errors.js";
import { sentence } from "../../kit/sentence.js";
import { cutTile, valuesOf } from "../../kit/tiles.js";
import { isDeath } from "./desk.js";

/** @import { Frame } from "../../engine/protocol.js" */
/** @import { Picture } from "../state.js" */
/** @import { Desk } from "./desk.js" */

/** While training goes on, the comparison follows it so often. */
const FOLLOW_EVERY_MS = 1_000;

export class Comparing {
  #desk;
  /** What is seen. @type {{ frame: Frame, picture: Picture } | undefined} */
  #seen;
  #isUnderWay = false;
  #isStale = false;
  #comparedAt = -Infinity;

  /** @param {Desk} desk */
  constructor(desk) {
    this.#desk = desk;
  }

  /** The tile that is looked at, as of now: keys come faster than the page is drawn. */
  get chosen() {
    return this.#desk.state.chosen;
  }

  /** @param {number | undefined} tile row by row from 0; undefined: none any more */
  choose(tile) {
    this.#desk.store.dispatch({ type: "chosen", tile });
    void this.#compare();
  }

  /**
   * Another picture has come.
   * @param {Frame} frame
   * @param {Picture} picture
   */
  show(frame, picture) {
    this.#seen = { frame, picture };
    const isSoon = performance.now() - this.#comparedAt < FOLLOW_EVERY_MS;
    if (!this.#desk.state.isRunning || !isSoon) void this.#compare();
  }

  /** No other picture comes for now. */
  settle() {
    if (this.#desk.state.comparison?.step !== this.#seen?.picture.step) void this.#compare();
  }

  /** One at a time, and then the newest of those that were asked for meanwhile. */
  async #compare() {
    this.#isStale = true;
    if (this.#isUnderWay) return;
    this.#isUnderWay = true;
    while (this.#isStale) {
      this.#isStale = false;
      await this.#compareOnce();
    }
    this.#isUnderWay = false;
  }

  async #compareOnce() {
    const { chosen: tile, run, data } = this.#desk.state;
    if (tile === undefined || run === undefined || this.#seen === undefined) return;
    const { channels = 1 } = data ?? {};
    const { frame, picture } = this.#seen;
    this.#comparedAt = performance.now();
    const sample = cutTile(frame, picture, tile);
    try {
      const found = await this.#desk.client.ask.nearest(run.id, valuesOf(sample, channels));
      if (found === undefined) return; // another run by now
      const { distance, width, height } = found;
      const nearest = { width, height, pixels: new Uint8ClampedArray(found.pixels) };
      const { step, trainedFor } = picture;
      const comparison = { tile, step, trainedFor, sample, nearest, distance };
      this.#desk.store.dispatch({ type: "compared", comparison });
    } catch (error) {
      if (isDeath(error)) return;
      const message = sentence(messageOf(error));
      this.#desk.store.dispatch({ type: "problem", place: "run", message });
    }
  }
}
