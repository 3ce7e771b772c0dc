// What the element's events say, made of what the worker tells.

import { METRICS } from "../engine/protocol.js";
import { STAGES } from "./state.js";

/** @import { StartAnswer, WorkerEvent } from "../engine/protocol.js" */

/** An event's name and detail. @typedef {[name: string, detail: object]} Told */

/**
 * @param {WorkerEvent} event
 * @returns {Told[]}
 */
export function told(event) {
  switch (event.type) {
    case "stage": {
      const { stage } = event;
      return [["gan-progress", { stage, progress: STAGES.indexOf(stage) / STAGES.length }]];
    }
    case "losses": {
      const { values, progress } = event;
      const { step, epoch, stepsPerSecond } = progress;
      const last = values.subarray(values.length - METRICS.length);
      const metrics = Object.fromEntries(METRICS.map((metric, i) => [metric, last[i]]));
      return [
        ["gan-step", { step, epoch, stepsPerSecond }],
        ["gan-metrics", { step, ...metrics }],
      ];
    }
    default:
      return [];
  }
}

/**
 * @param {StartAnswer} answer
 * @returns {Told[]}
 */
export function toldOpened({ run, device: { kind, name, note }, data }) {
  return [
    ["gan-progress", { stage: "networks", progress: 1 }],
    ["gan-ready", { step: run.step, device: { kind, name, note }, images: data.count }],
  ];
}
