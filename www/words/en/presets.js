/** What the list of GANs says of each, by its id. @type {Readonly<Record<string, { title: string, schedule: string }>>} */
export const presets = {
  modern: { title: "Modern", schedule: "batch 32, 2,000 iterations" },
  mlp: { title: "MLP with batch norm", schedule: "batch 64, 100 epochs" },
  dense: { title: "Dense GAN", schedule: "batch 32, 10 epochs" },
  "least-squares": { title: "Least squares + L1", schedule: "batch 10, 100 epochs of 100 batches" },
  dcgan: { title: "DCGAN", schedule: "batch 32, 100 epochs" },
  "conv-critic": {
    title: "Dense generator, convolutional critic",
    schedule: "batch 100, 10,000 iterations",
  },
  "hinge-sn": { title: "Spectral norm + hinge", schedule: "batch 32, 2,000 iterations" },
  "wgan-clip": { title: "Wasserstein critic, clipped", schedule: "batch 32, 2,000 iterations" },
  pix2pix: { title: "Lines to colour", schedule: "batch 16, 2,000 iterations" },
  points: { title: "Points in the plane", schedule: "batch 128, 4,000 iterations" },
};
