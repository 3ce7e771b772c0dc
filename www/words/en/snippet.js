/** In the HTML that the page writes. */
export const snippet = {
  title: "A GAN that trains here",
  /**
   * @param {string} data
   * @param {string} opened
   */
  own: (data, opened) =>
    `No link holds the pictures of “${data}”: who opens these gets “${opened}”. Pack yours as a .zip beside your page and say data-src="….zip" in the element's line, or send the file of “Save run” with them.`,
  photo: "No link holds the photograph on the board.",
};
