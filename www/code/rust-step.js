// The training step of a run in Rust, for Burn 0.22, and what only some runs' steps need. No networks: those are
// rust-network.js.

import { usesBatchStatistics } from "./layers.js";
import { compares, LOSSES } from "./losses.js";
import { pictureOf, rowWords } from "./recipe.js";
import { isSpectral } from "./rust-network.js";
import { float } from "./rust-words.js";

/** @import { Network } from "./layers.js" */
/** @import { Tongue } from "./losses.js" */
/** @import { Recipe } from "./recipe.js" */

/**
 * @param {Recipe} recipe
 * @param {Network} generator
 * @param {Network} discriminator
 */
export function trainer(recipe, generator, discriminator) {
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

    /// One step. A batch is \`[BATCH, ${discriminator.input}]\`${rowWords(pictureOf(recipe, discriminator))}${isTold ? ", with its classes as one-hot rows" : ""}, on a device with \`autodiff\`.
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

export const AVERAGE = `/// All numbers of a network, running statistics too, each tensor in a row.
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
export function clip(bound) {
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
