// The board's elements, for the page and for <web-gan>: what one draws on, what is made of it, and what one draws with.
// They do nothing by themselves: view.js does.

import { make } from "../kit/elements.js";
import { board as texts } from "#words/board.js";

const HINT = "board-hint";
const NOTE = "board-note";

/**
 * @param {string} id
 * @param {string} [text]
 */
function button(id, text) {
  const made = make("button", { class: "toggle", text });
  made.type = "button";
  made.id = id;
  return made;
}

/**
 * @template {HTMLElement} T
 * @param {T} element
 * @param {Record<string, string>} attributes
 */
function having(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** @typedef {ReturnType<typeof boardParts>} Parts */

export function boardParts() {
  const canvas = having(make("canvas"), { id: "board-canvas", "aria-hidden": "true" });
  const mark = having(make("span", { class: "board-mark" }), { id: "board-mark", hidden: "" });
  const pad = having(make("div", { class: "board" }, [canvas, mark]), {
    ...{ id: "board", tabindex: "0", role: "application" },
    ...{ "aria-label": texts.board, "aria-describedby": `${HINT} ${NOTE}` },
  });
  const made = having(make("canvas"), {
    ...{ id: "board-made", role: "img" },
    ...{ "aria-label": texts.result, "aria-describedby": "board-words" },
  });
  const group = (/** @type {string} */ id, /** @type {string} */ label) =>
    having(make("div", { class: "buttons" }), { id, role: "group", "aria-label": label });
  const brushes = group("board-brushes", texts.brush);
  const inks = group("board-inks", texts.ink);
  const actions = {
    undo: button("board-undo", texts.undo),
    clear: button("board-clear", texts.clear),
    example: button("board-example", texts.anExample),
    photo: button("board-photo", texts.aPhoto),
    save: button("board-save", texts.save),
    film: button("board-film", texts.film),
  };
  const file = make("input");
  Object.assign(file, { id: "board-file", type: "file", accept: "image/*", hidden: true });
  const words = having(make("p", { class: "note" }), { id: "board-words" });
  const note = having(make("p", { class: "note" }), { id: NOTE, role: "status" });
  const hint = having(make("p", { class: "note", text: texts.hint }), { id: HINT });
  const all = [
    make("div", { class: "board-and-made" }, [pad, make("div", { class: "board-made" }, [made])]),
    words,
    make("div", { class: "board-tools" }, [
      ...[brushes, inks],
      make("div", { class: "buttons" }, [...Object.values(actions), file]),
    ]),
    ...[note, hint],
  ];
  return { all, pad, canvas, mark, made, brushes, inks, ...actions, file, words, note };
}
