// Registers the service worker of a built site (the one from www/service-worker.js), and tells it which
// of the large files this visit has used.

import { PROGRAMS } from "./spawn.js";

/** @import { Store } from "./store.js" */

/** @param {Store} store */
export function keepOffline(store) {
  if (!import.meta.env.PROD || navigator.serviceWorker === undefined) return;
  // A browser may forbid it, and the page does without.
  navigator.serviceWorker.register(new URL("sw.js", document.baseURI)).catch((error) => {
    console.warn("WebGAN will not work offline:", error);
  });
  /** @type {string | undefined} */
  let kept;
  store.subscribe(({ device }) => {
    if (device === undefined || device.build === kept) return;
    kept = device.build;
    const urls = [PROGRAMS[device.build]];
    void navigator.serviceWorker.ready.then(({ active }) =>
      active?.postMessage({ type: "keep", urls }),
    );
  });
}
