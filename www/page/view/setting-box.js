// A text box for a number that can be set: it shows what is in force, or about to be, unless a hand is writing in
// it or what was written was refused, which is said beside it. It checks nothing.

/**
 * @param {HTMLInputElement} input
 * @param {object} hands
 * @param {(text: string) => unknown} hands.send what was written
 * @param {() => void} hands.forget what was said against the entry
 * @returns {(value: number | null, is: { refused: boolean, asked: boolean }) => void} shows a value: whether the
 *   last one that was sent was refused, or is on its way to being in force
 */
export function settingBox(input, { send, forget }) {
  let inForce = "";
  let isWriting = false;
  /** What was sent and is not accepted yet. @type {string | undefined} */
  let entry;

  const done = () => {
    if (!isWriting) return;
    isWriting = false;
    if (input.value === inForce) back();
    else {
      entry = input.value;
      void send(entry);
    }
  };
  const back = () => {
    isWriting = false;
    entry = undefined;
    input.value = inForce;
    forget();
  };
  input.addEventListener("input", () => {
    isWriting = true;
  });
  input.addEventListener("change", done);
  // A text that is again what it was changes nothing, so no change is told.
  input.addEventListener("blur", done);
  input.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") back();
  });
  return (value, is) => {
    inForce = value === null ? "" : plain(value);
    if (!is.refused && !is.asked) entry = undefined;
    const text = is.refused ? (entry ?? inForce) : inForce;
    if (!isWriting && input.value !== text) input.value = text;
  };
}

/**
 * A number without an exponent, as people type it: 0.00002, not 2e-5.
 * @param {number} value
 */
export function plain(value) {
  return value.toLocaleString("en", { maximumFractionDigits: 10, useGrouping: false });
}
