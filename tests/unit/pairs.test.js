import { describe, expect, test } from "vitest";
import { readSettings, searchOf } from "../../www/page/address.js";
import { firstPairs, hasInputs, pairsAfter, pairsOf, withPairs } from "../../www/page/pairs.js";
import { reduce } from "../../www/page/reduce.js";
import { canGanTrain, eyesOf, isMeasuredSoon, showsPairs } from "../../www/page/selectors.js";
import { DEFAULT_SETTINGS, fitSettings, isOnSite } from "../../www/page/settings.js";
import { initialState } from "../../www/page/state.js";
import { WITH_PAIRS as ALL } from "./presets.js";

/** @import { Settings } from "../../www/page/settings.js" */

/** @param {Partial<Settings>} settings */
const having = (settings) => ({ ...DEFAULT_SETTINGS, ...settings });

describe("what pairs are made of", () => {
  test("is what comes with the data, or leaves something to be learned", () => {
    expect(hasInputs("lineart")).toBe(true);
    expect(pairsOf("lineart")).toEqual({ data: "lineart", pairs: null });
    expect(pairsOf("styles", "grey")).toEqual({ data: "styles", pairs: "grey" });
    expect(pairsOf("mnist")).toEqual({ data: "mnist", pairs: "half" });
    expect(pairsOf("faces")).toEqual({ data: "faces", pairs: "outline" });
    expect(pairsOf("faces", "coarse")).toEqual({ data: "faces", pairs: "coarse" });
    expect(pairsOf("mnist", "grey")).toEqual({ data: "mnist", pairs: "half" });
  });

  test("follows the data where nobody chose it, and own pictures by their colours", () => {
    const digits = { data: /** @type {const} */ ("mnist"), pairs: /** @type {const} */ ("half") };
    expect(pairsAfter(digits, "mnist", true).pairs).toBe("outline");
    expect(pairsAfter(digits, "mnist", false).pairs).toBe("half");
    expect(pairsAfter(digits, "faces").pairs).toBe("outline");
    expect(pairsAfter({ ...digits, pairs: "coarse" }, "mnist", true).pairs).toBe("coarse");
    expect(pairsAfter({ data: "lineart", pairs: null }, "mnist", true).pairs).toBe("outline");
    const own = { data: digits.data, pairs: /** @type {const} */ ("outline"), isColour: true };
    expect(pairsAfter(own, "mnist", false).pairs).toBe("half");
    expect(pairsAfter({ ...own, pairs: "grey" }, "mnist", false).pairs).toBe("half");
    expect(pairsAfter({ ...own, pairs: "grey" }, "lineart").pairs).toBe(null);
  });

  test("alone in an address means data that it can be made of", () => {
    const coloured = isOnSite("faces") ? "faces" : "mnist";
    for (const pairs of /** @type {const} */ (["grey", "outline"])) {
      const asked = having({ preset: "pix2pix", pairs });
      expect(withPairs(asked, ALL)).toEqual({ ...asked, data: coloured });
      expect(withPairs(asked, ALL, true)).toEqual(asked);
    }
    const named = having({ preset: "pix2pix" });
    expect(withPairs(named, ALL, true)).toEqual({ ...named, pairs: "half" });
    const outlines = having({ preset: "pix2pix", pairs: "outline" });
    expect(searchOf(outlines, "")).toContain("data=mnist");
    expect(searchOf({ ...outlines, pairs: "half" }, "")).not.toContain("data=");
  });

  test("an address that names the GAN alone means the data that it begins with", () => {
    expect(firstPairs()).toEqual(
      isOnSite("lineart") ? { data: "lineart", pairs: null } : { data: "mnist", pairs: "half" },
    );
    expect(withPairs(having({ preset: "pix2pix" }), ALL)).toEqual(
      having({ preset: "pix2pix", ...firstPairs() }),
    );
    for (const settings of [
      having({ preset: "pix2pix", pairs: "coarse" }),
      having({ preset: "pix2pix", data: "faces", pairs: "grey" }),
      having({ preset: "pix2pix", data: "lineart" }),
      having({ preset: "pix2pix", data: "data/own" }),
      having({ preset: "mlp", data: "faces" }),
      having({ preset: "mlp" }),
    ]) {
      expect(withPairs(settings, ALL)).toEqual(settings);
    }
    for (const [data, pairs] of /** @type {const} */ ([
      ["faces", "outline"],
      ["fashion", "half"],
    ])) {
      const named = having({ preset: "pix2pix", data });
      expect(withPairs(named, ALL, true)).toEqual({ ...named, pairs });
    }
    const state = reduce(initialState(having({ preset: "pix2pix" })), {
      type: "presets",
      presets: ALL,
    });
    expect(state.settings).toMatchObject(firstPairs());
    expect(state.problems).toEqual({});
    expect(showsPairs(state)).toBe(true);
  });

  test("is a setting of GANs that make pictures out of others alone", () => {
    const paired = having({ preset: "pix2pix", data: "lineart", pairs: "grey", board: "7" });
    expect(fitSettings(paired, ALL)).toEqual({ settings: paired, problems: [] });
    const { settings, problems } = fitSettings({ ...paired, preset: "least-squares" }, ALL);
    expect(settings).toMatchObject({ pairs: null, board: null, data: "lineart" });
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain("pairs=grey");
    expect(problems[1]).toContain("board=7");
    // Points have a GAN of their own.
    expect(fitSettings({ ...paired, data: "ring" }, ALL).settings.pairs).toBe(null);
  });

  test("stands in the address with what is drawn, as it was written", () => {
    const query = "?preset=pix2pix&pairs=coarse&board=12.BAbCdef.b0-_";
    const { settings, problems } = readSettings(new URLSearchParams(query));
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({ pairs: "coarse", board: "12.BAbCdef.b0-_" });
    const params = new URLSearchParams(searchOf(settings, ""));
    expect(Object.fromEntries(params)).toEqual(Object.fromEntries(new URLSearchParams(query)));
    expect(searchOf(settings, "")).toContain("board=12.BAbCdef.b0-_");
  });
});

