// The element's shadow tree: built once, then written from the state. It calls what its buttons are
// told to call and keeps nothing itself.

import { isPacked } from "../engine/packed-name.js";
import { make, onPress, setDisabled, setText } from "../kit/elements.js";
import { CONTROLS } from "./attributes.js";
import { makesPairs, posterOf, shapeOf } from "./posters.js";
import { isWorking, STAGES } from "./state.js";
import { sheets } from "./style.js";
import { element as texts } from "#words/element.js";

/** @import { Control, Options } from "./attributes.js" */
/** @import { State } from "./state.js" */

const PLAY_ICON = "M4 2.5v11l9.5-5.5z";
const PAUSE_ICON = "M3.5 2.5h3v11h-3zm6 0h3v11h-3z";

export class View {
  canvas = make("canvas");
  /** Where both losses are drawn, in place of the words on who learns. */
  curve = make("div", { class: "curve" });
  /** Where one draws, where pictures are made out of others. */
  board = make("div", { class: "waiting", text: texts.board });
  #duel = make("p", { text: texts.duel });
  #poster = make("img");
  #goal = make("span", { class: "goal" });
  #posterSlot = make("slot", {}, [this.#poster, this.#goal]);
  #frame = make("div", { class: "frame" });
  #stage = make("div", { class: "stage" });
  #progress = make("slot", { class: "progress" });
  #bar = make("progress");
  #controls = make("div", { class: "controls" });
  /** @type {Record<Control, HTMLButtonElement>} */
  #buttons;
  #icon = document.createElementNS("http://www.w3.org/2000/svg", "path");
  #playText = make("span");
  #words = make("p");
  #numbers = make("p", { class: "numbers" });

  /**
   * @param {ShadowRoot} root
   * @param {Record<Control, () => unknown>} actions
   */
  constructor(root, actions) {
    root.adoptedStyleSheets = sheets();
    this.#buttons = {
      play: this.#playButton(),
      step: make("button", { text: texts.controls.step }),
      reset: make("button", { text: texts.controls.reset }),
      save: make("button", { text: texts.controls.save }),
    };
    for (const control of CONTROLS) {
      const button = this.#buttons[control];
      button.type = "button";
      button.setAttribute("part", `button button-${control}`);
      onPress(button, actions[control]);
      this.#controls.append(button);
    }

    this.#posterSlot.name = "poster";
    this.#poster.setAttribute("part", "poster");
    this.canvas.setAttribute("part", "canvas");
    this.canvas.setAttribute("role", "img");
    this.#progress.name = "progress";
    this.#bar.max = STAGES.length;
    this.#bar.setAttribute("part", "progress");
    this.#progress.append(this.#bar);
    this.#stage.append(this.#posterSlot, this.canvas, this.#progress);

