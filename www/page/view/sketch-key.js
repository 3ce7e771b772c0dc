// When sketches of latents are out of date: kit/sketch.js draws them.

/**
 * What the sketches depend on: they are out of date when it changes.
 * @param {import("../state.js").State} state
 * @returns {string | undefined} nothing while there is no generator that draws with latents
 */
export function sketchKey({ phase, run, data, picture, view }) {
  if (phase !== "ready" || picture === undefined || data?.pairs !== undefined) return undefined;
  return [run?.id, picture.step, picture.trainedFor, view.digit].join(" ");
}
