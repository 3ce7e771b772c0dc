import { describe, expect, test } from "vitest";
import { isPicture } from "../../www/files.js";
import { dimensionsOf } from "../../www/pictures/dimensions.js";
import { greys } from "../../www/pictures/pixels.js";
import { classesOf, LIMITS, nameOf, sift } from "../../www/pictures/sifting.js";
import { skippedWords } from "../../www/pictures/sentences.js";

/**
 * @param {string} name
 * @param {number} [size]
 * @param {string} [type]
 */
function found(name, size = 10, type = "image/png") {
  const file = new File([], name, { type });
  Object.defineProperty(file, "size", { value: size });
  return { file, path: name };
}

test.each([
  ["a.png", "image/png", true],
  ["a", "image/webp", true],
  ["a.BMP", "", true],
  ["a.JPG", "", true],
  ["a.png", "text/plain", false],
  ["train-images-idx3-ubyte.gz", "application/gzip", false],
  ["train-images-idx3-ubyte", "", false],
])("%s of type “%s” claims to be a picture: %s", (name, type, is) => {
  expect(isPicture({ name, type })).toBe(is);
});

describe("what is taken", () => {
  test("all pictures within the limits, in their order", () => {
    const all = [found("b.png"), found("notes.txt", 10, "text/plain"), found("a.png")];
    const { kept, skipped } = sift(all);
    expect(kept).toEqual([all[0], all[2]]);
    expect(skippedWords(skipped)).toBe("Left out: 1 not a picture.");
  });

  test("a file at the limit, and none beyond", () => {
    const { kept, skipped } = sift([
      found("a.png", LIMITS.fileBytes),
      found("b.png", LIMITS.fileBytes + 1),
    ]);
    expect(kept).toHaveLength(1);
    expect(skippedWords(skipped)).toMatch(/^Left out: 1 larger than 32 MB/);
  });

  test("no more bytes together, where a smaller one still has room", () => {
    const most = LIMITS.totalBytes / LIMITS.fileBytes;
    const full = Array.from({ length: most - 1 }, () => found("a.png", LIMITS.fileBytes));
    const rest = [LIMITS.fileBytes - 5, 6, 5].map((size) => found("b.png", size));
    const { kept, skipped } = sift([...full, ...rest]);
    expect(kept).toEqual([...full, rest[0], rest[2]]);
    expect(skipped.tooMuch).toBe(1);
  });

  test("no more pictures", () => {
    const one = found("a.png");
    const { kept, skipped } = sift(Array.from({ length: LIMITS.pictures + 2 }, () => one));
    expect(kept).toHaveLength(LIMITS.pictures);
    expect(skippedWords(skipped)).toBe("Left out: 2 beyond the first 60,000.");
  });
});

describe("folders", () => {
  test("are classes where every picture lies in one, in the order of numbers", () => {
    expect(classesOf(["top/10/a.png", "top/9/b.png", "top/10/deep/c.png"])).toEqual({
      names: ["9", "10"],
      labels: [1, 0, 1],
    });
    expect(classesOf(["cats/a.png", "dogs/a.png"])?.names).toEqual(["cats", "dogs"]);
  });

  test("are none where there is but one, or a picture lies beside them", () => {
    expect(classesOf(["top/cats/a.png", "top/cats/b.png"])).toBeUndefined();
    expect(classesOf(["top/cats/a.png", "top/b.png"])).toBeUndefined();
    expect(classesOf(["a.png", "b.png"])).toBeUndefined();
    expect(classesOf([])).toBeUndefined();
  });

  test("are none where labels would be no bytes", () => {
    const paths = (/** @type {number} */ count) =>
      Array.from({ length: count }, (_, i) => `${i}/a`);
    expect(classesOf(paths(256))?.labels).toEqual(Array.from({ length: 256 }, (_, i) => i));
    expect(classesOf(paths(257))).toBeUndefined();
  });

  test("give the data their name", () => {
    expect(nameOf(["top/cats/a.png", "top/dogs/b.png"])).toBe("top");
    expect(nameOf(["top/a.png"])).toBe("a.png");
    expect(nameOf(["a.png", "b.png"])).toBeUndefined();
  });
});

test("greys weigh the colours", () => {
  const rgba = [0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255];
  expect([...greys(Uint8ClampedArray.from(rgba))]).toEqual([0, 255, 76, 150, 29]);
});

describe("a picture's size, from its first bytes", () => {
  const text = (/** @type {string} */ letters) =>
    [...letters].map((letter) => letter.charCodeAt(0));
  const zeros = (/** @type {number} */ count) => new Array(count).fill(0);
  /** 300×200, as each format writes it. @type {Record<string, number[]>} */
  const heads = {
    PNG: [0x89, ...text("PNG\r\n\x1a\n"), 0, 0, 0, 13, ...text("IHDR"), 0, 0, 1, 44, 0, 0, 0, 200],
    GIF: [...text("GIF89a"), 44, 1, 200, 0],
    BMP: [...text("BM"), ...zeros(16), 44, 1, 0, 0, 0x38, 0xff, 0xff, 0xff],
    "WebP, extended": [
      ...[...text("RIFF"), ...zeros(4), ...text("WEBPVP8X"), ...zeros(8)],
      ...[43, 1, 0, 199, 0, 0],
    ],
    "WebP, lossless": [
      ...[...text("RIFF"), ...zeros(4), ...text("WEBPVP8L"), ...zeros(4), 0x2f],
      // 299 in fourteen bits, 199 in the next fourteen
      ...[0x2b, 0xc1, 0x31, 0x00],
    ],
    "WebP, lossy": [
      ...[...text("RIFF"), ...zeros(4), ...text("WEBPVP8 "), ...zeros(10)],
      ...[44, 1, 200, 0],
    ],
    JPEG: [
      ...[0xff, 0xd8, 0xff, 0xe0, 0, 4, 9, 9, 0xff, 0xc4, 0, 3, 9],
      ...[0xff, 0xc2, 0, 11, 8, 0, 200, 1, 44, 1, 0, 0, 0],
    ],
  };

  test.each(Object.entries(heads))("%s", (_, bytes) => {
    expect(dimensionsOf(Uint8Array.from(bytes))).toEqual({ width: 300, height: 200 });
  });

  test.each(Object.entries(heads))("%s that is cut off says nothing", (_, bytes) => {
    for (let length = 0; length < bytes.length - 8; length++) {
      expect(dimensionsOf(Uint8Array.from(bytes.slice(0, length)))).toBeUndefined();
    }
  });

  test("what is no picture says nothing", () => {
    expect(dimensionsOf(new TextEncoder().encode("<svg width='9' height='9'/>"))).toBeUndefined();
    expect(dimensionsOf(Uint8Array.from([0xff, 0xd8, ...zeros(100)]))).toBeUndefined();
  });
});
