// The table of runs: the one on the page and earlier ones, with the settings in which they differ.

import { number, UNKNOWN } from "#words/numbers.js";
import { differences, isComparable } from "../runs.js";
import { shownConfig, titleOf } from "../selectors.js";
import { runs as texts } from "#words/runs.js";
import { find, make, onPress } from "../../kit/dom.js";
import { settingName, settingValue } from "./setting-words.js";

/** @import { App } from "../app.js" */
/** @import { Measured } from "../../engine/examined.js" */
/** @import { PastRun } from "../runs.js" */
/** @import { PageStore } from "../state.js" */

/** The settings of a run by name, and where it ran. @typedef {Record<string, unknown>} Made */

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function runsView(app, store) {
  const section = find("runs", HTMLElement);
  const table = find("runs-table", HTMLTableElement);
  const clear = find("clear-runs", HTMLButtonElement);
  /** What the table was made of. */
  let shown = "";

  onPress(clear, () => app.runs.clear());
  table.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    const id = Number(target.dataset.run);
    if (target.name === "show") app.runs.change(id, { isShown: target.checked });
    else if (target.name === "pin") app.runs.change(id, { isPinned: target.checked });
    else app.runs.change(id, { name: target.value.slice(0, 40) });
  });

  store.subscribe((state) => {
    const { pastRuns, progress, measures, data, device } = state;
    section.hidden = pastRuns.length === 0;
    const config = shownConfig(state);
    if (pastRuns.length === 0 || config === undefined) return;
    /** @type {Made} */
    const now = { data: data && titleOf(data), ...config, device: device?.kind };
    const made = pastRuns.map(({ data, config, device }) => ({ data, ...config, device }));
    const names = differences([now, ...made]);
    const key = JSON.stringify([
      names.map((name) => now[name]),
      data?.sourceId,
      pastRuns.map(({ id, name, isPinned, isShown }) => [id, name, isPinned, isShown]),
    ]);
    if (key !== shown) {
      shown = key;
      // What has the focus in the old table gets it in the new one.
      const focused = document.activeElement;
      const selector =
        focused instanceof HTMLInputElement && table.contains(focused)
          ? `[name="${focused.name}"][data-run="${focused.dataset.run}"]`
          : undefined;
      table.replaceChildren(
        make("thead", {}, [head(names)]),
        make("tbody", {}, [
          nowRow(names, now),
          ...pastRuns
            .map((run, i) => pastRow(run, names, made[i], isComparable(run, data)))
            .reverse(),
        ]),
      );
      if (selector !== undefined) {
        const again = table.querySelector(selector);
        if (again instanceof HTMLElement) again.focus();
      }
    }
    const cells = table.querySelectorAll("[data-now]");
    if (cells.length === 2) {
      cells[0].textContent = number(progress.step);
      cells[1].textContent = distance(measures.at(-1));
    }
  });
}

/** @param {string[]} names */
function head(names) {
  const titles = [
    texts.run,
    ...names.map(settingName),
    texts.steps,
    texts.distance,
    texts.inCharts,
    texts.pinned,
  ];
  return make(
    "tr",
    {},
    titles.map((text) => {
      const cell = make("th", { text });
      cell.scope = "col";
      return cell;
    }),
  );
}

/**
 * @param {string[]} names
 * @param {Made} made
 */
function nowRow(names, made) {
  const name = make("th", { text: texts.thisRun });
  name.scope = "row";
  const live = [make("td"), make("td")];
  for (const cell of live) cell.dataset.now = "";
  const blank = [make("td", { text: UNKNOWN }), make("td", { text: UNKNOWN })];
  return make("tr", {}, [name, ...settingCells(names, made), ...live, ...blank]);
}

/**
 * @param {PastRun} run
 * @param {string[]} names
 * @param {Made} made
 * @param {boolean} isSame whether it learned the data of the run on the page
 */
function pastRow(run, names, made, isSame) {
  const title = texts.runNamed(run.mark);
  const name = make("input", { class: "run-name" });
  name.type = "text";
  name.name = "name";
  name.placeholder = title;
  name.value = run.name;
  name.maxLength = 40;
  name.autocomplete = "off";
  name.setAttribute("aria-label", texts.nameOf(title));
  name.dataset.run = String(run.id);
  const mark = make("span", { class: "run-mark", text: run.mark });
  const first = make("th", {}, [make("span", { class: "run-title" }, [mark, name])]);
  first.scope = "row";
  return make("tr", {}, [
    first,
    ...settingCells(names, made),
    make("td", { text: number(run.step) }),
    make("td", { text: distance(run.measured) }),
    isSame
      ? make("td", {}, [checkbox("show", run.id, run.isShown, texts.showIt(title))])
      : make("td", { text: texts.otherData }),
    make("td", {}, [checkbox("pin", run.id, run.isPinned, texts.pinIt(title))]),
  ]);
}

/**
 * @param {string[]} names
 * @param {Made} made
 */
function settingCells(names, made) {
  return names.map((name) => make("td", { text: settingValue(name, made[name]) }));
}

/**
 * @param {string} name
 * @param {number} id
 * @param {boolean} isChecked
 * @param {string} label
 */
function checkbox(name, id, isChecked, label) {
  const input = make("input");
  input.type = "checkbox";
  input.name = name;
  input.checked = isChecked;
  input.dataset.run = String(id);
  input.setAttribute("aria-label", label);
  return input;
}

/** @param {Measured | undefined} measured */
function distance(measured) {
  const found = measured?.generated.classifierFrechet;
  return found === undefined || found === null ? UNKNOWN : number(found, found < 1 ? 3 : 1);
}
