// A yield to the event loop that browsers do not slow down: timers are throttled in hidden tabs and
// clamped to 4 ms when nested, messages are neither.

const channel = new MessageChannel();
/** @type {(() => void)[]} */
const waiting = [];

channel.port1.onmessage = () => waiting.shift()?.();

/**
 * Lets messages that have arrived be handled, then goes on.
 * @returns {Promise<void>}
 */
export function macrotask() {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}
