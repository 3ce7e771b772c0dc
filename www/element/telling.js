// What the element does with what the worker tells: how its state changes, and what its own events say.

import { METRICS } from "../engine/protocol.js";
import { STAGES } from "./state.js";

/** @import { StartAnswer, WorkerEvent } from "../engine/protocol.js" */
/** @import { Action } from "./state.js" */

/**
 * What is to be done with it: an action, and events, each a name and a detail.
 * @typedef {{ action?: Action, events: [name: string, detail: object][] }} Told
 */

/**
 * @param {WorkerEvent} event
 * @returns {Told}
 */
export function told(event) {
  switch (event.type) {
    case "stage": {
      const { stage } = event;
      const progress = STAGES.indexOf(stage) / STAGES.length;
      return {
        action: { type: "loading", stage },
        events: [["gan-progress", { stage, progress }]],
      };
    }
    case "grid": {
      const { step, trainedFor, pairs: isPairs } = event;
      return {
        action: { type: "picture", step, isShowcase: trainedFor !== undefined, isPairs },
        events: [],
      };
    }
    case "losses": {
      const { values, progress } = event;
      const { step, epoch, stepsPerSecond } = progress;
      const last = values.subarray(values.length - METRICS.length);
      const metrics = Object.fromEntries(METRICS.map((metric, i) => [metric, last[i]]));
      return {
        action: { type: "losses", step, values },
        events: [
          ["gan-step", { step, epoch, stepsPerSecond }],
          ["gan-metrics", { step, ...metrics, all: values }],
        ],
      };
    }
    default:
      return { events: [] };
  }
}

/**
 * @param {StartAnswer} answer
 * @param {number | null} steps to train, where the author says so
 * @returns {Told}
 */
export function toldOpened({ run, device: { kind, name, note }, data }, steps) {
  const { input: latentSize, classes } = run.networks.generator;
  const { step, totalSteps } = run;
  return {
    action: { type: "opened", step, total: steps ?? totalSteps, note },
    events: [
      ["gan-progress", { stage: "networks", progress: 1 }],
      [
        "gan-ready",
        {
          ...{ step, device: { kind, name, note } },
          ...{ images: data.count, channels: data.channels, latentSize, classes },
        },
      ],
    ],
  };
}
