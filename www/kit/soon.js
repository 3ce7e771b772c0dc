// Does once, at the end of a task, what was asked for many times in it.

/**
 * @param {() => void} act
 * @returns {() => void}
 */
export function soon(act) {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    queueMicrotask(() => {
      isDue = false;
      act();
    });
  };
}
