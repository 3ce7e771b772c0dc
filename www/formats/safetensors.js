// The texts that a safetensors file has in its header: read, and added to. Its tensors are none of this file's business,
// and whether a file is one is Rust's to say.

/** Bytes that say how long the header is. */
const LENGTH = 8;
/** What follows a header begins at a multiple of it. */
const ALIGNED = 8;
const METADATA = "__metadata__";

/**
 * @param {Uint8Array} bytes
 * @returns {Record<string, unknown> | undefined} nothing where there is no header
 */
function headerOf(bytes) {
  const end = endOf(bytes);
  try {
    return JSON.parse(new TextDecoder().decode(bytes.subarray(LENGTH, end)));
  } catch {
    return undefined;
  }
}

/** @param {Uint8Array} bytes */
function endOf({ buffer, byteOffset, byteLength }) {
  if (byteLength < LENGTH) return 0;
  return LENGTH + Number(new DataView(buffer, byteOffset).getBigUint64(0, true));
}

/**
 * @param {Uint8Array} bytes
 * @param {string} name
 * @returns {any} what a text holds as JSON; nothing where there is none
 */
export function noteIn(bytes, name) {
  const metadata = /** @type {any} */ (headerOf(bytes))?.[METADATA];
  try {
    return JSON.parse(metadata?.[name]);
  } catch {
    return undefined;
  }
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {string} name
 * @param {unknown} note
 * @returns {Uint8Array<ArrayBuffer>} the file with it as JSON
 */
export function withNote(bytes, name, note) {
  const header = /** @type {any} */ (headerOf(bytes));
  if (header === undefined) return bytes;
  const metadata = { ...header[METADATA], [name]: JSON.stringify(note) };
  const text = new TextEncoder().encode(JSON.stringify({ ...header, [METADATA]: metadata }));
  const length = Math.ceil(text.length / ALIGNED) * ALIGNED;
  const tensors = bytes.subarray(endOf(bytes));
  const whole = new Uint8Array(LENGTH + length + tensors.length).fill(0x20);
  new DataView(whole.buffer).setBigUint64(0, BigInt(length), true);
  whole.set(text, LENGTH);
  whole.set(tensors, LENGTH + length);
  return whole;
}
