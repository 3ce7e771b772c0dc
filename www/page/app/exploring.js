// Asks the generator that is shown for other pictures than its grid, and chooses what the grid shows.

import { messageOf } from "../../kit/errors.js";
import { classesOf, showsPoints } from "../selectors.js";
import { isDeath } from "./desk.js";

/** @import { Frame, View, Wish } from "../../engine/protocol.js" */
/** @import { Desk } from "./desk.js" */

export class Exploring {
  #desk;

  /** @param {Desk} desk */
  constructor(desk) {
    this.#desk = desk;
  }

  /** @param {Partial<View>} patch of what the pictures show */
  look(patch) {
    const { run } = this.#desk.state;
    this.#desk.store.dispatch({ type: "view", patch });
    if (run === undefined) return;
    void this.#desk.tell(this.#desk.client.ask.look(run.id, this.#desk.state.view));
  }

  /** @param {boolean} showsReal whether real pictures take the place of generated ones */
  showReal(showsReal) {
    this.#desk.store.dispatch({ type: "shows-real", showsReal });
  }

  /**
   * Real pictures, laid out as a generator's of so many classes: of the one that is shown.
   * @param {number} [classes]
   * @returns {Promise<Frame | undefined>} nothing where there is none to be had
   */
  examples(classes = classesOf(this.#desk.state)) {
    return this.#orNothing(this.#desk.client.ask.examples(classes));
  }

  /**
   * The latents of the picture, row by row.
   * @returns {Promise<Float32Array | undefined>}
   */
  async latents() {
    const { run } = this.#desk.state;
    if (run === undefined || showsPoints(this.#desk.state)) return undefined;
    return this.#orNothing(this.#desk.client.ask.latents(run.id));
  }

  /**
   * @param {Wish} wish
   * @returns {Promise<Frame | undefined>} nothing where there is no generator any more
   */
  async sketch(wish) {
    const { run } = this.#desk.state;
    if (run === undefined || showsPoints(this.#desk.state)) return undefined;
    return this.#orNothing(this.#desk.client.ask.sketch(run.id, wish));
  }

  /**
   * What the run's generator makes of a picture.
   * @param {Uint8Array} input of the shape that it takes
   */
  translate(input) {
    return this.#ofPairs("translate", input);
  }

  /**
   * What a picture is made of: of the pair that is shown in a place, or of any other.
   * @param {number | Uint8Array} of
   */
  pairInput(of) {
    return this.#ofPairs("pairInput", of);
  }

  /**
   * @param {"translate" | "pairInput"} what
   * @param {any} of
   * @returns {Promise<Frame | undefined>} nothing where there is no run that makes pictures out of others
   */
  async #ofPairs(what, of) {
    const { run, data } = this.#desk.state;
    return run && data?.pairs && this.#orNothing(this.#desk.client.ask[what](run.id, of));
  }

  /**
   * A picture that cannot be had is left out: what is wrong shows where training does.
   * @template T
   * @param {Promise<T>} answer
   * @returns {Promise<T | undefined>}
   */
  async #orNothing(answer) {
    try {
      return await answer;
    } catch (error) {
      if (!isDeath(error)) console.warn("WebGAN cannot draw that:", messageOf(error));
      return undefined;
    }
  }
}
