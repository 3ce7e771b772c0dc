// The run's two networks, layer by layer. Loaded when they are in sight, as the form that changes them is (sizes.js).

import { networks as texts } from "#words/networks.js";
import { number } from "#words/numbers.js";
import { find, make } from "../../kit/dom.js";

/** @import { CountedLayer, Network } from "../../code/layers.js" */
/** @import { PageStore } from "../state.js" */

/** @param {PageStore} store */
export function networksView(store) {
  for (const name of /** @type {const} */ (["generator", "discriminator"])) {
    const table = find(`network-${name}`, HTMLTableElement);
    store.watch(
      ({ run }) => run?.networks[name],
      (network) => {
        if (network !== undefined) table.replaceChildren(...rowsOf(network));
      },
    );
  }
}

/** @param {Network} network */
function rowsOf({ layers }) {
  const headings = [texts.layer, texts.makes, texts.parameters, texts.multiplications];
  const head = make(
    "tr",
    {},
    headings.map((text) => make("th", { text })),
  );
  for (const cell of head.cells) cell.scope = "col";
  const rows = layers.map((layer) => {
    const { shape, parameters, multiplications } = layer;
    const numbers = [shape.join(" × "), ...[parameters, multiplications].map(orNothing)];
    return make("tr", {}, [
      make("td", { text: nameOf(layer) }),
      ...numbers.map((text) => make("td", { class: "number", text })),
    ]);
  });
  const sums = totalsOf({ layers }).map((sum) =>
    make("td", { class: "number", text: number(sum) }),
  );
  const total = make("tr", {}, [make("td", { text: texts.total }), make("td"), ...sums]);
  return [make("thead", {}, [head]), make("tbody", {}, rows), make("tfoot", {}, [total])];
}

/** @param {number} value */
function orNothing(value) {
  return value === 0 ? "" : number(value);
}

/**
 * What a sample takes: parameters and multiplications of all layers.
 * @param {Pick<Network, "layers">} network
 */
export function totalsOf({ layers }) {
  return [
    layers.reduce((sum, { parameters }) => sum + parameters, 0),
    layers.reduce((sum, { multiplications }) => sum + multiplications, 0),
  ];
}

/** @param {CountedLayer} layer */
function nameOf(layer) {
  const name = texts.kinds[layer.kind];
  switch (layer.kind) {
    case "conv":
      return `${name} ${layer.kernel}×${layer.kernel}${layer.stride > 1 ? ` / ${layer.stride}` : ""}`;
    case "conv-transpose":
      return `${name} 4×4 / 2`;
    case "leaky-relu":
      return `${name} ${layer.slope}`;
    case "scale":
      return `${name} ${layer.factor}`;
    default:
      return name;
  }
}
