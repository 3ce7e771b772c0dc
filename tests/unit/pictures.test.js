import { describe, expect, test } from "vitest";
import { isPicture, MAX_FILE_BYTES } from "../../www/engine/files.js";
import { dimensionsOf } from "../../www/pictures/dimensions.js";
import { greys, shrinkPixels, twins } from "../../www/pictures/pixels.js";
import { arrange, classOf, heldOutOf, isTaken, nameOf } from "../../www/pictures/classes.js";
import { bytesOf, isColour, mostOf, suggest } from "../../www/pictures/shape.js";
import { likely, changesOf, tilesOf, tilings } from "../../www/pictures/sheet.js";
import { isClutter, LIMITS, nothingSkipped, sift } from "../../www/pictures/sifting.js";
import { fullLists, noneWords, skippedWords, takenWords } from "../../www/pictures/sentences.js";
import { sample, spread } from "../../www/pictures/spread.js";
import { FEWEST, tenths } from "../../www/pictures/tenths.js";
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
      takenWords({ taken: 3, twins: [], arrangement: arrange(paths) });
    const beside = ["top/cats/a.png", "top/dogs/b.png", "top/c.png"];
    expect(words(beside)).toMatch(
      /^3 pictures .+\. 1 picture lies beside the folders, .+ no classes/,
    );
    expect(words(["top/cats/a.png", "top/dogs/b.png"])).not.toContain("beside");
    expect(words(["top/a.png", "top/b.png"])).not.toContain("beside");
  });
});

test("pictures that are the same as others are told, with their names", () => {
  const [black, grey] = [new Uint8Array(4), Uint8Array.from([0, 0, 0, 1])];
  expect(twins([black, grey, new Uint8Array(4), grey])).toEqual([
    [2, 0],
    [3, 1],
  ]);
  expect(twins([black, grey])).toEqual([]);
  const words = (/** @type {number} */ taken) =>
    takenWords({ taken, twins: [["b.png", "a.png"]], arrangement: arrange([]) });
  expect(words(3)).toContain("1 picture repeats one read before: “b.png” repeats “a.png”");
  expect(words(2)).toContain("all are the same picture");
});

describe("where nothing comes held out", () => {
  test("every tenth picture is, and none of fewer than twenty", () => {
    expect(tenths(FEWEST - 1, undefined, [])).toEqual([]);
    expect(tenths(FEWEST, undefined, [])).toEqual([9, 16]);
    expect(tenths(1_009, undefined, [])).toHaveLength(100);
    const words = (/** @type {number | undefined} */ tenth) =>
      takenWords({ taken: 30, twins: [], tenth, arrangement: arrange([]) });
    expect(words(3)).toBe("30 pictures read. 3 of them are held out to measure with.");
    expect(words(0)).toMatch(/None is held out .+ that takes 20 pictures that differ\.$/);
    expect(words(undefined)).toBe("30 pictures read.");
  });

  test("they are of all columns of a sheet of ten, and of all classes by their sizes", () => {
    const columns = tenths(100, undefined, []).map((place) => place % 10);
    expect(new Set(columns).size).toBe(10);
    const labels = Array.from({ length: 400 }, (_, place) => (place % 4 === 0 ? 1 : 0));
    const ofClass = tenths(400, labels, []).filter((place) => labels[place] === 1);
    expect(ofClass).toHaveLength(10);
  });

  test("every class keeps one to be learned, and none is the same as one that is learned", () => {
    const pairs = Array.from({ length: 200 }, (_, place) => Math.floor(place / 2));
    const out = tenths(200, pairs, []);
    expect(out).toHaveLength(20);
    expect(new Set(out.map((place) => pairs[place])).size).toBe(20);
    // Each alone in its class; each the same as the one before it.
    expect(tenths(200, [...Array(200).keys()], [])).toEqual([]);
    const twins = pairs.map((first, place) => /** @type {[number, number]} */ ([place, 2 * first]));
    expect(
      tenths(
        200,
        undefined,
        twins.filter(([place, first]) => place !== first),
      ),
    ).toEqual([]);
  });

  test("a part that comes held out is that of tests, where all parts are not learned", () => {
    const paths = ["train", "val", "test"].map((part) => `${part}/cat/1.png`);
    expect(heldOutOf(arrange(paths))?.part).toBe("test");
    expect(heldOutOf(arrange(paths.slice(0, 2)))?.part).toBe("val");
    expect(heldOutOf(arrange(paths, { part: "test" }))?.part).toBe("val");
    expect(heldOutOf(arrange(paths, { part: null }))).toBeUndefined();
    expect(heldOutOf(arrange(["cat/1.png", "dog/1.png"]))).toBeUndefined();
  });
});

