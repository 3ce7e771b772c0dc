// One network of a run in Rust, for Burn 0.22: its layers as fields, how they are made and what passes through
// them. No losses and no training: those are rust-step.js.

import { unwritten } from "./layers.js";
import { float } from "./rust-words.js";

/** @import { Layer, Network } from "./layers.js" */

/**
 * @param {string} type
 * @param {Network} network
 */
export function network(type, { input, output, classes, joinsClasses, layers }) {
  const named = numbered(layers);
  const fields = named.flatMap(fieldsOf);
  const spectral = named.filter(({ layer }) => isSpectral(layer));
  const needsBatch = layers.some(({ kind }) => kind === "reshape" || kind === "projection");
  const told = classes > 0 ? ", classes: Tensor<2>" : "";
  const shapes = classes > 0 ? ` and \`[batch, ${classes}]\`` : "";
  return `#[derive(Module, Debug)]
pub struct ${type} {
${fields.map(({ field, type }) => `    ${field}: ${type},`).join("\n")}
}

impl ${type} {
    pub fn new(device: &Device) -> Self {
        Self {
${fields.map(({ field, make }) => `            ${field}: ${make},`).join("\n")}
        }
    }

    /// \`[batch, ${input}]\`${shapes} → \`[batch, ${output}]\`
    pub fn forward(&self, x: Tensor<2>${told}) -> Tensor<2> {
${[
  ...(needsBatch ? ["let [batch, _] = x.dims();"] : []),
  ...(joinsClasses ? ["let x = Tensor::cat(vec![x, classes], 1);"] : []),
  ...named.flatMap(forward),
]
  .map((line) => `        ${line}`)
  .join("\n")}
        x
    }
${spectral.length > 0 ? advance(spectral) : ""}}
`;
}

/** @typedef {{ layer: Layer, n: number }} Named n: which of the layers with weights it belongs to */

/**
 * @param {Layer[]} layers
 * @returns {Named[]}
 */
function numbered(layers) {
  let n = 0;
  return layers.map((layer) => {
    if (layer.kind === "dense" || layer.kind === "conv" || layer.kind === "conv-transpose") n += 1;
    return { layer, n };
  });
}

/** @param {Layer} layer */
export function isSpectral(layer) {
  return (layer.kind === "dense" || layer.kind === "conv") && layer.spectral;
}

/**
 * @param {Named} named
 * @returns {{ field: string, type: string, make: string }[]}
 */
function fieldsOf({ layer, n }) {
  const made = (/** @type {string[]} */ ...calls) =>
    [...calls, ".init(device)"].map((call) => `\n                ${call}`).join("");
  const glorot = ".with_initializer(GLOROT)";
  switch (layer.kind) {
    case "dense": {
      const { input, output } = layer;
      const make = `LinearConfig::new(${input}, ${output})${made(glorot)}`;
      const field = { field: `dense_${n}`, type: "Linear", make };
      return [field, ...(layer.spectral ? [spectralField(n, input)] : [])];
    }
    case "conv": {
      const { input, output, kernel, stride, padding, bias, spectral } = layer;
      const [before, after] = padding;
      const around = `${before}, ${before}, ${after}, ${after}`;
      const make = `Conv2dConfig::new([${input}, ${output}], [${kernel}, ${kernel}])${made(
        ...(stride === 1 ? [] : [`.with_stride([${stride}, ${stride}])`]),
        `.with_padding(PaddingConfig2d::Explicit(${around}))`,
        ...(bias ? [] : [".with_bias(false)"]),
        glorot,
      )}`;
      const field = { field: `conv_${n}`, type: "Conv2d", make };
      return [field, ...(spectral ? [spectralField(n, output)] : [])];
    }
    case "conv-transpose": {
      const how = [".with_stride([2, 2])", ".with_padding([1, 1])", ".with_bias(false)"];
      const { input, output } = layer;
      // Burn knows no fan-out of a transposed convolution.
      const fans = `.with_initializer(glorot((${input} + ${output}) * 4 * 4))`;
      const make = `ConvTranspose2dConfig::new([${input}, ${output}], [4, 4])${made(...how, fans)}`;
      return [{ field: `up_${n}`, type: "ConvTranspose2d", make }];
    }
    case "batch-norm": {
      const make = `BatchNormConfig::new(${layer.features}).init(device)`;
      return [{ field: `norm_${n}`, type: "BatchNorm", make }];
    }
    default:
      return [];
  }
}

/**
 * @param {number} n
 * @param {number} rows
 */
function spectralField(n, rows) {
  return {
    field: `spectral_${n}`,
    type: "SpectralNorm",
    make: `SpectralNorm::new(${rows}, device)`,
  };
}

