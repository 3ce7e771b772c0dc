// The board of an element whose GAN makes pictures out of others. What it does is www/board/view.js; here it meets the
// element's run. Loaded with the first such run.

import { isBoard } from "../board/rule.js";
import { boardView } from "../board/view.js";
import { fileName } from "../engine/files.js";
import { messageOf } from "../kit/errors.js";
import { make, setText } from "../kit/elements.js";
import { element as early } from "#words/element.js";
import { elementRun as texts } from "#words/element-run.js";
import { unreadable } from "#words/board.js";
import SHARED from "../board/board.css?inline";
import OWN from "./board.css?inline";
import { handOver } from "./session.js";

/** @import { StartAnswer } from "../engine/protocol.js" */
/** @import { Session } from "./session.js" */

/** Keys that draw, and that pages around turn themselves by. */
const DRAWS = /^(Arrow.*| |Enter)$/;

/** @type {CSSStyleSheet | undefined} one for all elements */
let sheet;

export class Board {
  #update;
  /** @type {string | null} */
  #text;
  /** @type {{ answer: StartAnswer, session: Session } | undefined} */
  #of;
  #step = 0;

  /**
   * @param {HTMLElement} place in a shadow tree
   * @param {string} text what lies on it
   */
  constructor(place, text) {
    this.#text = isBoard(text) ? text : null;
    if (text !== "" && this.#text === null)
      console.warn(`<web-gan> ${early.ignored("board", text, texts.drawing)}.`);
    const root = /** @type {ShadowRoot} */ (place.getRootNode());
    if (sheet === undefined) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(SHARED + OWN);
    }
    root.adoptedStyleSheets.push(sheet);
    const inner = make("div", { class: "board-place" });
    const problem = make("p", { class: "failure" });
    problem.setAttribute("role", "alert");
    const said = make("p", { class: "said" });
    said.setAttribute("role", "status");
    place.className = "";
    place.replaceChildren(inner, problem, said);
    for (const type of /** @type {const} */ (["keydown", "keypress", "keyup"])) {
      place.addEventListener(type, (event) => {
        if (DRAWS.test(event.key)) event.stopPropagation();
      });
    }
    this.#update = boardView(inner, {
      translate: (input) => this.#ask((session) => session.translate(input)),
      pairInput: (of) => this.#ask((session) => session.pairInput(of)),
      changed: (drawn) => {
        this.#text = drawn;
        this.#show();
      },
      save: (bytes, kind) => {
        const what = kind === "png" ? "drawing" : "film";
        const name = fileName(what, this.#of?.session.preset ?? "", this.#step);
        setText(problem, handOver(name, new Blob([bytes], { type: `image/${kind}` })) ?? "");
      },
      photograph: (isBad) => setText(problem, isBad ? unreadable : ""),
      say: (text) => setText(said, text),
    });
  }

  /**
   * @param {StartAnswer} answer
   * @param {Session} session that it came to
   */
  opened(answer, session) {
    this.#of = { answer, session };
    this.made(answer.run.step);
  }

  /** @param {number} step of the generator that is shown */
  made(step) {
    this.#step = step;
    this.#show();
  }

  #show() {
    if (this.#of === undefined) return;
    const { answer, session } = this.#of;
    const { pairs, rows: side, channels } = answer.data;
    if (pairs === undefined) return;
    this.#update({
      ...{ run: answer.run.id, step: this.#step, isRunning: session.wants, pairs },
      ...{ shape: { side, channels: channels === 3 ? 3 : 1 }, text: this.#text },
    });
  }

  /**
   * A picture that cannot be had is left out: what is wrong with a run is told where it is.
   * @template T
   * @param {(session: Session) => Promise<T>} ask
   */
  async #ask(ask) {
    try {
      return await (this.#of && ask(this.#of.session));
    } catch (error) {
      console.warn("WebGAN cannot draw that:", messageOf(error));
      return undefined;
    }
  }
}
