// Both losses of a run as two lines, with their last values in words beside them: a figure's small curve, not the
// page's charts. It keeps as many points as can be seen, thinned as the run goes on. Loaded with what trains.

import { METRICS } from "../engine/protocol.js";
import { make, setText } from "../kit/dom.js";
import CSS from "./curve.css?inline";
import { elementRun as texts } from "#words/element-run.js";

const SVG = "http://www.w3.org/2000/svg";
const NETWORKS = /** @type {const} */ (["discriminator", "generator"]);
/** Of a line, at most. */
const POINTS = 200;
/** Of the box in which lines are drawn, finer than what is seen. */
const SIDE = 1000;

/** Losses of a run's steps, each point the mean of as many: twice as many, whenever there are too many points. */
export class Losses {
  /** The last step that it knows of. */
  step = 0;
  /** @type {[d: number, g: number][]} */
  points = [];
  #stepsPerPoint = 1;
  /** Of steps that make no whole point yet. @type {[d: number, g: number][]} */
  #rest = [];

  /**
   * @param {number} step the last one's number
   * @param {Float32Array} values of one step after the other, METRICS.length of each
   */
  add(step, values) {
    const count = values.length / METRICS.length;
    // Another run, or this one from an earlier step.
    if (step - count < this.step) this.#clear();
    this.step = step;
    for (let at = 0; at < values.length; at += METRICS.length) {
      const [dReal, dFake, g] = values.subarray(at, at + 3);
      if (Number.isFinite(dReal + dFake + g)) this.#rest.push([dReal + dFake, g]);
      if (this.#rest.length < this.#stepsPerPoint) continue;
      this.points.push(mean(this.#rest));
      this.#rest = [];
      if (this.points.length > POINTS) this.#thin();
    }
  }

  #clear() {
    this.points = [];
    this.#rest = [];
    this.#stepsPerPoint = 1;
  }

  #thin() {
    const pairs = Array.from({ length: this.points.length >> 1 }, (_, i) =>
      mean(this.points.slice(2 * i, 2 * i + 2)),
    );
    this.points = pairs;
    this.#stepsPerPoint *= 2;
  }
}

/** @param {[d: number, g: number][]} points */
function mean(points) {
  const sum = (/** @type {0 | 1} */ which) =>
    points.reduce((all, point) => all + point[which], 0) / points.length;
  return /** @type {[d: number, g: number]} */ ([sum(0), sum(1)]);
}

/**
 * @param {readonly [d: number, g: number][]} points
 * @returns {[d: string, g: string]} both lines, in a square box whose bottom is the lowest loss of both
 */
export function linesOf(points) {
  const all = points.flat();
  const low = Math.min(...all);
  const height = Math.max(...all) - low || 1;
  const line = (/** @type {0 | 1} */ which) =>
    points
      .map((point, i) => {
        const x = i / Math.max(points.length - 1, 1);
        const y = 1 - (point[which] - low) / height;
        return [x, y].map((share) => Math.round(SIDE * share)).join();
      })
      .join(" ");
  return [line(0), line(1)];
}

/** @type {CSSStyleSheet | undefined} one for all elements */
let sheet;

export class Curve {
  #losses = new Losses();
  #lines = NETWORKS.map(() => document.createElementNS(SVG, "polyline"));
  #legend = NETWORKS.map((network) => make("span", { class: network }));

  /** @param {HTMLElement} place in a shadow tree: the curve is all that it holds */
  constructor(place) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", `0 0 ${SIDE} ${SIDE}`);
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("aria-hidden", "true");
    for (const [i, line] of this.#lines.entries()) line.setAttribute("class", NETWORKS[i]);
    svg.append(...this.#lines);
    place.replaceChildren(svg, make("p", {}, this.#legend));
    const root = /** @type {ShadowRoot} */ (place.getRootNode());
    if (sheet === undefined) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(CSS);
    }
    root.adoptedStyleSheets.push(sheet);
  }

  /**
   * @param {number} step
   * @param {Float32Array} values
   */
  add(step, values) {
    this.#losses.add(step, values);
    const { points } = this.#losses;
    const [dReal, dFake, g] = values.subarray(values.length - METRICS.length);
    for (const [i, line] of linesOf(points).entries()) this.#lines[i].setAttribute("points", line);
    setText(this.#legend[0], texts.discriminator(dReal + dFake));
    setText(this.#legend[1], texts.generator(g));
  }
}
