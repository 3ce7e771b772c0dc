import { counted, number } from "./numbers.js";
import { percent } from "./quantities.js";

/** How good the pictures are: loaded with their measures. */
export const quality = {
  measure: "Measure",
  measuring: "Measuring…",
  /**
   * @param {number} done
   * @param {number} total
   */
  seeing: (done, total) =>
    `A classifier learns these pictures first, to see by: step ${number(done)} of ${number(total)}.`,
  /** By whom it was measured. */
  eyes: {
    digits: "Seen by a classifier of MNIST digits.",
    /** @param {number} reads a share */
    learned: (reads) =>
      `Seen by a classifier that learned these very pictures, and reads ${percent(reads)} of those held out.`,
    random:
      "Seen by a network with random weights, as these pictures have no classes to learn: it tells crowds apart, and no single picture.",
  },
  few: "More than copying cannot be told of fewer than 65 held-out pictures.",
  notMeasured: "Nothing has been measured yet.",
  pauseAndMeasure: "Pause and measure",
  /** What an examination gave way to. */
  gaveWay: {
    training: "Stopped, as training went on.",
    run: "Stopped, as another run was asked for.",
  },
  /**
   * @param {number} count
   * @param {string} drawn when, or by whom
   */
  measured: (count, drawn) =>
    `${counted(count, { one: "# sample", other: "# samples" })} ${drawn}, and as many real ones from the training data, each compared with ${counted(count, { one: "# real one that was", other: "# real ones that were" })} held out.`,
  ganTrainBegins: "Drawing samples…",
  /**
   * @param {number} done
   * @param {number} total
   */
  ganTrainDraws: (done, total) => `Drawing samples: ${number(done)} of ${number(total)}.`,
  /**
   * @param {number} done
   * @param {number} total
   */
  ganTrainLearns: (done, total) =>
    `A classifier learns from them: step ${number(done)} of ${number(total)}.`,
  /**
   * @param {number} accuracy a share
   * @param {string} drawn when, or by whom
   */
  ganTrained: (accuracy, drawn) =>
    `A classifier trained on samples ${drawn}, and on nothing else, reads ${percent(accuracy)} of real pictures.`,
  /**
   * @param {number} covered
   * @param {number} modes
   */
  modes: (covered, modes) => `${number(covered)} of ${number(modes)}`,
};
