// The sizes of a network in one text, as links and runs have them (`z100-256n-512n-leaky0.2`), taken apart for a form
// and put together again. What sizes a network may have is the program's to say (Rust's preset/plan.rs).

/**
 * What was entered, as it was entered.
 * @typedef {object} Sizes
 * @property {string | undefined} latent size; undefined: of a discriminator
 * @property {{ width: string, norm: boolean }[]} layers units or channels; norm: batch normalisation follows
 * @property {{ kind: "relu" | "leaky", slope: string } | undefined} activation of a dense network
 * @property {boolean} spectral spectral normalisation
 * @property {boolean} deviation minibatch standard deviation
 */

/**
 * @param {string} text as the program writes it
 * @returns {Sizes}
 */
export function sizesOf(text) {
  /** @type {Sizes} */
  const sizes = {
    ...{ latent: undefined, layers: [], activation: undefined, spectral: false, deviation: false },
  };
  for (const part of text.split("-")) {
    if (part.startsWith("z")) sizes.latent = part.slice(1);
    else if (part === "sn") sizes.spectral = true;
    else if (part === "md") sizes.deviation = true;
    else if (part === "relu") sizes.activation = { kind: "relu", slope: "" };
    else if (part.startsWith("leaky")) sizes.activation = { kind: "leaky", slope: part.slice(5) };
    else sizes.layers.push({ width: part.replace(/n$/, ""), norm: part.endsWith("n") });
  }
  return sizes;
}

/** @param {Sizes} sizes */
export function textOf({ latent, layers, activation, spectral, deviation }) {
  const parts = [
    latent === undefined ? [] : `z${latent.trim()}`,
    layers.map(({ width, norm }) => `${width.trim()}${norm ? "n" : ""}`),
    activation === undefined ? [] : bend(activation),
    spectral ? "sn" : [],
    deviation ? "md" : [],
  ];
  return parts.flat().join("-");
}

/** @param {NonNullable<Sizes["activation"]>} activation */
function bend({ kind, slope }) {
  return kind === "relu" ? kind : `leaky${slope.trim()}`;
}
