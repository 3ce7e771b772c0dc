// One network on one device: all contestants in one page, round by round in turn, so that noise
// of the machine hits all alike. Knows no browser, prints nothing.

import { setTimeout as sleep } from "node:timers/promises";

/** Rounds, steps in each, and steps before them, in which shaders and programs are compiled. */
const EFFORT = {
  cpu: { rounds: 5, steps: 20, warmUp: 10 },
  webgpu: { rounds: 3, steps: 16, warmUp: 4 },
};

/** Not in a race on a GPU. */
const CPU_ONLY = ["webgan-threads"];

/**
 * A contestant so slow that it would hold up the others warms up less and takes fewer steps in a
 * round; one for which a single step is too long stops after two rounds. Milliseconds.
 */
const PATIENCE = { warmUp: 20_000, round: 40_000, step: 10_000 };

/**
 * @typedef {object} Result
 * @property {string} network
 * @property {string} device
 * @property {string} contestant
 * @property {string} [cannot] why it is not in the race
 * @property {number} [openMs] loading and building, before any step
 * @property {number} [issueMs] time inside the call that takes a step
 * @property {number} [mainThreadMs] all the main thread did for a step
 * @property {number} [wholeMs] a step from first call to losses read
 * @property {number} [dispatches] of GPU kernels, for a step
 * @property {number} [bindGroups] made for a step
 * @property {number} [submits] to the GPU's queue, for a step
 * @property {number} [wasmBytes]
 * @property {number} [gpuBytes]
 * @property {boolean} [trains] whether losses are finite and move
 * @property {number[][]} [losses] of all steps: discriminator on real, on fake, generator
 * @property {number} [steps] in each round
 * @property {Record<string, number[]>} [rounds] what the medians are of
 */

/**
 * Where the contestants are: a browser's page, or this very process.
 * @typedef {object} Place
 * @property {<Name extends keyof Bench>(name: Name, ...args: Parameters<Bench[Name]>) => Promise<Awaited<ReturnType<Bench[Name]>>>} call
 * @property {() => Promise<number>} busy milliseconds that its main thread has computed so far
 * @property {string[]} complaints
 * @property {() => unknown} close
 */

/** @typedef {import("../page/main.js").Bench} Bench */

/**
 * @param {() => Promise<Place>} openPlace
 * @param {{ network: any, device: any, contestants: string[], rounds?: number, steps?: number }} race
 * @param {(line: string) => void} say
 * @returns {Promise<{ machine: Awaited<ReturnType<Bench["describe"]>>, results: Result[] }>}
 */
export async function contest(openPlace, race, say) {
  const { network, device } = race;
  const contestants = race.contestants.filter(
    (name) => device === "cpu" || !CPU_ONLY.includes(name),
  );
  const { rounds = EFFORT[/** @type {"cpu"} */ (device)].rounds } = race;
  const { steps = EFFORT[/** @type {"cpu"} */ (device)].steps } = race;
  const { warmUp } = EFFORT[/** @type {"cpu"} */ (device)];
  const page = await openPlace();
  const machine = await page.call("describe");

  const entries = contestants.map((contestant) => ({
    /** @type {Result} */
    result: { network, device, contestant },
    steps,
    /** @type {Awaited<ReturnType<typeof measure>>[]} */
    measured: [],
    /** @type {number[]} */
    losses: [],
  }));
  /**
   * What fails is out of the race, and said.
   * @param {typeof entries[number]} entry
   * @param {() => Promise<void>} body
   */
  const attempt = async ({ result }, body) => {
    if (result.cannot !== undefined) return;
    try {
      await body();
    } catch (error) {
      const text = String(/** @type {Error} */ (error).message ?? error);
      const [line] = text.replace(/^page\.evaluate: (Error: )?/, "").split("\n");
      result.cannot = line;
      say(`${result.contestant} cannot: ${line}`);
    }
  };

  /**
   * @param {string} contestant
   * @param {number} count
   */
  async function measure(contestant, count) {
    // What an earlier round left behind is done by then.
    await sleep(100);
    const before = await page.busy();
    await page.call("nothing");
    const between = await page.busy();
    const round = await page.call("round", contestant, count);
    const asking = between - before;
    const mainThreadMs = ((await page.busy()) - between - asking) / count;
    return { ...round, mainThreadMs: Math.max(mainThreadMs, 0) };
  }

  for (const entry of entries) {
    const { contestant } = entry.result;
    await attempt(entry, async () => {
      entry.result.openMs = await page.call("open", contestant, { network, device });
      const from = performance.now();
      let stepMs = 0;
      for (let step = 0; step < warmUp; step += 1) {
        const { losses, wholeMs } = await measure(contestant, 1);
        entry.losses.push(...losses);
        stepMs = wholeMs;
        if (step > 0 && performance.now() - from > PATIENCE.warmUp) break;
      }
      entry.steps = Math.max(1, Math.min(steps, Math.floor(PATIENCE.round / stepMs)));
      // Once with the count to come: the readback may be compiled for it.
      if (entry.steps > 1) entry.losses.push(...(await measure(contestant, entry.steps)).losses);
    });
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const entry of entries) {
      if (entry.measured.length === 2 && entry.measured[1].wholeMs > PATIENCE.step) continue;
      await attempt(entry, async () => {
        const measured = await measure(entry.result.contestant, entry.steps);
        entry.measured.push(measured);
        entry.losses.push(...measured.losses);
      });
    }
    say(`${network} on ${device}: round ${round + 1} of ${rounds}`);
  }
  await page.close();
  for (const line of new Set(page.complaints)) say(`the page says: ${line.slice(0, 200)}`);

  for (const { result, measured, losses, steps: stepCount } of entries) {
    if (result.cannot !== undefined || measured.length === 0) continue;
    const last = measured[measured.length - 1];
    const of = (/** @type {"wholeMs" | "mainThreadMs" | "dispatches"} */ name) =>
      measured.map((round) => round[name]);
    Object.assign(result, {
      issueMs: median(measured.flatMap((round) => round.issueMs)),
      mainThreadMs: median(of("mainThreadMs")),
      wholeMs: median(of("wholeMs")),
      dispatches: median(of("dispatches")),
      bindGroups: last.bindGroups,
      submits: last.submits,
      wasmBytes: last.wasmBytes,
      gpuBytes: last.gpuBytes,
      trains: moves(losses),
      steps: stepCount,
      losses: triples(losses),
      rounds: { wholeMs: of("wholeMs"), mainThreadMs: of("mainThreadMs") },
    });
  }
  return { machine, results: entries.map(({ result }) => result) };
}

/** @param {number[]} numbers */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @param {number[]} losses */
function moves(losses) {
  const [ofReal, ofFake, ofGenerator] = [0, 1, 2].map(
    (k) => new Set(losses.filter((_, i) => i % 3 === k)),
  );
  const varied = [ofReal, ofFake, ofGenerator].every((values) => values.size > 1);
  return losses.every(Number.isFinite) && varied;
}

/** @param {number[]} numbers */
function triples(numbers) {
  return Array.from({ length: numbers.length / 3 }, (_, i) =>
    numbers.slice(3 * i, 3 * i + 3).map((value) => Number(value.toFixed(4))),
  );
}
