// The form that changes the run's networks. What is entered is the form's until it is started with; the program counts
// it as it is entered, or says why it cannot be, which stands at its network. Of bounds it knows only what a number is.

import { networks as texts } from "#words/networks.js";
import { messageOf } from "../../kit/errors.js";
import { sentence } from "../../kit/sentence.js";
import { find, make, onPress, setDisabled, setText } from "../../kit/dom.js";
import { rarely } from "../../kit/rarely.js";
import { shownConfig } from "../selectors.js";
import { sizesOf, textOf } from "../sizes.js";
import { totalsOf } from "./networks.js";

/** @import { App } from "../app.js" */
/** @import { Sizes } from "../sizes.js" */
/** @import { PageStore } from "../state.js" */

const NAMES = /** @type {const} */ (["generator", "discriminator"]);
/** The program is asked to count at most this often. */
const COUNT_EVERY_MS = 200;

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function sizesView(app, store) {
  const begin = find("sizes-begin", HTMLButtonElement);
  const restore = find("sizes-restore", HTMLButtonElement);
  const parts = NAMES.map((name) => new Part(name, () => changed()));
  find("sizes-parts", HTMLElement).append(...parts.map(({ element }) => element));

  /** What is entered. */
  const entered = () =>
    /** @type {{ generator: string, discriminator: string }} */ (
      Object.fromEntries(parts.map(({ name, text }) => [name, text]))
    );
  /** Of both as one text, in force. */
  let inForce = "";
  let isSound = true;
  let asked = 0;

  const showButtons = () => {
    const { settings, phase } = store.state;
    const isChanged = Object.values(entered()).join() !== inForce;
    setDisabled(begin, !isChanged || !isSound || phase !== "ready");
    restore.hidden = settings.generator === null && settings.discriminator === null;
  };
  const recount = rarely(async () => {
    const mine = (asked += 1);
    const told = await Promise.all(
      parts.map(async ({ name, text, unread }) => {
        if (unread !== undefined) return { problem: unread };
        try {
          const found = await app.changes.networksOf({ [name]: text });
          return { totals: totalsOf(found[name]) };
        } catch (error) {
          return { problem: sentence(messageOf(error)) };
        }
      }),
    );
    if (mine !== asked) return; // something else was entered meanwhile
    isSound = told.every(({ problem }) => problem === undefined);
    told.forEach((one, i) => parts[i].tell(one));
    showButtons();
  }, COUNT_EVERY_MS);
  const changed = () => {
    // Until it has been counted nobody knows whether it can be.
    isSound = false;
    showButtons();
    recount();
  };

  onPress(begin, () => app.changes.changeNetworks(entered()));
  onPress(restore, () => app.changes.changeNetworks({ generator: null, discriminator: null }));
  store.watch(
    (state) => {
      const { generator, discriminator } = shownConfig(state) ?? {};
      const recipe = state.run?.recipe;
      return [generator, discriminator, recipe?.generator.kind, recipe?.discriminator.kind].join();
    },
    () => {
      const { generator, discriminator } = shownConfig(store.state) ?? {};
      const recipe = store.state.run?.recipe;
      if (generator === undefined || discriminator === undefined || recipe === undefined) return;
      inForce = [generator, discriminator].join();
      parts[0].show(generator, false);
      parts[1].show(discriminator, recipe.discriminator.kind === "projection");
      changed();
    },
  );
  store.watch(
    ({ phase, settings }) => [phase, settings.generator, settings.discriminator],
    showButtons,
  );
}

/** One network's sizes. */
class Part {
  element;
  #body = make("div", { class: "sizes-fields" });
  #words = make("p", { class: "note" });
  #problem = make("p", { class: "problem" });
  #changed;
  /** @type {Sizes} */
  #sizes = sizesOf("");
  #hasExtras = false;

