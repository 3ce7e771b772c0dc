// The code of the run's networks and of its training step, to be read and copied. It is written while its
// section is open, from the config in the run's checkpoint.

import { kerasOf } from "../code/keras.js";
import { discriminatorOf, generatorOf, trainedCount } from "../code/layers.js";
import { inForce, recipeOf } from "../code/recipe.js";
import { rustOf } from "../code/rust.js";
import { count } from "../format.js";
import { shownConfig, shownPreset } from "../state.js";
import { code as texts } from "../english.js?code";
import { presets as names } from "../english.js?presets";
import { copyOnPress } from "./copy.js";
import { find, setDisabled, setText } from "./dom.js";

/** @import { App } from "../app.js" */
/** @import { Recipe } from "../code/recipe.js" */
/** @import { State } from "../state.js" */

/** @param {App} app */
export function codeView(app) {
  const panel = find("code-panel", HTMLDetailsElement);
  const code = find("code-text", HTMLElement);
  const counts = find("code-counts", HTMLElement);
  const copy = find("copy-code", HTMLButtonElement);
  const keras = find("code-keras", HTMLInputElement);
  /** The run whose recipe is here, or on its way. @type {number | undefined} */
  let runId;
  /** @type {Recipe | undefined} */
  let recipe;
  /** @type {State | undefined} */
  let newest;
  /** What the shown code was written from. */
  let shown = "";

  copyOnPress(copy, code);

  const write = () => {
    const config = newest && shownConfig(newest);
    const preset = newest && shownPreset(newest);
    if (recipe === undefined || config === undefined || preset === undefined) return;
    const current = inForce(recipe, config);
    const from = JSON.stringify([current, names[preset.id].title, keras.checked]);
    if (from === shown) return;
    shown = from;
    setText(code, (keras.checked ? kerasOf : rustOf)(current, names[preset.id].title));
    const networks = [generatorOf(current.generator), discriminatorOf(current.discriminator)];
    const [g, d] = networks.map((network) => count(trainedCount(network)));
    setText(counts, texts.trainedCounts(g, d));
    setDisabled(copy, false);
  };

  /** @param {number} id */
  const fetchRecipe = async (id) => {
    runId = id;
    const checkpoint = await app.files.checkpoint();
    if (runId !== id) return; // another run by now
    if (checkpoint === undefined) {
      runId = undefined;
      return;
    }
    recipe = recipeOf(checkpoint);
    write();
  };

  const update = () => {
    // A run that is being changed is none whose code is asked for.
    if (newest === undefined || !panel.open || newest.asked !== undefined) return;
    const { run } = newest;
    if (run === undefined || newest.phase !== "ready") return;
    if (run.id === runId) write();
    else void fetchRecipe(run.id);
  };
  panel.addEventListener("toggle", update);
  panel.addEventListener("change", write);

  /** @param {State} state */
  return (state) => {
    newest = state;
    update();
  };
}
