// The worker's examiner with a program that only counts. The real one is in the end-to-end tests.

import { afterEach, expect, test, vi } from "vitest";
import { CodedError } from "../../www/kit/errors.js";
import { Examiner, EYES_STEPS, GAN_TRAIN_STEPS } from "../../www/worker/quality.js";

/** @import { Reality } from "../../www/worker/quality.js" */

const CLASSIFIER = "https://site.invalid/models/classifier.safetensors?v=1";

afterEach(() => vi.unstubAllGlobals());

function world() {
  const fetched = vi.fn(async () => new Response(new Uint8Array([1, 2, 3])));
  vi.stubGlobal("fetch", fetched);
  const pupil = {
    stepCount: 0,
    step: vi.fn(() => void pupil.stepCount++),
    accuracy: vi.fn(async () => 0.5),
    free: vi.fn(),
  };
  const fakes = {
    count: 0,
    draw: vi.fn(() => void (fakes.count += 100)),
    train: vi.fn(() => pupil),
    free: vi.fn(),
  };
  const yardstick = {
    /** @type {(generator: unknown, seed: number, rest: () => Promise<void>) => Promise<string>} */
    measure: vi.fn(async () => '{"score":2}'),
    fakes: vi.fn(() => fakes),
    free: vi.fn(),
  };
  const open = vi.fn(async () => yardstick);
  const learned = vi.fn(async () => yardstick);
  const unlearned = vi.fn(async () => yardstick);
  const Pupil = vi.fn(function Pupil() {
    return pupil;
  });
  const reality = /** @type {Reality} */ (
    /** @type {unknown} */ ({
      program: { Yardstick: { open, learned, unlearned, fewest: () => 65 }, Pupil },
      device: {},
      train: { count: 9_000, classCounts: [5_000, 4_000] },
      heldOut: { count: 1_000 },
    })
  );
  return { fetched, fakes, pupil, yardstick, open, learned, unlearned, reality };
}

/** @param {AbortSignal} [signal] */
function waiting(signal = new AbortController().signal) {
  return { signal, onSeeing: vi.fn() };
}

const generator = /** @type {import("../../www/pkg/cpu/webgan.js").Generator} */ ({});

test("the classifier is fetched once, and anew for other data", async () => {
  const { fetched, yardstick, open, reality } = world();
  const examiner = new Examiner();
  const measure = () => examiner.measure(reality, CLASSIFIER, generator, waiting());
  expect(await measure()).toEqual({ yardstick, eyes: { kind: "digits" }, quality: '{"score":2}' });
  await measure();
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(open).toHaveBeenCalledTimes(1);

  examiner.keepFor(reality.train);
  expect(yardstick.free).not.toHaveBeenCalled();
  examiner.keepFor(/** @type {typeof reality.train} */ ({}));
  expect(yardstick.free).toHaveBeenCalledTimes(1);
  await measure();
  expect(fetched).toHaveBeenCalledTimes(2);
});

test("other pictures are learned before they are measured, once", async () => {
  const { fetched, pupil, yardstick, learned, reality } = world();
  const examiner = new Examiner();
  const wait = waiting();
  const measured = await examiner.measure(reality, undefined, generator, wait);
  expect(measured).toMatchObject({ yardstick, eyes: { kind: "learned", reads: 0.5 } });
  expect(pupil.step).toHaveBeenCalledTimes(EYES_STEPS);
  expect(wait.onSeeing).toHaveBeenLastCalledWith({ done: EYES_STEPS, total: EYES_STEPS });
  expect(pupil.free).toHaveBeenCalledTimes(1);
  await examiner.measure(reality, undefined, generator, waiting());
  expect(learned).toHaveBeenCalledTimes(1);
  expect(fetched).not.toHaveBeenCalled();
});

test("whoever gives up while they are learned measures nothing, and frees what learned", async () => {
  let now = 0;
  vi.stubGlobal("performance", { now: () => (now += 60) });
  const { pupil, learned, reality } = world();
  const examiner = new Examiner();
  const wait = { signal: examiner.prepare(), onSeeing: () => examiner.cancel() };
  expect(await examiner.measure(reality, undefined, generator, wait)).toBeUndefined();
  expect(pupil.step).toHaveBeenCalledTimes(1);
  expect(learned).not.toHaveBeenCalled();
  expect(pupil.free).toHaveBeenCalledTimes(1);
});

