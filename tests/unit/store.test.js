import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { rarely } from "../../www/kit/rarely.js";
import { reduce } from "../../www/page/reduce.js";
import { initialState } from "../../www/page/state.js";
import { Store } from "../../www/kit/store.js";

/** @import { Stage } from "../../www/engine/protocol.js" */

describe("the store", () => {
  /** @type {(() => void)[]} */
  let frames = [];
  beforeEach(() => {
    frames = [];
    vi.stubGlobal("requestAnimationFrame", (/** @type {() => void} */ draw) => frames.push(draw));
    vi.spyOn(console, "error").mockImplementation(() => {});
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  test("a listener that throws starves no other, at once or later, and is told of", () => {
    const store = new Store(initialState(), reduce);
    /** @type {Stage[]} */
    const seen = [];
    store.subscribe(() => {
      throw new Error("a view broke");
    });
    store.subscribe(({ stage }) => seen.push(stage));
    store.dispatch({ type: "stage", stage: "data" });
    for (const draw of frames.splice(0)) draw();
    store.dispatch({ type: "stage", stage: "networks" });
    for (const draw of frames.splice(0)) draw();
    expect(seen).toEqual(["program", "data", "networks"]);
    expect(console.error).toHaveBeenCalledTimes(3);
  });
});

describe("rarely", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test("acts at once, then at most so often, and with the last wish at the end", () => {
    /** @type {number[]} */
    const done = [];
    const ask = rarely((/** @type {number} */ wish) => done.push(wish), 400);
    for (let wish = 0; wish < 1_000; wish++) {
      ask(wish);
      vi.advanceTimersByTime(30);
    }
    vi.runAllTimers();
    expect(done[0]).toBe(0);
    expect(done.at(-1)).toBe(999);
    // Safari throws beyond a hundred in thirty seconds.
    expect(done.length).toBeLessThan(80);
    ask(1_000);
    expect(done.at(-1)).toBe(1_000);
  });

  test("an act that throws keeps nobody from asking again", () => {
    let count = 0;
    const ask = rarely(() => {
      count += 1;
      throw new Error("refused");
    }, 400);
    expect(ask).toThrow("refused");
    vi.advanceTimersByTime(400);
    expect(ask).toThrow("refused");
    expect(count).toBe(2);
  });
});