/**
 * @param {Named} named
 * @returns {string[]}
 */
function forward({ layer, n }) {
  switch (layer.kind) {
    case "dense":
      return layer.spectral
        ? [
            `let weight = self.dense_${n}.weight.val();`,
            `let weight = weight.clone() / self.spectral_${n}.sigma(weight);`,
            `let x = linear(x, weight, self.dense_${n}.bias.as_ref().map(|bias| bias.val()));`,
          ]
        : [`let x = self.dense_${n}.forward(x);`];
    case "conv": {
      if (!layer.spectral) return [`let x = self.conv_${n}.forward(x);`];
      const { stride, padding } = layer;
      const [along, around] = [stride, padding[0]].map((size) => `[${size}, ${size}]`);
      return [
        `let weight = self.conv_${n}.weight.val();`,
        `let sigma = self.spectral_${n}.sigma(weight.clone().flatten(1, 3));`,
        `let bias = self.conv_${n}.bias.as_ref().map(|bias| bias.val());`,
        `let options = ConvOptions::new(${along}, ${around}, [1, 1], 1);`,
        "let x = conv2d(x, weight / sigma.reshape([1; 4]), bias, options);",
      ];
    }
    case "conv-transpose":
      return [`let x = self.up_${n}.forward(x);`];
    case "batch-norm":
      return [`let x = self.norm_${n}.forward(x);`];
    case "relu":
      return ["let x = activation::relu(x);"];
    case "leaky-relu":
      return [`let x = activation::leaky_relu(x, ${float(layer.slope)});`];
    case "tanh":
      return ["let x = x.tanh();"];
    case "reshape":
      return [`let x = x.reshape([batch, ${layer.channels}, ${layer.side}, ${layer.side}]);`];
    case "upsample":
      return [
        "let twice = InterpolateOptions::new(InterpolateMode::Nearest).with_scale_factor([2.0, 2.0]);",
        "let x = interpolate(x, twice);",
      ];
    case "scale":
      return [`let x = x * ${float(layer.factor)};`];
    case "crop":
    case "skip":
    case "mean":
      throw unwritten(layer);
    case "flatten":
      return ["let x: Tensor<2> = x.flatten(1, 3);"];
    case "minibatch-deviation":
      return [];
    case "projection":
      return [
        "// The first number is any class's; the class adds its own.",
        `let of_class = x.clone().slice([0..batch, 1..${layer.classes + 1}]) * classes;`,
        "let x = x.slice([0..batch, 0..1]) + of_class.sum_dim(1);",
      ];
  }
}

/** @param {Named[]} spectral */
function advance(spectral) {
  const lines = spectral.map(({ layer, n }) => {
    const flat = layer.kind === "conv" ? ".flatten(1, 3)" : "";
    return `        self.spectral_${n} = self.spectral_${n}.advance(self.${layer.kind}_${n}.weight.val()${flat});`;
  });
  return `
    /// One power iteration of every spectral norm, once a step.
    fn advance(mut self) -> Self {
${lines.join("\n")}
        self
    }
`;
}

export const GLOROT = `fn glorot(fans: usize) -> Initializer {
    let bound = (6.0 / fans as f64).sqrt();
    Initializer::Uniform { min: -bound, max: bound }
}
`;

export const SPECTRAL_NORM = `/// An estimate of a weight's first left singular vector, bettered once a step.
#[derive(Module, Debug)]
struct SpectralNorm {
    left: Param<Tensor<1>>,
}

impl SpectralNorm {
    fn new(rows: usize, device: &Device) -> Self {
        let left = Initializer::Constant { value: 1.0 / (rows as f64).sqrt() };
        let left: Param<Tensor<1>> = left.init([rows], device);
        Self { left: left.set_require_grad(false) }
    }

    fn advance(self, weight: Tensor<2>) -> Self {
        let weight = weight.inner();
        let right = unit(self.left.val().inner().unsqueeze().matmul(weight.clone()));
        let left = unit(right.matmul(weight.transpose())).squeeze_dim::<1>(0);
        let left = Tensor::from_inner(left).set_require_grad(false);
        Self { left: self.left.map(|_| left) }
    }

    /// The largest singular value, \`[1, 1]\`.
    fn sigma(&self, weight: Tensor<2>) -> Tensor<2> {
        let left: Tensor<2> = self.left.val().detach().unsqueeze();
        let right = unit(left.clone().matmul(weight.clone().detach()));
        (left.matmul(weight) * right).sum_dim(1)
    }
}

fn unit(row: Tensor<2>) -> Tensor<2> {
    let length = row.clone().square().sum_dim(1).sqrt() + 1e-12;
    row / length
}
`;
