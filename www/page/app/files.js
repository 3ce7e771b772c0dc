// Saves the run, or its generator, and goes on with a saved one.

import { messageOf } from "../../kit/errors.js";
import { fileName, isData, MAX_FILE_BYTES } from "../../engine/files.js";
import { sentence } from "../../kit/sentence.js";
import { presetOf } from "../settings.js";
import { files as words } from "#words/files.js";
import { page as texts } from "#words/page.js";
import { isDeath } from "./desk.js";
import { tellOfFrame } from "./framed.js";

/** @import { Desk } from "./desk.js" */
/** @import { Starter } from "./starter.js" */

export class Files {
  #desk;
  #starter;

  /**
   * @param {Desk} desk
   * @param {Starter} starter
   */
  constructor(desk, starter) {
    this.#desk = desk;
    this.#starter = starter;
  }

  /**
   * Gives the user a file of the run, or of its generator alone.
   * @param {"run" | "generator"} what
   */
  async save(what) {
    const { run, saving, settings, presets } = this.#desk.state;
    if (run === undefined || saving !== undefined) return;
    this.#desk.store.dispatch({ type: "saving", what });
    try {
      const answer =
        what === "run"
          ? this.#desk.client.ask.save(run.id)
          : this.#desk.client.ask.exportGenerator(run.id);
      const saved = await answer;
      this.#desk.store.dispatch({ type: "saving", what: undefined });
      if (saved === undefined) return; // another run by now
      this.#desk.hands.keep(
        fileName(what, presetOf(settings, presets).id, saved.step),
        saved.bytes,
      );
      tellOfFrame(this.#desk, "files");
    } catch (error) {
      if (isDeath(error)) return;
      this.#desk.store.dispatch({ type: "saving", what: undefined });
      const message = sentence(messageOf(error));
      this.#desk.store.dispatch({ type: "problem", place: "files", message });
    }
  }

  /**
   * Goes on with a saved run, in its own settings and at its step, and waits for Train.
   * @param {File} file
   */
  async load(file) {
    this.#desk.store.dispatch({ type: "dismiss", place: "files" });
    if (file.size > MAX_FILE_BYTES) {
      const message = words.tooLarge(file.name, MAX_FILE_BYTES);
      this.#desk.store.dispatch({ type: "problem", place: "files", message });
      return;
    }
    let bytes;
    try {
      if (await isData(file)) {
        const message = `${words.isData(file.name)} ${texts.unchanged}`;
        const remedy = { belongs: /** @type {const} */ ("data"), file };
        this.#desk.store.dispatch({ type: "refused", place: "files", message, remedy });
        return;
      }
      bytes = new Uint8Array(await file.arrayBuffer());
    } catch {
      const message = `${texts.fileUnreadable(file.name)} ${texts.unchanged}`;
      this.#desk.store.dispatch({ type: "problem", place: "files", message });
      return;
    }
    await this.#starter.start({}, "files", { from: { bytes, trainedMs: 0 }, file });
  }
}
