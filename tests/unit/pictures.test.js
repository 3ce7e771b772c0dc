import { describe, expect, test } from "vitest";
import { isPicture } from "../../www/files.js";
import { greys } from "../../www/pictures/pixels.js";
import { classesOf, LIMITS, nameOf, sift } from "../../www/pictures/sifting.js";
import { texts } from "../../www/pictures/texts.js";

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
    expect(texts.skipped(skipped)).toBe("Left out: 1 not a picture.");
  });

  test("a file at the limit, and none beyond", () => {
    const { kept, skipped } = sift([
      found("a.png", LIMITS.fileBytes),
      found("b.png", LIMITS.fileBytes + 1),
    ]);
    expect(kept).toHaveLength(1);
    expect(texts.skipped(skipped)).toMatch(/^Left out: 1 larger than 32 MB/);
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
    expect(texts.skipped(skipped)).toBe("Left out: 2 beyond the first 60,000.");
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
