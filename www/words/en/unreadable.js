// What the page and its worker say alike.

/** @param {string} name of a file */
export const fileUnreadable = (name) =>
  `“${name}” could not be read. Was it moved, or changed since you chose it?`;
