import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Watch } from "../../www/worker/watch.js";

/** @import { Monitor, Yardstick } from "../../www/pkg/cpu/webgan.js" */

beforeEach(() => vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => vi.useRealTimers());

/** A watch over a monitor that finds what it is told to. */
function world() {
  /** @type {string[]} each a symptom and its number */
  let found = [];
  const monitor = {
    add() {},
    measured() {},
    findings: () =>
      JSON.stringify(
        found.map((text) => {
          const [symptom, share] = text.split(" ");
          return { symptom, evidence: { share } };
        }),
      ),
    free() {},
  };
  const tell = vi.fn();
  const watch = new Watch(
    /** @type {Monitor} */ (/** @type {unknown} */ (monitor)),
    (symptom) => (symptom === "memorisation" ? undefined : '{"learningRate":1}'),
    tell,
  );
  const see = (/** @type {string[]} */ ...next) => {
    found = next;
    watch.add(new Float32Array());
  };
  const told = () =>
    tell.mock.lastCall?.[0].map(
      (/** @type {{ symptom: string, evidence: { share: string } }} */ f) =>
        `${f.symptom} ${f.evidence.share}`,
    );
  return { watch, see, told, tell };
}

test("nothing is told while nothing is found", () => {
  const { watch, see, tell } = world();
  see();
  watch.settle();
  expect(tell).not.toHaveBeenCalled();
});

test("what is new is told at once, what is gone or only has another number later", () => {
  const { see, told, tell } = world();
  see("divergence 1");
  expect(told()).toEqual(["divergence 1"]);
  see("divergence 2");
  see();
  expect(tell).toHaveBeenCalledTimes(1);
  see("divergence 2", "memorisation 1");
  expect(told()).toEqual(["divergence 2", "memorisation 1"]);
  vi.advanceTimersByTime(5_000);
  see("memorisation 1");
  expect(told()).toEqual(["memorisation 1"]);
});

test("at a pause, and after a measurement, what is told is what shows", () => {
  const { watch, see, told, tell } = world();
  see("divergence 1");
  see();
  watch.settle();
  expect(told()).toEqual([]);
  see("divergence 1");
  see("divergence 2");
  watch.measured(/** @type {Yardstick} */ ({}), "{}");
  expect(told()).toEqual(["divergence 2"]);
  watch.settle();
  expect(tell).toHaveBeenCalledTimes(4);
});

test("a finding comes with its cure, where there is one", () => {
  const { see, tell } = world();
  see("divergence 1", "memorisation 1");
  expect(tell.mock.lastCall?.[0]).toEqual([
    { symptom: "divergence", evidence: { share: "1" }, cure: { learningRate: 1 } },
    { symptom: "memorisation", evidence: { share: "1" } },
  ]);
});
