// The board on the page: what is drawn on it is a setting, which the address holds. What it does: www/board/view.js.

import { boardView as board } from "../../board/view.js";
import { find, say } from "../../kit/dom.js";
import { unreadable } from "#words/board.js";

/** @import { App } from "../app.js" */
/** @import { PageStore } from "../state.js" */

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function boardView(app, store) {
  const place = find("board-place", HTMLElement);
  const update = board(place, {
    translate: (input) => app.exploring.translate(input),
    pairInput: (of) => app.exploring.pairInput(of),
    changed: (text, hasPhoto) => app.changes.draw(text, hasPhoto),
    save: (bytes, kind) => app.export((exporting) => exporting.drawing(bytes, kind)),
    photograph: (isBad) => {
      if (isBad) store.dispatch({ type: "problem", place: "board", message: unreadable });
      else store.dispatch({ type: "dismiss", place: "board" });
    },
    say,
  });
  find("board-photo", HTMLElement).setAttribute("aria-describedby", "board-problem");
  store.subscribe(({ run, data, settings, picture, progress, isRunning, phase }) => {
    if (phase !== "ready" || run === undefined || data?.pairs === undefined) return;
    const { pairs, rows: side, channels } = data;
    update({
      ...{ run: run.id, step: (picture ?? progress).step, isRunning, pairs },
      ...{ shape: { side, channels: channels === 3 ? 3 : 1 }, text: settings.board },
    });
  });
}
