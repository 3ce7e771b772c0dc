// How large a picture says it is, from its first bytes, before anything decodes it: a small file can hold a
// picture that no memory does. Of formats it does not know it says nothing, and nobody decodes them.

import { imageDimensionsFromData } from "image-dimensions";

/** So much is read of a file. JPEG has its size behind whatever a camera wrote first. */
export const HEAD_BYTES = 256 * 1024;

/**
 * @param {Uint8Array} head of the file
 * @returns {{ width: number, height: number } | undefined}
 */
export function dimensionsOf(head) {
  return imageDimensionsFromData(head) ?? bmp(head);
}

/** @param {Uint8Array} head */
function bmp(head) {
  if (head.length < 26 || head[0] !== 0x42 || head[1] !== 0x4d) return undefined;
  const view = new DataView(head.buffer, head.byteOffset);
  // A negative height is that of a picture that begins above.
  return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
}
