// Checks the data scripts: the small set, other people's files, and downloading from mirrors that
// break off, lie or are gone. Needs the npm packages; the only server is one started here.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { gzipSync } from "node:zlib";

import { fromFolder } from "./data.mjs";
import { recoverBytes, shares, smallSet } from "./data/digits.mjs";
import { download } from "./data/download.mjs";
import { drawnSet, split } from "./data/drawn.mjs";
import { emoji } from "./data/emoji.mjs";
import { faces } from "./data/faces.mjs";
import {
  checkSet,
  count,
  encodeImages,
  encodeLabels,
  inputNamesOf,
  NAMES,
  namesOf,
  unpack,
} from "./data/idx.mjs";
import { inLines, styles } from "./data/translated.mjs";
import { Failure } from "./lib/proc.mjs";

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "webgan-data-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/**
 * Why a test that needs these modules is not run; false where they are there.
 * @param {string[]} names
 */
function absent(...names) {
  const missing = names.filter((name) => {
    try {
      return !createRequire(import.meta.url).resolve(name);
    } catch {
      return true;
    }
  });
  return missing.length > 0 && `not installed: ${missing.join(", ")}`;
}

describe("the small set", () => {
  test("is 9,000 + 1,000 digits with the recorded hashes", () => {
    const files = smallSet();
    checkSet(files);
    assert.deepEqual(
      NAMES.map((name) => count(name, files.get(name) ?? Buffer.alloc(0))),
      [9000, 9000, 1000, 1000],
    );
  });

  test("holds out a tenth of each class", () => {
    assert.deepEqual(shares(Array(10).fill(1000)), Array(10).fill(100));
    const uneven = shares([1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]);
    assert.deepEqual(uneven, [100, 113, 99, 103, 98, 86, 102, 107, 94, 98]);
  });

  test("recovers every byte from three decimals and refuses what is no byte", () => {
    const bytes = Array.from({ length: 784 }, (_, index) => index % 256);
    const values = bytes.map((byte) => Number((byte / 255).toFixed(3)));
    assert.deepEqual([...recoverBytes(values, 3)[0].image], bytes);
    assert.throws(() => recoverBytes(values.with(5, 0.002), 3), /0.002 in class 3/);
    assert.throws(() => recoverBytes(values.slice(1), 3), /cut off/);
  });
});

describe("other people's files", () => {
  const raw = new Map([
    ["train-images-idx3-ubyte", encodeImages([new Uint8Array(784), new Uint8Array(784)])],
    ["train-labels-idx1-ubyte", encodeLabels([1, 2])],
    ["t10k-images-idx3-ubyte", encodeImages([new Uint8Array(784)])],
    ["t10k-labels-idx1-ubyte", encodeLabels([3])],
  ]);
  const read = () =>
    new Map([...fromFolder(folder)].map(([name, bytes]) => [name, unpack(name, bytes)]));

  test("are taken plain, gzipped, and with a dot in the name", () => {
    const [first, second, third, fourth] = raw.keys();
    writeFileSync(path.join(folder, first), raw.get(first) ?? "");
    writeFileSync(path.join(folder, `${second}.gz`), gzipSync(raw.get(second) ?? ""));
    writeFileSync(path.join(folder, third.replace("-idx", ".idx")), raw.get(third) ?? "");
    writeFileSync(path.join(folder, fourth), raw.get(fourth) ?? "");
    checkSet(read());
  });

  test("are refused when one is missing, cut off, or another kind", () => {
    for (const [name, bytes] of raw) writeFileSync(path.join(folder, name), bytes);
    const file = path.join(folder, "train-images-idx3-ubyte");
    const whole = readFileSync(file);

    writeFileSync(file, whole.subarray(0, -1));
    assert.throws(() => checkSet(read()), /has 1583 bytes, expected 1584 for 2 items/);
    writeFileSync(file, raw.get("train-labels-idx1-ubyte") ?? "");
    assert.throws(() => checkSet(read()), /ends inside its header/);
    writeFileSync(file, Buffer.concat([encodeLabels([1, 2]), whole]));
    assert.throws(() => checkSet(read()), /0x00000801, expected 0x00000803/);
    writeFileSync(file, encodeImages([new Uint8Array(784)]));
    assert.throws(() => checkSet(read()), /1 images but 2 labels/);
    writeFileSync(file, gzipSync(whole).subarray(0, 20));
    assert.throws(read, /not a whole gzip file/);
    rmSync(file);
    assert.throws(read, /holds neither/);
  });
});

