import { stepsOf } from "./steps.js";

/** Of a run that was trained before it was loaded: shown where its course is, once there is one. */
export const before = {
  /** @param {number} step */
  trained: (step) =>
    `This run was trained for ${stepsOf(step)} before it was loaded. Its networks are kept; the charts, measures and pictures of that time are not.`,
};
