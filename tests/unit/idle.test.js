import { expect, test } from "vitest";
import { whenIdle } from "../../www/worker/idle.js";
import { macrotask } from "../../www/worker/macrotask.js";

test("what a hand asks for meanwhile comes before the next thing that can wait, and a failure ends nothing", async () => {
  /** @type {string[]} */
  const done = [];
  const first = whenIdle(() => {
    done.push("first");
    void macrotask().then(() => done.push("hand"));
    throw new Error("no such run");
  });
  const second = whenIdle(() => done.push("second"));
  await expect(first).rejects.toThrow("no such run");
  await second;
  expect(done).toEqual(["first", "hand", "second"]);
});
