// The networks and the training step in Rust, for Burn 0.22.

import { shownOf, usesBatchStatistics } from "./layers.js";
import { compares, LOSSES } from "./losses.js";
import { leftOut } from "./recipe.js";

/** @import { Layer, Network, Networks } from "./layers.js" */
/** @import { Tongue } from "./losses.js" */
/** @import { Recipe } from "./recipe.js" */

/**
 * @param {Recipe} recipe
 * @param {Networks} networks
 * @param {string} title of the preset
 */
export function rustOf(recipe, networks, title) {
  const [generator, discriminator] = [networks.generator, networks.discriminator].map(shownOf);
  const parts = [
    network("Generator", generator),
    network("Discriminator", discriminator),
    ...(generator.layers.some(({ kind }) => kind === "conv-transpose") ? [GLOROT] : []),
    ...(discriminator.layers.some(isSpectral) ? [SPECTRAL_NORM] : []),
    trainer(recipe, generator, discriminator),
    ...(recipe.average_decay === null ? [] : [AVERAGE]),
    ...(recipe.weight_clip === null ? [] : [clip(recipe.weight_clip)]),
  ].join("\n");
  const body = `${constants(recipe, generator)}\n${parts}`;
  const notes = leftOut(recipe, networks).map((what) => `// Left out here: ${what}.\n`);
  return `// ${title}, for Burn 0.22 (features "std", "train" and a backend, such as "flex").\n${notes.join("")}\n${imports(body)}\n${body}`;
}

/** What can be imported: a name is when the code has it. */
const PATHS = /** @type {const} */ ([
  ["burn::module", ["Module", "ModuleMapper", "ModuleVisitor", "Param"]],
  [
    "burn::nn",
    ["BatchNorm", "BatchNormConfig", "Initializer", "Linear", "LinearConfig", "PaddingConfig2d"],
  ],
  ["burn::nn::conv", ["Conv2d", "Conv2dConfig", "ConvTranspose2d", "ConvTranspose2dConfig"]],
  ["burn::optim", ["AdamConfig", "GradientsParams", "ModuleOptimizer", "RmsPropConfig"]],
  ["burn::tensor::module", ["conv2d", "interpolate", "linear"]],
  ["burn::tensor::ops", ["ConvOptions", "InterpolateMode", "InterpolateOptions"]],
  ["burn::tensor", ["Device", "Distribution", "Tensor", "activation"]],
]);

/** @param {string} body */
function imports(body) {
  return PATHS.flatMap(([path, names]) => {
    const here = names.filter((name) => new RegExp(`(?<![.\\w])${name}(?!\\w)`).test(body));
    if (here.length === 0) return [];
    return `use ${path}::${here.length === 1 ? here[0] : `{${here.join(", ")}}`};\n`;
  }).join("");
}

/**
 * @param {Recipe} recipe
 * @param {Network} generator
 */
function constants(recipe, { input, classes, joinsClasses }) {
  const { batch_size, seed, learning_rate, discriminator_rate, discriminator_steps } = recipe;
  return `${[
    `/// Numbers in each latent.\nconst LATENT: usize = ${input};`,
    ...(joinsClasses ? [`const CLASSES: usize = ${classes};`] : []),
    `const BATCH: usize = ${batch_size};`,
    `const SEED: u64 = ${seed};`,
    `const LEARNING_RATE: f64 = ${float(learning_rate)};`,
    ...(discriminator_rate === 1
      ? []
      : [
          `/// The discriminator's, in units of the generator's.\nconst DISCRIMINATOR_RATE: f64 = ${float(discriminator_rate)};`,
        ]),
    ...(discriminator_steps === 1
      ? []
      : [
          `/// Of the discriminator, for one of the generator.\nconst DISCRIMINATOR_STEPS: usize = ${discriminator_steps};`,
        ]),
    `/// Glorot's, for biases too. (The page's biases begin at zero.)\nconst GLOROT: Initializer = Initializer::XavierUniform { gain: 1.0 };`,
  ].join("\n")}\n`;
}

/**
 * @param {string} type
 * @param {Network} network
 */
function network(type, { input, output, classes, joinsClasses, layers }) {
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
function isSpectral(layer) {
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

const GLOROT = `fn glorot(fans: usize) -> Initializer {
    let bound = (6.0 / fans as f64).sqrt();
    Initializer::Uniform { min: -bound, max: bound }
}
`;

const SPECTRAL_NORM = `/// An estimate of a weight's first left singular vector, bettered once a step.
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

/**
 * @param {Recipe} recipe
 * @param {Network} generator
 * @param {Network} discriminator
 */
