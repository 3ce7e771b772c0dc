// The training step of a run in Python, for PyTorch. No networks: those are torch-network.js.

import { usesBatchStatistics } from "./layers.js";
import { compares, LOSSES } from "./losses.js";
import { inputOf, pictureOf, rowWords } from "./recipe.js";

/** @import { Network } from "./layers.js" */
/** @import { Tongue } from "./losses.js" */
/** @import { Recipe } from "./recipe.js" */

/** @type {Tongue} */
const TONGUE = {
  real: "real",
  fake: "fake",
  logSigmoid: (x) => `F.logsigmoid(${x})`,
  relu: (x) => `F.relu(${x})`,
  square: (x) => `torch.square(${x})`,
  number: String,
};

/**
 * @param {Recipe} recipe
 * @param {Network} generator
 * @param {Network} discriminator
 * @param {object} changes functions, or nothing
 * @param {string} changes.jitter moves pairs before a step
 * @param {string} changes.augment changes what the discriminator sees
 */
export function training(recipe, generator, discriminator, { jitter, augment }) {
  const { weight_clip, average_decay } = recipe;
  const isTold = generator.classes > 0 || discriminator.classes > 0;
  const isPaired = inputOf(recipe) !== undefined;
  const told = isPaired ? ", inputs" : isTold ? ", classes" : "";
  const forG = generator.classes > 0 ? ", classes" : "";
  const many = recipe.discriminator_steps > 1;
  const rate = recipe.discriminator_rate === 1 ? "" : " * DISCRIMINATOR_RATE";
  const words = rowWords(pictureOf(recipe, discriminator));
  const shape = `[BATCH, ${generator.output}]${words}`;
  const batches = many ? `${shape}, DISCRIMINATOR_STEPS of them` : shape;
  const block = (/** @type {string[]} */ lines) => lines.map((line) => `    ${line}`).join("\n");
  const averaged = average_decay !== null;
  const changed = (/** @type {string} */ x) => (augment === "" ? [] : [`${x} = augment(${x})`]);

  return `generator = Generator().to(device)
discriminator = Discriminator().to(device)
generator_optimizer = ${optimizer(recipe, "generator", "")}
discriminator_optimizer = ${optimizer(recipe, "discriminator", rate)}
${
  averaged
    ? `# A running mean of the generator's numbers: samples are drawn from it.
average = copy.deepcopy(generator)
steps = 0
`
    : ""
}

@torch.no_grad()
def draw(${isPaired ? "inputs" : "latents"}${forG}):
    """${isPaired ? "What is made of pictures, as the page shows it" : "Samples as the page shows them"}, of ${averaged ? "the averaged" : "the"} generator: [batch, ${generator.output}]${words}."""
    network = ${averaged ? "average" : "generator"}.eval()
    samples = network(${isPaired ? "inputs" : "latents"}${forG})
    network.train()
    return samples


${[isPaired ? BESIDE : "", jitter, augment].map((code) => (code === "" ? "" : `${code}\n\n`)).join("")}def teach_discriminator(real, fake${told}):
${block(teachD(recipe, discriminator, changed))}
    discriminator_optimizer.zero_grad()
    loss.backward()
    discriminator_optimizer.step()
${
  weight_clip === null
    ? ""
    : `    with torch.no_grad():
        for weight in discriminator.parameters():
            weight.clamp_(-${weight_clip}, ${weight_clip})
`
}    return loss.item()


def teach_generator(real, fake${told}):
${block(teachG(recipe, discriminator, changed))}
    generator_optimizer.zero_grad()
    loss.backward()
    generator_optimizer.step()
    return loss.item()

${averaged ? `\n${average(average_decay)}\n` : ""}
def train_step(real${told}):
    """One step. \`real\`: ${batches}.${isTold ? " `classes`: their one-hot rows." : ""}${isPaired ? ` \`inputs\`: [BATCH, INPUT]${rowWords(inputOf(recipe))}, what each is to be made of.` : ""}"""
    generator.train()
    discriminator.train()
${isPaired ? pairStep(many, jitter !== "") : step(many, isTold, generator.classes > 0)}${averaged ? "    move_average()\n" : ""}    return d_loss, g_loss
`;
}

/**
 * @param {boolean} many
 * @param {boolean} isTold
 * @param {boolean} asks whether the generator is told classes
 */
function step(many, isTold, asks) {
  const of = (/** @type {string} */ place) => (isTold ? `, classes${place}` : "");
  const latents = "torch.randn(BATCH, LATENT, device=device)";
  return many
    ? `    for turn in range(DISCRIMINATOR_STEPS):
        fake = generator(${latents}${asks ? ", classes[turn]" : ""})
        d_loss = teach_discriminator(real[turn], fake.detach()${of("[turn]")})
    g_loss = teach_generator(real[-1], fake${of("[-1]")})
`
    : `    fake = generator(${latents}${asks ? ", classes" : ""})
    d_loss = teach_discriminator(real, fake.detach()${of("")})
    g_loss = teach_generator(real, fake${of("")})
`;
}

/**
 * @param {boolean} many
 * @param {boolean} moves
 */
function pairStep(many, moves) {
  const at = many ? "[turn]" : "";
  const lines = [
    ...(many ? ["for turn in range(DISCRIMINATOR_STEPS):"] : []),
    ...[
      moves
        ? `truth, given = jitter(real${at}, inputs${at})`
        : `truth, given = real${at}, inputs${at}`,
      "fake = generator(given)",
      "d_loss = teach_discriminator(truth, fake.detach(), given)",
    ].map((line) => (many ? `    ${line}` : line)),
    "g_loss = teach_generator(truth, fake, given)",
  ];
  return `${lines.map((line) => `    ${line}`).join("\n")}\n`;
}

/**
 * @param {Network} discriminator
 * @returns {(x: string, blocks: number) => string}
 */
function judge({ classes }) {
  return (x, blocks) =>
    classes > 0
      ? `discriminator(${x}, ${blocks === 1 ? "classes" : `classes.repeat(${blocks}, 1)`})`
      : `discriminator(${x})`;
}

const BESIDE = `def beside(inputs, samples):
    """Pairs as the discriminator judges them: one picture, the channels of what was given first."""
    return torch.cat([inputs, samples], dim=1)
`;

/** Real and fake as the discriminator judges them. @param {Recipe} recipe */
function both(recipe) {
  return inputOf(recipe) === undefined
    ? "both = torch.cat([real, fake])"
    : "both = torch.cat([beside(inputs, real), beside(inputs, fake)])";
}

/**
 * @param {string} x
 * @param {number} deviation
 */
function noise(x, deviation) {
  return `${x} + ${deviation} * torch.randn_like(${x})`;
}

/**
 * @param {Recipe} recipe
 * @param {Network} discriminator
 * @param {(x: string) => string[]} changed
 */
function teachD(recipe, discriminator, changed) {
  const { objective, smoothness, instance_noise } = recipe;
  const judged = judge(discriminator);
  return [
    both(recipe),
    ...changed("both"),
    ...(instance_noise === null ? [] : [`both = ${noise("both", instance_noise)}`]),
    ...(smoothness === null
      ? [`real, fake = ${judged("both", 2)}.chunk(2)`]
      : [
          `near = ${smoothness.fakes ? "both" : "both[:BATCH]"}`,
          `near = ${noise("near", smoothness.deviation)}`,
          `logits = ${judged("torch.cat([both, near])", smoothness.fakes ? 4 : 3)}`,
          smoothness.fakes
            ? "real, fake, near_real, near_fake = logits.chunk(4)"
            : "real, fake, near_real = logits.chunk(3)",
        ]),
    `loss = ${LOSSES[objective].discriminator(TONGUE)}`,
    ...(smoothness === null
      ? []
      : [
          `steepness = torch.square(real - near_real)${smoothness.fakes ? " + torch.square(fake - near_fake)" : ""}`,
          `loss = loss + ${smoothness.weight} * steepness`,
        ]),
    "loss = loss.mean()",
  ];
}

/**
 * @param {Recipe} recipe
 * @param {Network} discriminator
 * @param {(x: string) => string[]} changed
 */
function teachG(recipe, discriminator, changed) {
  const { objective, instance_noise, l1_weight } = recipe;
  const judged = judge(discriminator);
  const isPaired = inputOf(recipe) !== undefined;
  const needsReal = compares(objective) || usesBatchStatistics(discriminator);
  const noisy = (/** @type {string} */ x) => [
    ...changed(x),
    ...(instance_noise === null ? [] : [`${x} = ${noise(x, instance_noise)}`]),
  ];
  return [
    ...(l1_weight === null ? [] : ["l1 = F.l1_loss(fake, real)"]),
    ...(needsReal
      ? [both(recipe), ...noisy("both"), `real, fake = ${judged("both", 2)}.chunk(2)`]
      : [
          ...(isPaired ? ["fake = beside(inputs, fake)"] : []),
          ...noisy("fake"),
          `fake = ${judged("fake", 1)}`,
        ]),
    `loss = (${LOSSES[objective].generator(TONGUE)}).mean()`,
    ...(l1_weight === null ? [] : [`loss = loss + ${l1_weight} * l1`]),
  ];
}

/** @param {number} decay */
function average(decay) {
  return `@torch.no_grad()
def move_average():
    global steps
    steps += 1
    share = max(${Number((1 - decay).toPrecision(6))}, 10 / (steps + 9))
    for mean, new in zip(average.state_dict().values(), generator.state_dict().values()):
        if mean.is_floating_point():
            mean.lerp_(new, share)
`;
}

/**
 * @param {Recipe} recipe
 * @param {string} network
 * @param {string} rate what the learning rate is multiplied by
 */
function optimizer({ optimizer }, network, rate) {
  const [name, how] =
    optimizer.kind === "adam"
      ? ["Adam", `betas=(${float(optimizer.beta_1)}, ${float(optimizer.beta_2)})`]
      : ["RMSprop", `alpha=${optimizer.decay}`];
  return `torch.optim.${name}(\n    ${network}.parameters(), LEARNING_RATE${rate}, ${how}, eps=1e-8\n)`;
}

/**
 * PyTorch takes no whole number here.
 * @param {number} value
 */
function float(value) {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