describe("drawn sets", () => {
  /** @type {import("./data/idx.mjs").Shape} */
  const small = { side: 32, channels: 3 };
  const picture = new Uint8Array(32 * 32 * 3);
  const icon = (/** @type {string} */ name, isToned = false) => ({
    name,
    base: name.replace("-dark", ""),
    isToned,
    body: name,
    box: /** @type {const} */ ([0, 0, 16, 16]),
  });
  const artist = (/** @type {string} */ id, /** @type {[string, string][]} */ names) => ({
    id,
    credit: { title: id, author: id, license: "MIT", url: "" },
    icons: names.map(([name]) => icon(name, name.endsWith("-dark"))),
    categories: new Map(names),
  });

  test("lie in four dimensions, the last of them red, green and blue", () => {
    const raw = encodeImages([picture, picture], small);
    assert.deepEqual(
      [0, 4, 8, 12, 16].map((at) => raw.readUInt32BE(at)),
      [0x804, 2, 32, 32, 3],
    );
    const [images] = namesOf(small);
    assert.equal(images, "train-images-idx4-ubyte.gz");
    assert.equal(count(images, raw, small), 2);
    assert.throws(() => count(images, raw.subarray(1), small), /magic number/);
    assert.throws(() => count(images, raw.subarray(0, -1), small), /bytes, expected 6164 for 2/);
    assert.throws(() => count(images, raw, { side: 64, channels: 3 }), /32 × 32 × 3, expected 64/);
  });

  test("take faces alone, of all artists, wherever they name them otherwise", () => {
    const first = artist("noto", [
      ["grinning-face", "Smileys & Emotion"],
      ["crying-cat", "Smileys & Emotion"],
      ["red-heart", "Smileys & Emotion"],
      ["clown-face", "Objects"],
      ["man-pilot", "People & Body"],
      ["man-pilot-dark", "People & Body"],
      ["man-running", "People & Body"],
    ]);
    const second = { ...first, id: "openmoji", icons: [{ ...icon("x"), base: "man-pilot" }] };
    const { sketches } = faces([first, second]);
    assert.deepEqual(
      sketches.map(({ body, label, family }) => [body, label, family]),
      [
        ["grinning-face", 0, "grinning-face"],
        ["man-pilot", 1, "pilot, he"],
        ["man-pilot-dark", 1, "pilot, he"],
        ["x", 3, "pilot, he"],
      ],
    );
    assert.notDeepEqual(sketches[3].box, sketches[2].box);
  });

  test("take all emoji once, in any skin tone, without flags", () => {
    const { sketches, classes } = emoji([
      artist("noto", [
        ["man-running", "People & Body"],
        ["woman-running", "People & Body"],
        ["man-running-dark", "People & Body"],
        ["black-flag", "Flags"],
        ["red-heart", "Smileys & Emotion"],
      ]),
    ]);
    assert.deepEqual(classes, ["People & Body", "Smileys & Emotion"]);
    assert.deepEqual(
      sketches.map(({ body, label, family }) => [body, label, family]),
      [
        ["man-running", 0, "running"],
        ["woman-running", 0, "running"],
        ["red-heart", 1, "heart"],
      ],
    );
  });

  test("keep a drawing's black lines, and what is black for want of a colour", () => {
    assert.equal(
      inLines(
        '<g fill="#FFF" stroke="#000"><path stroke="#D22F27" d="M1"/><path fill="none"/></g><path d="M2"/>',
      ),
      '<g fill="none" stroke="#000"><path stroke="none" d="M1"/><path fill="none"/></g><path d="M2"/>',
    );
  });

  test("pair the emoji that two artists have", () => {
    const from = artist("noto", [
      ["red-heart", "Smileys & Emotion"],
      ["man-running", "People & Body"],
    ]);
    const to = { ...artist("twemoji", []), icons: [{ ...icon("x"), base: "red-heart" }] };
    const { sketches } = styles([from, to]);
    assert.deepEqual(
      sketches.map(({ body, input, family }) => [body, input?.body, family]),
      [["x", "red-heart", "heart"]],
    );
  });

  test("hold out a tenth of each class in whole families, the same each time", () => {
    const all = Array.from({ length: 1000 }, (_, place) => ({
      family: String(place % 100),
      label: place % 2,
      place,
    }));
    const { training, heldOut } = split(all);
    assert.deepEqual(split(all), { training, heldOut });
    assert.deepEqual(
      [0, 1].map((label) => heldOut.filter((one) => one.label === label).length),
      [50, 50],
    );
    assert.equal(training.length + heldOut.length, 1000);
    const out = new Set(heldOut.map(({ family }) => family));
    assert.equal(
      training.some(({ family }) => out.has(family)),
      false,
    );
  });

  const skip = absent("sharp", "@iconify-json/noto/icons.json");

  test(
    "are drawn on white, each picture once, with every class in both parts",
    { skip },
    async () => {
      const { shape, raw, about } = await drawnSet("faces");
      checkSet(raw, shape);
      const [images, labels, heldOut, heldOutLabels] = namesOf(shape).map(
        (name) => raw.get(name) ?? Buffer.alloc(0),
      );
      const size = 32 * 32 * 3;
      const pictures = [images, heldOut].flatMap((file) =>
        Array.from({ length: (file.length - 20) / size }, (_, place) =>
          file.subarray(20 + place * size, 20 + (place + 1) * size),
        ),
      );
      assert.equal(
        new Set(pictures.map((bytes) => bytes.toString("latin1"))).size,
        pictures.length,
      );
      // A head leaves most corners empty.
      const white = pictures.filter(
        (bytes) => bytes[0] === 255 && bytes[1] === 255 && bytes[2] === 255,
      );
      assert.ok(white.length > 0.9 * pictures.length, `${white.length} corners are white`);
      for (const file of [labels, heldOutLabels]) {
        assert.deepEqual([...new Set(file.subarray(8))].sort(), [...about.classes.keys()]);
      }
      assert.deepEqual(
        about.credits.map(({ license }) => license),
        ["Apache-2.0", "CC-BY-4.0", "MIT", "CC-BY-SA-4.0"],
      );
    },
  );
});

