/** What a script is told whose call of one of the element's methods is refused. */
export const elementCalls = {
  badLatents: "These latents cannot be drawn.",
  badLabels: "These labels cannot be drawn.",
  badColumns: "So many columns cannot be drawn.",
  /**
   * @param {number} numbers
   * @param {number} columns
   */
  wish: (numbers, columns) =>
    `sample() takes { latents, labels, columns }: latents, a Float32Array of finite numbers, one latent vector after another, at most ${numbers} numbers; labels, a Uint8Array with a class for each, empty where the GAN takes no classes; columns, of the picture, a whole number from 1 to ${columns}.`,
  /** @param {string} rule */
  steps: (rule) => `step() takes ${rule}.`,
  file: "load() takes a saved run: a Blob, an ArrayBuffer or a view of one.",
  fileTooLarge: "The file is larger than a tab should hold.",
  quality: "toBlob() takes as quality a number from 0 to 1, or none.",
  /** @param {string} type */
  type: (type) =>
    `This browser makes no “${type}”: toBlob() takes image/png, image/jpeg or image/webp.`,
};
