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
  if (schedule.kind === "steps") {
    return counted(schedule.count, { one: "# iteration", other: "# iterations" });
  }
  const epochs = counted(schedule.count, { one: "# epoch", other: "# epochs" });
  return schedule.kind === "epochs-of-steps"
    ? `${epochs} of ${counted(schedule.steps, { one: "# batch", other: "# batches" })}`
    : epochs;
}