describe("drawn pairs", () => {
  const skip = absent("sharp", "@iconify-json/openmoji/icons.json");

  test("are lines on white, and the same picture with its colours", { skip }, async () => {
    const { shape, input, raw } = await drawnSet("lineart");
    checkSet(raw, shape, input);
    assert.deepEqual(input, { side: 32, channels: 1 });
    const bytes = (/** @type {string} */ name, /** @type {number} */ header) =>
      (raw.get(name) ?? Buffer.alloc(0)).subarray(header);
    const [colours] = namesOf(shape).map((name) => bytes(name, 20));
    const [lines] = inputNamesOf({ channels: 1 }).map((name) => bytes(name, 16));
    assert.equal(colours.length, 3 * lines.length);
    // A line is a line in both, and beside lines there is white: hardly anything is darker with its colours gone.
    const dark = lines.reduce((sum, value) => sum + Number(value < 64), 0) / lines.length;
    assert.ok(dark > 0.02 && dark < 0.2, `a share of ${dark} is dark`);
    const darkened = lines.reduce(
      (sum, value, place) => sum + Number(value < 64 && colours[3 * place] > 192),
      0,
    );
    assert.ok(darkened < 0.1 * dark * lines.length, `${darkened} pixels are darker`);
  });

  test("of which one is missing are refused", () => {
    const raw = new Map([
      ...NAMES.map((name) => {
        const one = name.includes("images")
          ? encodeImages([new Uint8Array(784)])
          : encodeLabels([1]);
        return /** @type {const} */ ([name, one]);
      }),
      ...inputNamesOf({ channels: 1 }).map(
        (name) => /** @type {const} */ ([name, encodeImages([])]),
      ),
    ]);
    const digits = /** @type {const} */ ({ side: 28, channels: 1 });
    assert.throws(() => checkSet(raw, digits, digits), /1 images but 0 inputs/);
    checkSet(raw, digits);
  });
});

