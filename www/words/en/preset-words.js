/** @import { Noun, Task } from "./nouns.js" */

/**
 * What a preset is: what its article builds, what was changed against that or chosen where it is silent,
 * and why, and its loss.
 * @typedef {{ article: string, changes: readonly string[], objective: string }} PresetWords
 */

/**
 * By the preset's id; loaded when they are in sight.
 * @type {(noun: Noun, task: Task) => Readonly<Record<string, PresetWords>>}
 */
export const presetWords = ({ one, other }, task) => ({
  modern: {
    article: `What has been learned since the articles were written, in one small GAN that draws what it is asked for. Good ${other} after some hundred steps.`,
    changes: [
      "Both networks are told the class: the generator beside its latents, the discriminator by a projection (Miyato & Koyama 2018).",
      "The generator doubles its pictures by repeating pixels and smooths them by 3×3 convolutions, which leaves no checkerboards; the discriminator has no batch normalisation.",
      `The discriminator judges pairs, a real ${one} and a fake one of the same class: which is the real one? (R3GAN, Huang et al. 2024.)`,
      `It must give each ${one} and the same under a little noise the same value, real and fake: an approximation of gradient penalties R1 and R2 (Lin et al. 2025).`,
      "What you see is drawn by a running average of the generator's weights.",
    ],
    objective: "Relativistic pairs, approximated R1 and R2; Adam 2e-3, β₁ 0",
  },
  mlp: {
    article: `A generator of dense layers with LeakyReLU and batch normalisation against a discriminator with one hidden layer. The quickest of the five to show ${other}.`,
    changes: [
      "The networks, the losses and the schedule are the article's.",
      "The discriminator gives a logit and the loss contains the sigmoid, which is the same function computed without overflow.",
    ],
    objective: "Binary cross-entropy, non-saturating; Adam 2e-4, β₁ 0.5",
  },
  dense: {
    article:
      "The first GAN of many readers: one hidden layer in the generator, one in the discriminator, and a loss on held-out images after each epoch.",
    changes: [
      "The article's generator ends in 128 values and reshapes them to 28×28 = 784, which has no solution. Here a last dense layer makes 784 values, through tanh.",
      "Adam's β₁ is 0.5 in place of the usual 0.9. With 0.9 the two networks chase each other and all pictures end as the same grey blot.",
      "Pixels are scaled to [-1, 1], the range of tanh.",
    ],
    objective: "Binary cross-entropy, non-saturating; Adam 1e-3, β₁ 0.5",
  },
  "least-squares": {
    article:
      "Squared errors in place of cross-entropy, and an L1 term that pulls the generator's pictures towards the batch of real ones.",
    changes: [
      "The article's discriminator never sees a real image, so it cannot tell what one looks like. Here it learns from real and fake alike.",
      `The article's generator has the L1 term alone. A latent vector has no real image of its own, so that loss can only learn one average ${one}. Here the adversarial term leads and λ weighs the L1 term: raise λ and watch the ${other} melt into that average.`,
      "The article names no layers: both networks are dense here, 256 and 512 units in the generator, 512 and 256 in the discriminator, with LeakyReLU 0.2.",
      "Adam with 2e-4 and β₁ 0.5, as the article names no settings.",
    ],
    objective: "Least squares for both, + λ·L1 for the generator; Adam 2e-4, β₁ 0.5",
  },
  dcgan: {
    article:
      "Convolutions in both networks: the generator grows a small picture by transposed convolutions, the discriminator shrinks it again.",
    changes: [
      "The article starts from 4×4, which two doublings make 16×16, not 28×28, and reshapes 128 values to 4·4·128 = 2,048, which has no solution. Here a dense layer makes 7·7·128 values, and 7 doubles to 14 and 28.",
      "The discriminator's convolutions have stride 2, as the DCGAN paper asks (Radford et al. 2016): a fifteenth of the work of full-size ones.",
      "The generator has batch normalisation before each ReLU, as the DCGAN paper's has. Without it all latents give the same picture, even after 2,000 steps.",
      "Adam with 2e-4 and β₁ 0.5, the paper's settings, as the article names none.",
    ],
    objective: "Binary cross-entropy, non-saturating; Adam 2e-4, β₁ 0.5",
  },
  "conv-critic": {
    article:
      "A generator of dense layers against a critic with a convolution, batch normalisation and a wide dense layer; the three losses are reported apart.",
    changes: [
      "The convolution has stride 2. Without it the dense layer of 1,024 units would have 51 million weights; with it, it has 13 million, which fit a tab.",
      "The critic sees all images, real and fake, under Gaussian noise of standard deviation 1.5 while it trains. Without it the critic knows every fake by its speckles within 20 steps, and the generator learns one grey blot; with half as much all latents give one picture.",
      "The generator's hidden layers have batch normalisation, and the critic's wide layer takes smaller steps.",
      "Real and fake images share the critic's batch normalisation: each batch alone would hide from it how bright its pictures are.",
      "Adam with 1e-3 and β₁ 0.5, as the article names no settings.",
    ],
    objective: "Binary cross-entropy, non-saturating; Adam 1e-3, β₁ 0.5",
  },
  "hinge-sn": {
    article:
      "A discriminator whose every layer is divided by its largest singular value, so that it cannot become steep, and the hinge loss (Miyato et al. 2018).",
    changes: [],
    objective: "Hinge; Adam 5e-4, β₁ 0",
  },
  "wgan-clip": {
    article:
      "A critic that measures a distance between distributions, kept from becoming steep by cutting its weights off, with five steps for one of the generator (Arjovsky et al. 2017).",
    changes: [],
    objective: "Wasserstein, weights clipped at ±0.01; RMSProp 2e-4",
  },
  pix2pix: {
    article: `A generator that is given a picture and makes another of it, and a discriminator that judges the two together (pix2pix, Isola et al. 2017), small. Draw on the board in “Play”: it is ${task.drawing} while the networks learn.`,
    changes: [
      "The generator halves the picture to 2×2 and doubles it again; at each size it sees once more what it had there on the way down, so that what it is given stays where it is (a U-Net, Ronneberger et al. 2015).",
      "The discriminator judges patches of a third of the picture, each beside what it was made of, and their mean counts.",
      "The generator also lowers λ times the mean distance to the original, the L1 term.",
      "The pairs of the loss, the penalty and the averaged generator are those of “Modern”. It draws nothing at random: the paper’s dropout changed little.",
      "Pairs are moved by up to 2 pixels, scaled by up to a quarter and mirrored at random, both pictures alike: what you draw is larger or smaller than what they show.",
    ],
    objective:
      "Relativistic pairs, + λ·L1 for the generator, approximated R1 and R2; Adam 1e-3, β₁ 0.5",
  },
  points: {
    article:
      "Two small dense networks, and samples of two numbers: points. All that goes on between a generator and a discriminator can be seen at once, and within seconds.",
    changes: [
      "The recipe is that of “Modern”: pairs, a penalty on steepness, an averaged generator. Choose another loss, or take the penalty away, and compare.",
      "Latents have two numbers, so that the generator is a map from one plane into another and can be drawn as a bent net.",
      "The L1 term is there with a weight of 0, to be raised and seen.",
    ],
    objective: "Relativistic pairs, approximated R1 and R2; Adam 1e-3, β₁ 0",
  },
});
