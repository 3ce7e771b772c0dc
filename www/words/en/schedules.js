import { counted, number } from "./numbers.js";

/** @import { Preset } from "../../engine/protocol.js" */

/**
 * How long a GAN trains by its own settings.
 * @param {Pick<Preset, "schedule"> & { config: Pick<Preset["config"], "batchSize"> }} preset
 */
export const scheduleOf = ({ schedule, config }) =>
  `batch ${number(config.batchSize)}, ${lengthOf(schedule)}`;

/** @param {Preset["schedule"]} schedule */
function lengthOf(schedule) {
  const { kind, count } = schedule;
  if (kind === "steps") return counted(count, { one: "# iteration", other: "# iterations" });
  const epochs = counted(count, { one: "# epoch", other: "# epochs" });
  if (kind === "epochs") return epochs;
  return `${epochs} of ${counted(schedule.steps, { one: "# batch", other: "# batches" })}`;
}
