// The place to drop one's own files, and which data are in use.

import { count } from "../format.js";
import { find, onPress, setText } from "./dom.js";

/** @import { App } from "../app.js" */
/** @import { State } from "../state.js" */

/** @param {App} app */
export function dataView(app) {
  const zone = find("drop-zone", HTMLElement);
  const input = find("file-input", HTMLInputElement);
  const now = find("data-now", HTMLElement);
  const useMnist = find("use-mnist", HTMLButtonElement);

  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.dataset.over = "true";
  });
  zone.addEventListener("dragleave", () => delete zone.dataset.over);
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    delete zone.dataset.over;
    void app.changes.useFiles([...(event.dataTransfer?.files ?? [])]);
  });
  // A file that misses the zone would make the browser leave the page, and the run with it.
  for (const type of ["dragover", "drop"]) {
    window.addEventListener(type, (event) => event.preventDefault());
  }
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    input.value = ""; // so that the same file, mended, can be chosen again
    if (files.length > 0) void app.changes.useFiles(files);
  });
  onPress(useMnist, () => app.changes.useMnist());

  /** @param {State} state */
  return ({ data }) => {
    useMnist.hidden = data === undefined || data.sourceId === 0;
    if (data === undefined) return;
    const classes = data.classCount > 0 ? `, in ${data.classCount} classes` : "";
    if (data.points !== undefined) {
      setText(now, `In use: ${count(data.count)} points in the plane.`);
      return;
    }
    const size = `${count(data.count)} pictures of ${data.columns}×${data.rows}${classes}`;
    setText(now, `In use: ${data.name}, ${size}.`);
  };
}