    this.#words.setAttribute("role", "status");
    // In one place, so that nothing moves when the one gives way to the other.
    const learning = make("div", { class: "learning" }, [this.#duel, this.curve]);
    const status = make("div", { class: "status" }, [this.#words, learning, this.#numbers]);
    const caption = make("slot");
    caption.name = "caption";
    const swallowed = make("slot");
    swallowed.addEventListener("slotchange", () => {
      const isEmpty = (/** @type {Node} */ node) => node.textContent?.trim() === "";
      if (swallowed.assignedNodes().every(isEmpty)) return;
      console.warn(
        "<web-gan> holds what follows it: in HTML it ends with </web-gan>, and not with “/>”.",
      );
    });
    for (const [part, element] of Object.entries({
      frame: this.#frame,
      stage: this.#stage,
      controls: this.#controls,
      status,
      board: this.board,
    })) {
      element.setAttribute("part", part);
    }
    this.#frame.setAttribute("role", "group");
    this.#frame.append(this.#stage, this.#controls, status, this.board, caption);
    // Reveal and others turn the page on keys that press a button here.
    for (const type of ["keydown", "keypress", "keyup"]) {
      this.#controls.addEventListener(type, (event) => {
        if (isPress(/** @type {KeyboardEvent} */ (event))) event.stopPropagation();
      });
    }
    root.append(this.#frame, swallowed);
  }

  #playButton() {
    const button = make("button", { class: "play" });
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("width", "12");
    svg.setAttribute("aria-hidden", "true");
    this.#icon.setAttribute("fill", "currentColor");
    svg.append(this.#icon);
    button.append(svg, this.#playText);
    return button;
  }

  /**
   * @param {State} state
   * @param {Options} options
   * @param {import("./training-part.js").TrainingPart} [part] once it is there
   */
  update(state, options, part) {
    const { phase, picture, hint } = state;
    this.#frame.setAttribute("aria-label", options.label || texts.label);
    this.#updatePoster(options);
    this.#posterSlot.hidden = picture !== undefined;
    this.canvas.hidden = picture === undefined;
    if (picture !== undefined && phase !== "training") {
      this.canvas.setAttribute("aria-label", part?.picture(state) ?? "");
    }
    this.#progress.hidden = phase !== "loading";
    this.#bar.value = STAGES.indexOf(state.stage);
    this.#updateControls(state, options);
    const isAsleep = phase === "idle" || phase === "unsupported" || part === undefined;
    setText(this.#words, hint ?? (isAsleep ? earlyWords : part.words)(state, options));
    this.#words.className = state.failure === undefined ? "" : "failure";
    setText(this.#numbers, part?.numbers(state) ?? "");
    const hasLosses = state.losses !== undefined;
    this.curve.classList.toggle("resting", !hasLosses);
    this.#duel.classList.toggle("resting", hasLosses);
  }

  /** @param {Options} options */
  #updatePoster({ poster, preset, dataSrc, pairs, loading }) {
    const { width, height } = shapeOf(preset);
    const isPairs = makesPairs(preset);
    const [shown, goal] = isPairs ? texts.pairs : texts.digits;
    this.board.hidden = !isPairs;
    setText(this.#goal, goal);
    this.#stage.style.aspectRatio = `${width} / ${height}`;
    // The shipped ones show digits, or emoji out of their lines: not what one file of pictures, or another pairing, becomes.
    const isOther = isPacked(dataSrc) || (isPairs && pairs !== null);
    const shipped = isOther ? undefined : posterOf(preset);
    const url = poster === "" ? shipped : poster;
    this.#poster.hidden = url === undefined;
    this.#stage.classList.toggle("bare", url === undefined);
    this.#goal.hidden = poster !== "" || url === undefined;
    // What an author's own shows, nobody here knows: the slot takes one with words.
    this.#poster.alt = poster === "" ? shown : "";
    this.#poster.loading = loading;
    if (url === undefined || this.#poster.getAttribute("src") === url) return;
    // Ours comes with the permission that a page with a Cross-Origin-Embedder-Policy asks for.
    this.#poster.crossOrigin = poster === "" ? "anonymous" : null;
    this.#poster.src = url;
  }

  /**
   * @param {State} state
   * @param {Options} options
   */
  #updateControls(state, { controls, reveal }) {
    const { phase, step, failure } = state;
    const { play, step: one, reset, save } = this.#buttons;
    const isAsleep = phase === "idle" || phase === "unsupported";
    for (const control of CONTROLS) {
      // Without it nobody could ask.
      const isNeeded = control === "play" && isAsleep && reveal !== "manual";
      const isListed = controls.includes(control);
      this.#buttons[control].hidden = !isListed && !isNeeded;
    }
    // A GAN that there is not comes with no press.
    const isUnknown = failure?.code === "config.preset";
    this.#controls.hidden = isUnknown || (controls.length === 0 && reveal === "manual");
    this.#controls.classList.toggle("resting", isAsleep && reveal === "manual");

    const works = isWorking(state);
    setText(this.#playText, works ? texts.pause : phase === "failed" ? texts.retry : texts.train);
    this.#icon.setAttribute("d", works ? PAUSE_ICON : PLAY_ICON);
    setDisabled(play, phase === "unsupported");
    setDisabled(one, works || phase === "unsupported");
    setDisabled(reset, isAsleep || phase === "loading" || phase === "failed");
    setDisabled(save, isAsleep || phase === "loading" || phase === "failed" || step === 0);
  }
}

/** @param {KeyboardEvent} event */
function isPress({ key }) {
  return key === " " || key === "Enter";
}

/**
 * Before what trains is there: what it says is said by saying.js.
 * @param {State} state
 * @param {Options} options
 */
function earlyWords({ phase, failure }, { device }) {
  if (failure !== undefined) return failure.message;
  if (phase === "loading") return texts.loading;
  return texts.offer(device === "cpu" || !("gpu" in navigator) ? 2 : 4);
}
