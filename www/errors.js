// Errors that keep their `code` on the way from the worker to the page. Comlink by itself drops
// custom fields, so both sides import this file first. Not a list of the codes: Rust has that.

import { transferHandlers } from "comlink";

/** An error a user can do something about: a stable code and a sentence. */
export class CodedError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {ErrorOptions} [options]
   */
  constructor(code, message, options) {
    super(message, options);
    this.name = "CodedError";
    this.code = code;
  }
}

/**
 * The code of an error, if it has one. One thrown by the wasm without a code is a crash.
 * @param {unknown} error
 * @returns {string | undefined}
 */
export function codeOf(error) {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/**
 * @param {unknown} error
 * @returns {string}
 */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

/** @typedef {{ code: string | undefined, message: string, stack: string | undefined }} WireError */

const original = transferHandlers.get("throw");
if (original === undefined) throw new Error("comlink has no handler for thrown values any more");

transferHandlers.set("throw", {
  canHandle: original.canHandle,
  /** @param {{ value: unknown }} thrown */
  serialize({ value }) {
    /** @type {WireError} */
    const wire = {
      code: codeOf(value),
      message: messageOf(value),
      stack: value instanceof Error ? value.stack : undefined,
    };
    return [wire, []];
  },
  /** @param {WireError} wire */
  deserialize({ code, message, stack }) {
    const error = code === undefined ? new Error(message) : new CodedError(code, message);
    if (stack !== undefined) error.stack = stack;
    throw error;
  },
});