function trainer(recipe, generator, discriminator) {
  const { objective, smoothness, instance_noise, weight_clip, average_decay, l1_weight } = recipe;
  const isTold = generator.classes > 0 || discriminator.classes > 0;
  const forG = generator.classes > 0 ? ", classes.clone()" : "";
  const forD = (/** @type {number} */ blocks) =>
    discriminator.classes > 0 ? `, classes.clone().repeat_dim(0, ${blocks})` : "";
  const told = isTold ? ", classes: &Tensor<2>" : "";
  const noise = (/** @type {string} */ name) =>
    instance_noise === null
      ? []
      : [
          `let ${name} = ${name}.clone() + ${name}.random_like(Distribution::Normal(0.0, ${float(instance_noise)}));`,
        ];
  const isSpectralD = discriminator.layers.some(isSpectral);
  const rate = (/** @type {boolean} */ isD) =>
    isD && recipe.discriminator_rate !== 1 ? "LEARNING_RATE * DISCRIMINATOR_RATE" : "LEARNING_RATE";
  const isPaired = compares(objective);
  const needsReal = isPaired || usesBatchStatistics(discriminator);
  const wantsReal = needsReal || l1_weight !== null;

  const teachD = [
    "let both = Tensor::cat(vec![real, fake], 0);",
    ...noise("both"),
    ...(smoothness === null
      ? [
          `let logits = self.discriminator.forward(both${forD(2)});`,
          "let [real, fake] = blocks(logits);",
        ]
      : steepness(smoothness, forD)),
    `let loss = ${LOSSES[objective].discriminator(tongue(smoothness !== null))};`,
    ...(smoothness === null ? [] : penalty(smoothness)),
    "let gradients = loss.mean().backward();",
    "let gradients = GradientsParams::from_grads(gradients, &self.discriminator);",
    "let discriminator = self.discriminator.clone();",
    `self.discriminator = self.discriminator_optimizer.step(${rate(true)}, discriminator, gradients);`,
    ...(weight_clip === null
      ? []
      : ["self.discriminator = self.discriminator.clone().map(&mut Clip);"]),
  ];
  const teachG = [
    ...(needsReal
      ? [
          `let both = Tensor::cat(vec![${l1_weight === null ? "real, fake" : "real.clone(), fake.clone()"}], 0);`,
          ...noise("both"),
          `let logits = self.discriminator.forward(both${forD(2)});`,
          `let [${isPaired ? "real" : "_"}${l1_weight === null || !isPaired ? "" : "_logits"}, fake${l1_weight === null ? "" : "_logits"}] = blocks(logits);`,
        ]
      : [
          ...(instance_noise === null ? [] : noise("fake")),
          `let fake${l1_weight === null ? "" : "_logits"} = self.discriminator.forward(fake${l1_weight === null ? "" : ".clone()"}${forD(1)});`,
        ]),
    `let loss = ${LOSSES[objective].generator(tongue(false, l1_weight === null ? "" : "_logits"))};`,
    ...(l1_weight === null
      ? ["let loss = loss.mean();"]
      : [`let loss = loss.mean() + (fake - real).abs().mean() * ${float(l1_weight)};`]),
    "let gradients = GradientsParams::from_grads(loss.backward(), &self.generator);",
    "let generator = self.generator.clone();",
    `self.generator = self.generator_optimizer.step(${rate(false)}, generator, gradients);`,
    ...(average_decay === null
      ? []
      : [
          "self.steps += 1;",
          `let share = f64::max(${float(Number((1 - average_decay).toPrecision(6)))}, 10.0 / (self.steps + 9) as f64);`,
          "for (mean, new) in self.average.iter_mut().zip(flat(&self.generator)) {",
          "    *mean = mean.clone() + (new - mean.clone()) * share;",
          "}",
        ]),
  ];
  const turn = [
    `let ${isTold ? "(real, classes)" : "real"} = batch();`,
    `let fake = self.fakes(${isTold ? "&classes" : ""});`,
  ];
  const isLast = (/** @type {boolean} */ last) =>
    `self.teach_discriminator(real${last && wantsReal ? ".clone()" : ""}, fake${last ? ".clone()" : ""}.detach()${isTold ? ", &classes" : ""});`;
  const many = recipe.discriminator_steps > 1;

  const block = (/** @type {string[]} */ lines, deep = 8) =>
    lines.map((line) => " ".repeat(deep) + line).join("\n");
  const averaged = average_decay !== null;
  return `pub struct Trainer {
    pub generator: Generator,
    pub discriminator: Discriminator,
    generator_optimizer: ModuleOptimizer,
    discriminator_optimizer: ModuleOptimizer,
    device: Device,${averaged ? "\n    /// A running mean of the generator's numbers, from which samples are drawn.\n    average: Vec<Tensor<1>>,\n    steps: usize," : ""}
}

impl Trainer {
    /// On a device such as \`Device::flex()\`.
    pub fn new(device: &Device) -> Self {
        device.seed(SEED);
        let device = device.clone().autodiff();
        let generator = Generator::new(&device);
        Self {
            discriminator: Discriminator::new(&device),
            generator_optimizer: ${optimizer(recipe)},
            discriminator_optimizer: ${optimizer(recipe)},${averaged ? "\n            average: flat(&generator),\n            steps: 0," : ""}
            generator,
            device,
        }
    }

    /// One step. A batch is \`[BATCH, ${discriminator.input}]\`${discriminator.input === 784 ? ", in [-1, 1]" : ""}${isTold ? ", with its classes as one-hot rows" : ""}, on a device with \`autodiff\`.
    pub fn step(&mut self, mut batch: impl FnMut() -> ${isTold ? "(Tensor<2>, Tensor<2>)" : "Tensor<2>"}) {
${
  many
    ? `        for _ in 1..DISCRIMINATOR_STEPS {
${block(turn, 12)}
            ${isLast(false)}
        }
`
    : ""
}${block(turn)}
        ${isLast(true)}
        self.teach_generator(${wantsReal ? "real, " : ""}fake${isTold ? ", &classes" : ""});
    }

    fn fakes(&self${generator.classes > 0 ? told : isTold ? ", _: &Tensor<2>" : ""}) -> Tensor<2> {
        let latents = Tensor::random([BATCH, LATENT], Distribution::Normal(0.0, 1.0), &self.device);
        self.generator.forward(latents${forG})
    }

    fn teach_discriminator(&mut self, real: Tensor<2>, fake: Tensor<2>${told}) {
${isSpectralD ? "        self.discriminator = self.discriminator.clone().advance();\n" : ""}${block(teachD)}
    }

    fn teach_generator(&mut self, ${wantsReal ? "real: Tensor<2>, " : ""}fake: Tensor<2>${told}) {
${block(teachG)}
    }
${averaged ? samples(forG !== "") : ""}}

/// As many blocks of \`BATCH\` rows as are asked for.
fn blocks<const N: usize>(rows: Tensor<2>) -> [Tensor<2>; N] {
    std::array::from_fn(|i| rows.clone().narrow(0, i * BATCH, BATCH))
}
`;
}

