/** The sheets of samples: loaded when they come in sight. */
export const exploring = {
  /**
   * @param {string} from
   * @param {string} to
   */
  between: (from, to) =>
    `Each row goes from one sample of the picture to another: the first from ${from} to ${to}. Choose two in the picture to see the way between them.`,
  classSheetTitle: "One hand, ten digits",
  plainSheetTitle: "More of its samples",
  classSheet: "Each row is one latent, each column a digit: the hand stays, the digit changes.",
  /** The same of classes that are no digits. */
  otherSheetTitle: "One latent, every class",
  otherSheet: "Each row is one latent, each column a class.",
  plainSheet: "Every one a latent of its own.",
};
