// Keeps the screen on while training, where somebody asks for it and the browser can: the lock is held
// only while the page trains and is seen.

import { awake as texts } from "#words/awake.js";

/** @import { PageStore } from "../state.js" */

/** @param {PageStore} store */
export function holdLock(store) {
  /** @type {WakeLockSentinel | undefined} */
  let lock;
  let isAsking = false;

  const follow = async () => {
    const isWanted = () => {
      const { keepsAwake, isRunning } = store.state;
      return keepsAwake && isRunning && !document.hidden;
    };
    if (isAsking) return;
    isAsking = true;
    try {
      // What is wanted may change while the browser answers.
      while (isWanted() !== (lock !== undefined)) {
        if (lock === undefined) {
          const held = await navigator.wakeLock.request("screen");
          lock = held;
          // The browser takes it back from a hidden page, and when the battery is low.
          held.addEventListener("release", () => {
            if (lock === held) lock = undefined;
          });
        } else {
          const held = lock;
          lock = undefined;
          await held.release();
        }
      }
    } catch {
      // Seen, the page may try again when it is asked to; hidden, it will when it is seen.
      if (!document.hidden) {
        store.dispatch({ type: "keeps-awake", keepsAwake: false });
        store.dispatch({ type: "problem", place: "awake", message: texts.refused });
      }
    } finally {
      isAsking = false;
    }
  };

  document.addEventListener("visibilitychange", () => void follow());
  store.subscribe(() => void follow());
}
