// The worker of contestants/webgan-threads.js: the program that shares its work, with the page's own threads.

import { expose } from "comlink";
import { share } from "../../www/worker/threads.js";
import threadUrl from "../../www/worker/thread.js?worker&url";
import { openWith } from "./contestants/webgan.js";

/** @import { SharedProgram } from "../../www/worker/threads.js" */
/** @import { Run, Setup } from "./main.js" */

/** @typedef {typeof acts} Acts */

const load = async () => {
  const program = await import("../../www/pkg/threads/webgan.js");
  await program.default();
  // What a thread dies of is seen in the console.
  await share(/** @type {SharedProgram} */ (/** @type {unknown} */ (program)), threadUrl, () => {});
  return program;
};

/** @type {Run} */
let run;

const acts = {
  /** @param {Setup} setup */
  open: async (setup) => {
    run = await openWith(await load(), setup);
  },
  step: () => run.step(),
  readLosses: () => run.readLosses(),
};

expose(acts);
