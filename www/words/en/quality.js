import { counted, number } from "./numbers.js";
import { percent } from "./quantities.js";

/** How good the digits are: loaded with their measures. */
export const quality = {
  measure: "Measure",
  measuring: "Measuring…",
  onlyMnist: "These measures compare with MNIST: they say nothing about your own pictures.",
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
    `${counted(count, { one: "# digit", other: "# digits" })} ${drawn}, and as many real ones from the training data, each compared with ${counted(count, { one: "# real digit that was", other: "# real digits that were" })} held out.`,
  ganTrainBegins: "Drawing digits…",
  /**
   * @param {number} done
   * @param {number} total
   */
  ganTrainDraws: (done, total) => `Drawing digits: ${number(done)} of ${number(total)}.`,
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
    `A classifier trained on digits ${drawn}, and on nothing else, reads ${percent(accuracy)} of real digits.`,
  /**
   * @param {number} covered
   * @param {number} modes
   */
  modes: (covered, modes) => `${number(covered)} of ${number(modes)}`,
};
