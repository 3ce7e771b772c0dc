/** In the HTML that the page writes. */
export const snippet = {
  title: "A GAN that trains here",
};
