// One chart: noisy points as a faint line, their moving mean as a bold one, earlier runs thin and grey
// with a letter at their end, and all of it as a table on request. Every line has a colour and a dash of its
// own, and a label with its newest value; no meaning is in colour alone.

import "./language.js";
import uPlot from "uplot";
import { loss, number } from "#words/numbers.js";
import { page as texts } from "#words/page.js";
import { short } from "#words/quantities.js";
import { smooth } from "../history.js";
import { robustRange } from "../robust-range.js";
import { find, make, onPress, setText } from "../../kit/dom.js";

/** The bold line is a mean over this share of the points to either side. */
const SMOOTH_SHARE = 1 / 60;
const TABLE_ROWS = 20;
/** A logarithmic scale is linear this far around zero: losses may be negative. */
const LINEAR_WITHIN = 0.01;
const FONT = "12px system-ui, sans-serif";

/** @typedef {{ label: string, color: string, dash: number[] }} Line */

/**
 * What a chart is about.
 * @typedef {object} ChartOptions
 * @property {string} title
 * @property {Line[]} lines
 * @property {(min: number, max: number) => [number, number]} range of the values shown
 * @property {boolean} [hasLog] whether its values may be seen on a logarithmic scale
 * @property {boolean} [isSparse] few points, each of which counts: drawn as marks, without a mean
 */

/**
 * @typedef {object} ChartData
 * @property {number} start the step before the first point
 * @property {number} lastStep
 * @property {readonly number[]} steps
 * @property {readonly (readonly (number | null)[])[]} series one a line
 */

/** @import { Range } from "../robust-range.js" */

/** An earlier run: its letter and its curves. @typedef {{ mark: string, steps: readonly number[], series: readonly (readonly number[])[] }} Overlay */

export class Chart {
  #options;
  #plot;
  #place;
  #values;
  #table;
  #numbers;
  /** @type {ChartData} */
  #data = { start: 0, lastStep: 0, steps: [], series: [] };
  /** @type {readonly Overlay[]} */
  #overlays = [];
  /** The bold lines. @type {(number | null)[][]} */
  #bold = [];
  /** Of the values that have room. @type {Range | undefined} */
  #room;
  #isLog = false;

