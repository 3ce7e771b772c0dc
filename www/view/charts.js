// Which charts there are and what they show: the numbers of the steps, the measures, and the same of
// earlier runs. How a chart looks is chart.js's business.

import { METRICS } from "../protocol.js";
import { Chart } from "./chart.js";

/** @import { History } from "../history.js" */
/** @import { Measured } from "../protocol.js" */
/** @import { PastRun } from "../runs.js" */
/** @import { State } from "../state.js" */
/** @import { ChartData, ChartOptions, Line, Overlay } from "./chart.js" */

/** A redraw costs a few milliseconds; this often is often enough to look alive. */
const REDRAW_EVERY_MS = 200;

/** @typedef {Line & { metric: typeof METRICS[number] }} StepLine */
/** @typedef {Line & { value: (measured: Measured) => number | null }} MeasureLine */

/** @type {Record<string, Omit<ChartOptions, "lines"> & { lines: StepLine[] }>} */
const STEP_CHARTS = {
  loss: {
    title: "Losses",
    range: (min, max) => [Math.min(0, min), Math.max(max * 1.15, 0.1)],
    lines: [
      { metric: "dReal", label: "D on real", color: "--ink-d", dash: [] },
      { metric: "dFake", label: "D on fake", color: "--ink-d", dash: [7, 5] },
      { metric: "g", label: "G", color: "--ink-g", dash: [] },
    ],
  },
  belief: {
    title: "The discriminator's belief",
    // Probabilities, but for least squares, where nothing keeps a belief within 0 and 1.
    range: (min, max) => [Math.min(0, min), Math.max(1, max)],
    lines: [
      { metric: "dOfReal", label: "D(x)", color: "--ink-d", dash: [] },
      { metric: "dOfFake", label: "D(G(z))", color: "--ink-g", dash: [7, 5] },
    ],
  },
  told: {
    title: "Pairs told apart",
    range: () => [0, 1],
    lines: [{ metric: "accuracy", label: "share", color: "--ink-d", dash: [] }],
  },
  gradient: {
    title: "Lengths of the gradients",
    range: (_, max) => [0, Math.max(max * 1.15, 1e-6)],
    lines: [
      { metric: "dGradient", label: "D", color: "--ink-d", dash: [] },
      { metric: "gGradient", label: "G", color: "--ink-g", dash: [7, 5] },
    ],
  },
};

/** @type {Record<string, Omit<ChartOptions, "lines"> & { lines: MeasureLine[] }>} */
const MEASURE_CHARTS = {
  frechet: {
    title: "Classifier-Fréchet distance",
    range: (_, max) => [0, Math.max(max * 1.15, 1)],
    isSparse: true,
    lines: [
      {
        value: ({ generated }) => generated.classifierFrechet,
        label: "generated",
        color: "--ink-g",
        dash: [],
      },
      {
        value: ({ real }) => real.classifierFrechet,
        label: "real",
        color: "--muted",
        dash: [2, 4],
      },
    ],
  },
  share: {
    title: "Shares of generated digits",
    range: () => [0, 1],
    isSparse: true,
    lines: [
      {
        value: ({ generated }) => generated.precisionRecall.precision,
        label: "precision",
        color: "--ink-g",
        dash: [],
      },
      {
        value: ({ generated }) => generated.precisionRecall.recall,
        label: "recall",
        color: "--ink-g",
        dash: [7, 5],
      },
      {
        value: ({ generated }) => generated.agreement,
        label: "as asked",
        color: "--muted",
        dash: [2, 4],
      },
    ],
  },
};

/** @param {History} history */
export function chartsView(history) {
  const stepCharts = Object.entries(STEP_CHARTS).map(([id, options]) => ({
    chart: new Chart(id, options),
    lines: options.lines.map(({ metric }) => METRICS.indexOf(metric)),
  }));
  const measureCharts = Object.entries(MEASURE_CHARTS).map(([id, options]) => ({
    chart: new Chart(id, options),
    lines: options.lines,
  }));
  let drawnVersion = -1;
  let drawnAt = -Infinity;
  /** @type {readonly Measured[]} */
  let measures = [];
  /** @type {readonly Measured[] | undefined} */
  let drawnMeasures;
  /** @type {readonly PastRun[]} */
  let pastRuns = [];
  /** @type {readonly PastRun[] | undefined} */
  let drawnRuns;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const drawSteps = () => {
    timer = undefined;
    drawnVersion = history.version;
    drawnAt = performance.now();
    const { start, lastStep, steps, series } = history;
    for (const { chart, lines } of stepCharts) {
      const own = { start, lastStep, steps, series: lines.map((line) => series[line]) };
      chart.draw(own, overlaysOf(pastRuns, lines));
    }
  };
  const drawMeasures = () => {
    drawnMeasures = measures;
    const steps = measures.map(({ step }) => step);
    const lastStep = steps.at(-1) ?? 0;
    for (const { chart, lines } of measureCharts) {
      const series = lines.map(({ value }) => measures.map(value));
      chart.draw({ start: 0, lastStep, steps, series }, []);
    }
  };
  const draw = () => {
    drawSteps();
    drawMeasures();
  };
  for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"]) {
    window.matchMedia(query).addEventListener("change", draw);
  }

  /** @param {State} state */
  return (state) => {
    ({ measures } = state);
    pastRuns = state.pastRuns.filter(({ isShown }) => isShown);
    const runsChanged =
      pastRuns.length !== drawnRuns?.length || pastRuns.some((run, i) => run !== drawnRuns?.[i]);
    if (measures !== drawnMeasures) drawMeasures();
    if (runsChanged) {
      drawnRuns = pastRuns;
      drawSteps();
    }
    if (history.version === drawnVersion || timer !== undefined) return;
    const wait = drawnAt + REDRAW_EVERY_MS - performance.now();
    if (wait <= 0) drawSteps();
    else timer = setTimeout(drawSteps, wait);
  };
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
