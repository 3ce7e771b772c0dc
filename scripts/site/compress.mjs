// Writes a .br and a .gz beside every file of a folder that gets smaller by it, for hosts that hand them
// out. What has been compressed once stays in the cache: a program takes a minute.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

import { sha256, writeWhole } from "../lib/files.mjs";
import { cache } from "../lib/places.mjs";

const COMPRESSIBLE = /\.(html|js|css|svg|json|wasm|safetensors)$/;
const kept = path.join(cache, "compressed");

/** @type {Record<string, (bytes: Buffer) => Promise<Buffer>>} */
const FORMATS = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gz: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

/** @param {string} folder */
export async function compressAll(folder) {
  mkdirSync(kept, { recursive: true });
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !COMPRESSIBLE.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    const bytes = readFileSync(file);
    for (const [format, compress] of Object.entries(FORMATS)) {
      const known = path.join(kept, `${sha256(bytes)}.${format}`);
      const smaller = existsSync(known) ? readFileSync(known) : await compress(bytes);
      if (!existsSync(known)) writeWhole(known, smaller);
      if (smaller.length < bytes.length) writeFileSync(`${file}.${format}`, smaller);
    }
  }
}
