// Threads for the CPU: workers that share the program's memory (thread.js), where the page may have such memory. Whether
// there are some is known before the first step; it never changes a number. No training.

/** @import { Program } from "./program.js" */

/**
 * The program as it is built for threads.
 * @typedef {Program & {
 *   shareWork(others: number): void,
 *   sharedModule(): WebAssembly.Module,
 *   sharedMemory(): WebAssembly.Memory,
 * }} SharedProgram
 */

/** More would wait for one another: a step is shared out in pieces of some pictures. */
const MOST = 8;
/** A thread that has not begun by then will not. */
const BEGINS_WITHIN_MS = 10_000;

/** Threads that this device can have, and this page may have; 1: none beside this one. */
export function threadsHere() {
  const mayShare = globalThis.crossOriginIsolated && typeof SharedArrayBuffer === "function";
  return mayShare ? Math.min(navigator.hardwareConcurrency, MOST) : 1;
}

/**
 * From here on the program shares its work out.
 * @param {SharedProgram} program
 * @param {string} url of a thread's worker
 * @param {(problems: MessagePort) => void} hear given the port at which a thread tells why it dies, while this worker
 *   waits for it and can tell nobody
 * @throws {Error} where no thread began
 */
export async function share(program, url, hear) {
  const others = Array.from({ length: threadsHere() - 1 }, () => begun(program, url, hear));
  const count = (await Promise.all(others)).filter(Boolean).length;
  if (count === 0) throw new Error("no thread could be started");
  program.shareWork(count);
}

/**
 * @param {SharedProgram} program
 * @param {string} url
 * @param {(problems: MessagePort) => void} hear
 * @returns {Promise<boolean>} whether there is one more thread
 */
function begun(program, url, hear) {
  return new Promise((resolve) => {
    const thread = new Worker(url, { type: "module" });
    const end = (/** @type {string} */ reason) => {
      console.warn("WebGAN: a thread did not start:", reason);
      thread.terminate();
      resolve(false);
    };
    const clock = setTimeout(() => end("timeout"), BEGINS_WITHIN_MS);
    thread.addEventListener("error", (event) => {
      event.preventDefault();
      clearTimeout(clock);
      end(event.message);
    });
    thread.addEventListener("message", () => {
      clearTimeout(clock);
      resolve(true);
    });
    const { port1, port2 } = new MessageChannel();
    hear(port1);
    thread.postMessage(
      { module: program.sharedModule(), memory: program.sharedMemory(), problems: port2 },
      [port2],
    );
  });
}
