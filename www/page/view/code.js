// The code of the run's networks and of its training step, to be read and copied.

import { kerasOf } from "../../code/keras.js";
import { areWritten } from "../../code/layers.js";
import { inForce } from "../../code/recipe.js";
import { rustOf } from "../../code/rust.js";
import { torchOf } from "../../code/torch.js";
import { shownConfig, shownPreset } from "../selectors.js";
import { code as texts } from "#words/code.js";
import { presets as names } from "#words/presets.js";
import { copyOnPress } from "./copy.js";
import { find, setDisabled, setText } from "../../kit/dom.js";
import { totalsOf } from "./networks.js";

/** @import { PageStore } from "../state.js" */

/** By the values of the radio buttons. */
const WRITERS = { rust: rustOf, keras: kerasOf, torch: torchOf };

/** @param {PageStore} store */
export function codeView(store) {
  const section = find("code", HTMLElement);
  const code = find("code-text", HTMLElement);
  const counts = find("code-counts", HTMLElement);
  const copy = find("copy-code", HTMLButtonElement);
  const choices = /** @type {NodeListOf<HTMLInputElement & { value: keyof typeof WRITERS }>} */ (
    section.querySelectorAll("input[name=code]")
  );
  /** What the shown code was written from. */
  let shown = "";
  /** In which language somebody wants it. @type {keyof typeof WRITERS | undefined} */
  let wanted;

  copyOnPress(copy, code);

  const write = () => {
    // A run that is being changed is none whose code is asked for.
    const { run, asked } = store.state;
    if (asked !== undefined) return;
    const config = shownConfig(store.state);
    const preset = shownPreset(store.state);
    if (run === undefined || config === undefined || preset === undefined) return;
    const recipe = inForce(run.recipe, config);
    const { title } = names[preset.id];
    const { networks } = run;
    const chosen = wanted ?? (areWritten(networks) ? "rust" : "torch");
    for (const choice of choices) choice.checked = choice.value === chosen;
    const from = JSON.stringify([recipe, networks, title, chosen]);
    if (from === shown) return;
    shown = from;
    const isWritten = chosen === "torch" || areWritten(networks);
    code.toggleAttribute("data-words", !isWritten);
    setText(code, isWritten ? WRITERS[chosen](recipe, networks, title) : texts.notWritten);
    const { generator, discriminator } = networks;
    const [g, d] = [generator, discriminator].map((network) => totalsOf(network)[0]);
    setText(counts, texts.trainedCounts(g, d));
    setDisabled(copy, !isWritten);
  };
  section.addEventListener("change", () => {
    wanted = [...choices].find(({ checked }) => checked)?.value;
    write();
  });
  store.subscribe(write);
}
