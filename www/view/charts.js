// The two charts: noisy steps as a faint line, their moving mean as a bold one. Every line has a
// colour and a dash of its own, and a label with its newest value; no meaning is in colour alone.

import uPlot from "uplot";
import { count, loss } from "../format.js";
import { smooth } from "../history.js";
import { METRICS } from "../protocol.js";
import { find, make, setText } from "./dom.js";

/** @import { History } from "../history.js" */

/** A redraw costs a few milliseconds; this often is often enough to look alive. */
const REDRAW_EVERY_MS = 200;
/** The bold line is a mean over this share of the points to either side. */
const SMOOTH_SHARE = 1 / 60;
const FONT = "12px system-ui, sans-serif";

/** @typedef {{ metric: typeof METRICS[number], label: string, color: string, dash: number[] }} Line */

/** @type {Line[]} */
const LOSS_LINES = [
  { metric: "dReal", label: "D on real", color: "--ink-d", dash: [] },
  { metric: "dFake", label: "D on fake", color: "--ink-d", dash: [7, 5] },
  { metric: "g", label: "G", color: "--ink-g", dash: [] },
];

/** @type {Line[]} */
const BELIEF_LINES = [
  { metric: "dOfReal", label: "D(x)", color: "--ink-d", dash: [] },
  { metric: "dOfFake", label: "D(G(z))", color: "--ink-g", dash: [7, 5] },
];

/** @param {History} history */
export function chartsView(history) {
  const charts = [
    new Chart("loss", LOSS_LINES, "Losses", lossRange),
    new Chart("belief", BELIEF_LINES, "The discriminator's belief", beliefRange),
  ];
  let drawnVersion = -1;
  let drawnAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const draw = () => {
    timer = undefined;
    drawnVersion = history.version;
    drawnAt = performance.now();
    for (const chart of charts) chart.draw(history);
  };

  for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"]) {
    window.matchMedia(query).addEventListener("change", draw);
  }

  return () => {
    if (history.version === drawnVersion || timer !== undefined) return;
    const wait = drawnAt + REDRAW_EVERY_MS - performance.now();
    if (wait <= 0) draw();
    else timer = setTimeout(draw, wait);
  };
}

class Chart {
  #lines;
  #title;
  #plot;
  #place;
  #values;
  #start = 0;

  /**
   * @param {string} id
   * @param {Line[]} lines
   * @param {string} title
   * @param {(min: number, max: number) => [number, number]} range
   */
  constructor(id, lines, title, range) {
    this.#lines = lines;
    this.#title = title;
    this.#place = find(`${id}-plot`, HTMLElement);
    const legend = find(`${id}-legend`, HTMLElement);
    this.#values = lines.map((line) => {
      const value = make("span", { class: "value", text: loss(undefined) });
      const label = make("span", { text: line.label });
      legend.append(make("li", {}, [sample(line), label, value]));
      return value;
    });

    this.#plot = new uPlot(
      this.#options(range),
      [[], ...lines.flatMap(() => [[], []])],
      this.#place,
    );
    new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = this.#place;
      if (width > 0 && height > 0) this.#plot.setSize({ width, height });
    }).observe(this.#place);
  }

  /** @param {History} history */
  draw(history) {
    const { steps, series, start } = history;
    this.#start = start;
    const radius = Math.round(steps.length * SMOOTH_SHARE);
    const columns = this.#lines.flatMap(({ metric }) => {
      const points = series[METRICS.indexOf(metric)];
      return [[...points], smooth(points, radius)];
    });
    this.#plot.setData([[...steps], ...columns]);
    const newest = this.#lines.map((_, i) => columns[2 * i + 1].at(-1));
    this.#values.forEach((value, i) => setText(value, loss(newest[i])));
    this.#describe(history.lastStep, newest);
  }

  /**
   * @param {number} step
   * @param {(number | undefined)[]} newest
   */
  #describe(step, newest) {
    if (step === 0) {
      this.#place.setAttribute("aria-label", `${this.#title} over training steps: nothing yet.`);
      return;
    }
    const values = this.#lines.map(({ label }, i) => `${label} ${loss(newest[i])}`).join(", ");
    this.#place.setAttribute("aria-label", `${this.#title} up to step ${count(step)}: ${values}.`);
  }

  /**
   * @param {(min: number, max: number) => [number, number]} range
   * @returns {uPlot.Options}
   */
  #options(range) {
    const axis = {
      stroke: () => css("--muted"),
      grid: { stroke: () => css("--line"), width: 1 },
      ticks: { show: false },
      font: FONT,
    };
    return {
      width: Math.max(this.#place.clientWidth, 100),
      height: Math.max(this.#place.clientHeight, 100),
      padding: [8, 20, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      scales: {
        x: {
          time: false,
          range: (_, min, max) => [this.#start, Math.max(max ?? 0, min ?? 0, this.#start + 10)],
        },
        y: { range: (_, min, max) => range(min ?? 0, max ?? 1) },
      },
      axes: [
        { ...axis, size: 28, gap: 4, space: 60 },
        { ...axis, size: 44, gap: 6, space: 36 },
      ],
      series: [{}, ...this.#lines.flatMap(faintAndBold)],
    };
  }
}

/**
 * @param {Line} line
 * @returns {uPlot.Series[]}
 */
function faintAndBold({ color, dash }) {
  const points = { show: false };
  return [
    // The faint line must not set the scale: one odd step would flatten everything else.
    { stroke: () => css(color), alpha: 0.18, width: 1, points, auto: false },
    { stroke: () => css(color), width: 2, dash, points },
  ];
}

/**
 * @param {number} min
 * @param {number} max
 * @returns {[number, number]}
 */
function lossRange(min, max) {
  return [Math.min(0, min), Math.max(max * 1.15, 0.1)];
}

/**
 * Probabilities, but for least squares, where nothing keeps a belief within 0 and 1.
 * @param {number} min
 * @param {number} max
 * @returns {[number, number]}
 */
function beliefRange(min, max) {
  return [Math.min(0, min), Math.max(1, max)];
}

/** @param {string} property */
function css(property) {
  return getComputedStyle(document.documentElement).getPropertyValue(property).trim();
}

/**
 * The legend's piece of line.
 * @param {Line} line
 */
function sample({ color, dash }) {
  const svgNs = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(svgNs, "svg");
  svg.setAttribute("viewBox", "0 0 24 8");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(svgNs, "line");
  for (const [name, value] of Object.entries({ x1: 0, x2: 24, y1: 4, y2: 4 })) {
    line.setAttribute(name, String(value));
  }
  line.style.stroke = `var(${color})`;
  if (dash.length > 0) line.setAttribute("stroke-dasharray", dash.join(" "));
  svg.append(line);
  return svg;
}
