// The picture of a run on points: real and fake ones, what the discriminator makes of every place, the
// generator as a bent net, and the way each fake is pulled. It stands where the grid of pictures does.

import { arrow, heat, pairs, projection, undecided } from "../plane.js";
import { showsPoints } from "../selectors.js";
import { plane as texts } from "#words/plane.js";
import { find, onPress, setText } from "../../kit/dom.js";

/** @import { App } from "../app.js" */
/** @import { Plane } from "../../engine/protocol.js" */
/** @import { Layers, PageStore } from "../state.js" */

/** The text alternative changes at most this often. */
const DESCRIBE_EVERY_MS = 10_000;
/** Every so many lines of the net are drawn. */
const NET_STRIDE = 4;
const LAYERS = /** @type {const} */ (["beliefs", "manifold", "pulls"]);

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function planeView(app, store) {
  const canvas = find("plane", HTMLCanvasElement);
  const mount = find("mount", HTMLElement);
  const caption = find("grid-caption", HTMLElement);
  const buttons = LAYERS.map((layer) => find(`layer-${layer}`, HTMLButtonElement));
  const paint = painter(canvas);

  /** @type {Plane | undefined} */
  let newest;
  let isScheduled = false;
  let describedAt = -Infinity;

  const draw = () => {
    isScheduled = false;
    const { data, layers } = store.state;
    if (newest !== undefined && !canvas.hidden) paint(newest, data?.points, layers);
  };
  const schedule = () => {
    if (!isScheduled) requestAnimationFrame(draw);
    isScheduled = true;
  };
  new ResizeObserver(schedule).observe(mount);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", schedule);

  LAYERS.forEach((layer, i) => {
    onPress(buttons[i], () => app.changes.showLayer(layer));
    store.watch(
      ({ layers }) => layers[layer],
      (isShown) => buttons[i].setAttribute("aria-pressed", String(isShown)),
    );
  });
  store.watch(showsPoints, (isPoints) => {
    document.body.dataset.points = String(isPoints);
    canvas.hidden = !isPoints;
  });
  store.watch(({ layers, data }) => [layers, data?.points], schedule);
  store.subscribe(({ spread, data, isRunning }) => {
    if (canvas.hidden || spread === undefined || data?.points === undefined) return;
    const words = texts.spread(spread.step, spread.covered, spread.modes, spread.good);
    setText(caption, words);
    const now = performance.now();
    if (isRunning && now - describedAt < DESCRIBE_EVERY_MS) return;
    describedAt = now;
    canvas.setAttribute("aria-label", texts.planeLabel(words));
  });

  return {
    /** @param {Plane} plane */
    show(plane) {
      newest = plane;
      schedule();
    },
  };
}

