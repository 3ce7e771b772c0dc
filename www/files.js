// What a file is called, how large it may be, and which claims to be a picture. It goes by names and
// types; what is in a file, Rust says.

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