test("files that could not be read are named, the first of them", () => {
  const unreadable = ["a.heic", "b.svg", "c.tif", "d.png"].map((path) => ({
    path,
    why: /** @type {const} */ ("undecodable"),
  }));
  const skipped = { ...nothingSkipped(), undecodable: 4, clutter: 1 };
  expect(skippedWords(skipped, { unreadable })).toMatch(
    /1 hidden .+, 4 could not .+: “a.heic”, “b.svg”, “c.tif”, and 1 more\.$/,
  );
});

test("what sentences name only the first of can be read in full", () => {
  const unreadable = ["a.heic", "b.svg", "c.tif", "d.png"].map((path) => ({
    path,
    why: /** @type {const} */ ("undecodable"),
  }));
  const read = {
    stage: /** @type {const} */ ("read"),
    ...{ taken: 30, skipped: { ...nothingSkipped(), undecodable: 4 }, unreadable },
    arrangement: arrange(Array.from({ length: 11 }, (_, i) => `top/${i}/a.png`)),
    how: /** @type {const} */ ({ side: 28, channels: 1, fit: "crop" }),
    twins: [1, 2, 3, 4].map((i) => /** @type {[string, string]} */ ([`${i}.png`, "0.png"])),
    ...{ isCut: false, preview: new Uint8Array() },
  };
  const [classes, twin, unread] = fullLists(read);
  expect(classes.names).toHaveLength(11);
  expect(twin.names).toContain("“4.png” repeats “0.png”");
  expect(unread.title).toMatch(/^4 could not be decoded/);
  expect(unread.names).toEqual(["“a.heic”", "“b.svg”", "“c.tif”", "“d.png”"]);
  // All named in the sentence.
  const few = { ...read, unreadable: unreadable.slice(1), twins: [], arrangement: arrange([]) };
  expect(fullLists(few)).toEqual([]);
  const leftOut = Array.from({ length: 11 }, (_, i) => `${i}.pdf`);
  const chosen = { images: "i", labels: undefined, heldOut: [], leftOut };
  expect(fullLists({ stage: "chosen", ...chosen })[0].names).toEqual(leftOut);
});

describe("how the networks see pictures", () => {
  const looks = (/** @type {number} */ size, /** @type {boolean[]} */ ...colours) =>
    colours.map((isColour) => ({ width: size, height: 2 * size, isColour }));

  test("is suggested: in colours where most are, no larger than they are", () => {
    expect(suggest(looks(900, true, true, false))).toEqual({ side: 32, channels: 3 });
    expect(suggest(looks(20, true))).toEqual({ side: 28, channels: 3 });
    expect(suggest(looks(900, true, false))).toEqual({ side: 28, channels: 1 });
    expect(suggest([])).toEqual({ side: 28, channels: 1 });
  });

  test("a picture is one in colours where a good part of it is", () => {
    const pixels = (/** @type {number} */ coloured) =>
      Uint8Array.from({ length: 300 }, (_, i) => (i < 3 * coloured && i % 3 === 0 ? 255 : 9));
    expect(isColour(pixels(5))).toBe(true);
    expect(isColour(pixels(4))).toBe(false);
  });

  test("bounds how many are taken, so that they are a file that the program reads", () => {
    expect(mostOf({ side: 32, channels: 3 })).toBe(60_000);
    const large = /** @type {const} */ ({ side: 64, channels: 3 });
    expect(mostOf(large) * bytesOf(large)).toBeLessThan(MAX_FILE_BYTES);
    expect((mostOf(large) + 2) * bytesOf(large)).toBeGreaterThan(MAX_FILE_BYTES);
    expect(skippedWords({ ...nothingSkipped(), tooMany: 5 }, { how: large })).toContain(
      "5 beyond the first 21,845",
    );
  });

  test("of each class as many stand for all, class by class", () => {
    const labels = [1, 0, 0, 0, 0, 1];
    expect(spread(6, labels, 4)).toEqual([1, 2, 0, 5]);
    expect(spread(6, labels, 64)).toEqual([1, 2, 3, 4, 0, 5]);
    expect(spread(6, undefined, 2)).toEqual([0, 1]);
    expect(sample([0, 1, 2, 3, 4, 5, 6, 7], 4)).toEqual([0, 2, 4, 6]);
    expect(sample([0, 1], 4)).toEqual([0, 1]);
  });
});

