// What can be known of the frame that a page stands in.

/** Whether it is sandboxed without an origin of its own (`allow-same-origin`): then it stores nothing. */
export function isOpaque() {
  return globalThis.origin === "null";
}
