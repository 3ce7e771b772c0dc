// What waits for a host that hangs, or is not waited for any more, before a host that says what it is told to.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { filesOf } from "../../www/worker/data.js";
import { askForFiles, fetchFile, GIVEN_UP } from "../../www/worker/fetching.js";
import { Examiner } from "../../www/worker/quality.js";

/** @import { Generator } from "../../www/pkg/cpu/webgan.js" */
/** @import { Reality } from "../../www/worker/quality.js" */
/** @import { Program } from "../../www/worker/program.js" */

const FILE = "https://site.invalid/models/classifier.safetensors";
/** Longer than any host may be silent. */
const LONG_MS = 60_000;

/** What sends pieces of the body, where the host has begun to answer. @type {ReadableStreamDefaultController} */
let body;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a page that has the files is asked in place of the network, for as long as it needs", async () => {
  const network = hangingHost(false);
  askForFiles(async (url) => {
    await new Promise((resolve) => setTimeout(resolve, LONG_MS));
    return url === FILE ? new Blob(["abc"]) : undefined;
  });
  const [there, missing] = [fetchFile(FILE), fetchFile(`${FILE}.gz`)];
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(new TextDecoder().decode((await there)?.bytes)).toBe("abc");
  expect(await missing).toBeUndefined();
  expect(network).not.toHaveBeenCalled();
  askForFiles(undefined);
});

/** @param {boolean} begins whether the host says that the file will come */
function hangingHost(begins) {
  const asked = vi.fn((/** @type {string} */ _url, /** @type {RequestInit} */ { signal }) => {
    const given = new Promise((_, reject) => {
      const giveUp = () => {
        if (begins) body.error(signal?.reason);
        reject(signal?.reason);
      };
      if (signal?.aborted) giveUp();
      signal?.addEventListener("abort", giveUp);
    });
    given.catch(() => {});
    if (!begins) return given;
    const stream = new ReadableStream({
      start: (controller) => void (body = controller),
    });
    return Promise.resolve(new Response(stream));
  });
  vi.stubGlobal("fetch", asked);
  return asked;
}

test.each([false, true])(
  "a host that hangs is given up (it began to answer: %s)",
  async (begins) => {
    hangingHost(begins);
    const refused = expect(fetchFile(FILE)).rejects.toMatchObject({
      code: "data.fetch",
      message: expect.stringMatching(/^“classifier.safetensors” .+ does not answer. Try again/),
    });
    await vi.advanceTimersByTimeAsync(LONG_MS);
    await refused;
  },
);

test("a host that is slow is waited for as long as something comes", async () => {
  hangingHost(true);
  const fetched = fetchFile(FILE);
  for (let i = 0; i < 20; i++) {
    await vi.advanceTimersByTimeAsync(20_000);
    body.enqueue(Uint8Array.of(i));
  }
  body.close();
  expect((await fetched)?.bytes).toHaveLength(20);
  expect(vi.getTimerCount()).toBe(0);
});

test("who asked gives up at once what hangs, which is no failure of the host", async () => {
  for (const begins of [false, true]) {
    hangingHost(begins);
    const control = new AbortController();
    const refused = expect(fetchFile(FILE, control.signal)).rejects.toMatchObject({
      code: GIVEN_UP,
    });
    await vi.advanceTimersByTimeAsync(1_000);
    control.abort();
    await refused;
  }
  hangingHost(false);
  await expect(fetchFile(FILE, AbortSignal.abort())).rejects.toMatchObject({ code: GIVEN_UP });
  expect(vi.getTimerCount()).toBe(0);
});

test("a folder's files are given up too, whichever is waited for", async () => {
  const program = /** @type {Program} */ (
    /** @type {unknown} */ ({ spellings: () => ["a.gz", "a"], FileList: class {} })
  );
  for (const url of ["https://site.invalid/www/data/mnist/", "https://site.invalid/data/other/"]) {
    const kind = url.includes("mnist") ? "mnist" : "folder";
    const source = /** @type {any} */ ({ kind, id: 1, url, turned: false });
    hangingHost(false);
    const control = new AbortController();
    const pair = filesOf(source, "held-out", {
      program,
      signal: control.signal,
      withInputs: false,
    });
    const refused = expect(pair).rejects.toMatchObject({ code: GIVEN_UP });
    await vi.advanceTimersByTimeAsync(1_000);
    control.abort();
    await refused;
  }
});

test("a measurement that waits for its classifier ends with whatever is asked for", async () => {
  const reality = /** @type {Reality} */ (/** @type {unknown} */ ({ train: {}, heldOut: {} }));
  const generator = /** @type {Generator} */ ({});
  const examiner = new Examiner();
  const asked = hangingHost(false);
  for (const begin of [
    (/** @type {AbortSignal} */ signal) =>
      examiner.measure(reality, FILE, generator, { signal, onSeeing() {} }),
    (/** @type {AbortSignal} */ signal) =>
      examiner.ganTrain(reality, FILE, generator, { signal, onSeeing() {}, onProgress() {} }),
  ]) {
    const ended = begin(examiner.prepare());
    await vi.advanceTimersByTimeAsync(1_000);
    examiner.cancel();
    expect(await ended).toBeUndefined();
  }
  expect(asked).toHaveBeenCalledTimes(2);
});

test("a file beside a page that was opened as a file is refused with what to do", async () => {
  vi.stubGlobal(
    "fetch",
    vi.fn(() => Promise.reject(new TypeError("Failed to fetch"))),
  );
  const refused = (/** @type {string} */ folder) =>
    fetchFile(`${folder}train-images-idx3-ubyte.gz`);
  await expect(refused("file:///home/me/mnist/")).rejects.toThrow(/web server/);
  await expect(refused("https://site.invalid/")).rejects.not.toThrow(/web server/);
});
