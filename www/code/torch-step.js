// The training step of a run in Python, for PyTorch. No networks: those are torch-network.js.

import { usesBatchStatistics } from "./layers.js";
import { compares, LOSSES } from "./losses.js";
import { pictureOf, rowWords } from "./recipe.js";

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
 * @param {string} augment the function that changes what the discriminator sees, or nothing
 */
export function training(recipe, generator, discriminator, augment) {
  const { weight_clip, average_decay } = recipe;
  const isTold = generator.classes > 0 || discriminator.classes > 0;
  const told = isTold ? ", classes" : "";
  const forG = generator.classes > 0 ? ", classes" : "";
  const many = recipe.discriminator_steps > 1;
  const rate = recipe.discriminator_rate === 1 ? "" : " * DISCRIMINATOR_RATE";
  const words = rowWords(pictureOf(recipe, discriminator));
  const shape = `[BATCH, ${discriminator.input}]${words}`;
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
def draw(latents${forG}):
    """Samples as the page shows them, of ${averaged ? "the averaged" : "the"} generator: [batch, ${generator.output}]${words}."""
    network = ${averaged ? "average" : "generator"}.eval()
    samples = network(latents${forG})
    network.train()
    return samples


${augment === "" ? "" : `${augment}\n\n`}def teach_discriminator(real, fake${told}):
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
    """One step. \`real\`: ${batches}.${isTold ? " `classes`: their one-hot rows." : ""}"""
    generator.train()
    discriminator.train()
${step(many, isTold, generator.classes > 0)}${averaged ? "    move_average()\n" : ""}    return d_loss, g_loss
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
 * @param {Network} discriminator
 * @returns {(x: string, blocks: number) => string}
 */
function judge({ classes }) {
  return (x, blocks) =>
    classes > 0
      ? `discriminator(${x}, ${blocks === 1 ? "classes" : `classes.repeat(${blocks}, 1)`})`
      : `discriminator(${x})`;
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
function teachD({ objective, smoothness, instance_noise }, discriminator, changed) {
  const judged = judge(discriminator);
  return [
    "both = torch.cat([real, fake])",
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
function teachG({ objective, instance_noise, l1_weight }, discriminator, changed) {
  const judged = judge(discriminator);
  const needsReal = compares(objective) || usesBatchStatistics(discriminator);
  const noisy = (/** @type {string} */ x) => [
    ...changed(x),
    ...(instance_noise === null ? [] : [`${x} = ${noise(x, instance_noise)}`]),
  ];
  return [
    ...(l1_weight === null ? [] : ["l1 = F.l1_loss(fake, real)"]),
    ...(needsReal
      ? [
          "both = torch.cat([real, fake])",
          ...noisy("both"),
          `real, fake = ${judged("both", 2)}.chunk(2)`,
        ]
      : [...noisy("fake"), `fake = ${judged("fake", 1)}`]),
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
