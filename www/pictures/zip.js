// What lies in a zip, by the directory at its end, each file unpacked by the browser itself when it is asked for: no
// more of the archive is in memory than one file. As PKWARE's APPNOTE.TXT describes it, without encryption, without
// parts, below four gigabytes.

import { pictures as texts } from "#words/pictures.js";

/** A file in an archive. @typedef {{ path: string, size: number, open: () => Promise<Blob> }} Entry */

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
/** A comment of at most so many bytes may follow the end. */
const COMMENT_BYTES = 0xffff;
const STORED = 0;
const DEFLATED = 8;

/**
 * @param {Blob} zip
 * @returns {Promise<Entry[]>} without folders
 */
export async function zipEntries(zip) {
  const tail = Math.max(0, zip.size - END_BYTES - COMMENT_BYTES);
  const end = await viewOf(zip, tail, zip.size);
  let at = end.byteLength - END_BYTES;
  while (at >= 0 && end.getUint32(at, true) !== END) at--;
  if (at < 0) throw new Error(texts.archives.damaged);
  const count = end.getUint16(at + 10, true);
  const start = end.getUint32(at + 16, true);
  const directory = await viewOf(zip, start, start + end.getUint32(at + 12, true));
  /** @type {Entry[]} */
  const entries = [];
  for (let i = 0, place = 0; i < count; i++) {
    if (place + ENTRY_BYTES > directory.byteLength || directory.getUint32(place, true) !== ENTRY) {
      throw new Error(texts.archives.damaged);
    }
    const word = (/** @type {number} */ offset) => directory.getUint16(place + offset, true);
    const long = (/** @type {number} */ offset) => directory.getUint32(place + offset, true);
    const [flags, method, packed, size] = [word(8), word(10), long(20), long(24)];
    const [name, extra, comment, local] = [word(28), word(30), word(32), long(42)];
    const path = new TextDecoder().decode(
      new Uint8Array(directory.buffer, place + ENTRY_BYTES, name),
    );
    place += ENTRY_BYTES + name + extra + comment;
    if (path.endsWith("/")) continue;
    if (flags & 1) throw new Error(texts.archives.encrypted);
    if (method !== STORED && method !== DEFLATED) throw new Error(texts.archives.packing);
    const open = async () => {
      // Where the file begins, the lengths before it say; they need not be the directory's.
      const head = await viewOf(zip, local, local + LOCAL_BYTES);
      const from = local + LOCAL_BYTES + head.getUint16(26, true) + head.getUint16(28, true);
      const bytes = zip.slice(from, from + packed);
      return method === STORED ? bytes : inflated(bytes, "deflate-raw", size);
    };
    entries.push({ path, size, open });
  }
  return entries;
}

/**
 * @param {Blob} packed
 * @param {CompressionFormat} format
 * @param {number} most bytes that come of it
 */
export async function inflated(packed, format, most) {
  const reader = packed.stream().pipeThrough(new DecompressionStream(format)).getReader();
  /** @type {BlobPart[]} */
  const chunks = [];
  let size = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return new Blob(chunks);
    size += value.length;
    if (size > most) {
      void reader.cancel();
      throw new Error(texts.archives.damaged);
    }
    chunks.push(value);
  }
}

/**
 * @param {Blob} blob
 * @param {number} from
 * @param {number} to
 */
async function viewOf(blob, from, to) {
  const bytes = await blob.slice(from, to).arrayBuffer();
  if (bytes.byteLength !== to - from) throw new Error(texts.archives.damaged);
  return new DataView(bytes);
}
