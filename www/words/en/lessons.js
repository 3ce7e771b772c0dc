/** @import { Noun, Task } from "./nouns.js" */

/**
 * A preset's lesson in words.
 * @typedef {object} LessonWords
 * @property {string} [mended] what was wrong with the article's code, and how it was mended
 * @property {string} watch what to watch for
 * @property {readonly [TrialWords, TrialWords]} tries
 */

/** Something to try, and what will be seen. @typedef {{ label: string, see: string }} TrialWords */

/** The lessons: loaded when one is in sight. */
export const lessons = {
  /** @param {string} title of a preset */
  about: (title) => `The lesson: ${title}`,
  mended: "What was wrong, and how it was mended",
  watch: "What to watch for",
  tries: "Two things to try",
  /** @param {string} data that a lesson was not made with */
  seenOn: (data) =>
    `What is said to be seen was seen with “${data}”. With other data it may take more steps, or fewer, and look different.`,
  /**
   * By the preset's id, in the order in which lessons.js has the settings to try. All that is promised was
   * seen within a minute of training on a CPU.
   * @type {(noun: Noun, task: Task) => Readonly<Record<string, LessonWords>>}
   */
  presets: ({ one, other }, task) => ({
    mlp: {
      mended:
        "Nothing in the networks. The article squeezes the discriminator's answer through a sigmoid and takes the logarithm of that, which becomes infinite once the discriminator is sure. Here the loss takes the answer as it is and computes both in one.",
      watch: `“What the discriminator believes” goes apart at first, and the page may say that the discriminator has won. After some 250 steps D(x) and D(G(z)) are both near 0.5 again: now the grey blots become strokes, and from 1,000 steps on ${other}.`,
      tries: [
        {
          label: "A slow discriminator",
          see: "D takes a twentieth of its step, and the generator runs away from its teacher: its loss falls below 0.1, D(G(z)) climbs above 0.9, “Told apart” falls below ½, and the pictures are noise. A low loss of the generator is no good sign by itself.",
        },
        {
          label: "Learning rate 0.01",
          see: "Fifty times the step: strokes come sooner, but burnt to black and white, with speckles. “Told apart” stays above 0.9, and G's curve in “Lengths of the gradients” lies near 0.3, where the GAN's own is near 3.",
        },
      ],
    },
    dense: {
      mended:
        "It could not run: the generator ends in 128 numbers and asks to have them reshaped to 784. And Adam's usual β₁ of 0.9 lets both networks chase each other until all pictures are one grey blot. A last layer of 784 units and a β₁ of 0.5 mend both.",
      watch: `The picture: ${other} out of speckles within 1,000 steps, which take seconds. “Epoch by epoch” has the discriminator's loss on ${other} that were held out: it should stay near that on the ones it learns from.`,
      tries: [
        {
          label: "Learning rate 0.01",
          see: "Ten times the step, and within half a minute all losses lie still at 0.693, the logarithm of 2, and both beliefs at 0.5. It looks like the perfect balance and is a dead network: the gradients are 0, and the pictures are one blot. The page names it under the picture.",
        },
        {
          label: "Five steps for D",
          see: `The discriminator learns five times for each time of the generator: “Told apart” stays above 0.95 and the generator's loss near 3 instead of near 1. The ${other} come all the same, since this loss is steep where the generator loses.`,
        },
      ],
    },
    "least-squares": {
      mended: `The article's discriminator is never shown a real ${one}, and its generator only lowers the distance to whatever ${other} are in the batch, which no latent can know of. Here the discriminator sees both kinds, the duel leads, and λ weighs the rest.`,
      watch: `Both losses of D are squares and fall to about 0.06, while D(x) in “What the discriminator believes” stays near 0.8: squares go on pulling at what is judged well already. The ${other} come after 1,000 steps, within seconds.`,
      tries: [
        {
          label: "λ 100",
          see: `The run goes on with the article's own loss in charge. All ${other} melt into one grey average, the picture that is least far from all of them; the generator's loss jumps to some 25, and “Told apart” goes to 1: nobody takes that for a real ${one}. Press again to go back.`,
        },
        {
          label: "Wasserstein instead",
          see: "A loss without a floor, and nothing that keeps the critic flat: it need only shout louder. The losses run into the hundreds, and the pictures become one burnt blot. What the loss needs is in the two GANs at the end of the list.",
        },
      ],
    },
    dcgan: {
      mended:
        "The sizes do not fit: 4×4 doubled twice makes 16×16, not 28×28, and 128 numbers cannot be reshaped to 2,048. Here 7×7 doubles to 14 and 28. Without batch normalisation in the generator all latents gave one picture; it is there, as in the DCGAN paper.",
      watch: `Steps are slow on a CPU, but few are needed: white blots become strokes within 200, and ${other} after some 600, smoother than those of dense networks. The untrained picture shows the checkerboard of transposed convolutions.`,
      tries: [
        {
          label: "Learning rate 0.002",
          see: `Ten times the step, and with batch normalisation it holds: clean strokes after 60 steps and shapes like ${other} after 150, with D(x) and D(G(z)) both near 0.5.`,
        },
        {
          label: "Learning rate 0.00002",
          see: "A tenth of the step: a minute later there is still nothing but the texture that the convolutions make by themselves, and “Told apart” goes to 1, because the discriminator learns to know it.",
        },
      ],
    },
    "conv-critic": {
      mended:
        "The critic knew every fake by its speckles within 20 steps, and the generator learned one grey blot. Now it sees all images under noise, real and fake in one batch, its wide layer takes smaller steps, and the generator has batch normalisation.",
      watch:
        "Patience: a step takes about a second on a CPU, as the critic has 13 million weights. “What the discriminator believes” tells whether it goes well: D(G(z)) starts near 0.05 and should rise, slowly, above 0.1.",
      tries: [
        {
          label: "A slower critic",
          see: "The critic takes a tenth of its step: within 20 steps D(G(z)) is near 0.5 instead of 0.05, and the generator's loss below 1 instead of near 5. The duel is fair from the start, though the pictures take as long.",
        },
        {
          label: "Batches of 16",
          see: "Three times as many steps a minute, each with less to go by: the curves jitter, and all pictures become the same bold blot.",
        },
      ],
    },
    modern: {
      watch: `Each column is asked for its class, and after 100 steps most are readable. “What the discriminator believes” is about pairs: 0.7 to 0.3 is a healthy duel. Pause, and the page measures how good the ${other} are.`,
      tries: [
        {
          label: "The first GAN's loss",
          see: `No pairs and no penalty: the ${other} of the first minute come about as soon and look a little more ragged. Much of what is modern here is in the networks: classes, no checkerboards, an averaged generator.`,
        },
        {
          label: "Wasserstein, no penalty",
          see: `Nothing keeps the critic flat any more: within 200 steps its marks, and with them the losses, run to a thousand and more. The ${other} come all the same, but the numbers tell nothing now.`,
        },
      ],
    },
    "hinge-sn": {
      watch: `The beliefs are marks here, not probabilities: the discriminator is content with 1 for a real ${one} and −1 for a fake. They stay within 1 of each other, because it cannot become steep, and the curves are calm. Strokes come within 150 steps.`,
      tries: [
        {
          label: "Wasserstein instead",
          see: "The marks wander off, to 10 or 20, since only their difference counts; but that stays small, because the norm of every layer is held. Try the same in “Least squares + L1”, where nothing is held.",
        },
        {
          label: "Learning rate 0.01",
          see: "Twenty times the step, and it holds: clean strokes within a minute, marks of real and fake that can hardly be told from one another, “Told apart” near ½.",
        },
      ],
    },
    "wgan-clip": {
      watch:
        "The gap between D(x) and D(G(z)) is the critic's estimate of a distance. It is about 0.1 and no more, because clipping keeps the critic flat; “Told apart” says that it finds nearly every fake. Each step has five of the critic's, so it takes its time.",
      tries: [
        {
          label: "One step for the critic",
          see: "Twice as many steps a minute, and a critic that hardly says a thing: its losses are thousandths, and the generator's gradient falls below 0.01. Pictures come no later, as RMSProp divides by the gradient's size.",
        },
        {
          label: "Learning rate 0.005",
          see: "Twenty-five times the step: weights bounce between the bounds of the clipping, “Told apart” falls to 0.7, and in place of strokes there are soft grey shapes.",
        },
      ],
    },
    pix2pix: {
      watch: `Each three pictures are what the generator is given, what it makes of it, and the original, which it has never been shown. ${task.first} Draw on the board in “Play” meanwhile: it is ${task.drawing} anew after every report.`,
      tries: [
        {
          label: "λ 1,000: L1 alone",
          see: `The run goes on with the distance to the original in charge. Where several ${task.several} would do, the least wrong is their mean: areas become dull and soft at the edges. Nobody can tell from a mean which of them was right, and it is like none. Press again to let the duel sharpen them.`,
        },
        {
          label: "λ 0: the duel alone",
          see: `The run goes on without the original. The discriminator asks only whether a pair looks real, so ${task.alone}: “Measure” finds the pictures farther from the originals than before.`,
        },
      ],
    },
    points: {
      watch:
        "The line under the picture counts: all eight modes are found within some 400 steps, a few seconds. Then D(x) and D(G(z)) meet near ½, and the share of good fakes climbs above three quarters; the rest lie on threads between the modes, because the net cannot tear.",
      tries: [
        {
          label: "A grid of 25",
          see: "The same networks must cover 25 modes, and do within seconds. But fewer than half of the fakes are good: a net that is stretched over so many modes has more threads between them.",
        },
        {
          label: "Wasserstein, no penalty",
          see: "The ring is covered all the same, while the critic's marks run to the hundreds and the arrows grow: the page says that training diverges. The penalty is what kept them in bounds.",
        },
      ],
    },
  }),
};
