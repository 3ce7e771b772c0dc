// Makes files of what the run has shown, for people and for other programs.

import { inForceAt } from "../../engine/course.js";
import { messageOf } from "../../kit/errors.js";
import { sentence } from "../../kit/sentence.js";
import { historyCsv, imagesIdx, labelsIdx, measuresCsv } from "../../formats/exports.js";
import { randomLatents } from "../latent.js";
import { classesOf, latentSizeOf } from "../selectors.js";
import { effectiveConfig, presetOf } from "../settings.js";
import { tellOfFrame } from "./framed.js";
import { presets as names } from "#words/presets.js";
import { rewind as texts } from "#words/rewind.js";
import { cutTile, valuesOf } from "../../kit/tiles.js";

/** @import { Desk } from "./desk.js" */
/** @import { Exploring } from "./exploring.js" */

/** Digits drawn at once. */
const SHEET = { columns: 25, rows: 20 };
const SHEET_SIZE = SHEET.columns * SHEET.rows;

export class Exporting {
  #desk;
  #exploring;
  /** Where the button is. @type {"export" | "files"} */
  #place = "export";

  /**
   * @param {Desk} desk
   * @param {Exploring} exploring
   */
  constructor(desk, exploring) {
    this.#desk = desk;
    this.#exploring = exploring;
  }

  /** The moments of the timeline that have the newest one's size, as a film. */
  async film() {
    const { moments } = this.#desk.timeline;
    const newest = moments.at(-1);
    if (newest === undefined) return;
    const { width, height } = newest;
    const shots = moments.filter((shot) => shot.width === width && shot.height === height);
    await this.#make(texts.makingFilm, async () => {
      const { filmOf } = await import("../../formats/film.js");
      this.#keep(`step-${newest.step}.gif`, await filmOf(shots));
    });
  }

  history() {
    const { settings } = this.#desk.state;
    const config = effectiveConfig(settings, this.#preset);
    const inForce = (/** @type {number} */ taken) => inForceAt(config, settings, taken);
    this.#keep("losses.csv", historyCsv(this.#desk.history, inForce));
  }

  measures() {
    this.#keep("measures.csv", measuresCsv(this.#desk.state.measures));
  }

  /**
   * So many new digits, the classes in turn where there are any. The same generator and count give the
   * same digits.
   * @param {number} wanted
   */
  async digits(wanted) {
    const classes = classesOf(this.#desk.state);
    const { channels = 1 } = this.#desk.state.data ?? {};
    const latentSize = latentSizeOf(this.#desk.state);
    await this.#make(texts.drawingDigits(0, wanted), async () => {
      /** @type {Uint8Array[]} */
      const images = [];
      let side = 0;
      while (images.length < wanted) {
        const from = images.length;
        const labelled = { length: classes === 0 ? 0 : SHEET_SIZE };
        const labels = Uint8Array.from(labelled, (_, i) => (from + i) % classes);
        const latents = randomLatents(latentSize, SHEET_SIZE, from);
        const { columns } = SHEET;
        const frame = await this.#exploring.sketch({ latents, labels, columns });
        if (frame === undefined) return; // another run by now
        for (let i = 0; i < SHEET_SIZE; i++) {
          const tile = cutTile(frame, SHEET, i);
          side = tile.width;
          images.push(valuesOf(tile, channels));
        }
        const what = texts.drawingDigits(Math.min(images.length, wanted), wanted);
        this.#desk.store.dispatch({ type: "exporting", what });
      }
      const name = `images-idx${channels === 1 ? 3 : 4}-ubyte`;
      this.#keep(name, imagesIdx(images.slice(0, wanted), side, side, channels));
    });
  }

  /**
   * The labels of those digits: the classes that they are asked to be.
   * @param {number} wanted
   */
  labels(wanted) {
    const classes = classesOf(this.#desk.state);
    if (classes === 0) {
      this.#desk.store.dispatch({ type: "problem", place: "export", message: texts.noLabels });
      return;
    }
    const labels = Uint8Array.from({ length: wanted }, (_, i) => i % classes);
    this.#keep("labels-idx1-ubyte", labelsIdx(labels));
  }

  /**
   * The generator whose samples are shown, for other programs.
   * @param {"onnx" | "html"} format
   */
  async generator(format) {
    const { run } = this.#desk.state;
    if (run === undefined) return;
    await this.#make(texts.makingGenerator, async () => {
      const { portable } = await import("../../formats/portable.js");
      const saved = await this.#desk.client.ask.exportGenerator(run.id);
      if (saved === undefined) return; // another run by now
      const { bytes, step } = saved;
      const network = run.networks.generator;
      const title = names[this.#preset.id].title;
      const { classNames = [] } = this.#desk.state.data ?? {};
      const made = await portable(format, network, bytes, title, classNames);
      this.#keep(`generator-step-${step}.${format}`, made);
    });
  }

  /**
   * @param {number} step
   * @param {Uint8Array<ArrayBuffer>} png
   */
  picture(step, png) {
    this.#keep(`step-${step}.png`, png);
  }

  /**
   * What is drawn on the board, beside what was made of it: now, or from its first stroke on.
   * @param {Uint8Array<ArrayBuffer>} bytes
   * @param {"png" | "gif"} kind
   */
  drawing(bytes, kind) {
    this.#keep(`drawing-step-${this.#desk.state.progress.step}.${kind}`, bytes);
  }

  /**
   * The picture that is seen, whoever drew it.
   * @param {Uint8Array<ArrayBuffer>} png
   */
  shown(png) {
    this.#place = "files";
    const { showsReal, picture, progress } = this.#desk.state;
    if (showsReal) this.#keep("real.png", png);
    else if (picture?.trainedFor !== undefined) this.#keep("shipped.png", png);
    else this.picture(picture?.step ?? progress.step, png);
  }

  get #preset() {
    const { settings, presets } = this.#desk.state;
    return presetOf(settings, presets);
  }

  /**
   * @param {string} name
   * @param {Uint8Array<ArrayBuffer>} bytes
   */
  #keep(name, bytes) {
    this.#desk.hands.keep(`webgan-${this.#preset.id}-${name}`, bytes);
    tellOfFrame(this.#desk, this.#place);
  }

  /**
   * One thing at a time.
   * @param {string} what in words
   * @param {() => Promise<void>} work
   */
  async #make(what, work) {
    if (this.#desk.state.exporting !== undefined) return;
    this.#desk.store.dispatch({ type: "exporting", what });
    try {
      await work();
    } catch (error) {
      const message = sentence(messageOf(error));
      this.#desk.store.dispatch({ type: "problem", place: "export", message });
    } finally {
      this.#desk.store.dispatch({ type: "exporting", what: undefined });
    }
  }
}
