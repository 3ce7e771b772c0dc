// Errors with a stable code, and what can be read from those that others threw. Not a list of the
// codes: Rust has that. How they cross from the worker to the page: error-wire.js.

/** An error a user can do something about: a stable code and a sentence. */
export class CodedError extends Error {
  /** What was asked for, where that helps to mend it. @type {unknown} */
  data;

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

  /** @param {{ code: string, message: string }} problem that was told */
  static of({ code, message }) {
    return new CodedError(code, message);
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
 * @returns {string} for a reader
 */
export function messageOf(error) {
  return withoutBacktrace(error instanceof Error ? error.message : String(error));
}

/**
 * What a GPU's libraries say comes over several lines, with a backtrace behind it, which is for the console.
 * @param {string} text
 */
export function withoutBacktrace(text) {
  const [reason] = text.split(/\s*\(?Backtrace\b/);
  return reason.replace(/\s*\n\s*/g, " ").trim();
}