test("of pictures without classes, or too few of them, random features are the eyes", async () => {
  for (const [train, heldOut] of [
    [{ count: 9_000, classCounts: [] }, { count: 1_000 }],
    [{ count: 300, classCounts: [150, 150] }, { count: 30 }],
  ]) {
    const { pupil, unlearned, reality } = world();
    Object.assign(reality, { train, heldOut });
    const measured = await new Examiner().measure(reality, undefined, generator, waiting());
    expect(measured).toMatchObject({ eyes: { kind: "random" } });
    expect(unlearned).toHaveBeenCalledTimes(1);
    expect(pupil.step).not.toHaveBeenCalled();
  }
});

test("without a classifier there is a coded error", async () => {
  const { reality } = world();
  vi.stubGlobal("fetch", async () => new Response("", { status: 404 }));
  const measuring = new Examiner().measure(reality, CLASSIFIER, generator, waiting());
  await expect(measuring).rejects.toMatchObject({ code: "quality.classifier" });
});

test("a host that fails is no missing classifier, and may be asked again", async () => {
  const { reality, yardstick } = world();
  const examiner = new Examiner();
  const measure = () => examiner.measure(reality, CLASSIFIER, generator, waiting());
  const broken = () => Promise.reject(new TypeError("network"));
  for (const answer of [() => new Response("Busy", { status: 503 }), broken]) {
    vi.stubGlobal("fetch", async () => answer());
    await expect(measure()).rejects.toMatchObject({
      code: "data.fetch",
      message: expect.stringMatching(/^“classifier.safetensors” could not be fetched.+ry again/),
    });
  }
  vi.stubGlobal("fetch", async () => new Response(new Uint8Array([1])));
  expect(await measure()).toMatchObject({ yardstick });
});

test("between two slices of a measurement a message is handled, and can end it", async () => {
  const { yardstick, reality } = world();
  const examiner = new Examiner();
  const signal = examiner.prepare();
  yardstick.measure = async (_generator, _seed, rest) => {
    try {
      for (;;) await rest();
    } catch {
      throw new CodedError("quality.stopped", "the measurement was stopped");
    }
  };
  const { port1, port2 } = new MessageChannel();
  port2.onmessage = () => examiner.cancel();
  port1.postMessage("step");
  expect(await examiner.measure(reality, CLASSIFIER, generator, waiting(signal))).toBeUndefined();
  port1.close();
});

test("a GAN-train draws, takes all its steps, tells them, and frees what it made", async () => {
  const { fakes, pupil, reality } = world();
  const examiner = new Examiner();
  const onProgress = vi.fn();
  const wait = { ...waiting(examiner.prepare()), onProgress };
  expect(await examiner.ganTrain(reality, CLASSIFIER, generator, wait)).toBe(0.5);
  expect(fakes.draw).toHaveBeenCalledTimes(50);
  expect(onProgress).toHaveBeenCalledWith({ stage: "draws", done: 5_000, total: 5_000 });
  expect(pupil.step).toHaveBeenCalledTimes(GAN_TRAIN_STEPS);
  const all = { stage: "learns", done: GAN_TRAIN_STEPS, total: GAN_TRAIN_STEPS };
  expect(onProgress).toHaveBeenLastCalledWith(all);
  expect(fakes.free).toHaveBeenCalledTimes(1);
  expect(pupil.free).toHaveBeenCalledTimes(1);
});

test("a cancelled GAN-train stops after its slice, whatever it does, and before it begins", async () => {
  // Each piece of work is as long as a slice.
  let now = 0;
  vi.stubGlobal("performance", { now: () => (now += 60) });
  for (const stage of ["draws", "learns"]) {
    const { fakes, pupil, yardstick, reality } = world();
    const examiner = new Examiner();
    const onProgress = (/** @type {{ stage: string }} */ progress) => {
      if (progress.stage === stage) examiner.cancel();
    };
    const wait = { ...waiting(examiner.prepare()), onProgress };
    expect(await examiner.ganTrain(reality, CLASSIFIER, generator, wait)).toBeUndefined();
    const isDrawing = stage === "draws";
    expect(fakes.draw).toHaveBeenCalledTimes(isDrawing ? 1 : 50);
    expect(pupil.step).toHaveBeenCalledTimes(isDrawing ? 0 : 1);
    expect(fakes.free).toHaveBeenCalledTimes(1);
    expect(pupil.free).toHaveBeenCalledTimes(isDrawing ? 0 : 1);

    const late = { ...waiting(examiner.prepare()), onProgress };
    examiner.cancel();
    expect(await examiner.ganTrain(reality, CLASSIFIER, generator, late)).toBeUndefined();
    expect(yardstick.fakes).toHaveBeenCalledTimes(1);
  }
});
