// Keeps what is worth comparing of a run that ends, and changes the list of those kept.

import { effectiveConfig, presetOf } from "../settings.js";
import { curvesOf, markOf } from "../runs.js";
import { titleOf } from "../selectors.js";

/** @import { PastRun } from "../runs.js" */
/** @import { Desk } from "./desk.js" */

export class Runs {
  #desk;
  #count = 0;

  /** @param {Desk} desk */
  constructor(desk) {
    this.#desk = desk;
  }

  /** The run on the page ends: it becomes an earlier one, if it has taken a step. */
  keep() {
    const { run, progress, settings, presets, data, device, measures } = this.#desk.state;
    if (run === undefined || progress.step === run.step) return;
    this.#count += 1;
    this.#desk.store.dispatch({
      type: "run-kept",
      run: {
        id: this.#count,
        mark: markOf(this.#count),
        name: "",
        isPinned: false,
        isShown: true,
        config: effectiveConfig(settings, presetOf(settings, presets)),
        data: data === undefined ? "" : titleOf(data),
        sourceId: data?.sourceId ?? NaN,
        device: device?.kind ?? "",
        step: progress.step,
        measured: measures.at(-1),
        curves: curvesOf(this.#desk.history),
      },
    });
  }

  /**
   * @param {number} id
   * @param {Partial<Pick<PastRun, "name" | "isPinned" | "isShown">>} patch
   */
  change(id, patch) {
    this.#desk.store.dispatch({ type: "run-changed", id, patch });
  }

  /** Forgets all that are not pinned. */
  clear() {
    this.#desk.store.dispatch({ type: "runs-cleared" });
  }
}