  /**
   * @param {string} id
   * @param {ChartOptions} options
   */
  constructor(id, options) {
    this.#options = options;
    this.#place = find(`${id}-plot`, HTMLElement);
    this.#table = find(`${id}-table`, HTMLTableElement);
    this.#numbers = /** @type {HTMLDetailsElement} */ (this.#table.closest("details"));
    this.#numbers.addEventListener("toggle", () => this.#fillTable());
    const legend = find(`${id}-legend`, HTMLElement);
    this.#values = options.lines.map((line) => {
      const value = make("span", { class: "value", text: loss(undefined) });
      const label = make("span", { text: line.label });
      legend.append(make("li", {}, [sample(line), label, value]));
      return value;
    });

    if (options.hasLog) legend.before(this.#logToggle());
    this.#plot = this.#newPlot();
    new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = this.#place;
      if (width > 0 && height > 0) this.#plot.setSize({ width, height });
    }).observe(this.#place);
  }

  #newPlot() {
    return new uPlot(
      this.#plotOptions(),
      [[], ...this.#options.lines.flatMap(() => [[], []])],
      this.#place,
    );
  }

  #logToggle() {
    const toggle = make("button", { class: "toggle", text: texts.logScale });
    toggle.type = "button";
    const press = (/** @type {boolean} */ isPressed) => {
      this.#isLog = isPressed;
      toggle.setAttribute("aria-pressed", String(isPressed));
    };
    press(false);
    onPress(toggle, () => {
      press(!this.#isLog);
      // A plot has its scales for good.
      this.#plot.destroy();
      this.#plot = this.#newPlot();
      this.draw(this.#data, this.#overlays);
    });
    return toggle;
  }

  /**
   * @param {ChartData} data
   * @param {readonly Overlay[]} overlays
   */
  draw(data, overlays) {
    this.#data = data;
    this.#overlays = overlays;
    const { steps, series } = data;
    const radius = Math.round(steps.length * SMOOTH_SHARE);
    this.#bold = series.map((points) =>
      this.#options.isSparse ? [...points] : smooth(/** @type {number[]} */ (points), radius),
    );
    const columns = series.flatMap((points, i) => [[...points], this.#bold[i]]);
    this.#plot.setData([[...steps], ...columns]);
    const newest = this.#bold.map(
      (points) => points.findLast((value) => value !== null) ?? undefined,
    );
    this.#values.forEach((value, i) => setText(value, loss(newest[i])));
    this.#describe(data.lastStep, newest);
    this.#fillTable();
  }

  /**
   * @param {number} step
   * @param {(number | undefined)[]} newest
   */
  #describe(step, newest) {
    const { title, lines } = this.#options;
    const isEmpty = this.#data.steps.length === 0;
    const values = lines.map(({ label }, i) => `${label} ${loss(newest[i])}`).join(", ");
    const words = isEmpty ? texts.emptyChart(title) : texts.chart(title, step, values);
    this.#place.setAttribute("aria-label", words);
  }

  /** Some of the points as numbers, while somebody looks. */
  #fillTable() {
    if (!this.#numbers.open) return;
    const { steps } = this.#data;
    const head = [texts.step, ...this.#options.lines.map(({ label }) => label)].map((text) => {
      const cell = make("th", { text });
      cell.scope = "col";
      return cell;
    });
    const shown = Math.min(TABLE_ROWS, steps.length);
    const rows = Array.from({ length: shown }, (_, row) => {
      const i = steps.length - 1 - Math.round((row * (steps.length - 1)) / Math.max(1, shown - 1));
      const step = make("th", { text: number(steps[i]) });
      step.scope = "row";
      const cells = this.#bold.map((points) => make("td", { text: loss(points[i] ?? undefined) }));
      return make("tr", {}, [step, ...cells]);
    });
    this.#table.replaceChildren(make("thead", {}, [make("tr", {}, head)]), make("tbody", {}, rows));
  }

  /** @returns {uPlot.Options} */
  #plotOptions() {
    const { lines, isSparse } = this.#options;
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
      hooks: { draw: [(plot) => this.#drawOverlays(plot), (plot) => this.#drawBeyond(plot)] },
      scales: {
        x: { time: false, range: (_, min, max) => this.#steps(min ?? 0, max ?? 0) },
        y: { range: () => this.#range(), ...(this.#isLog && { distr: 4, asinh: LINEAR_WITHIN }) },
      },
      axes: [
        { ...axis, size: 28, gap: 4, space: 60 },
        { ...axis, size: 44, gap: 6, space: 36, values: (_, ticks) => ticks.map(tick) },
      ],
      series: [{}, ...lines.flatMap((line) => faintAndBold(line, isSparse === true))],
    };
  }

  /**
   * @param {number} min
   * @param {number} max
   * @returns {[number, number]}
   */
  #steps(min, max) {
    const { start } = this.#data;
    const others = this.#overlays.map(({ steps }) => steps.at(-1) ?? 0);
    return [start, Math.max(max, min, start + 10, ...others)];
  }

  /** @returns {[number, number]} */
  #range() {
    const { isSparse, range } = this.#options;
    const others = this.#overlays.map(({ series }) => series.flat());
    const each = [this.#bold.flat(), ...others].map((values) => values.filter(isNumber));
    const rooms = each.map((values) => (isSparse ? extent(values) : robustRange(values)));
    const [own] = rooms;
    this.#room = own;
    const all = rooms.filter((room) => room !== undefined);
    if (all.length === 0) return range(0, 1);
    return range(Math.min(...all.map(({ min }) => min)), Math.max(...all.map(({ max }) => max)));
  }

  /**
   * What has left the picture, at the edge where it did.
   * @param {uPlot} plot
   */
  #drawBeyond({ ctx, bbox }) {
    const { above, below } = this.#room ?? {};
    const ratio = window.devicePixelRatio;
    ctx.save();
    ctx.fillStyle = css("--alarm");
    ctx.font = `${11 * ratio}px system-ui, sans-serif`;
    ctx.textAlign = "right";
    const right = bbox.left + bbox.width;
    if (above !== undefined) ctx.fillText(`▲ ${short(above)}`, right, bbox.top + 10 * ratio);
    if (below !== undefined) {
      ctx.fillText(`▼ ${short(below)}`, right, bbox.top + bbox.height - 4 * ratio);
    }
    ctx.restore();
  }

  /** @param {uPlot} plot */
  #drawOverlays(plot) {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.strokeStyle = css("--muted");
    ctx.fillStyle = css("--muted");
    ctx.lineWidth = window.devicePixelRatio;
    ctx.font = `${11 * window.devicePixelRatio}px system-ui, sans-serif`;
    ctx.textAlign = "right";
    for (const { mark, steps, series } of this.#overlays) {
      series.forEach((points, i) => {
        ctx.setLineDash(
          this.#options.lines[i].dash.map((length) => length * window.devicePixelRatio),
        );
        ctx.beginPath();
        points.forEach((value, j) => {
          ctx.lineTo(plot.valToPos(steps[j], "x", true), plot.valToPos(value, "y", true));
        });
        ctx.stroke();
        const last = points.length - 1;
        if (last < 0) return;
        ctx.fillText(
          mark,
          plot.valToPos(steps[last], "x", true) - 2,
          plot.valToPos(points[last], "y", true) - 4,
        );
      });
    }
    ctx.restore();
  }
}

/**
 * @param {Line} line
 * @param {boolean} isSparse
 * @returns {uPlot.Series[]}
 */
function faintAndBold({ color, dash }, isSparse) {
  const stroke = () => css(color);
  if (isSparse) {
    const points = { show: true, size: 7, stroke, fill: stroke };
    return [{ show: false }, { stroke, width: 2, dash, points, spanGaps: true }];
  }
  const points = { show: false };
  return [
    // The faint line must not set the scale: one odd step would flatten everything else.
    { stroke, alpha: 0.18, width: 1, points, auto: false },
    { stroke, width: 2, dash, points },
  ];
}

/**
 * @param {number | null} value
 * @returns {value is number}
 */
function isNumber(value) {
  return value !== null && Number.isFinite(value);
}

/**
 * @param {number[]} values
 * @returns {Range | undefined}
 */
function extent(values) {
  if (values.length === 0) return undefined;
  return {
    ...{ min: Math.min(...values), max: Math.max(...values) },
    ...{ above: undefined, below: undefined },
  };
}

/** @param {number | null} value none where a logarithmic scale has no room for words */
function tick(value) {
  return value === null ? "" : short(value);
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
