// What a file is called, how large it may be, which claims to be a picture, and which was given in the wrong place:
// a run as data, or data as a run. It reads no more than a file's beginning; what is in a file, Rust says.

/** Larger files are refused before a byte is read. */
export const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** What stands before the step, and the format. */
const NAMES = {
  run: ["", "safetensors"],
  generator: ["generator-", "safetensors"],
  drawing: ["drawing-", "png"],
  film: ["drawing-", "gif"],
};

/**
 * What a file of a run is called.
 * @param {keyof typeof NAMES} what
 * @param {string} preset
 * @param {number} step
 */
export function fileName(what, preset, step) {
  const [name, kind] = NAMES[what];
  return `webgan-${preset}-${name}step-${step}.${kind}`;
}

/**
 * Whether a file claims to be a picture: by its type, or by its name where the system knows no type.
 * @param {Pick<File, "name" | "type">} file
 */
export function isPicture({ name, type }) {
  if (type !== "") return type.startsWith("image/");
  return /\.(png|jpe?g|webp|gif|bmp|avif|hei[cf]|tiff?|svg|jxl)$/i.test(name);
}

/**
 * @param {Blob} file
 * @returns {Promise<boolean>} whether it begins as runs are saved
 */
export async function isRun(file) {
  const head = await headOf(file);
  return head.length === HEAD && String.fromCharCode(head[8], head[9]) === '{"';
}

/**
 * @param {File} file
 * @returns {Promise<boolean>} whether it is a picture, or begins as IDX files do, packed or not, as zips or NumPy's
 */
export async function isData(file) {
  const head = await headOf(file);
  const isIdx = head[0] === 0 && head[1] === 0 && head[2] >= 0x08 && head[2] <= 0x0e;
  const start = String.fromCharCode(...head);
  return isPicture(file) || isIdx || SIGNS.some((sign) => start.startsWith(sign));
}

const HEAD = 10;
/** Of gzip, of zips, and of NumPy's arrays. */
const SIGNS = ["\x1f\x8b", "PK", "\x93NUMPY"];

/** @param {Blob} file */
async function headOf(file) {
  return new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
}
