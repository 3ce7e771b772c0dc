// The page inside an iframe: one <web-gan> with the attributes that the address names. It tells the
// page around it how high it is, fits into its frame where that is lower, and takes play and pause from it. What the address says goes into
// attributes, never into markup.
//
// ?origin=https://… names the origin of the page around: messages come from it alone, and go to it
// alone. Without it none is taken, and the height, which is no secret, goes to whoever frames it.

import { OPTION_OF } from "./element/attributes.js";
import { started } from "./started.js";
import "./web-gan.js";

const params = new URLSearchParams(location.search);
const element = document.createElement("web-gan");
for (const name of OPTION_OF.keys()) {
  const value = params.get(name);
  if (value !== null) element.setAttribute(name, value);
}
document.body.append(element);
started();

const host = originOf(params.get("origin"));

const [stage, board] = [".stage", "[part=board]"].map(
  (part) => /** @type {HTMLElement} */ (element.shadowRoot?.querySelector(part)),
);
/** However low the frame is, in pixels. */
const NARROWEST = 160;

/**
 * Tells how high the element is where it is as wide as the frame. Where the frame is lower, it is made as narrow as
 * lets it be seen whole: whoever hears the height and gives it has it as wide as can be.
 */
function fit() {
  const { width, height } = element.getBoundingClientRect();
  const picture = stage.getBoundingClientRect();
  // A board is half as high as it is wide, and its tools.
  const shape = picture.height / picture.width + (board.hidden ? 0 : 0.5);
  const beside = width - picture.width;
  const below = height - shape * picture.width;
  const whole = Math.ceil((innerWidth - beside) * shape + below);
  const fitting = Math.max((innerHeight - below) / shape + beside, NARROWEST);
  element.style.maxWidth = whole > innerHeight ? `${Math.floor(fitting)}px` : "";
  parent.postMessage({ type: "webgan:height", height: whole }, host ?? "*");
}
new ResizeObserver(fit).observe(element);
addEventListener("resize", fit);

addEventListener("message", ({ source, origin, data }) => {
  if (source !== parent || host === undefined || origin !== host) return;
  if (typeof data !== "object" || data === null) return;
  // A failure is shown on the element.
  if (data.type === "webgan:play") element.play().catch(() => {});
  if (data.type === "webgan:pause") element.pause().catch(() => {});
});

/**
 * @param {string | null} text
 * @returns {string | undefined} nothing where it is no origin of a site
 */
function originOf(text) {
  if (text === null) return undefined;
  try {
    const { origin, protocol } = new URL(text);
    return protocol === "https:" || protocol === "http:" ? origin : undefined;
  } catch {
    return undefined;
  }
}
