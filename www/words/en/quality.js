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
  /** Who looks, and when. */
  looks: {
    digits:
      "A classifier that reads real pictures looks at the generated ones: by itself when training pauses, or when asked.",
    learned:
      "A classifier looks at the generated pictures. It learns the real ones first, so it begins when asked; from then on it looks by itself whenever this run pauses.",
    random:
      "A network with random weights looks at the generated pictures: by itself when training pauses, or when asked.",
  },
  nearest: "Press a sample of the picture to see the real one nearest to it.",
  /** By whom it was measured. */
  eyes: {
    digits: "Seen by a classifier of handwritten digits.",
    /** @param {number} reads a share */
    learned: (reads) =>
      `Seen by a classifier that learned these very pictures, and reads ${percent(reads)} of those held out.`,
    random:
      "Seen by a network with random weights, as these pictures have no classes that could be learned, or too few of each: it tells crowds apart, and no single picture.",
  },
  /** Of pictures that are made out of others. */
  likeness: {
    measures: ["L1", "PSNR", "SSIM"],
    /** What was held against the originals. */
    rows: {
      made: "What the generator makes",
      input: "What it is given, as it is",
      mean: "The mean of all pictures",
      nearest: "The picture of the nearest training pair",
    },
    /**
     * @param {number} count
     * @param {number} step
     */
    measured: (count, step) =>
      `Of ${counted(count, { one: "# held-out pair", other: "# held-out pairs" })} at step ${number(step)}. L1 is the mean distance of a number, the lower the better; PSNR is in decibels, SSIM 1 for a copy: the higher the better.`,
  },
  few: "More than that cannot be told of fewer than 65 held-out pictures.",
  /** What samples are. */
  verdicts: {
    copies: "Copies: samples are training pictures again.",
    mud: "Mud: samples are blurred, noise, or far from all training pictures.",
    variations:
      "Neither copies nor mud, by these two numbers; whether the pictures are good, your eyes say, and the distance.",
  },
  /**
   * What that rests on.
   * @param {number} far how many times as far samples are as held-out pictures
   * @param {number} detail how many times the detail of real pictures they have
   * @param {number} count held-out pictures
   */
  restsOn: (far, detail, count) =>
    `In the median the nearest training picture is ${number(far, 2)} times as far from a sample as from ${counted(count, { one: "# held-out picture", other: "one of # held-out pictures" })}, and a sample has ${number(detail, 2)} times the detail of a real picture.`,
  notMeasured: "Nothing has been measured yet.",
  notMeasuredSince: "Nothing has been measured since the run was loaded.",
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
