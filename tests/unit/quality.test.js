// The worker's examiner with a program that only counts. The real one is in the end-to-end tests.

import { afterEach, expect, test, vi } from "vitest";
import { Examiner, GAN_TRAIN_STEPS } from "../../www/worker/quality.js";

/** @import { Reality } from "../../www/worker/quality.js" */

afterEach(() => vi.unstubAllGlobals());

function world() {
  const fetched = vi.fn(async () => new Response(new Uint8Array([1, 2, 3])));
  vi.stubGlobal("fetch", fetched);
  const pupil = { step: vi.fn(), accuracy: vi.fn(async () => 0.5), free: vi.fn() };
  const yardstick = {
    ofReal: '{"score":9}',
    measure: vi.fn(async () => '{"score":2}'),
    ganTrain: vi.fn(() => pupil),
    free: vi.fn(),
  };
  const open = vi.fn(async () => yardstick);
  const reality = /** @type {Reality} */ (
    /** @type {unknown} */ ({
      program: { Yardstick: { open } },
      device: {},
      train: {},
      heldOut: {},
    })
  );
  return { fetched, pupil, yardstick, open, reality };
}

const generator = /** @type {import("../../www/pkg/cpu/webgan.js").Generator} */ ({});

test("the classifier is fetched once, and anew for other data", async () => {
  const { fetched, yardstick, open, reality } = world();
  const examiner = new Examiner();
  const measured = await examiner.measure(reality, "x", generator);
  expect(measured).toEqual({ generated: { score: 2 }, real: { score: 9 } });
  await examiner.measure(reality, "x", generator);
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(open).toHaveBeenCalledTimes(1);

  examiner.keepFor(reality.train);
  expect(yardstick.free).not.toHaveBeenCalled();
  examiner.keepFor(/** @type {typeof reality.train} */ ({}));
  expect(yardstick.free).toHaveBeenCalledTimes(1);
  await examiner.measure(reality, "x", generator);
  expect(fetched).toHaveBeenCalledTimes(2);
});

test("without a classifier there is a coded error", async () => {
  const { reality } = world();
  vi.stubGlobal("fetch", async () => new Response("", { status: 404 }));
  const measuring = new Examiner().measure(reality, "x", generator);
  await expect(measuring).rejects.toMatchObject({ code: "quality.classifier" });
});

test("a GAN-train takes all its steps, tells them, and frees its pupil", async () => {
  const { pupil, reality } = world();
  const examiner = new Examiner();
  const onProgress = vi.fn();
  const watch = { signal: examiner.prepare(), onProgress };
  expect(await examiner.ganTrain(reality, "x", generator, watch)).toBe(0.5);
  expect(pupil.step).toHaveBeenCalledTimes(GAN_TRAIN_STEPS);
  expect(onProgress).toHaveBeenLastCalledWith(GAN_TRAIN_STEPS);
  expect(pupil.free).toHaveBeenCalledTimes(1);
});

test("a cancelled GAN-train stops after its slice, and before it begins", async () => {
  const { pupil, yardstick, reality } = world();
  const examiner = new Examiner();
  // Each step is as long as a slice.
  let now = 0;
  vi.stubGlobal("performance", { now: () => now });
  pupil.step.mockImplementation(() => {
    now += 60;
  });
  const onProgress = vi.fn(() => examiner.cancel());
  const watch = { signal: examiner.prepare(), onProgress };
  expect(await examiner.ganTrain(reality, "x", generator, watch)).toBeUndefined();
  expect(pupil.step).toHaveBeenCalledTimes(1);
  expect(pupil.free).toHaveBeenCalledTimes(1);

  const late = { signal: examiner.prepare(), onProgress };
  examiner.cancel();
  expect(await examiner.ganTrain(reality, "x", generator, late)).toBeUndefined();
  expect(yardstick.ganTrain).toHaveBeenCalledTimes(1);
});
