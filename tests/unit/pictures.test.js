import { describe, expect, test } from "vitest";
import { isPicture } from "../../www/engine/files.js";
import { dimensionsOf } from "../../www/pictures/dimensions.js";
import { areAlike, greys, shrinkPixels } from "../../www/pictures/pixels.js";
import { arrange, classOf, isTaken, nameOf } from "../../www/pictures/classes.js";
import { isClutter, LIMITS, nothingSkipped, sift } from "../../www/pictures/sifting.js";
import { noneWords, skippedWords, takenWords } from "../../www/pictures/sentences.js";
import { take } from "../../www/pictures/taking.js";

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
  ["IMG_1.HEIC", "", true],
  ["scan.tif", "", true],
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

test.each([
  ["__MACOSX/cats/._7.png", true],
  ["cats/.ipynb_checkpoints/7.png", true],
  ["cats/.DS_Store", true],
  ["cats/Thumbs.db", true],
  ["cats/7.png", false],
  ["v1.0/7.png", false],
])("%s is clutter: %s", (path, is) => {
  expect(isClutter(path)).toBe(is);
});

test("what systems leave is left out, and counted as that", () => {
  const { kept, skipped } = sift([found("._7.png"), found("7.png"), found("a/.DS_Store")]);
  expect(kept).toHaveLength(1);
  expect(skippedWords(skipped)).toBe("Left out: 2 hidden or left by the system.");
});

