// A thread of the program that shares its work: the same module on the same memory, in a worker of its own. Who starts
// it and gives it both: threads.js. It knows of no run.

const [load] = Object.values(
  /** @type {Record<string, () => Promise<any>>} */ (import.meta.glob("../pkg/threads/webgan.js")),
);

addEventListener(
  "message",
  async ({ data: { module, memory, problems } }) => {
    const program = await load();
    program.initSync({ module, memory });
    program.onPanic((/** @type {string} */ message) => problems.postMessage(message));
    postMessage("ready");
    program.runThread(); // until the end
  },
  { once: true },
);
