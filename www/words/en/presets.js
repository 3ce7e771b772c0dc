/** What GANs are called, by their ids. @type {Readonly<Record<string, { title: string }>>} */
export const presets = {
  modern: { title: "Modern" },
  mlp: { title: "MLP with batch norm" },
  dense: { title: "Dense GAN" },
  "least-squares": { title: "Least squares + L1" },
  dcgan: { title: "DCGAN" },
  "conv-critic": { title: "Dense generator, convolutional critic" },
  "hinge-sn": { title: "Spectral norm + hinge" },
  "wgan-clip": { title: "Wasserstein critic, clipped" },
  pix2pix: { title: "Lines to colour" },
  points: { title: "Points in the plane" },
};
