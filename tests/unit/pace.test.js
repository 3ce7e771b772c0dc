import { describe, expect, test } from "vitest";
import { ChunkSize, EpochMeans, GridClock, nextStop, Speed } from "../../www/worker/pace.js";

describe("chunk size", () => {
  test("starts with one step, and at most doubles", () => {
    const chunk = new ChunkSize();
    expect(chunk.steps).toBe(1);
    chunk.completed(1, 0.5);
    expect(chunk.steps).toBe(2);
    chunk.completed(2, 1);
    expect(chunk.steps).toBe(4);
  });

  test("aims at a quarter of a second, and stops at 32", () => {
    const chunk = new ChunkSize();
    for (let i = 0; i < 10; i++) chunk.completed(chunk.steps, 25 * chunk.steps);
    expect(chunk.steps).toBe(10);
    for (let i = 0; i < 10; i++) chunk.completed(chunk.steps, chunk.steps);
    expect(chunk.steps).toBe(32);
  });

  test("is a single step where a step takes seconds", () => {
    const chunk = new ChunkSize();
    chunk.completed(1, 1);
    chunk.completed(2, 3_000);
    expect(chunk.steps).toBe(1);
  });
});

describe("where to pause", () => {
  test("is a matter of the run, not of when it went on", () => {
    expect([0, 89, 499].map((done) => nextStop(done, 500))).toEqual([500, 500, 500]);
    expect(nextStop(500, 500)).toBe(1000);
    expect(nextStop(89, undefined)).toBe(Infinity);
  });
});

describe("speed", () => {
  test("is unknown before anything was completed", () => {
    const speed = new Speed();
    expect(speed.stepsPerSecond).toBeUndefined();
    speed.start(1000, 7);
    expect(speed.stepsPerSecond).toBeUndefined();
  });

  test("is completed steps over the time since the start", () => {
    const speed = new Speed();
    speed.start(1000, 50);
    speed.mark(1500, 60);
    expect(speed.stepsPerSecond).toBe(20);
  });

  test("forgets what is older than its window", () => {
    const speed = new Speed();
    speed.start(0, 0);
    for (let t = 1; t <= 20; t++) speed.mark(1000 * t, 10 * t);
    for (let t = 21; t <= 40; t++) speed.mark(1000 * t, 200 + 100 * (t - 20));
    expect(speed.stepsPerSecond).toBe(100);
  });

  test("a pause does not count", () => {
    const speed = new Speed();
    speed.start(0, 0);
    speed.mark(1000, 10);
    speed.start(60_000, 10);
    speed.mark(61_000, 20);
    expect(speed.stepsPerSecond).toBe(10);
  });

  test("is of training: a single step in a pause changes nothing", () => {
    const speed = new Speed();
    speed.mark(10, 1);
    speed.mark(20, 2);
    expect(speed.stepsPerSecond).toBeUndefined();
    speed.start(1000, 2);
    speed.mark(2000, 12);
    speed.stop();
    speed.mark(2010, 13);
    expect(speed.stepsPerSecond).toBe(10);
  });
});

describe("grid clock", () => {
  test("a cheap grid comes as often as is wanted", () => {
    const clock = new GridClock();
    expect(clock.isDue(0)).toBe(true);
    clock.drawn(0, 2, 100);
    expect(clock.isDue(99)).toBe(false);
    expect(clock.isDue(100)).toBe(true);
  });

  test("a dear grid takes a tenth of the time", () => {
    const clock = new GridClock();
    for (let now = 0; now < 5_000; now += 1_000) clock.drawn(now, 80, 100);
    expect(clock.isDue(4_799)).toBe(false);
    expect(clock.isDue(4_800)).toBe(true);
  });

  test("the first grids, which also compile, do not keep the picture still", () => {
    const clock = new GridClock();
    clock.drawn(0, 1_000, 100);
    expect(clock.isDue(100)).toBe(true);
    clock.drawn(100, 500, 100);
    expect(clock.isDue(300)).toBe(true);
  });
});

test("epoch means are of the epoch's steps only", () => {
  const means = new EpochMeans(2);
  means.add(Float32Array.of(1, 10, 3, 30), 0);
  means.add(Float32Array.of(1, 10, 3, 30), 2);
  expect(means.take()).toEqual([2, 20]);
  means.add(Float32Array.of(5, 6), 0);
  expect(means.take()).toEqual([5, 6]);
});
