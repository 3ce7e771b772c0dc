// The table of finished epochs: also the charts' alternative for who cannot see them.

import { loss, number, UNKNOWN } from "#words/numbers.js";
import { percent } from "#words/quantities.js";
import { METRICS } from "../../engine/protocol.js";
import { find, make } from "../../kit/dom.js";

/** @import { EpochRow } from "../../engine/protocol.js" */
/** @import { PageStore } from "../state.js" */

const LOSSES = /** @type {const} */ (["dReal", "dFake", "g", "dOfReal", "dOfFake"]);

/** @param {PageStore} store */
export function logView(store) {
  const body = find("log-rows", HTMLElement);
  const empty = [...body.children];
  const table = /** @type {HTMLTableElement} */ (body.closest("table"));
  /** @type {readonly EpochRow[]} newest first */
  let shown = [];

  store.subscribe(({ epochs, run }) => {
    table.dataset.validation = String(run?.validation ?? false);
    if (epochs === shown) return;
    if (epochs.length === 0) {
      body.replaceChildren(...empty);
    } else {
      if (shown.length === 0) body.replaceChildren();
      // Only what is new is written: epochs of a small run come several a second.
      const known = shown[0]?.epoch ?? 0;
      if (epochs[0].epoch < known) body.replaceChildren();
      const added = epochs.filter(({ epoch }) => epoch > known || body.childElementCount === 0);
      body.prepend(...added.map(row));
      while (body.childElementCount > epochs.length) body.lastElementChild?.remove();
    }
    shown = epochs;
  });
}

/** @param {EpochRow} row */
function row({ epoch, means, validation }) {
  const head = make("th", { text: number(epoch) });
  head.scope = "row";
  const mean = (/** @type {typeof METRICS[number]} */ metric) => means[METRICS.indexOf(metric)];
  const told = mean("accuracy");
  const cells = [
    ...LOSSES.map((metric) => loss(mean(metric))),
    told === undefined ? UNKNOWN : percent(told),
    loss(validation),
  ].map((text) => make("td", { text }));
  return make("tr", {}, [head, ...cells]);
}
