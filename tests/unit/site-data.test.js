import { afterEach, describe, expect, test, vi } from "vitest";
import { aboutOf, filesOf } from "../../www/worker/data.js";
import { doubtCaches } from "../../www/worker/fetching.js";

/** @import { DataSource } from "../../www/engine/protocol.js" */
/** @import { Program } from "../../www/worker/program.js" */

const FOLDER = "https://site.invalid/data/letters/";

/** What Rust's `names.rs` says; there it is tested that these are understood. */
const program = /** @type {Program} */ (
  /** @type {unknown} */ ({
    spellings: (/** @type {string} */ part, /** @type {boolean} */ labels) => {
      const start = `${part === "train" ? "train" : "t10k"}-${labels ? "labels" : "images"}`;
      return [`${start}-idx.gz`, `${start}-idx`, `${start}.idx`];
    },
    inputSpellings: (/** @type {string} */ part) => {
      const start = `${part === "train" ? "train" : "t10k"}-inputs`;
      return [`${start}-idx.gz`, `${start}-idx`, `${start}.idx`];
    },
    FileList: class {
      /** @type {string[]} */
      #names = [];
      /** @param {string} name */
      addName(name) {
        this.#names.push(name);
      }
      choose() {
        const place = (/** @type {string} */ start) =>
          this.#names.findIndex((name) => name.includes(start));
        const train = { images: place("train-images"), labels: place("train-labels") };
        if (train.images < 0) throw Object.assign(new Error("no images"), { code: "data.files" });
        return JSON.stringify({ train, heldOut: null });
      }
      free() {}
    },
  })
);

/** @type {string[]} */
let asked = [];

/** @param {Record<string, string>} files by their addresses; those that end with a slash are pages */
function site(files) {
  asked = [];
  vi.stubGlobal("fetch", async (/** @type {URL | string} */ address) => {
    const url = String(address);
    asked.push(url);
    const type = url.endsWith("/") ? "text/html" : "application/octet-stream";
    if (!(url in files)) return new Response("", { status: 404 });
    return new Response(files[url], { headers: { "content-type": type } });
  });
}

afterEach(() => vi.unstubAllGlobals());

/**
 * @param {"train" | "held-out"} part
 * @param {string} [query] of the folder's address
 */
async function found(part, query = "") {
  /** @type {DataSource} */
  const source = { kind: "folder", id: 1, url: FOLDER + query, turned: false, isSet: false };
  const pair = await filesOf(source, part, { program, withInputs: false });
  return pair && [pair.images.name, pair.labels?.name];
}

describe("what a set says of itself", () => {
  const source = /** @type {const} */ ({
    kind: "folder",
    id: 1,
    url: FOLDER,
    turned: false,
    isSet: true,
  });
  /** @param {unknown} said */
  const about = (said) => {
    site({ [`${FOLDER}set.json`]: JSON.stringify(said) });
    return aboutOf(source);
  };

  test("is its classes and its credits", async () => {
    const credit = { title: "Noto", author: "Google", license: "OFL", url: "https://site.invalid" };
    const said = { classes: ["cats", "dogs"], credits: [credit] };
    expect(await about(said)).toEqual(said);
  });

  test("is believed as far as it is as it should be", async () => {
    const script = { title: "x", author: "y", license: "z", url: "javascript:alert(1)" };
    expect(await about({ classes: ["a", 2], credits: [script, { title: "x" }] })).toEqual({
      classes: undefined,
      credits: [],
    });
    expect(await about(null)).toBeUndefined();
    site({});
    expect(await aboutOf(source)).toBeUndefined();
  });
});

