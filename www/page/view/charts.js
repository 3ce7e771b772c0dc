// Which charts there are and what they show: the numbers of the steps, the measures, and the same of
// earlier runs. How a chart looks is chart.js's business.

import { page as texts } from "#words/page.js";
import { METRICS } from "../../engine/protocol.js";
import { isComparable } from "../runs.js";
import { find } from "../../kit/dom.js";
import { Chart } from "./chart.js";

/** @import { History } from "../history.js" */
/** @import { Measured } from "../../engine/examined.js" */
/** @import { PastRun } from "../runs.js" */
/** @import { PageStore, State } from "../state.js" */
/** @import { ChartData, ChartOptions, Line, Overlay } from "./chart.js" */

/** A redraw costs a few milliseconds; this often is often enough to look alive. */
const REDRAW_EVERY_MS = 200;

/** @typedef {Line & { metric: typeof METRICS[number] }} StepLine */
/** @typedef {Line & { value: (measured: Measured) => number | null }} MeasureLine */

/** @type {Record<string, Omit<ChartOptions, "lines"> & { lines: StepLine[] }>} */
const STEP_CHARTS = {
  loss: {
    title: texts.charts.loss,
    hasLog: true,
    range: (min, max) => [Math.min(0, min), Math.max(max * 1.15, 0.1)],
    lines: [
      { metric: "dReal", label: texts.metrics.dReal, color: "--ink-d", dash: [] },
      { metric: "dFake", label: texts.metrics.dFake, color: "--ink-d", dash: [7, 5] },
      { metric: "g", label: texts.metrics.g, color: "--ink-g", dash: [] },
    ],
  },
  belief: {
    title: texts.charts.belief,
    // Probabilities, but for least squares, where nothing keeps a belief within 0 and 1.
    range: (min, max) => [Math.min(0, min), Math.max(1, max)],
    lines: [
      { metric: "dOfReal", label: texts.metrics.dOfReal, color: "--ink-d", dash: [] },
      { metric: "dOfFake", label: texts.metrics.dOfFake, color: "--ink-g", dash: [7, 5] },
    ],
  },
  told: {
    title: texts.charts.told,
    range: () => [0, 1],
    lines: [{ metric: "accuracy", label: texts.metrics.accuracy, color: "--ink-d", dash: [] }],
  },
  gradient: {
    title: texts.charts.gradient,
    hasLog: true,
    range: (_, max) => [0, Math.max(max * 1.15, 1e-6)],
    lines: [
      { metric: "dGradient", label: texts.metrics.dGradient, color: "--ink-d", dash: [] },
      { metric: "gGradient", label: texts.metrics.gGradient, color: "--ink-g", dash: [7, 5] },
    ],
  },
};

/** @type {Record<string, Omit<ChartOptions, "lines"> & { lines: MeasureLine[] }>} */
const MEASURE_CHARTS = {
  frechet: {
    title: texts.charts.frechet,
    range: (_, max) => [0, max * 1.15 || 1],
    isSparse: true,
    lines: [
      {
        value: ({ generated }) => generated.classifierFrechet,
        label: texts.measures.generated,
        color: "--ink-g",
        dash: [],
      },
      {
        value: ({ real }) => real.classifierFrechet,
        label: texts.measures.real,
        color: "--muted",
        dash: [2, 4],
      },
    ],
  },
  share: {
    title: texts.charts.share,
    range: () => [0, 1],
    isSparse: true,
    lines: [
      {
        value: ({ generated }) => generated.precisionRecall?.precision ?? null,
        label: texts.measures.precision,
        color: "--ink-g",
        dash: [],
      },
      {
        value: ({ generated }) => generated.precisionRecall?.recall ?? null,
        label: texts.measures.recall,
        color: "--ink-g",
        dash: [7, 5],
      },
      {
        value: ({ generated }) => generated.agreement,
        label: texts.measures.agreement,
        color: "--muted",
        dash: [2, 4],
      },
    ],
  },
};

/**
 * @param {History} history
 * @param {PageStore} store
 */
export function chartsView(history, store) {
  const stepCharts = Object.entries(STEP_CHARTS).map(([id, options]) => ({
    chart: new Chart(id, options),
    lines: options.lines.map(({ metric }) => METRICS.indexOf(metric)),
  }));
  const measureCharts = Object.entries(MEASURE_CHARTS).map(([id, options]) => ({
    place: find(`${id}-chart`, HTMLElement),
    chart: new Chart(id, options),
    lines: options.lines,
  }));
  let drawnVersion = -1;
  let drawnAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const drawSteps = () => {
    timer = undefined;
    drawnVersion = history.version;
    drawnAt = performance.now();
    const { start, lastStep, steps, series } = history;
    const pastRuns = shownRuns(store.state);
    for (const { chart, lines } of stepCharts) {
      const own = { start, lastStep, steps, series: lines.map((line) => series[line]) };
      chart.draw(own, overlaysOf(pastRuns, lines));
    }
  };
  const measured = find("measure-charts", HTMLElement);
  const drawMeasures = () => {
    const { measures } = store.state;
    const steps = measures.map(({ step }) => step);
    const lastStep = steps.at(-1) ?? 0;
    for (const { place, chart, lines } of measureCharts) {
      const series = lines.map(({ value }) => measures.map(value));
      // Of few pictures, and of those without classes, not all can be told.
      place.hidden = series.every((values) => values.every((value) => value === null));
      chart.draw({ start: 0, lastStep, steps, series }, []);
    }
    measured.hidden = measureCharts.every(({ place }) => place.hidden);
  };
  const draw = () => {
    drawSteps();
    drawMeasures();
  };
  for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"]) {
    window.matchMedia(query).addEventListener("change", draw);
  }

  store.watch(({ measures }) => measures, drawMeasures);
  store.watch(shownRuns, drawSteps);
  store.subscribe(() => {
    if (history.version === drawnVersion || timer !== undefined) return;
    const wait = drawnAt + REDRAW_EVERY_MS - performance.now();
    if (wait <= 0) drawSteps();
    else timer = setTimeout(drawSteps, wait);
  });
}

/**
 * Earlier runs that are to be seen beside this one.
 * @param {State} state
 */
function shownRuns({ pastRuns, data }) {
  return pastRuns.filter((run) => run.isShown && isComparable(run, data));
}

/**
 * @param {readonly PastRun[]} runs
 * @param {number[]} lines of METRICS
 * @returns {Overlay[]}
 */
function overlaysOf(runs, lines) {
  return runs.map(({ mark, curves }) => ({
    mark,
    steps: curves.steps,
    series: lines.map((line) => curves.series[line]),
  }));
}
