// Saves the run, or its generator, and goes on with a saved one.

import { messageOf } from "../../kit/errors.js";
import { fileName, isData, MAX_FILE_BYTES } from "../../engine/files.js";
import { sentence } from "../../kit/sentence.js";
import { ownDataOf } from "../run-data.js";
import { runDataIn, withRunData } from "../run-file.js";
import { presetOf } from "../settings.js";
import { files as words } from "#words/files.js";
import { page as texts } from "#words/page.js";
import { isDeath } from "./desk.js";
import { tellOfFrame } from "./framed.js";

/** @import { OwnData } from "../run-data.js" */
/** @import { Desk, OwnSource } from "./desk.js" */
/** @import { Starter } from "./starter.js" */

export class Files {
  #desk;
  #starter;
  #again;

  /**
   * @param {Desk} desk
   * @param {Starter} starter
   * @param {(own: OwnData) => Promise<OwnSource | undefined>} again own data in use as a run had them
   */
  constructor(desk, starter, again) {
    this.#desk = desk;
    this.#starter = starter;
    this.#again = again;
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
      const { images, state } = this.#desk;
      const own = state.data && ownDataOf(images, state.data);
      const bytes = what === "run" ? withRunData(saved.bytes, settings, own) : saved.bytes;
      this.#desk.hands.keep(fileName(what, presetOf(settings, presets).id, saved.step), bytes);
      tellOfFrame(this.#desk, "files");
    } catch (error) {
      if (isDeath(error)) return;
      this.#desk.store.dispatch({ type: "saving", what: undefined });
      const message = sentence(messageOf(error));
      this.#desk.store.dispatch({ type: "problem", place: "files", message });
    }
  }

  /**
   * Goes on with a saved run, in its own settings, on its own data and at its step, and waits for Train.
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
    const { settings = {}, own } = runDataIn(bytes) ?? {};
    const { images, mnist } = this.#desk;
    if (own !== undefined && this.#desk.own === undefined) {
      const message = `${words.needsOwn(file.name, own.name)} ${texts.unchanged}`;
      const remedy = { belongs: /** @type {const} */ ("drop") };
      this.#desk.store.dispatch({ type: "refused", place: "files", message, remedy });
      return;
    }
    const isMnist = settings.data === "mnist";
    const data = own === undefined ? (isMnist ? mnist : images) : await this.#again(own);
    if (data === undefined) return;
    await this.#starter.start(settings, "files", { data, from: { bytes, trainedMs: 0 }, file });
  }
}