describe("folders", () => {
  const digits = Array.from({ length: 10 }, (_, i) => String(i));
  const classesOf = (/** @type {string[]} */ paths) => {
    const arrangement = arrange(paths);
    if (arrangement.depth === null) return undefined;
    const taken = paths.filter((path) => isTaken(path, arrangement));
    const { classes, counts } = arrangement;
    return { names: classes, labels: taken.map((path) => classOf(path, arrangement)), counts };
  };

  test("are classes where every picture lies in one, in the order of numbers", () => {
    expect(classesOf(["top/10/a.png", "top/9/b.png", "top/10/deep/c.png"])).toEqual({
      names: ["9", "10"],
      labels: [1, 0, 1],
      counts: [1, 2],
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

  test.each([
    ["training", "testing"],
    ["train", "val"],
    ["Train", "Valid", "Test"],
    ["train_images", "test_images"],
    ["seg_train", "seg_test", "seg_pred"],
    ["training set", "held-out", "other"],
  ])("that part %s from %s are no classes: those below are, of the training part", (...parts) => {
    const paths = parts.flatMap((part) => digits.map((digit) => `mnist/${part}/${digit}/1.png`));
    expect(classesOf(paths)).toEqual({
      names: digits,
      labels: digits.map(Number),
      counts: digits.map(() => 1),
    });
    const arrangement = arrange(paths);
    expect(arrangement.part).toBe(parts[0]);
    expect(arrangement.parts?.names).toHaveLength(parts.length);
  });

  test("of tests may be flat", () => {
    const paths = ["train/cat/1.png", "train/dog/1.png", "test/1.png"];
    expect(classesOf(paths)?.names).toEqual(["cat", "dog"]);
  });

  test("are arranged as somebody wishes: another part, another depth, or none", () => {
    const paths = ["train", "val"].flatMap((part) =>
      ["cat/indoors", "cat/outdoors", "dog/indoors"].map((name) => `${part}/${name}/1.png`),
    );
    expect(arrange(paths).classes).toEqual(["cat", "dog"]);
    expect(arrange(paths, { depth: 2 }).classes).toEqual(["indoors", "outdoors"]);
    expect(arrange(paths, { depth: null }).classes).toEqual([]);
    const all = arrange(paths, { part: null });
    expect(all.counts).toEqual([4, 2]);
    expect(paths.every((path) => isTaken(path, all))).toBe(true);
    const val = arrange(paths, { part: "val" });
    expect(paths.filter((path) => isTaken(path, val))).toEqual(paths.slice(3));
  });

  test("give the data their name", () => {
    expect(nameOf(["top/cats/a.png", "top/dogs/b.png"])).toBe("top");
    expect(nameOf(["pets/train/cat/1.png", "pets/train/dog/1.png"])).toBe("pets");
    expect(nameOf(["train/cat/1.png", "train/dog/1.png"])).toBe("train");
    expect(nameOf(["one/only/c/1.png", "one/only/c/2.png"])).toBe("one");
    expect(nameOf(["MNIST/raw/train-images", "MNIST/raw/train-labels"])).toBe("MNIST");
    expect(nameOf(["top/a.png"])).toBe("top");
    expect(nameOf(["a.png"])).toBe("a.png");
    expect(nameOf(["cats/a.png", "dogs/b.png"])).toBe("cats, dogs");
    expect(nameOf(["a.png", "b.png"])).toBeUndefined();
    expect(nameOf(["a.png", "top/b.png"])).toBeUndefined();
    expect(nameOf([])).toBeUndefined();
  });

  test("that pictures lie beside are no classes, and that is said", () => {
    const words = (/** @type {string[]} */ paths) =>
      takenWords({ taken: 3, areAlike: false, arrangement: arrange(paths) });
    const beside = ["top/cats/a.png", "top/dogs/b.png", "top/c.png"];
    expect(words(beside)).toMatch(
      /^3 pictures .+\. 1 picture lies beside the folders, .+ no classes/,
    );
    expect(words(["top/cats/a.png", "top/dogs/b.png"])).not.toContain("beside");
    expect(words(["top/a.png", "top/b.png"])).not.toContain("beside");
  });
});

test("pictures that are all the same are told", () => {
  const [black, grey] = [new Uint8Array(4), Uint8Array.from([0, 0, 0, 1])];
  expect(areAlike([black, black])).toBe(true);
  expect(areAlike([black, black, grey])).toBe(false);
  expect(areAlike([black])).toBe(false);
  const words = takenWords({ taken: 2, areAlike: true, arrangement: arrange([]) });
  expect(words).toContain("all are the same picture");
});

describe("a refusal says what to do", () => {
  test.each([
    [[found("a.heic")], { undecodable: 1 }, /^This browser .+ “a.heic” .+ PNG or JPEG/],
    [[found("a.png", 0)], { undecodable: 1 }, /“a.png” .+ get it again/],
    [[found("a.png")], { tooLarge: 1 }, /“a.png” .+ smaller/],
    [[found("a.tif"), found("b.tif")], { undecodable: 2 }, /none .+ “a.tif”, “b.tif”.+ PNG/],
  ])("about a file that is not read as a picture", (pictures, some, words) => {
    expect(noneWords(pictures, { ...nothingSkipped(), ...some })).toMatch(words);
  });

  const how = {
    wish: {},
    signal: new AbortController().signal,
    choose: async (/** @type {File[]} */ files) => ({ images: files[0], labels: files[1] }),
  };
  const given = (/** @type {string[]} */ names, /** @type {BlobPart} */ content) =>
    names.map((name) => ({ file: new File([content], name), path: name }));

  test("about a saved run, which is handed on as one", async () => {
    const run = given(["run.safetensors"], '\x08\0\0\0\0\0\0\0{"__metadata__":{}}');
    const taken = await take({ found: run, isCut: false }, how, () => {});
    expect(taken).toMatchObject({ run: run[0].file });
    expect(taken).toHaveProperty("refusal", expect.stringContaining("is a saved run"));
  });

  test("about nothing, and what is of no use beside data is left out and named", async () => {
    expect(await take({ found: given([".DS_Store"], "x"), isCut: false }, how, () => {})).toEqual({
      refusal: expect.stringContaining("Drop pictures"),
    });
    /** @type {unknown[]} */
    const told = [];
    const files = given(["images", "labels", "a.csv", "._images"], "x");
    await take({ found: files, isCut: false }, how, (pictures) => told.push(pictures));
    expect(told).toEqual([expect.objectContaining({ images: "images", leftOut: ["a.csv"] })]);
  });
});

test("pixels are made small by means over what they cover, the middle square of them", () => {
  // 84 wide and 56 high: the left quarter of the square is black, the rest half transparent red.
  const rgba = new Uint8ClampedArray(84 * 56 * 4);
  for (let i = 0; i < 84 * 56; i++) {
    rgba.set(i % 84 < 14 + 14 ? [0, 0, 0, 255] : [255, 0, 0, 128], 4 * i);
  }
  const row = [...shrinkPixels(rgba, 84, 56).subarray(0, 28)];
  const pink = Math.round(0.299 * 255 + 0.701 * 127);
  expect(row).toEqual([...new Array(7).fill(0), ...new Array(21).fill(pink)]);
  // What is smaller is repeated.
  const two = Uint8ClampedArray.from([0, 0, 0, 255, 9, 9, 9, 255, 9, 9, 9, 255, 0, 0, 0, 255]);
  expect([...shrinkPixels(two, 2, 2).subarray(12, 16)]).toEqual([0, 0, 9, 9]);
});

test("greys weigh the colours", () => {
  const rgba = [0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255];
  expect([...greys(Uint8ClampedArray.from(rgba))]).toEqual([0, 255, 76, 150, 29]);
});

describe("a picture's size, from its first bytes", () => {
  const text = (/** @type {string} */ letters) =>
    [...letters].map((letter) => letter.charCodeAt(0));
  const zeros = (/** @type {number} */ count) => new Array(count).fill(0);
  const box = (/** @type {string} */ type, /** @type {number[]} */ inside) => [
    ...[0, 0, 0, 8 + inside.length, ...text(type), ...inside],
  ];
  const extent = (/** @type {number[]} */ size) => box("ispe", [...zeros(4), ...size]);
  /** 300×200, as each format writes it. @type {Record<string, number[]>} */
  const heads = {
    PNG: [0x89, ...text("PNG\r\n\x1a\n"), 0, 0, 0, 13, ...text("IHDR"), 0, 0, 1, 44, 0, 0, 0, 200],
    GIF: [...text("GIF89a"), 44, 1, 200, 0],
    BMP: [...text("BM"), ...zeros(16), 44, 1, 0, 0, 0x38, 0xff, 0xff, 0xff],
    "WebP, extended": [
      ...[...text("RIFF"), ...zeros(4), ...text("WEBPVP8X"), 10, ...zeros(7)],
      ...[43, 1, 0, 199, 0, 0],
    ],
    "WebP, lossless": [
      ...[...text("RIFF"), ...zeros(4), ...text("WEBPVP8L"), 5, ...zeros(3), 0x2f],
      // 299 in fourteen bits, 199 in the next fourteen
      ...[0x2b, 0xc1, 0x31, 0x00],
    ],
    "WebP, lossy": [
      ...[...text("RIFF"), ...zeros(4), ...text("WEBPVP8 "), 10, ...zeros(9)],
      ...[44, 1, 200, 0],
    ],
    // A tile, and the picture that is made of such.
    AVIF: [
      ...box("ftyp", [...text("avif"), ...zeros(4)]),
      ...box("meta", [
        ...[...zeros(4), ...box("pitm", [...zeros(4), 0, 7])],
        ...box("iprp", [
          ...box("ipco", [
            ...extent([0, 0, 0, 100, 0, 0, 0, 100]),
            ...extent([0, 0, 1, 44, 0, 0, 0, 200]),
          ]),
          ...box("ipma", [...zeros(7), 1, 0, 7, 1, 2]),
        ]),
      ]),
    ],
    JPEG: [
      ...[0xff, 0xd8, 0xff, 0xe0, 0, 4, 9, 9, 0xff, 0xc4, 0, 3, 9],
      ...[0xff, 0xc2, 0, 11, 8, 0, 200, 1, 44, 1, 0, 0, 0],
    ],
    "JPEG with bytes that fill": [
      ...[0xff, 0xd8, 0xff, 0xff, 0xe0, 0, 4, 9, 9, 0xff, 0xff, 0xff],
      ...[0xff, 0xc0, 0, 11, 8, 0, 200, 1, 44, 1, 0, 0, 0],
    ],
  };

  test.each(Object.entries(heads))("%s", (_, bytes) => {
    // In a memory that holds more, as what is read of a file may be.
    const head = Uint8Array.from([9, 9, 9, ...bytes, 9, 9]).subarray(3, 3 + bytes.length);
    expect(dimensionsOf(head)).toMatchObject({ width: 300, height: 200 });
  });

  test.each(Object.entries(heads))("%s that ends before it says so says nothing", (_, bytes) => {
    for (let length = 0; length < bytes.length - 4; length++) {
      expect(dimensionsOf(Uint8Array.from(bytes.slice(0, length)))).toBeUndefined();
    }
  });

  test("what is no picture says nothing", () => {
    expect(dimensionsOf(new TextEncoder().encode("<svg width='9' height='9'/>"))).toBeUndefined();
    expect(dimensionsOf(Uint8Array.from([0xff, 0xd8, ...zeros(100)]))).toBeUndefined();
  });
});
