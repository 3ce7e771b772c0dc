/** What the element shows once it trains, where it does not come with an error. */
export const elementProblems = {
  deviceError: "The GPU reported an error: its numbers can no longer be trusted.",
  /** @param {string} preset */
  useOther: (preset) => `preset="${preset}" can learn them`,
  dataMissing:
    "The attribute data-src names a folder of IDX files, or one file that holds a set: .zip, .tar, .tar.gz, .npz or .npy.",
};
