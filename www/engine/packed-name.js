// Which addresses are those of one file that holds a whole set of data. It opens none.

const PACKED = /\.(zip|tar|tar\.gz|tgz|npz|npy)$/i;

/** @param {string} url as somebody wrote it, or absolute */
export function isPacked(url) {
  return PACKED.test(url.replace(/[?#].*/s, ""));
}
