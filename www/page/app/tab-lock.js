// What one tab holds while it lives, by name: Web Locks, which a browser takes back when a tab ends, however
// it ends. Where there are none (pages without https), every tab may hold everything.

/** Told to the other tabs when this one takes something. @type {BroadcastChannel | undefined} */
let channel;

/** @param {() => void} listener told when another tab takes something */
export function onTaken(listener) {
  try {
    channel = new BroadcastChannel("webgan-taken");
    channel.onmessage = listener;
  } catch {
    // where an origin has no other tabs
  }
}

/**
 * @param {string} name
 * @returns {Promise<(() => void) | undefined>} gives it back; undefined where another tab holds it
 */
export function hold(name) {
  const { locks } = navigator;
  if (locks === undefined) return Promise.resolve(() => {});
  return new Promise((resolve, reject) => {
    const isHeld = locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock === null) resolve(undefined);
      else {
        channel?.postMessage(name);
        await new Promise((release) => resolve(() => release(undefined)));
      }
    });
    isHeld.catch(reject);
  });
}

/**
 * Until no tab holds something any more.
 * @param {string} name
 * @param {AbortSignal} signal rejects when aborted
 */
export async function freed(name, signal) {
  await navigator.locks?.request(name, { mode: "shared", signal }, () => {});
}

/** @returns {Promise<Set<string>>} the names of what is held, by whatever tab */
export async function namesHeld() {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return new Set(held.map(({ name = "" }) => name));
}