  /**
   * @param {typeof NAMES[number]} name
   * @param {() => void} changed told when something is entered
   */
  constructor(name, changed) {
    this.name = name;
    this.#changed = changed;
    this.#words.setAttribute("role", "status");
    this.#problem.setAttribute("role", "alert");
    this.#problem.id = `sizes-${name}-problem`;
    const legend = make("legend", { text: texts.names[name] });
    this.element = make("fieldset", { class: "sizes-part" }, [
      ...[legend, this.#body, this.#words, this.#problem],
    ]);
  }

  get text() {
    return textOf(this.#sizes);
  }

  /** What is said of the first entry that is no number at all. @returns {string | undefined} */
  get unread() {
    const wrong = this.#inputs.find((input) => !isNumber(input));
    if (wrong === undefined) return undefined;
    const name = wrong.labels?.[0].textContent ?? "";
    return wrong.inputMode === "numeric" ? texts.mustBeWhole(name) : texts.mustBeNumber(name);
  }

  get #inputs() {
    return [...this.#body.querySelectorAll("input")].filter(({ type }) => type === "text");
  }

  /**
   * @param {string} text in force
   * @param {boolean} hasExtras whether the kind of network has ingredients of choice
   */
  show(text, hasExtras) {
    this.#sizes = sizesOf(text);
    this.#hasExtras = hasExtras;
    this.#build();
  }

  /** @param {{ totals?: number[], problem?: string }} found what the program says of it */
  tell({ totals, problem = "" }) {
    const words = totals && texts.counts(totals[0], totals[1]);
    setText(this.#words, words ?? "");
    setText(this.#problem, problem);
    for (const input of this.#inputs) {
      input.setAttribute("aria-invalid", String(!isNumber(input)));
    }
  }

  #build() {
    const sizes = this.#sizes;
    const { latent, layers, activation } = sizes;
    const isDense = activation !== undefined;
    const fields = [];
    if (latent !== undefined) {
      fields.push(this.#whole(texts.latent, latent, (value) => (sizes.latent = value)));
    }
    layers.forEach((layer, i) => fields.push(this.#layer(layer, i, isDense)));
    if (isDense) {
      fields.push(this.#button(texts.add, () => layers.push(nextOf(layers))));
      fields.push(...this.#activation(activation));
    }
    if (this.#hasExtras) {
      fields.push(this.#check(texts.spectral, sizes.spectral, (is) => (sizes.spectral = is)));
      fields.push(this.#check(texts.deviation, sizes.deviation, (is) => (sizes.deviation = is)));
    }
    this.#body.replaceChildren(...fields);
  }

  /**
   * @param {Sizes["layers"][number]} layer
   * @param {number} i
   * @param {boolean} isDense
   */
  #layer(layer, i, isDense) {
    const label = isDense ? texts.units(i + 1) : texts.channels(i + 1);
    const field = this.#whole(label, layer.width, (value) => (layer.width = value));
    if (!isDense) return field;
    const norm = this.#check(texts.batchNorm, layer.norm, (is) => (layer.norm = is));
    norm.querySelector("input")?.setAttribute("aria-label", texts.norm(i + 1));
    const remove = this.#button("×", () => this.#sizes.layers.splice(i, 1));
    remove.setAttribute("aria-label", texts.remove(i + 1));
    return make("div", { class: "sizes-layer" }, [field, norm, remove]);
  }

  /** @param {NonNullable<Sizes["activation"]>} activation */
  #activation(activation) {
    const select = make("select");
    select.add(new Option("ReLU", "relu"));
    select.add(new Option("LeakyReLU", "leaky"));
    select.value = activation.kind;
    select.addEventListener("change", () => {
      activation.kind = select.value === "relu" ? "relu" : "leaky";
      if (activation.slope === "") activation.slope = "0.2";
      this.#rebuilt(select);
    });
    const label = make("label", { class: "sizes-field" }, [new Text(texts.activation), select]);
    if (activation.kind === "relu") return [label];
    return [
      label,
      this.#number(texts.slope, activation.slope, (value) => (activation.slope = value)),
    ];
  }

  /**
   * @param {string} text
   * @param {string} value
   * @param {(value: string) => void} put
   */
  #whole(text, value, put) {
    return this.#number(text, value, put, "numeric");
  }

  /**
   * @param {string} text
   * @param {string} value
   * @param {(value: string) => void} put
   * @param {"numeric" | "decimal"} [kind] whole numbers from 1 on, or numbers from 0 to 1
   */
  #number(text, value, put, kind = "decimal") {
    const input = make("input");
    input.type = "text";
    input.inputMode = kind;
    input.autocomplete = "off";
    input.value = value;
    input.setAttribute("aria-describedby", this.#problem.id);
    input.addEventListener("input", () => {
      put(input.value);
      this.#changed();
    });
    return make("label", { class: "sizes-field" }, [new Text(text), input]);
  }

  /**
   * @param {string} text
   * @param {boolean} is
   * @param {(is: boolean) => void} put
   */
  #check(text, is, put) {
    const input = make("input");
    input.type = "checkbox";
    input.checked = is;
    input.addEventListener("change", () => {
      put(input.checked);
      this.#changed();
    });
    return make("label", { class: "sizes-check" }, [input, new Text(text)]);
  }

  /**
   * @param {string} text
   * @param {() => unknown} act changes what there is to enter
   */
  #button(text, act) {
    const button = make("button", { class: "quiet", text });
    button.type = "button";
    onPress(button, () => {
      act();
      this.#rebuilt(button);
    });
    return button;
  }

  /** @param {HTMLElement} at what had the focus: what takes its place gets it */
  #rebuilt(at) {
    const focusable = () => [...this.#body.querySelectorAll("input, select, button")];
    const i = focusable().indexOf(at);
    this.#build();
    const all = focusable();
    const next = all[Math.min(i, all.length - 1)];
    if (next instanceof HTMLElement) next.focus();
    this.#changed();
  }
}

/** @param {HTMLInputElement} input */
function isNumber({ value, inputMode }) {
  const text = value.trim();
  if (inputMode === "numeric") return /^[1-9]\d*$/.test(text);
  return /^(\d+\.?\d*|\.\d+)$/.test(text) && Number(text) <= 1;
}

/** @param {Sizes["layers"]} layers */
function nextOf(layers) {
  return { width: layers.at(-1)?.width ?? "128", norm: false };
}
