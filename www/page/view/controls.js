// The settings: text boxes and sliders show what is in force and send what was typed. What is good
// is settings.js's business, and the core's.

import { OBJECTIVES } from "../../engine/protocol.js";
import { rarely } from "../../kit/rarely.js";
import { shownConfig, shownPreset, shownSettings } from "../selectors.js";
import { page as texts } from "#words/page.js";
import { find, onPress, setText } from "../../kit/dom.js";
import { plain, settingBox } from "./setting-box.js";

/** @import { App } from "../app.js" */
/** @import { DeviceChoice, Objective } from "../../engine/protocol.js" */
/** @import { PageStore, State } from "../state.js" */

/** A slider that is moved changes its setting this often. */
const SLIDES_EVERY_MS = 250;

/** How a slider's 0…100 stands for a value: the ends matter as much as the middle. */
/** @typedef {{ toValue: (position: number) => number, toPosition: (value: number) => number }} Curve */

/** 0.000001 … 0.1, every step the same factor. @type {Curve} */
const LEARNING_RATE_CURVE = {
  toValue: (position) => 10 ** (-6 + position / 20),
  toPosition: (value) => (Math.log10(value) + 6) * 20,
};

/** 0 … 1000, finer towards 0. @type {Curve} */
const L1_CURVE = {
  toValue: (position) => (position / 10) ** 3,
  toPosition: (value) => Math.cbrt(value) * 10,
};

/** The boxes, by the settings that they show. */
const BOXES = /** @type {const} */ ([
  ["learningRate", "learning-rate"],
  ["l1Weight", "l1-weight"],
  ["batchSize", "batch-size"],
  ["seed", "seed"],
  ["penalty", "penalty"],
  ["discriminatorSteps", "discriminator-steps"],
  ["discriminatorRate", "discriminator-rate"],
]);

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function controlsView(app, store) {
  const l1Field = find("l1-field", HTMLElement);
  const device = find("device", HTMLSelectElement);
  const deviceNote = find("device-note", HTMLElement);
  const hidden = find("hidden-policy", HTMLSelectElement);

  const objective = find("objective", HTMLSelectElement);
  const boxes = BOXES.map(
    ([name, id]) =>
      /** @type {const} */ ([
        name,
        settingBox(find(id, HTMLInputElement), {
          send: (text) => app.changes.type(name, text),
          forget: () => app.dismiss(name),
        }),
      ]),
  );
  const slideLearningRate = slider("learning-rate-slider", LEARNING_RATE_CURVE, (text) =>
    app.changes.type("learningRate", text),
  );
  const slideL1Weight = slider("l1-weight-slider", L1_CURVE, (text) =>
    app.changes.type("l1Weight", text),
  );

  for (const form of document.forms) {
    form.addEventListener("submit", (event) => event.preventDefault());
  }
  objective.append(...OBJECTIVES.map((name) => new Option(texts.objectives[name], name)));
  objective.addEventListener("change", () => {
    void app.changes.chooseObjective(/** @type {Objective} */ (objective.value));
  });
  device.addEventListener("change", () => {
    void app.changes.chooseDevice(/** @type {DeviceChoice} */ (device.value));
  });
  hidden.addEventListener("change", () => {
    app.changes.chooseHidden(hidden.value === "pause" ? "pause" : "continue");
  });
  onPress(find("new-seed", HTMLButtonElement), () => app.changes.newSeed());
  onPress(find("restore-defaults", HTMLButtonElement), () => app.changes.restoreDefaults());

  store.subscribe((state) => {
    const settings = shownSettings(state);
    device.value = settings.device;
    hidden.value = settings.hidden;
    setText(deviceNote, deviceWords(state));

    const config = shownConfig(state);
    const preset = shownPreset(state);
    if (config === undefined || preset === undefined) return;
    for (const [name, show] of boxes) {
      const isAsked = state.asked !== undefined && name in state.asked;
      show(config[name], { refused: state.problems[name] !== undefined, asked: isAsked });
    }
    slideLearningRate(config.learningRate);
    objective.value = config.objective;
    l1Field.hidden = config.l1Weight === null;
    if (config.l1Weight !== null) slideL1Weight(config.l1Weight);
  });
}

/** @param {State} state */
function deviceWords({ device }) {
  if (device === undefined) return "";
  const running = texts.runningOn(device.name);
  return device.note === undefined ? running : `${device.note} ${running}`;
}

/**
 * @param {string} id
 * @param {Curve} curve
 * @param {(text: string) => unknown} send
 * @returns {(value: number) => void}
 */
function slider(id, curve, send) {
  const input = find(id, HTMLInputElement);
  // Each is a change of the run's, which its link tells.
  const sendSome = rarely(send, SLIDES_EVERY_MS);
  let isHeld = false;
  input.addEventListener("input", () => {
    isHeld = true;
    sendSome(plain(Number(curve.toValue(input.valueAsNumber).toPrecision(2))));
  });
  // One that ends where it began tells no change.
  for (const end of ["change", "blur", "pointerup", "pointercancel"]) {
    input.addEventListener(end, () => {
      isHeld = false;
    });
  }
  return (value) => {
    input.setAttribute("aria-valuetext", plain(value));
    if (!isHeld) input.value = String(curve.toPosition(value));
  };
}
