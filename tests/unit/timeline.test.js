import { describe, expect, test } from "vitest";
import { frameOf, GAP_GREY, Timeline } from "../../www/kit/timeline.js";

/** A picture of two pixels: one of a tile, one of a gap. @param {number} grey */
function picture(grey) {
  const pixels = Uint8Array.of(grey, grey, grey, 255, 0, 0, 0, 0).buffer;
  return { width: 2, height: 1, pixels };
}

/** @param {Timeline} timeline */
const steps = (timeline) => timeline.moments.map(({ step }) => step);

describe("timeline", () => {
  test("few pictures are all kept, as they were", () => {
    const timeline = new Timeline(10);
    for (const step of [0, 3, 4]) timeline.add(step, picture(step));
    expect(steps(timeline)).toEqual([0, 3, 4]);
    expect(Array.from(timeline.moments[1].values)).toEqual([3, GAP_GREY]);
    const { pixels, ...size } = frameOf(timeline.moments[1]);
    expect(size).toEqual({ width: 2, height: 1 });
    expect(Array.from(new Uint8Array(pixels))).toEqual([3, 3, 3, 255, 44, 44, 44, 255]);
  });

  test("colours stay colours, and a gap is the mount's grey", () => {
    const timeline = new Timeline(10);
    const pixels = Uint8Array.of(1, 2, 3, 255, 0, 0, 0, 0).buffer;
    timeline.add(0, { width: 2, height: 1, pixels });
    const [{ channels, values }] = timeline.moments;
    expect([channels, ...values]).toEqual([3, 1, 2, 3, GAP_GREY, GAP_GREY, GAP_GREY]);
    const seen = new Uint8Array(frameOf(timeline.moments[0]).pixels);
    expect(Array.from(seen)).toEqual([1, 2, 3, 255, 44, 44, 44, 255]);
  });

  test("many pictures stay within the limit, evenly spread, first and newest among them", () => {
    const timeline = new Timeline(16);
    for (let step = 0; step <= 10_000; step += 5) {
      timeline.add(step, picture(1));
      expect(timeline.moments.length).toBeLessThanOrEqual(16);
      expect(steps(timeline).at(-1)).toBe(step);
    }
    const kept = steps(timeline);
    expect(kept[0]).toBe(0);
    expect(kept.length).toBeGreaterThanOrEqual(8);
    const gaps = kept.slice(1, -1).map((step, i) => step - kept[i]);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(3 * Math.min(...gaps));
  });

  test("a second picture of a step takes the first one's place", () => {
    const timeline = new Timeline(4);
    timeline.add(2, picture(1));
    timeline.add(2, picture(9));
    expect(steps(timeline)).toEqual([2]);
    expect(timeline.moments[0].values[0]).toBe(9);
  });

  test("a run that goes on from an earlier step forgets what came after", () => {
    const timeline = new Timeline(8);
    for (const step of [0, 10, 20, 30]) timeline.add(step, picture(1));
    const { version } = timeline;
    timeline.cut(15);
    expect(steps(timeline)).toEqual([0, 10]);
    timeline.add(16, picture(1));
    expect(steps(timeline)).toEqual([0, 10, 16]);
    expect(timeline.version).toBeGreaterThan(version);
    timeline.clear();
    expect(steps(timeline)).toEqual([]);
  });
});
