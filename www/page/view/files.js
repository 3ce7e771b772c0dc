// The files of a run: saved from the page and loaded into it.

import { page as texts } from "#words/page.js";
import { find, onPress, setDisabled, setText } from "../../kit/dom.js";
import { pngOf } from "../../kit/png.js";

/** @import { App } from "../app.js" */
/** @import { PageStore } from "../state.js" */

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function filesView(app, store) {
  const saveRun = find("save-run", HTMLButtonElement);
  const saveGenerator = find("save-generator", HTMLButtonElement);
  const savePicture = find("save-picture", HTMLButtonElement);
  const picture = find("grid", HTMLCanvasElement);
  const input = find("run-file", HTMLInputElement);

  onPress(saveRun, () => app.files((files) => files.save("run")));
  onPress(saveGenerator, () => app.files((files) => files.save("generator")));
  onPress(savePicture, async () => {
    const png = await pngOf(picture);
    await app.export((exporting) => exporting.shown(png));
  });
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    input.value = ""; // so that the same file can be chosen again
    if (file !== undefined) void app.files((files) => files.load(file));
  });

  store.subscribe(({ phase, saving, picture: shown }) => {
    setDisabled(savePicture, phase !== "ready" || shown === undefined);
    const isBusy = phase !== "ready" || saving !== undefined;
    setDisabled(saveRun, isBusy);
    setDisabled(saveGenerator, isBusy);
    setText(saveRun, saving === "run" ? texts.saving : texts.saveRun);
    setText(saveGenerator, saving === "generator" ? texts.saving : texts.saveGenerator);
  });
}
