// A file as runs are saved in, of texts and one tensor.

/**
 * @param {Record<string, string>} texts
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function fileOf(texts) {
  const tensor = { dtype: "F32", shape: [2], data_offsets: [0, 8] };
  const header = new TextEncoder().encode(JSON.stringify({ __metadata__: texts, tensor }));
  const bytes = new Uint8Array(8 + header.length + 8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  bytes.set([1, 2, 3, 4, 5, 6, 7, 8], 8 + header.length);
  return bytes;
}
