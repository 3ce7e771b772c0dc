// Pictures that come as numbers and in archives: NumPy's files, CIFAR's, zip and tar.

import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { unpacked } from "../../www/pictures/archives.js";
import { isArrays, readArrays } from "../../www/pictures/arrays.js";
import { parseNpy } from "../../www/pictures/npy.js";
import { npy, tar, zip } from "../e2e/archives.js";

const signal = new AbortController().signal;

const bytes = (/** @type {ArrayBufferView} */ { buffer, byteOffset, byteLength }) =>
  new Uint8Array(buffer, byteOffset, byteLength);
const range = (/** @type {number} */ count) => Array.from({ length: count }, (_, i) => i);

const found = (/** @type {string} */ path, /** @type {Uint8Array} */ raw) => ({
  file: new File([new Uint8Array(raw)], path.split("/").at(-1) ?? path),
  path,
});

describe("an archive", () => {
  const files = {
    "pets/cat/1.png": new Uint8Array(2000).fill(7),
    "pets/cat/": new Uint8Array(),
    "__MACOSX/pets/._1.png": Uint8Array.of(1),
    "pets/dog/2.png": Uint8Array.of(1, 2, 3),
  };

  test.each([
    ["zip", "all.zip", zip(files)],
    ["zip that packs nothing", "all.zip", zip(files, { isStored: true, comment: "PK" })],
    ["tar", "all.tar", tar(files)],
    ["packed tar", "all.tar.gz", gzipSync(tar(files))],
  ])("%s gives way to the files in it", async (_, name, raw) => {
    const beside = found("x.png", Uint8Array.of(9));
    const all = await unpacked([found(`in/${name}`, raw), beside], signal);
    expect(all.map(({ path }) => path)).toEqual([
      "in/all/pets/cat/1.png",
      "in/all/pets/dog/2.png",
      "x.png",
    ]);
    expect(all[0].file.name).toBe("1.png");
    expect([...new Uint8Array(await all[0].file.arrayBuffer())]).toEqual([
      ...files["pets/cat/1.png"],
    ]);
    expect([...new Uint8Array(await all[1].file.arrayBuffer())]).toEqual([1, 2, 3]);
  });

  test.each([
    ["that is cut", zip(files).subarray(0, -40), /“a.zip” is no whole archive/],
    ["of nothing", new Uint8Array(), /no whole archive/],
    ["that is locked", zip(files, { flags: 1 }), /password/],
    ["that is packed otherwise", zip(files, { method: 9 }), /is packed in a way/],
    ["that says it holds less than it does", zip(files, { size: 5 }), /no whole archive/],
    ["that says it holds more than is taken", zip(files, { size: 4e9 }), /more than is taken/],
    ["whose files are damaged", zip(files).fill(255, 50, 60), /no whole archive/],
  ])("%s is refused in a sentence", async (_, raw, words) => {
    await expect(unpacked([found("a.zip", raw)], signal)).rejects.toThrow(words);
  });
});

