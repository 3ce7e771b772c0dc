// How PyTorch reads what the page saved: a table of the file's names for the networks' layers, and a function that
// puts the numbers in.

import { isSpectral, modulesOf } from "./torch-network.js";

/** @import { Network } from "./layers.js" */

/**
 * @param {Network} generator
 * @param {Network} discriminator
 */
export function loader(generator, discriminator) {
  const both = [...generator.layers, ...discriminator.layers];
  const has = (/** @type {string} */ kind) => both.some((layer) => layer.kind === kind);
  const spectral = both.some(isSpectral);
  const turned = both.some((layer) => layer.kind === "conv" && layer.place?.turned);
  const normed = `        if isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
            layer.weight.copy_(file[f"{name}.gamma"])
            layer.bias.copy_(file[f"{name}.beta"])
            layer.running_mean.copy_(file[f"{name}.running_mean"])
            layer.running_var.copy_(file[f"{name}.running_var"])
            continue
`;
  const put = spectral
    ? `        if hasattr(layer, "parametrizations"):
            layer.weight = weight
            for _ in range(30):
                layer.weight  # each look, in training, comes nearer to its largest singular value
        else:
            layer.weight.copy_(weight)
`
    : "        layer.weight.copy_(weight)\n";
  return `# What the layers are called in a file that the page saved, a run or a generator alone.
${table("GENERATOR", generator)}
${table("DISCRIMINATOR", discriminator)}
${
  turned
    ? `# Kept there as transposed convolutions of stride 1, which are convolutions with the kernel turned round.
TURNED = ${set([generator, discriminator])}
`
    : ""
}

@torch.no_grad()
def load(network, names, path):
    """Puts the numbers of a file into a network: load(generator, GENERATOR, "generator.safetensors")."""
    file = load_file(path)
    network.train()
    for place, name in names.items():
        layer = network.layers[place]
${has("batch-norm") ? normed : ""}        weight = file[f"{name}.weight"]
        if isinstance(layer, nn.Linear):
            weight = weight.T
${
  turned
    ? `        if name in TURNED:
            weight = weight.transpose(0, 1).flip(2, 3)
`
    : ""
}${put}        if layer.bias is not None:
            layer.bias.copy_(file[f"{name}.bias"])
`;
}

/**
 * @param {string} name
 * @param {Network} network
 */
function table(name, { layers }) {
  const entries = modulesOf(layers).flatMap(({ layer, hasNumbers }, i) =>
    hasNumbers && layer.place ? [`    ${i}: "${layer.place.module}",`] : [],
  );
  return `${name} = {\n${entries.join("\n")}\n}`;
}

/** @param {Network[]} networks */
function set(networks) {
  const names = networks.flatMap(({ layers }) =>
    layers.flatMap(({ kind, place }) =>
      kind === "conv" && place?.turned ? [`"${place.module}"`] : [],
    ),
  );
  return `{${names.join(", ")}}`;
}
