// Whether this browser can run the training program at all.

import { element as texts } from "#words/element.js";

/** @import { Failure } from "./state.js" */

/** The smallest module with a SIMD instruction: (func (result v128) i32.const 0 i8x16.splat). */
const SIMD_MODULE = new Uint8Array([
  ...[0, 97, 115, 109, 1, 0, 0, 0],
  ...[1, 5, 1, 96, 0, 1, 123],
  ...[3, 2, 1, 0],
  ...[10, 8, 1, 6, 0, 65, 0, 253, 15, 11],
]);

/** @returns {Failure | undefined} why it cannot */
export function unsupported() {
  if (typeof WebAssembly === "object" && WebAssembly.validate(SIMD_MODULE)) return undefined;
  return { reason: "unsupported", code: "program.unsupported", message: texts.unsupported };
}
