import { page } from "./page.js";

/** In the HTML that the page writes. */
export const snippet = {
  title: "A GAN that trains here",
  /** @param {string} data */
  own: (data) =>
    `No link holds the pictures of “${data}”: who opens these gets “${page.data.mnist}”. Pack yours as a .zip beside your page and say data-src="….zip" in the element's line, or send the file of “Save run” with them.`,
};
