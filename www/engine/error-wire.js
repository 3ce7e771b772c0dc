// Errors keep their `code` and `data` on the way from the worker to the page: Comlink by itself drops custom
// fields, so both sides import this file.

import { transferHandlers } from "comlink";
import { CodedError, codeOf, messageOf } from "../kit/errors.js";

/** @typedef {{ code: string | undefined, message: string, data: unknown, stack: string | undefined }} WireError */

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
      data: value instanceof CodedError ? value.data : undefined,
      stack: value instanceof Error ? value.stack : undefined,
    };
    return [wire, []];
  },
  /** @param {WireError} wire */
  deserialize({ code, message, data, stack }) {
    const error = code === undefined ? new Error(message) : new CodedError(code, message);
    if (error instanceof CodedError) error.data = data;
    if (stack !== undefined) error.stack = stack;
    throw error;
  },
});