describe("what lies on the board", () => {
  const count = 158;
  const ANSWER = {
    run: { id: 1, step: 0, epoch: 0, networks: { generator: { classes: 0 } } },
    device: {},
    data: { pairs: { channels: 1, count, areHeldOut: true } },
  };
  const begun = (/** @type {string | null} */ board, state = initialState()) =>
    reduce(state, {
      type: "started",
      answer: /** @type {any} */ (ANSWER),
      settings: having({ preset: "pix2pix", data: "lineart", board }),
    });

  test("begins with an example that the data have, or the address is told that they have not", () => {
    expect(begun("157.AAAA").settings.board).toBe("157.AAAA");
    expect(begun("157").problems.address).toBeUndefined();
    const beyond = begun("9999");
    expect(beyond.settings.board).toBe(null);
    expect(beyond.problems.address).toContain("board=9999");
    expect(beyond.problems.address).toContain("158 examples");
    // Other data may have fewer: that is nobody's mistake, and what is drawn stays.
    const later = begun("158.AAAA", begun("7"));
    expect(later.settings.board).toBe(".AAAA");
    expect(later.problems.address).toBeUndefined();
  });

  test("outlasts GANs that nothing is drawn for, and a photograph no run", () => {
    const without = (/** @type {import("../../www/page/state.js").State} */ state) =>
      reduce(state, {
        type: "started",
        answer: /** @type {any} */ ({ ...ANSWER, data: {} }),
        settings: having({}),
      });
    const aside = without(without(begun("7.AAAA")));
    expect(aside.settings.board).toBe(null);
    expect(searchOf(aside.settings, "")).toBe("");
    expect(begun(null, aside).settings.board).toBe("7.AAAA");
    // What was wiped off is not laid aside.
    const wiped = reduce(begun("7.AAAA"), { type: "settings", patch: { board: null } });
    expect(begun(null, without(wiped)).settings.board).toBe(null);
    const photo = reduce(begun("7"), { type: "photo", hasPhoto: true });
    expect([photo.hasPhoto, begun("7", photo).hasPhoto]).toEqual([true, false]);
  });
});

describe("measures of pairs", () => {
  const data = {
    ...{
      sourceId: 1,
      name: "lineart",
      isOfSite: true,
      count: 100,
      rows: 32,
      columns: 32,
      channels: 3,
    },
    ...{ classCount: 8, files: [], turned: false },
    pairs: { channels: 1, count: 10, areHeldOut: true },
  };
  const likeness = { l1: 0.1, psnr: 20, ssim: 0.8 };
  const quality = {
    ...{ step: 7, count: 10 },
    ...{ made: likeness, input: likeness, mean: likeness, nearest: likeness },
  };

  test("come in the classifier's place, at once where pairs were held out", () => {
    const state = { ...initialState(), phase: /** @type {const} */ ("ready"), data };
    expect(canGanTrain(state)).toBe(false);
    expect(isMeasuredSoon(state)).toBe(true);
    const learned = { ...data, pairs: { ...data.pairs, areHeldOut: false } };
    expect(isMeasuredSoon({ ...state, data: learned })).toBe(false);
  });

  test("of pictures with classes of their own wait until somebody asks, as a classifier learns them first", () => {
    const state = { ...initialState(), data: { ...data, pairs: undefined } };
    const by = (/** @type {Partial<typeof state.data>} */ patch) => {
      const other = { ...state, data: { ...state.data, ...patch } };
      return [eyesOf(other), isMeasuredSoon(other)];
    };
    expect(by({})).toEqual(["learned", false]);
    expect(by({ sourceId: 0 })).toEqual(["digits", true]);
    expect(by({ classCount: 0 })).toEqual(["random", true]);
    expect(by({ classCount: 1 })).toEqual(["random", true]);
  });

  test("stay until there are others, and where measuring gave way", () => {
    const begun = reduce(initialState(), { type: "measuring", isAsked: true });
    expect(begun.isMeasuring).toBe(true);
    const measured = reduce(begun, { type: "measured", measured: undefined, quality });
    expect(measured).toMatchObject({ isMeasuring: false, pairQuality: quality });
    const gone = reduce(measured, { type: "measured", measured: undefined });
    expect(gone.pairQuality).toEqual(quality);
  });
});
