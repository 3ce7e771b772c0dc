// What a file is called, how large it may be, which claims to be a picture, and which begins as data do that were
// taken for a run. What is in a file, Rust says.

/** Larger files are refused before a byte is read. */
export const MAX_FILE_BYTES = 256 * 1024 * 1024;

/**
 * What a file of a run is called.
 * @param {"run" | "generator"} what
 * @param {string} preset
 * @param {number} step
 */
export function fileName(what, preset, step) {
  return `webgan-${preset}-${what === "generator" ? "generator-" : ""}step-${step}.safetensors`;
}

/**
 * Whether a file claims to be a picture: by its type, or by its name where the system knows no type.
 * @param {Pick<File, "name" | "type">} file
 */
export function isPicture({ name, type }) {
  if (type !== "") return type.startsWith("image/");
  return /\.(png|jpe?g|webp|gif|bmp|avif)$/i.test(name);
}

/**
 * Whether a file holds data to learn and no run: a picture, IDX, or gzip, which no run is packed in.
 * @param {Pick<File, "name" | "type">} file
 * @param {Uint8Array} bytes
 */
export function isData(file, bytes) {
  const [first, second, third] = bytes;
  const isIdx = first === 0 && second === 0 && third === 8;
  const isGzip = first === 0x1f && second === 0x8b;
  return isIdx || isGzip || isPicture(file);
}
