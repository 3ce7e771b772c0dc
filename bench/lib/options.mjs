// What `npm run bench -- …` understands.

import { parseArgs } from "node:util";

import { Failure } from "../../scripts/lib/proc.mjs";
import { SCALE } from "../page/networks.js";

const CONTESTANTS = ["webgan", "webgan-threads", "jax-js", "tfjs"];
const NETWORKS = ["mlp", "dcgan", "modern", "modern-32", "modern-64"];
const DEVICES = ["cpu", "webgpu"];

export const USAGE = `npm run bench -- [options]
  --device cpu|webgpu     only this device
  --network NAME,…        only these: mlp, dcgan, modern, and modern-32, modern-64 for as many pixels
                          a side in colours; the peers have no modern
  --only webgan,jax-js    only these contestants: webgan (one thread), webgan-threads (all cores, on the
                          CPU), jax-js, tfjs
  --scale                 instead of these networks: how modern's time goes with its batch and width
  --rounds N              rounds on each device (5 on the CPU, 3 on a GPU)
  --steps N               steps in a round (20 and 16)
  --quick                 one short round of each: to see that it works
  --no-threads            without cross-origin isolation, as most sites are: nobody has threads then
  --real-gpu              the machine's own GPU instead of the software one`;

/** @param {string[]} args */
export function readOptions(args) {
  const { values } = parse(args);
  const one = (/** @type {string | undefined} */ value, /** @type {string[]} */ known) => {
    if (value === undefined) return known;
    const named = value.split(",");
    const strange = named.find((name) => !known.includes(name));
    if (strange !== undefined) {
      throw new Failure(`"${strange}" is none of ${known.join(", ")}.`);
    }
    return named;
  };
  const number = (/** @type {string | undefined} */ value) => {
    if (value === undefined) return undefined;
    if (!/^[1-9]\d*$/.test(value)) throw new Failure(`"${value}" is no number above 0.`);
    return Number(value);
  };
  const { quick = false, scale = false } = values;
  const contestants = one(values.only, CONTESTANTS);
  return {
    help: values.help ?? false,
    networks: scale ? Object.keys(SCALE) : one(values.network, NETWORKS),
    devices: one(values.device, DEVICES),
    contestants: contestants.filter((name) => !scale || name.startsWith("webgan")),
    rounds: number(values.rounds) ?? (quick ? 1 : undefined),
    steps: number(values.steps) ?? (quick ? 2 : undefined),
    threads: !values["no-threads"],
    realGpu: values["real-gpu"] ?? false,
  };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        help: { type: "boolean" },
        network: { type: "string" },
        device: { type: "string" },
        only: { type: "string" },
        scale: { type: "boolean" },
        rounds: { type: "string" },
        steps: { type: "string" },
        quick: { type: "boolean" },
        "no-threads": { type: "boolean" },
        "real-gpu": { type: "boolean" },
      },
    });
  } catch (error) {
    throw new Failure(`${/** @type {Error} */ (error).message}\n${USAGE}`);
  }
}
