// How large a picture says it is, from its first bytes, before anything decodes it: a small file can hold a
// picture that no memory does. Of formats it does not know it says nothing, and nobody decodes them.

/** So much is read of a file. JPEG has its size behind whatever a camera wrote first. */
export const HEAD_BYTES = 256 * 1024;

/**
 * @param {Uint8Array} head of the file
 * @returns {{ width: number, height: number } | undefined}
 */
export function dimensionsOf(head) {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  try {
    if (startsWith(head, 0, "\x89PNG")) return pair(view.getUint32(16), view.getUint32(20));
    if (startsWith(head, 0, "GIF8")) return pair(view.getUint16(6, true), view.getUint16(8, true));
    if (startsWith(head, 0, "BM")) {
      // A negative height is that of a picture that begins above.
      return pair(Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true)));
    }
    if (startsWith(head, 0, "RIFF") && startsWith(head, 8, "WEBP")) return webp(head, view);
    if (startsWith(head, 0, "\xff\xd8")) return jpeg(view);
    if (startsWith(head, 4, "ftyp")) return avif(head, view);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // It ends before it says so.
  }
  return undefined;
}

/**
 * @param {Uint8Array} head
 * @param {DataView} view
 */
function webp(head, view) {
  if (startsWith(head, 12, "VP8X")) return pair(1 + uint24(view, 24), 1 + uint24(view, 27));
  if (startsWith(head, 12, "VP8L")) {
    const bits = view.getUint32(21, true);
    return pair(1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff));
  }
  return pair(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
}

/**
 * Goes from segment to segment up to the frame's.
 * @param {DataView} view
 */
function jpeg(view) {
  for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1);
    // Among the frames' numbers are those of three kinds of tables.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return pair(view.getUint16(at + 7), view.getUint16(at + 5));
  }
  return undefined;
}

/**
 * AVIF and HEIC: boxes in boxes, of which "ispe" has the size of a picture or of a part of one. The largest
 * bounds what is decoded.
 * @param {Uint8Array} head
 * @param {DataView} view
 */
function avif(head, view) {
  let largest;
  for (let at = head.indexOf(LETTER_I); at >= 0; at = head.indexOf(LETTER_I, at + 1)) {
    if (!startsWith(head, at, "ispe") || at + 16 > head.length) continue;
    const size = pair(view.getUint32(at + 8), view.getUint32(at + 12));
    const area = size.width * size.height;
    if (largest === undefined || area > largest.width * largest.height) largest = size;
  }
  return largest;
}

const LETTER_I = "i".charCodeAt(0);

/**
 * @param {number} width
 * @param {number} height
 */
function pair(width, height) {
  return { width, height };
}

/**
 * @param {DataView} view
 * @param {number} at
 */
function uint24(view, at) {
  return view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
}

/**
 * @param {Uint8Array} head
 * @param {number} at
 * @param {string} text
 */
function startsWith(head, at, text) {
  return [...text].every((letter, i) => head[at + i] === letter.charCodeAt(0));
}
