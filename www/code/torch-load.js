// How PyTorch reads what the page saved: a table of the file's names for the networks' layers, and functions that
// put the numbers in.

import { isSpectral, modulesOf } from "./torch-network.js";

/** @import { Network } from "./layers.js" */
/** @import { Recipe } from "./recipe.js" */

/**
 * @param {Recipe} recipe
 * @param {Network} generator
 * @param {Network} discriminator
 */
export function loader({ average_decay }, generator, discriminator) {
  const both = [...generator.layers, ...discriminator.layers];
  const has = (/** @type {string} */ kind) => both.some((layer) => layer.kind === kind);
  const spectral = both.some(isSpectral);
  const turned = both.some((layer) => layer.kind === "conv" && layer.place?.turned);
  const normed = `        if isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
            layer.weight.copy_(file[f"{before}{name}.gamma"])
            layer.bias.copy_(file[f"{before}{name}.beta"])
            layer.running_mean.copy_(file[f"{before}{name}.running_mean"])
            layer.running_var.copy_(file[f"{before}{name}.running_var"])
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
  const averaged = `    # A run has the running mean beside the generator; a generator alone is that.
    put(average, GENERATOR, file, "average." if "average.steps" in file else "")
    steps = int(file.get("average.steps", steps))
`;
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
def put(network, names, file, before=""):
    """Puts the numbers of a file into a network."""
    network.train()
    for place, name in names.items():
        layer = network.layers[place]
${has("batch-norm") ? normed : ""}        weight = file[f"{before}{name}.weight"]
        if isinstance(layer, nn.Linear):
            weight = weight.T
${
  turned
    ? `        if name in TURNED:
            weight = weight.transpose(0, 1).flip(2, 3)
`
    : ""
}${put}        if layer.bias is not None:
            layer.bias.copy_(file[f"{before}{name}.bias"])


def load(path):
    """Puts what the page saved, a run or a generator alone, into the networks. The optimizers begin anew."""
${average_decay === null ? "" : "    global steps\n"}    file = load_file(path, device=str(device))
    file = {name: numbers.float() for name, numbers in file.items()}
    put(generator, GENERATOR, file)
${average_decay === null ? "" : averaged}    if any(name.startswith("discriminator.") for name in file):
        put(discriminator, DISCRIMINATOR, file)
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