describe("downloading", () => {
  const body = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 31) % 251));
  const wanted = {
    name: "digits.gz",
    size: body.length,
    sha256: createHash("sha256").update(body).digest("hex"),
  };
  /** Each mirror is the first part of the path. @type {string[]} */
  let log = [];
  let base = "";

  const server = createServer((request, response) => {
    const mirror = request.url?.split("/")[1] ?? "";
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? "");
    const start = range ? Number(range[1]) : 0;
    log.push(`${mirror} ${start}`);
    if (mirror === "gone") return response.writeHead(404).end("no such file");
    if (mirror === "silent") return undefined;
    if (mirror === "long") return response.end(Buffer.concat([body, body]));
    if (mirror === "plain") return response.end(body);
    const sent = mirror === "wrong" ? Buffer.alloc(body.length) : body;
    const rest = sent.subarray(start);
    response.writeHead(range ? 206 : 200, {
      "content-length": rest.length,
      ...(range && { "content-range": `bytes ${start}-${body.length - 1}/${body.length}` }),
    });
    if (mirror !== "breaks" || rest.length < 30_000) return response.end(rest);
    return response.write(rest.subarray(0, 30_000), () => setTimeout(() => response.destroy(), 50));
  });

  before(async () => {
    await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
    const address = /** @type {import("node:net").AddressInfo} */ (server.address());
    base = `http://127.0.0.1:${address.port}`;
  });
  after(() => server.close().closeAllConnections());
  beforeEach(() => {
    log = [];
  });

  /** @param {string[]} mirrors */
  const fetchFrom = (...mirrors) =>
    download(wanted, {
      mirrors: mirrors.map((mirror) => `${base}/${mirror}/`),
      folder,
      // Room for the first request of all, for which Node loads what it asks with.
      idleMs: 2000,
    });
  const file = () => path.join(folder, wanted.name);
  const part = () => `${file()}.part`;

  test("brings the file, and asks no second time", async () => {
    assert.equal(await fetchFrom("good"), file());
    assert.deepEqual(readFileSync(file()), body);
    assert.equal(existsSync(part()), false);
    await fetchFrom("good");
    assert.deepEqual(log, ["good 0"]);
  });

  test("goes on where an earlier run stopped", async () => {
    writeFileSync(part(), body.subarray(0, 12_345));
    await fetchFrom("good");
    assert.deepEqual(log, ["good 12345"]);
    assert.deepEqual(readFileSync(file()), body);
  });

  test("takes up a connection that breaks off", async () => {
    await fetchFrom("breaks");
    assert.deepEqual(log, ["breaks 0", "breaks 30000", "breaks 60000", "breaks 90000"]);
    assert.deepEqual(readFileSync(file()), body);
  });

  test("starts over at a mirror that ignores ranges", async () => {
    writeFileSync(part(), "something else");
    await fetchFrom("plain");
    assert.deepEqual(readFileSync(file()), body);
  });

  test("goes to the next mirror when one is gone, silent, too long or wrong", async () => {
    await fetchFrom("gone", "silent", "long", "wrong", "good");
    assert.deepEqual(log, ["gone 0", "silent 0", "long 0", "wrong 0", "good 0"]);
    assert.deepEqual(readFileSync(file()), body);
  });

  test("drops a part that turns out wrong, then gets the file whole", async () => {
    writeFileSync(part(), Buffer.alloc(500));
    await fetchFrom("good", "good");
    assert.deepEqual(log, ["good 500", "good 0"]);
  });

  test("replaces a file that is not what it should be", async () => {
    writeFileSync(file(), "truncated");
    await fetchFrom("good");
    assert.deepEqual(readFileSync(file()), body);
  });

  test("says in one sentence what went wrong, and leaves no file", async () => {
    await assert.rejects(fetchFrom("wrong"), (error) => {
      assert.ok(error instanceof Failure);
      assert.match(error.message, /digits.gz could not be downloaded .*expected/);
      return true;
    });
    await assert.rejects(fetchFrom("gone"), /the answer was 404/);
    await assert.rejects(fetchFrom("silent"), /it went silent/);
    await assert.rejects(
      download(wanted, { mirrors: ["http://127.0.0.1:1/"], folder }),
      /could not be downloaded/,
    );
    assert.equal(existsSync(file()), false);
    assert.equal(existsSync(part()), false);
  });
});
