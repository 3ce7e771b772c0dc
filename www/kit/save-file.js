// Gives the reader a file, as a link with `download` does.

/** By then every browser has begun to save it. */
const FORGET_AFTER_MS = 60_000;

/**
 * @param {string} name
 * @param {Blob} blob
 */
export function saveFile(name, blob) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), FORGET_AFTER_MS);
}
