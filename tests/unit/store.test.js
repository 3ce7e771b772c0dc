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

describe("watching", () => {
  /** @typedef {{ name: string, list: readonly number[], byName: Record<string, number> }} Some */
  const SOME = /** @type {Some} */ ({ name: "a", list: [1, 2], byName: { one: 1 } });
  /** @type {Store<Some, Partial<Some>>} */
  let store;
  beforeEach(() => {
    vi.stubGlobal("requestAnimationFrame", (/** @type {() => void} */ draw) => draw());
    store = new Store(SOME, (state, patch) => ({ ...state, ...patch }));
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  /** @template T @param {(state: Some) => T} select */
  const seenBy = (select) => {
    /** @type {T[]} */
    const seen = [];
    store.watch(select, (selected) => seen.push(selected));
    return seen;
  };

  test("shows what is selected at once, even where that is nothing, and when it is another", () => {
    const names = seenBy(({ name }) => name);
    const nothing = seenBy(() => undefined);
    store.dispatch({ list: [3] });
    store.dispatch({ name: "b" });
    store.dispatch({ name: "b" });
    expect(names).toEqual(["a", "b"]);
    expect(nothing).toEqual([undefined]);
  });

  test("arrays and plain objects are compared by their entries, and by no more", () => {
    const lists = seenBy(({ list }) => [...list]);
    const tables = seenBy(({ byName }) => ({ ...byName }));
    const nested = seenBy(({ list }) => [[...list]]);
    store.dispatch({ name: "b" });
    expect([lists, tables, nested].map((seen) => seen.length)).toEqual([1, 1, 2]);
    store.dispatch({ list: [1, 2, 3], byName: { one: 1, two: 2 } });
    store.dispatch({ list: [1, 2, 4], byName: { one: 1, three: 2 } });
    expect(lists.slice(1)).toEqual([[1, 2, 3], [1, 2, 4]]); // prettier-ignore
    expect(tables).toHaveLength(3);
  });

  test("of other objects each is another", () => {
    const numbers = seenBy(() => Float32Array.of(1));
    store.dispatch({ name: "b" });
    expect(numbers).toHaveLength(2);
  });

  test("one that throws starves no other, and is asked again when what it shows changes", () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const broken = vi.fn(() => {
      throw new Error("a view broke");
    });
    store.watch(({ name }) => name, broken);
    store.watch(() => {
      throw new Error("a selection broke");
    }, broken);
    const names = seenBy(({ name }) => name);
    store.dispatch({ list: [] });
    store.dispatch({ name: "b" });
    expect(names).toEqual(["a", "b"]);
    expect(broken).toHaveBeenCalledTimes(2);
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
