// The source of a worker that is nothing but the module it imports. Code as text, which runs elsewhere.

/**
 * What is sent to the worker before the import has ended waits for it. A failure becomes the worker's
 * "error" event.
 * @param {string} url of the module
 * @returns {string} a classic script
 */
export function importing(url) {
  return `
const early = [];
const keep = ({ data }) => early.push(data);
addEventListener("message", keep);
import(${JSON.stringify(url)}).then(
  () => {
    removeEventListener("message", keep);
    for (const data of early) dispatchEvent(new MessageEvent("message", { data }));
  },
  (error) => setTimeout(() => { throw error; }),
);
`;
}
