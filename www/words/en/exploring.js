/** The sheets of digits: loaded when they come in sight. */
export const exploring = {
  /**
   * @param {string} from
   * @param {string} to
   */
  between: (from, to) =>
    `Each row goes from one digit of the picture to another: the first from ${from} to ${to}. Choose two in the picture to see the way between them.`,
  classSheetTitle: "One hand, ten digits",
  plainSheetTitle: "More of its digits",
  classSheet: "Each row is one latent, each column a digit: the hand stays, the digit changes.",
  plainSheet: "Every one a latent of its own.",
};