/**
 * The penalty's part of the discriminator's pass: it judges the same samples a second time, under noise.
 * @param {NonNullable<Recipe["smoothness"]>} smoothness
 * @param {(blocks: number) => string} forD
 */
function steepness({ deviation, fakes }, forD) {
  return [
    `let near = ${fakes ? "both.clone()" : "both.clone().narrow(0, 0, BATCH)"};`,
    `let near = near.clone() + near.random_like(Distribution::Normal(0.0, ${float(deviation)}));`,
    `let logits = self.discriminator.forward(Tensor::cat(vec![both, near], 0)${forD(fakes ? 4 : 3)});`,
    `let [real, fake, ${fakes ? "near_real, near_fake" : "near_real"}] = blocks(logits);`,
  ];
}

/** @param {NonNullable<Recipe["smoothness"]>} smoothness */
function penalty({ weight, fakes }) {
  const squares = `(real - near_real).square()${fakes ? " + (fake - near_fake).square()" : ""}`;
  return [`let steepness = ${squares};`, `let loss = loss + steepness * ${float(weight)};`];
}

/** @param {boolean} isTold */
function samples(isTold) {
  return `
    /// Samples of the averaged generator, for latents on a device without \`autodiff\`.
    pub fn sample(&self, latents: Tensor<2>${isTold ? ", classes: Tensor<2>" : ""}) -> Tensor<2> {
        let mut put = Put(self.average.clone().into_iter());
        self.generator.valid().map(&mut put).forward(latents${isTold ? ", classes" : ""})
    }
`;
}

const AVERAGE = `/// All numbers of a network, running statistics too, each tensor in a row.
fn flat(network: &impl Module) -> Vec<Tensor<1>> {
    let mut rows = Flat(Vec::new());
    network.valid().visit(&mut rows);
    rows.0
}

struct Flat(Vec<Tensor<1>>);

impl ModuleVisitor for Flat {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let value = param.val();
        let count = value.shape().num_elements();
        self.0.push(value.reshape([count]));
    }
}

struct Put(std::vec::IntoIter<Tensor<1>>);

impl ModuleMapper for Put {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let value = self.0.next().expect("the same network");
        param.map(|old| value.reshape(old.shape()))
    }
}
`;

/** @param {number} bound */
function clip(bound) {
  return `struct Clip;

impl ModuleMapper for Clip {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        param.map(|old| {
            Tensor::from_inner(old.inner().clamp(-${float(bound)}, ${float(bound)})).require_grad()
        })
    }
}
`;
}

/** @param {Recipe} recipe */
function optimizer({ optimizer }) {
  const calls =
    optimizer.kind === "adam"
      ? [
          "AdamConfig::new()",
          `.with_beta_1(${float(optimizer.beta_1)})`,
          `.with_beta_2(${float(optimizer.beta_2)})`,
        ]
      : ["RmsPropConfig::new()", `.with_alpha(${float(optimizer.decay)})`, ".with_momentum(0.0)"];
  return [...calls, ".with_epsilon(1e-8)", ".init()"].join("\n                ");
}

/**
 * @param {boolean} clones whether logits are needed again
 * @param {string} [suffix]
 * @returns {Tongue}
 */
function tongue(clones, suffix = "") {
  const clone = clones ? ".clone()" : "";
  return {
    real: `real${suffix}${clone}`,
    fake: `fake${suffix}${clone}`,
    logSigmoid: (x) => `activation::log_sigmoid(${x})`,
    relu: (x) => `activation::relu(${x})`,
    square: (x) => (/^[\w.()]+$/.test(x) ? `${x}.square()` : `(${x}).square()`),
    number: float,
  };
}

/** @param {number} value */
function float(value) {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
