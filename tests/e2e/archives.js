// Archives and arrays for the tests, written by the formats' descriptions.

import { crc32, deflateRawSync } from "node:zlib";

/**
 * An array as NumPy writes it.
 * @param {string} descr
 * @param {number[]} shape
 * @param {Uint8Array} body
 * @param {string} [order]
 */
export function npy(descr, shape, body, order = "False") {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const head = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${tuple}), }\n`;
  const start = Buffer.from([
    0x93,
    ...Buffer.from("NUMPY"),
    1,
    0,
    head.length & 255,
    head.length >> 8,
  ]);
  return Buffer.concat([start, Buffer.from(head), body]);
}

/**
 * A zip, as PKWARE describes it.
 * @param {Record<string, Uint8Array>} files
 * @param {{ isStored?: boolean, flags?: number, method?: number, comment?: string, size?: number }} [how]
 */
export function zip(
  files,
  { isStored = false, flags = 0, method = isStored ? 0 : 8, comment = "", size } = {},
) {
  const locals = [];
  const directory = [];
  let at = 0;
  for (const [name, raw] of Object.entries(files)) {
    const packed = isStored ? Buffer.from(raw) : deflateRawSync(raw);
    const fields = Buffer.alloc(26);
    [20, flags, method].forEach((value, i) => fields.writeUInt16LE(value, 2 * i));
    fields.writeUInt32LE(crc32(raw), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(size ?? raw.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const extra = Buffer.from([1, 0, 0, 0]);
    const localFields = Buffer.from(fields);
    localFields.writeUInt16LE(extra.length, 24);
    const local = Buffer.concat([
      Buffer.from("PK\x03\x04"),
      localFields,
      Buffer.from(name),
      extra,
      packed,
    ]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(
      Buffer.concat([Buffer.from("PK\x01\x02\x14\0"), fields, rest, Buffer.from(name)]),
    );
    locals.push(local);
    at += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(at, 12);
  end.writeUInt16LE(comment.length, 16);
  return Buffer.concat([...locals, entries, Buffer.from("PK\x05\x06"), end, Buffer.from(comment)]);
}

/** @param {Record<string, Uint8Array>} files */
export function tar(files) {
  const blocks = Object.entries(files).flatMap(([name, raw]) => {
    const head = Buffer.alloc(512);
    head.write(name, 0);
    head.write(`${raw.length.toString(8).padStart(11, "0")}\0`, 124);
    head.write(name.endsWith("/") ? "5" : "0", 156);
    return [head, raw, Buffer.alloc((512 - (raw.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
