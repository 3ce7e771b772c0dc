// How near pictures that were made out of others come to the originals, beside what asks for no network.

import { number, UNKNOWN } from "#words/numbers.js";
import { quality } from "#words/quality.js";
import { find, make, setText } from "../../kit/dom.js";

/** @import { Likeness, PairQuality } from "../../engine/examined.js" */
/** @import { PageStore } from "../state.js" */

const { likeness: texts } = quality;

/** In the order of the table's columns. @type {readonly ((found: Likeness) => string)[]} */
const COLUMNS = [
  ({ l1 }) => number(l1, 4),
  ({ psnr }) => number(psnr, 2),
  ({ ssim }) => number(ssim, 3),
];

const ROWS = /** @type {const} */ (["made", "input", "mean", "nearest"]);

/** @param {PageStore} store */
export function likenessView(store) {
  const table = find("likeness-table", HTMLElement);
  const status = find("likeness-status", HTMLElement);
  const head = make(
    "tr",
    {},
    ["", ...texts.measures].map((text) => make(text === "" ? "td" : "th", { text })),
  );
  const show = (/** @type {PairQuality | undefined} */ found) => {
    table.replaceChildren(
      make("thead", {}, [head]),
      make(
        "tbody",
        {},
        ROWS.map((name) => rowOf(texts.rows[name], found?.[name])),
      ),
    );
  };
  store.watch(({ pairQuality }) => pairQuality, show);
  store.subscribe(({ pairQuality, isMeasuring, cameAt, stopped: { measure: to } }) => {
    const none = cameAt > 0 ? quality.notMeasuredSince : quality.notMeasured;
    const words = pairQuality ? texts.measured(pairQuality.count, pairQuality.step) : none;
    const now = isMeasuring ? quality.measuring : to && quality.gaveWay[to];
    setText(status, now ?? words);
  });
}

/**
 * @param {string} name
 * @param {Likeness | undefined} found
 */
function rowOf(name, found) {
  const head = make("th", { text: name });
  head.scope = "row";
  const cells = COLUMNS.map((write) => make("td", { text: found ? write(found) : UNKNOWN }));
  return make("tr", {}, [head, ...cells]);
}
