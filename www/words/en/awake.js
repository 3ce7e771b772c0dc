export const awake = {
  refused: "The browser did not allow it. Is the battery low, or a power saver on?",
};