describe("NumPy's arrays", () => {
  test.each([
    ["|u1", bytes(Uint8Array.of(1, 2, 3))],
    ["<i4", bytes(Int32Array.of(1, 2, 3))],
    ["<i8", bytes(BigInt64Array.of(1n, 2n, 3n))],
    ["<f8", bytes(Float64Array.of(1, 2, 3))],
    [">u2", Uint8Array.of(0, 1, 0, 2, 0, 3)],
  ])("of %s are read", (type, body) => {
    const raw = npy(type, [3], body);
    const { shape, values } = parseNpy(new Uint8Array(raw).buffer);
    expect(shape).toEqual([3]);
    expect(Array.from(values)).toEqual([1, 2, 3]);
  });

  test.each([
    ["objects", npy("|O", [3], new Uint8Array(3)), /kind “O” are not read/],
    ["columns first", npy("|u1", [3], new Uint8Array(3), "True"), /C order/],
    ["too few numbers", npy("|u1", [4], new Uint8Array(3)), /ends before/],
    ["another file", Buffer.from("hello, this is a text"), /no array of NumPy/],
  ])("of %s are refused in a sentence", (_, raw, words) => {
    expect(() => parseNpy(new Uint8Array(raw).buffer)).toThrow(words);
  });

  const npz = (/** @type {Record<string, Uint8Array>} */ arrays) => [found("set.npz", zip(arrays))];
  const pixel = (/** @type {{ rgba: Uint8ClampedArray }} */ { rgba }, /** @type {number} */ i) => [
    ...rgba.subarray(4 * i, 4 * i + 4),
  ];

  test("by their names are pictures and labels, to learn and held out", async () => {
    const { learned, heldOut } = await readArrays(
      npz({
        "x_test.npy": npy("|u1", [1, 8, 8], new Uint8Array(64).fill(5)),
        "y_train.npy": npy("|u1", [2, 1], Uint8Array.of(9, 4)),
        "x_train.npy": npy("|u1", [2, 8, 8], Uint8Array.from(range(128))),
        "y_test.npy": npy("|u1", [1], Uint8Array.of(4)),
      }),
    );
    expect(learned).toMatchObject({ count: 2, width: 8, height: 8, channels: 1, labels: [9, 4] });
    expect(pixel(learned.picture(1), 3)).toEqual([67, 67, 67, 255]);
    expect(heldOut).toMatchObject({ count: 1, labels: [4] });
  });

  test.each([
    ["last", [2, 5, 6, 3], 3],
    ["first", [2, 3, 5, 6], 30],
  ])("have their colours %s", async (_, shape, second) => {
    const raw = npy("|u1", shape, Uint8Array.from(range(180)));
    const { learned } = await readArrays([found("a.npy", raw)]);
    expect(learned).toMatchObject({
      count: 2,
      width: 6,
      height: 5,
      channels: 3,
      labels: undefined,
    });
    const step = second === 3 ? 1 : 30;
    expect(pixel(learned.picture(1), 0)).toEqual([90, 90 + step, 90 + 2 * step, 255]);
  });

  test.each([
    ["from 0 to 1", [0, 0.5, 1], [0, 128, 255]],
    ["from -1 to 1", [-1, 0, 1], [0, 128, 255]],
    ["as bytes", [0, 100, 255], [0, 100, 255]],
    ["of any range", [-500, 0, 500], [0, 128, 255]],
  ])("run %s", async (_, values, expected) => {
    const all = Float32Array.from({ length: 64 }, (_, i) => values[i] ?? values[0]);
    const { learned } = await readArrays([found("a.npy", npy("<f4", [1, 64], bytes(all)))]);
    const picture = learned.picture(0);
    expect(picture).toMatchObject({ width: 8, height: 8 });
    expect([0, 1, 2].map((i) => pixel(picture, i)[0])).toEqual(expected);
  });

  test("may have labels as one of many, or none", async () => {
    const images = npy("|u1", [2, 64], new Uint8Array(128).fill(3));
    const some = Float32Array.of(0, 0, 1, 0.9, 0, 0);
    const { learned } = await readArrays(
      npz({ "arr_0.npy": images, "arr_1.npy": npy("<f4", [2, 3], bytes(some)) }),
    );
    expect(learned.labels).toEqual([2, 0]);
    expect((await readArrays(npz({ "arr_0.npy": images }))).learned.labels).toBeUndefined();
  });

  test("that are no pictures are named with their sizes", async () => {
    const weights = npy("|u1", [3, 2], new Uint8Array(6));
    await expect(readArrays(npz({ "w.npy": weights }))).rejects.toThrow(/: w \(3×2\)\. Save them/);
    const nan = npy("<f4", [1, 64], bytes(new Float32Array(64).fill(NaN)));
    await expect(readArrays([found("a.npy", nan)])).rejects.toThrow(/NaN/);
  });
});

describe("CIFAR's binary files", () => {
  const record = (/** @type {number[]} */ ...labels) =>
    Uint8Array.from([...labels, ...range(3072).map((i) => (i < 1024 ? 1 : i < 2048 ? 2 : 3))]);

  test("hold reds, greens and blues of a picture after its label", async () => {
    const all = [
      found("c/test_batch.bin", record(3)),
      found("c/data_batch_2.bin", record(7)),
      found("c/data_batch_1.bin", Buffer.concat([record(1), record(0)])),
      found("c/batches.meta.txt", Buffer.from("airplane\nautomobile\n\n")),
    ];
    expect(all.every(({ path }) => isArrays(path))).toBe(true);
    const { learned, heldOut, classes } = await readArrays(all);
    expect(learned).toMatchObject({ count: 3, width: 32, channels: 3, labels: [1, 0, 7] });
    expect([...learned.picture(2).rgba.subarray(0, 4)]).toEqual([1, 2, 3, 255]);
    expect(heldOut).toMatchObject({ count: 1, labels: [3] });
    expect(classes).toEqual(["airplane", "automobile"]);
  });

  test("of a hundred classes have a coarse label before the fine one", async () => {
    const { learned } = await readArrays([found("train.bin", record(4, 88))]);
    expect(learned.labels).toEqual([88]);
  });

  test("of another length are told", async () => {
    await expect(readArrays([found("data_batch_1.bin", new Uint8Array(99))])).rejects.toThrow(
      /“data_batch_1.bin” is called as CIFAR's/,
    );
  });
});