describe("a folder of the site", () => {
  test("with MNIST's names is asked for nothing else", async () => {
    site({ [`${FOLDER}train-images-idx.gz`]: "a", [`${FOLDER}train-labels-idx.gz`]: "b" });
    expect(await found("train")).toEqual(["train-images-idx.gz", "train-labels-idx.gz"]);
    expect(asked).toHaveLength(2);
  });

  test("is asked for what its pictures are to be made of where that is wanted", async () => {
    /** @type {DataSource} */
    const source = { kind: "folder", id: 1, url: FOLDER, turned: false, isSet: true };
    site({
      [`${FOLDER}train-images-idx.gz`]: "a",
      [`${FOLDER}train-labels-idx.gz`]: "b",
      [`${FOLDER}train-inputs-idx.gz`]: "c",
    });
    const withInputs = await filesOf(source, "train", { program, withInputs: true });
    expect(withInputs?.inputs?.name).toBe("train-inputs-idx.gz");
    expect(asked).toHaveLength(3);
    const without = await filesOf(source, "train", { program, withInputs: false });
    expect(without?.inputs).toBeUndefined();
    expect(asked).toHaveLength(5);
    site({ [`${FOLDER}train-images-idx.gz`]: "a", [`${FOLDER}train-labels-idx.gz`]: "b" });
    const none = await filesOf(source, "train", { program, withInputs: true });
    expect([none?.images.name, none?.inputs]).toEqual(["train-images-idx.gz", undefined]);
  });

  test("hands its query on to the files", async () => {
    const query = "?v=1";
    site({
      [`${FOLDER}train-images-idx${query}`]: "a",
      [`${FOLDER}train-labels-idx${query}`]: "b",
    });
    expect(await found("train", query)).toEqual(["train-images-idx", "train-labels-idx"]);
  });

  test("may have packed and plain files, and need no labels", async () => {
    site({ [`${FOLDER}train-images-idx`]: "a", [`${FOLDER}train-labels-idx.gz`]: "b" });
    expect(await found("train")).toEqual(["train-images-idx", "train-labels-idx.gz"]);
    site({ [`${FOLDER}train-images-idx`]: "a" });
    expect(await found("train")).toEqual(["train-images-idx", undefined]);
  });

  test("that is listed tells its names", async () => {
    const links = ["../", "my%20train-labels", "my%20train-images", "sub/"];
    const page = links.map((link) => `<a href="${link}">x</a>`).join("");
    site({
      [FOLDER]: `<title>Index of /data/letters/</title>${page}`,
      [`${FOLDER}my%20train-images`]: "a",
      [`${FOLDER}my%20train-labels`]: "b",
    });
    expect(await found("train")).toEqual(["my train-images", "my train-labels"]);
    site({ [FOLDER]: `<title>Index of /data/letters/</title><a href="notes.txt">x</a>` });
    await expect(found("train")).rejects.toThrow("In the folder /data/letters/ no images.");
  });

  test("may be none, but the beginning of names; a page that lists nothing is no list", async () => {
    const start = FOLDER.replace(/\/$/, "-");
    site({
      [FOLDER]: `<title>My site</title><a href="train-images">x</a>`,
      [`${start}train-images.idx`]: "a",
      [`${start}train-labels.idx`]: "b",
    });
    expect(await found("train")).toEqual(["letters-train-images.idx", "letters-train-labels.idx"]);
  });

  test.each([
    [500, "fails"],
    [503, "fails"],
    [403, "answered 403"],
  ])("that is answered with %i is not said to be missing", async (status, words) => {
    vi.stubGlobal("fetch", async () => new Response("<h1>No</h1>", { status }));
    const finding = found("train");
    await expect(finding).rejects.toMatchObject({ code: "data.fetch" });
    await expect(finding).rejects.toThrow(words);
  });

  test("may hold nothing out, but something to train on", async () => {
    site({});
    expect(await found("held-out")).toBeUndefined();
    await expect(found("train")).rejects.toThrow("/data/letters/ has no train-images-idx.gz");
  });
});

describe("a wrong answer that a cache has kept", () => {
  const source = /** @type {const} */ ({ kind: "mnist", id: 0, url: FOLDER });

  /**
   * @param {string} type of what the cache holds
   * @returns {RequestCache[]} how the files were asked for
   */
  function cachedWrongly(type) {
    /** @type {RequestCache[]} */
    const how = [];
    vi.stubGlobal("fetch", async (/** @type {string} */ _url, /** @type {RequestInit} */ init) => {
      const { cache = "default" } = init;
      how.push(cache);
      const isRight = cache === "reload";
      const headers = { "content-type": isRight ? "application/octet-stream" : type };
      return new Response(isRight ? "right" : "wrong", { headers });
    });
    return how;
  }

  const text = async () => {
    const pair = await filesOf(source, "train", { program, withInputs: false });
    return new TextDecoder().decode(pair?.images.bytes);
  };

  test("is passed by where it is a page", async () => {
    cachedWrongly("text/html; charset=utf-8");
    expect(await text()).toBe("right");
  });

  test("is passed by the next time where the files turned out to be none, and then no more", async () => {
    const how = cachedWrongly("application/octet-stream");
    expect(await text()).toBe("wrong");
    doubtCaches(true);
    expect(await text()).toBe("right");
    doubtCaches(false);
    await text();
    expect(how).toEqual(["default", "default", "reload", "reload", "default", "default"]);
  });
});
