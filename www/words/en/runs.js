/** The table of earlier runs: loaded with the first. */
export const runs = {
  run: "Run",
  thisRun: "This one",
  steps: "Steps",
  distance: "Fréchet",
  inCharts: "In charts",
  otherData: "other data",
  pinned: "Pinned",
  /** @type {Record<string, string>} */
  columns: {
    data: "Data",
    preset: "GAN",
    seed: "Seed",
    batchSize: "Batch",
    learningRate: "Learning rate",
    l1Weight: "λ",
    objective: "Loss",
    penalty: "Penalty",
    discriminatorSteps: "D steps",
    discriminatorRate: "D rate",
    generator: "Generator",
    discriminator: "Discriminator",
    device: "Device",
  },
  /** @param {string} mark */
  runNamed: (mark) => `Run ${mark}`,
  /** @param {string} run */
  nameOf: (run) => `Name of ${run}`,
  /** @param {string} run */
  showIt: (run) => `Show ${run} in the charts`,
  /** @param {string} run */
  pinIt: (run) => `Keep ${run} when clearing`,
};
