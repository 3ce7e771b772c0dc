// One network of a run in Python, for PyTorch: the modules that its layers are, and what passes through them. No
// losses and no training: those are torch-step.js.

/** @import { Layer, Network } from "./layers.js" */

const SCALE = `class Scale(nn.Module):
    def __init__(self, factor):
        super().__init__()
        self.factor = factor

    def forward(self, x):
        return self.factor * x
`;

/** What layers are of which PyTorch has none. @type {Partial<Record<Layer["kind"], string>>} */
const OWN = {
  scale: SCALE,
  crop: `class Crop(nn.Module):
    def __init__(self, side):
        super().__init__()
        self.side = side

    def forward(self, x):
        return x[:, :, : self.side, : self.side]
`,
  skip: `class Skip(nn.Module):
    """A place where what the way down had at that side stands beside what comes: \`Generator\` puts it there."""
`,
  mean: `class Mean(nn.Module):
    def forward(self, x):
        return x.flatten(1).mean(dim=1, keepdim=True)
`,
};

/**
 * The classes that some networks need beside PyTorch's.
 * @param {Network[]} networks
 */
export function ownModules(networks) {
  const kinds = new Set(
    networks.flatMap(({ layers }) => modulesOf(layers).map(({ layer }) => layer.kind)),
  );
  return [...kinds].flatMap((kind) => OWN[kind] ?? []);
}

/**
 * @param {string} name
 * @param {Network} network
 */
export function network(name, { input, output, classes, joinsClasses, layers }) {
  const isProjection = layers.at(-1)?.kind === "projection";
  const rows = classes > 0 ? `[batch, ${input}] and [batch, ${classes}]` : `[batch, ${input}]`;
  const all = modulesOf(layers);
  const made = all.map(({ line }) => `            ${line},`);
  const spectral = all.flatMap(({ layer, hasNumbers }, i) =>
    hasNumbers && isSpectral(layer) ? [i] : [],
  );
  const forward = [
    ...(joinsClasses ? ["x = torch.cat([x, classes], dim=1)"] : []),
    ...(isProjection
      ? [
          "x = self.layers(x)",
          "# The first number is any class's; the class adds its own.",
          "return x[:, :1] + (x[:, 1:] * classes).sum(dim=1, keepdim=True)",
        ]
      : layers.some(({ kind }) => kind === "skip")
        ? [
            "passed = []",
            "for layer in self.layers:",
            "    if isinstance(layer, nn.Conv2d) and layer.stride == (2, 2):",
            "        passed.append(x)  # of this side, for the way up",
            "    up = isinstance(layer, Skip)",
            "    x = torch.cat([x, passed.pop()], dim=1) if up else layer(x)",
            "return x",
          ]
        : ["return self.layers(x)"]),
  ];
  return `class ${name}(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
${made.join("\n")}
        )
        self.apply(initial)
${
  spectral.length === 0
    ? ""
    : `        for place in (${spectral.join(", ")}):
            spectral_norm(self.layers[place])
`
}
    def forward(self, x${classes > 0 ? ", classes" : ""}):
        """${rows} → [batch, ${output}]"""
${forward.map((line) => `        ${line}`).join("\n")}
`;
}

/**
 * What `nn.Sequential` is given, in its order, and the layer that each is of.
 * @param {Layer[]} layers
 * @returns {{ line: string, layer: Layer, hasNumbers: boolean }[]} hasNumbers: whether it is the one of its layer's
 *   modules that has its numbers
 */
export function modulesOf(layers) {
  let image = false;
  let side = 0;
  return layers.flatMap((layer) => {
    if (layer.kind === "reshape") side = layer.side;
    if (layer.kind === "conv") side = Math.ceil(side / layer.stride);
    if (layer.kind === "upsample") side *= 2;
    // Even sides need none.
    if (layer.kind === "crop" && layer.side === side) return [];
    if (layer.kind === "crop") side = layer.side;
    const lines = modules(layer, image);
    if (layer.kind === "reshape") image = true;
    if (layer.kind === "flatten") image = false;
    return lines.map((line, i) => ({ line, layer, hasNumbers: i === lines.length - 1 }));
  });
}

/**
 * @param {Layer} layer
 * @param {boolean} image whether images come to it, not rows
 * @returns {string[]}
 */
function modules(layer, image) {
  switch (layer.kind) {
    case "dense":
      return [`nn.Linear(${layer.input}, ${layer.output})`];
    case "conv": {
      const { input, output, kernel, stride, padding, bias } = layer;
      const [before, after] = padding;
      const isEven = before === after;
      const how = [
        ...(stride === 1 ? [] : [`stride=${stride}`]),
        ...(isEven && before > 0 ? [`padding=${before}`] : []),
        ...(bias ? [] : ["bias=False"]),
      ];
      return [
        ...(isEven ? [] : [`nn.ZeroPad2d((${before}, ${after}, ${before}, ${after}))`]),
        `nn.Conv2d(${[input, output, kernel, ...how].join(", ")})`,
      ];
    }
    case "conv-transpose":
      return [
        `nn.ConvTranspose2d(${layer.input}, ${layer.output}, 4, stride=2, padding=1, bias=False)`,
      ];
    case "batch-norm":
      return [`nn.BatchNorm${image ? 2 : 1}d(${layer.features})`];
    case "relu":
      return ["nn.ReLU()"];
    case "leaky-relu":
      return [`nn.LeakyReLU(${layer.slope})`];
    case "tanh":
      return ["nn.Tanh()"];
    case "reshape":
      return [`nn.Unflatten(1, (${layer.channels}, ${layer.side}, ${layer.side}))`];
    case "upsample":
      return ["nn.Upsample(scale_factor=2)"];
    case "scale":
      return [`Scale(${layer.factor})`];
    case "crop":
      return [`Crop(${layer.side})`];
    case "skip":
      return ["Skip()"];
    case "mean":
      return ["Mean()"];
    case "flatten":
      return ["nn.Flatten()"];
    case "minibatch-deviation":
    case "projection":
      return [];
  }
}

/** @param {Layer} layer */
export function isSpectral(layer) {
  return (layer.kind === "dense" || layer.kind === "conv") && layer.spectral;
}

export const INITIAL = `def initial(layer):
    """Weights as Glorot and Bengio draw them, biases of zero."""
    if isinstance(layer, (nn.Linear, nn.Conv2d, nn.ConvTranspose2d)):
        nn.init.xavier_uniform_(layer.weight)
        if layer.bias is not None:
            nn.init.zeros_(layer.bias)
`;
