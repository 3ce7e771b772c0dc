import { counted } from "./numbers.js";

/** @param {number} count */
export const stepsOf = (count) => counted(count, { one: "# step", other: "# steps" });
