/** @param {string} gan that was trained before */
export const backTo = (gan) => `Back to “${gan}”`;

/** The runs that fail, by their ids. @type {Readonly<Record<string, { title: string, look: string }>>} */
export const failures = {
  collapse: {
    title: "Mode collapse",
    look: "The fakes gather on one or two of the eight real clusters and call that done. Each of them is good by itself; it is the others that are missing.",
  },
  saturation: {
    title: "A saturated loss",
    look: "The discriminator becomes sure, and where it is sure the minimax loss is flat: nothing pulls at the fakes any more. They have left the picture and stay away, however wrong the generator is.",
  },
  "strong-discriminator": {
    title: "A discriminator too strong",
    look: "The discriminator learns 300 times faster than the generator and tells nearly every pair apart: D(x) and D(G(z)) part. It pulls at the fakes, and they hardly follow.",
  },
  "learning-rate": {
    title: "A learning rate too high",
    look: "Every step overshoots: the losses climb to thousands and the fakes leave the picture. Nothing that is learned now can be kept.",
  },
  l1: {
    title: "L1 alone",
    look: "The L1 term outweighs the duel and pulls every fake towards all real points at once. They meet in the middle, where there is no real point at all.",
  },
};