describe("a sheet", () => {
  /**
   * Pictures of rings, each on white or to its edge, as a sheet; and how that is cut.
   * @param {number} side
   * @param {number} gap
   * @param {boolean} isFramed whether lines go around, too
   * @param {boolean} isFull whether pictures go to their edges
   */
  const cut = (side, gap, isFramed, isFull) => {
    const start = isFramed ? gap : 0;
    const pitch = side + gap;
    const [width, height] = [8, 4].map((count) => count * pitch - gap + 2 * start);
    const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
    for (let i = 0; i < width * height; i++) {
      const [x, y] = [(i % width) - start, Math.floor(i / width) - start];
      const [column, row] = [Math.floor(x / pitch), Math.floor(y / pitch)];
      const [dx, dy] = [(x - column * pitch) / side - 0.5, (y - row * pitch) / side - 0.5];
      const far = Math.hypot(dx, dy);
      if (Math.min(dx, dy) < -0.5 || Math.max(dx, dy) >= 0.5 || (!isFull && far > 0.4)) continue;
      rgba.fill(128 + 100 * Math.sin(far * 20 + column + 3 * row), 4 * i, 4 * i + 3);
    }
    const size = { width, height };
    return likely(tilings(size), size, changesOf({ rgba, width, height }));
  };

  test.each([
    [64, 0, false],
    [32, 0, false],
    [28, 0, false],
    [28, 1, false],
    [32, 2, true],
    [64, 8, false],
  ])("of tiles of %i pixels, %i between them, is cut between them", (side, gap, isFramed) => {
    const tiling = { side, pitch: side + gap, start: isFramed ? gap : 0 };
    expect(cut(side, gap, isFramed, true)).toEqual(tiling);
    expect(cut(side, gap, isFramed, false)).toEqual(tiling);
  });

  test("is not made of a picture on which nothing repeats", () => {
    const size = { width: 512, height: 512 };
    const wave = Float64Array.from({ length: 512 }, (_, i) => Math.sin(i / 60) + Math.sin(i * i));
    expect(likely(tilings(size), size, { columns: wave, rows: wave })).toBeUndefined();
  });

  test("is not made of a picture of any size, and any that fits can be chosen", () => {
    const changes = { columns: [], rows: [] };
    const size = { width: 90, height: 60 };
    expect(likely(tilings(size), size, changes)).toBeUndefined();
    expect(tilings(size).map(({ side }) => side)).toEqual([10, 15, 30]);
    expect(tilings({ width: 7, height: 7 })).toEqual([]);
  });

  test("has its tiles row by row, the last of them at its end", () => {
    const tiles = tilesOf({ side: 28, pitch: 29, start: 0 }, { width: 57, height: 86 });
    expect(tiles).toHaveLength(6);
    expect(tiles[1]).toEqual({ x: 29, y: 0 });
    expect(tiles[5]).toEqual({ x: 29, y: 58 });
  });
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
  const row = [...shrinkPixels({ rgba, width: 84, height: 56 }).subarray(0, 28)];
  const pink = Math.round(0.299 * 255 + 0.701 * 127);
  expect(row).toEqual([...new Array(7).fill(0), ...new Array(21).fill(pink)]);
  // What is smaller is repeated.
  const two = Uint8ClampedArray.from([0, 0, 0, 255, 9, 9, 9, 255, 9, 9, 9, 255, 0, 0, 0, 255]);
  const four = { rgba: two, width: 2, height: 2 };
  expect([...shrinkPixels(four).subarray(12, 16)]).toEqual([0, 0, 9, 9]);
});

test("pixels are made small in colours, and whole on white where that is wished", () => {
  // 96 wide and 48 high, blue with a red left half.
  const rgba = new Uint8ClampedArray(96 * 48 * 4);
  for (let i = 0; i < 96 * 48; i++)
    rgba.set(i % 96 < 48 ? [200, 0, 0, 255] : [0, 0, 99, 255], 4 * i);
  const picture = { rgba, width: 96, height: 48 };
  const shape = /** @type {const} */ ({ side: 32, channels: 3 });
  const at = (
    /** @type {Uint8Array} */ small,
    /** @type {number} */ x,
    /** @type {number} */ y,
  ) => [...small.subarray(3 * (32 * y + x), 3 * (32 * y + x) + 3)];
  const middle = shrinkPixels(picture, shape);
  expect(at(middle, 0, 0)).toEqual([200, 0, 0]);
  expect(at(middle, 31, 31)).toEqual([0, 0, 99]);
  const whole = shrinkPixels(picture, shape, "whole");
  expect([at(whole, 0, 7), at(whole, 0, 8), at(whole, 16, 23), at(whole, 16, 24)]).toEqual([
    [255, 255, 255],
    [200, 0, 0],
    [0, 0, 99],
    [255, 255, 255],
  ]);
  // Of the three rows that these cover the picture has one.
  const thin = shrinkPixels(
    { rgba: rgba.subarray(0, 4 * 96 * 45), width: 96, height: 45 },
    shape,
    "whole",
  );
  expect(at(thin, 0, 8)).toEqual([237, 170, 170]);
});

test("greys weigh the colours", () => {
  const rgb = [0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 255];
  expect([...greys(rgb)]).toEqual([0, 255, 76, 150, 29]);
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