/** @param {HTMLCanvasElement} canvas */
function painter(canvas) {
  const context = contextOf(canvas);
  const map = document.createElement("canvas");

  /**
   * @param {Plane} plane
   * @param {Float32Array | undefined} real
   * @param {Layers} layers
   */
  return (plane, real, layers) => {
    const ratio = window.devicePixelRatio;
    const size = Math.round(canvas.clientWidth * ratio);
    if (size === 0) return;
    canvas.width = size;
    canvas.height = size;
    const at = projection(size);
    const style = getComputedStyle(canvas);
    const ink = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
    const [ofG, ofD, ofReal] = [ink("--ink-g"), ink("--ink-d"), ink("--ink")];
    context.lineWidth = ratio;

    if (layers.beliefs) {
      paintBeliefs(plane, ofD);
      stroke(ofD, 0.9, undecided(plane.beliefs, plane.side, plane.extent));
    }
    if (layers.manifold) stroke(ofG, 0.45, net(plane));
    if (real !== undefined) paintReal(real, ofReal);
    paintFakes(plane.fakes, ofG);
    if (layers.pulls) paintPulls(plane, ofReal);

    /**
     * @param {Plane} plane
     * @param {string} colour
     */
    function paintBeliefs({ beliefs, side, extent }, colour) {
      const pixels = heat(beliefs, side, rgbOf(context, colour));
      map.width = side;
      map.height = side;
      contextOf(map).putImageData(new ImageData(pixels, side, side), 0, 0);
      // Each of the lattice's places lies in the middle of its pixel.
      const half = extent / (side - 1);
      const [left, top] = at(-extent - half, extent + half);
      const [right, bottom] = at(extent + half, -extent - half);
      context.drawImage(map, left, top, right - left, bottom - top);
    }

    /**
     * @param {string} colour
     * @param {number} opacity
     * @param {readonly (readonly number[])[]} lines each of pairs of x and y
     */
    function stroke(colour, opacity, lines) {
      context.beginPath();
      for (const line of lines) {
        line.forEach((x, i) => {
          if (i % 2 === 1) return;
          const [left, top] = at(x, line[i + 1]);
          if (i === 0) context.moveTo(left, top);
          else context.lineTo(left, top);
        });
      }
      context.globalAlpha = opacity;
      context.strokeStyle = colour;
      context.stroke();
      context.globalAlpha = 1;
    }

    /** Rings. @param {Float32Array} points @param {string} colour */
    function paintReal(points, colour) {
      const radius = 2.4 * ratio;
      context.beginPath();
      for (const [x, y] of pairs(points)) {
        const [left, top] = at(x, y);
        context.moveTo(left + radius, top);
        context.arc(left, top, radius, 0, 2 * Math.PI);
      }
      context.globalAlpha = 0.7;
      context.strokeStyle = colour;
      context.stroke();
      context.globalAlpha = 1;
    }

    /** Crosses. @param {Float32Array} points @param {string} colour */
    function paintFakes(points, colour) {
      const arm = 2.6 * ratio;
      context.beginPath();
      for (const [x, y] of pairs(points)) {
        const [left, top] = at(x, y);
        context.moveTo(left - arm, top - arm);
        context.lineTo(left + arm, top + arm);
        context.moveTo(left - arm, top + arm);
        context.lineTo(left + arm, top - arm);
      }
      context.lineWidth = 1.6 * ratio;
      context.strokeStyle = colour;
      context.stroke();
    }

    /**
     * @param {Plane} plane
     * @param {string} colour
     */
    function paintPulls({ fakes, pulls }, colour) {
      const head = 4 * ratio;
      context.beginPath();
      for (let i = 0; i < pulls.length; i += 2) {
        const [across, up] = arrow(pulls[i], pulls[i + 1]);
        const [left, top] = at(fakes[i], fakes[i + 1]);
        const [tipLeft, tipTop] = at(fakes[i] + across, fakes[i + 1] + up);
        const length = Math.hypot(tipLeft - left, tipTop - top);
        if (length < ratio) continue;
        const [x, y] = [(tipLeft - left) / length, (tipTop - top) / length];
        const barb = Math.min(head, length / 2);
        context.moveTo(left, top);
        context.lineTo(tipLeft, tipTop);
        context.lineTo(tipLeft - barb * (x + y / 2), tipTop - barb * (y - x / 2));
        context.moveTo(tipLeft, tipTop);
        context.lineTo(tipLeft - barb * (x - y / 2), tipTop - barb * (y + x / 2));
      }
      context.lineWidth = 1.2 * ratio;
      context.strokeStyle = colour;
      context.stroke();
    }
  };
}

/**
 * The lines of the net, both ways.
 * @param {Plane} plane
 * @returns {number[][]}
 */
function net({ manifold, lines }) {
  if (manifold.length === 0) return [];
  const all = Array.from({ length: lines }, (_, i) => i);
  const some = all.filter((i) => i % NET_STRIDE === 0);
  const point = (/** @type {number} */ column, /** @type {number} */ row) => {
    const start = 2 * (row * lines + column);
    return [manifold[start], manifold[start + 1]];
  };
  const across = some.map((row) => all.flatMap((column) => point(column, row)));
  const up = some.map((column) => all.flatMap((row) => point(column, row)));
  return [...across, ...up];
}

/**
 * A colour of the style sheet in numbers.
 * @param {CanvasRenderingContext2D} context
 * @param {string} colour
 * @returns {[number, number, number]}
 */
function rgbOf(context, colour) {
  context.fillStyle = colour;
  const digits = /^#(..)(..)(..)$/.exec(String(context.fillStyle)) ?? [];
  const [red = 0, green = 0, blue = 0] = digits.slice(1).map((pair) => parseInt(pair, 16));
  return [red, green, blue];
}

/** @param {HTMLCanvasElement} canvas */
function contextOf(canvas) {
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("the browser gives no 2D canvas");
  return context;
}
