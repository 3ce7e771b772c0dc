// The pictures come back out of the file through a decoder that shares nothing with the encoder.

import { describe, expect, test } from "vitest";
import { GifWriter } from "../../www/formats/gif.js";

/**
 * @param {number} width
 * @param {number} height
 * @param {{ greys: Uint8Array, delayMs: number }[]} shots
 */
function encodeGif(width, height, shots) {
  const writer = new GifWriter(width, height, false);
  for (const { greys, delayMs } of shots) writer.add({ values: greys, channels: 1 }, delayMs);
  return writer.finish();
}

/**
 * @param {Uint8Array} bytes of a GIF with one table of colours for all pictures
 * @returns {{ width: number, height: number, shots: { delay: number, pixels: number[], colours: number[] }[] }}
 */
function decode(bytes) {
  let at = 0;
  const byte = () => bytes[at++];
  const word = () => byte() + 256 * byte();
  const text = (/** @type {number} */ length) =>
    String.fromCharCode(...Array.from({ length }, byte));
  const data = () => {
    const parts = [];
    for (let length = byte(); length > 0; length = byte()) {
      parts.push(...bytes.subarray(at, at + length));
      at += length;
    }
    return parts;
  };
  expect(text(6)).toBe("GIF89a");
  const [width, height, flags] = [word(), word(), byte()];
  at += 2;
  const colours = Array.from({ length: 2 << (flags & 7) }, () => [byte(), byte(), byte()]);
  const shots = [];
  let delay = 0;
  for (let kind = byte(); kind !== 0x3b; kind = byte()) {
    if (kind === 0x21) {
      const label = byte();
      const inside = data();
      if (label === 0xf9) delay = inside[1] + 256 * inside[2];
      continue;
    }
    expect(kind).toBe(0x2c);
    expect([word(), word(), word(), word()]).toEqual([0, 0, width, height]);
    expect(byte()).toBe(0);
    const smallest = byte();
    const indices = inflate(data(), smallest);
    const all = indices.flatMap((index) => colours[index]);
    shots.push({ delay, pixels: indices.map((index) => colours[index][0]), colours: all });
  }
  expect(at).toBe(bytes.length);
  return { width, height, shots };
}

/**
 * @param {number[]} data
 * @param {number} smallest
 */
function inflate(data, smallest) {
  const bits = data.flatMap((value) => Array.from({ length: 8 }, (_, i) => (value >> i) & 1));
  let at = 0;
  let width = smallest + 1;
  /** @type {number[][]} */
  let words = [];
  /** @type {number[] | undefined} */
  let last;
  const out = [];
  const start = () => {
    words = Array.from({ length: (1 << smallest) + 2 }, (_, i) => [i]);
    width = smallest + 1;
    last = undefined;
  };
  for (;;) {
    expect(at + width).toBeLessThanOrEqual(bits.length);
    const code = bits.slice(at, at + width).reduce((sum, bit, i) => sum + (bit << i), 0);
    at += width;
    if (code === 1 << smallest) {
      start();
      continue;
    }
    if (code === (1 << smallest) + 1) return out;
    const word = words[code] ?? [...(last ?? []), /** @type {number[]} */ (last)[0]];
    out.push(...word);
    if (last !== undefined && words.length < 4096) words.push([...last, word[0]]);
    if (words.length === 1 << width && width < 12) width += 1;
    last = word;
  }
}

describe("animated GIF", () => {
  test("pictures come back to the nearest of sixteen greys, in order, with their times", () => {
    const first = Uint8Array.of(0, 255, 128, 17, 200, 9);
    const second = Uint8Array.of(255, 255, 255, 255, 255, 255);
    const { width, height, shots } = decode(
      encodeGif(3, 2, [
        { greys: first, delayMs: 80 },
        { greys: second, delayMs: 2_560 },
      ]),
    );
    expect([width, height]).toEqual([3, 2]);
    expect(shots.map(({ delay }) => delay)).toEqual([8, 256]);
    const nearest = (/** @type {number} */ grey) => 17 * Math.round(grey / 17);
    expect(shots[0].pixels).toEqual(Array.from(first, nearest));
    expect(shots[1].pixels).toEqual(Array.from(second));
  });

  test("colours come back to the nearest of a cube, and greys beside them", () => {
    const writer = new GifWriter(2, 1, true);
    writer.add({ values: Uint8Array.of(255, 0, 100, 20, 200, 255), channels: 3 }, 10);
    writer.add({ values: Uint8Array.of(0, 255), channels: 1 }, 10);
    const { shots } = decode(writer.finish());
    const nearest = (/** @type {number} */ value, /** @type {number} */ levels) =>
      Math.round((255 * Math.round((value * (levels - 1)) / 255)) / (levels - 1));
    const levels = [6, 7, 6];
    const given = [255, 0, 100, 20, 200, 255];
    expect(shots[0].colours).toEqual(given.map((value, i) => nearest(value, levels[i % 3])));
    expect(shots[1].colours).toEqual([0, 0, 0, 255, 255, 255]);
  });

  test("pictures that fill the code table come back too: noise, and one grey", () => {
    const [width, height] = [289, 231];
    let state = 1;
    const noise = Uint8Array.from({ length: width * height }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return 17 * (state >>> 28);
    });
    const flat = new Uint8Array(width * height).fill(51);
    const bytes = encodeGif(width, height, [
      { greys: noise, delayMs: 10 },
      { greys: flat, delayMs: 10 },
    ]);
    const { shots } = decode(bytes);
    expect(shots[0].pixels).toEqual(Array.from(noise));
    expect(shots[1].pixels).toEqual(Array.from(flat));
  });
});
