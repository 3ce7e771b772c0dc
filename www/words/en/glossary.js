/** @typedef {keyof typeof glossary} Term */

/**
 * The terms that are explained where they stand, and in a list of their own: loaded when one is asked for.
 * @satisfies {Readonly<Record<string, { name: string, words: string }>>}
 */
export const glossary = {
  generator: {
    name: "Generator, G",
    words:
      "The network that turns a latent into a sample. It learns to make samples that the discriminator takes for real.",
  },
  discriminator: {
    name: "Discriminator, D",
    words:
      "The network that looks at a sample and says how real it finds it. It learns to tell real samples from generated ones. Where it gives marks in place of probabilities it is also called a critic.",
  },
  latent: {
    name: "Latent, z",
    words:
      "A list of random numbers that the generator turns into a sample: the same latent, the same sample. All of them together are the latent space; near to each other lie samples that look alike.",
  },
  fake: {
    name: "Fake",
    words:
      "A sample that the generator has made, as opposed to a real one, which is from the data.",
  },
  dOfReal: {
    name: "D(x)",
    words:
      "How real the discriminator finds real samples, x, in the mean: 1 is surely real, 0 surely generated, 0.5 no idea. With some losses it is a mark without bounds.",
  },
  dOfFake: {
    name: "D(G(z))",
    words:
      "How real the discriminator finds what the generator, G, makes of latents, z, in the mean. It rises as the generator learns.",
  },
  step: {
    name: "Step",
    words:
      "One round of learning: a batch of samples is made and judged, and both networks change their weights a little.",
  },
  epoch: {
    name: "Epoch",
    words: "As many steps as it takes to see each of the real samples once.",
  },
  batchSize: {
    name: "Batch size",
    words:
      "How many samples one step learns from. Larger batches are steadier, and each step takes longer.",
  },
  loss: {
    name: "Loss",
    words:
      "What a network makes small by learning. The discriminator's grows with its mistakes, the generator's with how easily its samples are told from real ones. Their formula is what kinds of GAN differ in.",
  },
  gradient: {
    name: "Gradient",
    words:
      "Which way a network's weights must change to lower its loss, and how strongly: its length. A network whose gradient is 0 learns nothing.",
  },
  learningRate: {
    name: "Learning rate",
    words:
      "How far the weights move in a step. Too large a rate overshoots, too small a one takes very long.",
  },
  l1: {
    name: "λ, the L1 term",
    words:
      "L1 is the mean distance between generated and real samples, pixel by pixel. λ says how much of it is added to the generator's loss.",
  },
  penalty: {
    name: "Penalty on steepness",
    words:
      "Added to the discriminator's loss where its opinion changes much from a sample to one close by. It keeps the discriminator gentle enough to be learned from.",
  },
  seed: {
    name: "Seed",
    words:
      "The number that all chance in a run comes from: first weights, latents, the order of the samples.",
  },
  toldApart: {
    name: "Told apart",
    words:
      "Of pairs of a real and a generated sample, those in which the discriminator finds the real one more real. ½ is guessing, 1 is all of them.",
  },
  heldOut: {
    name: "Held out",
    words:
      "Real samples that the networks never learn from, kept to be compared with: on these nothing can be known by heart.",
  },
  mode: {
    name: "Mode",
    words:
      "A kind of sample that the data have: a digit, or a cluster of points. A generator that makes only some of them has collapsed.",
  },
  frechet: {
    name: "Classifier-Fréchet distance",
    words:
      "How far the generated pictures lie from real ones as a crowd. A small network looks at both, and the means and spreads of what it sees are compared, after Fréchet's formula. At 0 there is no difference.",
  },
  score: {
    name: "Classifier score",
    words:
      "How clearly each picture can be read and how evenly all classes are drawn, in one number: 1 at worst, the number of classes at best.",
  },
  precision: {
    name: "Precision",
    words: "Of the generated pictures, those that could be among the real ones: how good they are.",
  },
  recall: {
    name: "Recall",
    words:
      "Of the real pictures, those that could be among the generated ones: how many kinds are there.",
  },
};
