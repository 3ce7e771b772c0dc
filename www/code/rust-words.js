// Numbers as Rust writes them.

/** @param {number} value */
export function float(value) {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
