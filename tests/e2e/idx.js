// IDX files for the tests, written by the format's description.

/**
 * Grey noise that is the same every time.
 * @param {number} count
 * @param {number} [side] in pixels
 */
export function idxImages(count, side = 28) {
  const bytes = new Uint8Array(16 + count * side * side);
  header(bytes, [count, side, side]);
  for (let i = 16; i < bytes.length; i++) bytes[i] = (i * 7919) % 251;
  return bytes;
}

/** @param {number} count */
export function idxLabels(count) {
  return idxLabelsOf(Uint8Array.from({ length: count }, (_, i) => i % 10));
}

/** @param {Uint8Array} labels */
export function idxLabelsOf(labels) {
  const bytes = new Uint8Array(8 + labels.length);
  header(bytes, [labels.length]);
  bytes.set(labels, 8);
  return bytes;
}

/**
 * Two zero bytes, the type (8: unsigned byte), the number of dimensions, then each as 32 bits.
 * @param {Uint8Array} bytes
 * @param {number[]} sizes
 */
function header(bytes, sizes) {
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0800 + sizes.length);
  sizes.forEach((size, i) => view.setUint32(4 + 4 * i, size));
}
