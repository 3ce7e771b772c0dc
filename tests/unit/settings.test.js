import { describe, expect, test } from "vitest";
import { readSettings, writeSettings } from "../../www/page/address.js";
import {
  DEFAULT_SETTINGS,
  effectiveConfig,
  fitSettings,
  isToy,
  presetOf,
} from "../../www/page/settings.js";
import { folderUrl } from "../../www/engine/site-files.js";
import { PRESETS } from "./presets.js";

const DRAWING = "AA_-09azZZ".repeat(5);
const [mlp, leastSquares, points] = PRESETS;

/** @param {string} query */
const read = (query) => readSettings(new URLSearchParams(query));

describe("the address", () => {
  test("an empty address is the defaults, without a word", () => {
    expect(read("")).toEqual({ settings: DEFAULT_SETTINGS, problems: [] });
  });

  test("every setting can stand there", () => {
    const query =
      "preset=dcgan&seed=7&batch=64&lr=0.0002,0.001@67&l1=10,0@5,3.5@80&device=cpu&hidden=pause&speed=3&steps=500&minutes=2&until=plateau" +
      "&generator=z8-16-relu&discriminator=8-4n-leaky0.1" +
      `&pairs=grey&board=3.AAAA&data=drawn&drawing=${DRAWING}&loss=hinge&penalty=0&dsteps=5&drate=0.5&hide=charts,batch`;
    const { settings, problems } = read(query);
    expect(problems).toEqual([]);
    expect(settings).toEqual({
      data: "drawn",
      turned: null,
      drawing: DRAWING,
      pairs: "grey",
      board: "3.AAAA",
      objective: "hinge",
      penalty: 0,
      discriminatorSteps: 5,
      discriminatorRate: 0.5,
      generator: "z8-16-relu",
      discriminator: "8-4n-leaky0.1",
      preset: "dcgan",
      seed: 7,
      batchSize: 64,
      learningRate: 0.0002,
      learningRateChanges: "0.001@67",
      l1Weight: 10,
      l1WeightChanges: "0@5,3.5@80",
      device: "cpu",
      hidden: "pause",
      speed: 3,
      stopSteps: 500,
      stopMinutes: 2,
      stopAt: "plateau",
      hide: "batch,charts",
    });
  });

  test.each([
    "seed=-1",
    "seed=1.5",
    "seed=4294967296",
    "seed=",
    "batch=0",
    "speed=0",
    "speed=61",
    "steps=0",
    "minutes=1.5",
    "batch=1025",
    "batch=0x10",
    "batch=1e2",
    "lr=0",
    "lr=1.01",
    "lr=NaN",
    "lr=Infinity",
    "lr=-0.1",
    "lr=.",
    "l1=1000.5",
    "l1=two",
    "device=tpu",
    "hidden=maybe",
    "data=torus",
    "data=https://example.com/data/",
    "data=//example.com/data",
    "data=http:/\\example.com",
    "data=javascript:/alert(1)",
    "data=data:text/html,/",
    "data=blob:https://site.invalid/1",
    "data=data/fashion?x",
    `data=${"a/".repeat(101)}`,
    "drawing=short",
    `drawing=${"AA".repeat(201)}`,
    "pairs=own",
    "board=.AAA",
    "board=<b>",
    "loss=best",
    "penalty=-1",
    "penalty=10001",
    "dsteps=0",
    "dsteps=17",
    "drate=0",
    "drate=10001",
    "preset=<script>",
    "preset=<img src=x onerror=alert(1)>",
    "loss=%3Cb%3Ehinge%3C/b%3E",
    "device=%22%3E%3Cscript%3E",
    "seed=99999999999999999999999",
    "seed=1e9",
    "seed=NaN",
    "seed=٣",
    "batch=-0",
    "lr=1e999",
    "lr=1e-400",
    "l1=NaN",
    "l1=1e309",
    "penalty=Infinity",
    "drate=0x1p4",
    "steps=1e3",
    "minutes=-1",
    "hide=",
    "hide=everything",
    "hide=<b>charts</b>",
    "seed=1&seed=2",
    "lr=0.1&lr=0.1",
    "hide=lab&hide=runs",
  ])("%s is named and ignored", (query) => {
    const { settings, problems } = read(query);
    expect(settings).toEqual(DEFAULT_SETTINGS);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(query.slice(0, query.indexOf("=")));
    expect(problems[0]).toMatch(/ignored: it must (be|stand there) .+\.$/);
  });

  test.each(["seed=0", "seed=4294967295", "batch=1", "batch=1024", "lr=1", "lr=1e-8", "l1=0"])(
    "%s is at the edge, and good",
    (query) => expect(read(query).problems).toEqual([]),
  );

  test.each(["data/fashion", "./fashion/", "/sets/kana", "../up/one", "a b/c%20d"])(
    "data=%s is a folder of this site, and stays as it was written",
    (data) => {
      const { settings, problems } = read(new URLSearchParams({ data }).toString());
      expect(problems).toEqual([]);
      expect(settings.data).toBe(data);
      expect(isToy(settings)).toBe(false);
      expect(fitSettings(settings, PRESETS).settings.data).toBe(data);
      expect(folderUrl(data, "https://site.invalid/x/").href).toMatch(
        /^https:\/\/site.invalid\/.*\/$/,
      );
    },
  );

  test("what a link leaves out is a list, and a stranger in it is named and left out alone", () => {
    expect(read("hide=runs, device,runs").settings.hide).toBe("device,runs");
    const { settings, problems } = read("hide=lab,nonsense,toys,<i>");
    expect(settings.hide).toBe("toys,lab");
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain("hide=nonsense,<i>, which was ignored");
    expect(problems[0]).toContain("device, tab, batch");
    const written = writeSettings(settings, new URLSearchParams("hide=lab,nonsense,toys"));
    expect(written.get("hide")).toBe("toys,lab");
  });

  test("a course is quoted whole, with a rule that tells what is wrong with it, and is taken whole", () => {
    for (const text of ["0.001,0.0005@10,0.0003@5", "0.001@0", "2,0.1@5"]) {
      const { settings, problems } = read(`lr=${text}`);
      expect(settings).toEqual(DEFAULT_SETTINGS);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain(`lr=${text}, which was ignored`);
      expect(problems[0]).toMatch(
        /above 0 and not above 1, alone or followed by .+ at rising steps/,
      );
    }
  });

  test("a parameter that is not known is named, with the one that is meant", () => {
    expect(read("PRESET=dense").problems).toEqual([
      "The address says PRESET=dense, which was ignored: it is spelled “preset”.",
    ]);
    // It goes from the address as what is wrong goes; what is not ours stays.
    const written = writeSettings(DEFAULT_SETTINGS, new URLSearchParams("PRESET=dense&utm=x"));
    expect(written.toString()).toBe("utm=x");
    expect(read("epochs=3&epochs=4").problems[0]).toContain("epochs=3 and 4, which was ignored");
    expect(read("utm_source=x&fbclid=y").problems).toEqual([]);
  });

  test("many problems are told in one sentence, which names them all", () => {
    const query = ["seed=x", "batch=0", "lr=5", "hide=charts,lap", "Loss=hinge"];
    const { settings, problems } = read(query.join("&"));
    expect(settings).toEqual({ ...DEFAULT_SETTINGS, hide: "charts" });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(
      /^5 things .+: seed=x, batch=0, lr=5, hide=lap, Loss=hinge\. Choose/,
    );
  });

  test("a bad value does not take the good ones with it", () => {
    const { settings, problems } = read("seed=5&batch=many");
    expect(settings.seed).toBe(5);
    expect(problems).toHaveLength(1);
  });

  test("an endless value is cut short where it is named", () => {
    expect(read(`batch=${"9".repeat(5000)}`).problems[0].length).toBeLessThan(200);
  });

  test("holds what differs from the defaults, and keeps what is not ours", () => {
    const settings = { ...DEFAULT_SETTINGS, seed: 9, learningRate: 0.00001 };
    const written = writeSettings(settings, new URLSearchParams("utm=x&batch=12"));
    expect(written.toString()).toBe("utm=x&seed=9&lr=0.00001");
  });

  test("what is written is read again", () => {
    const { settings } = read("preset=mlp&seed=7&lr=1e-7&l1=0.25&device=webgpu&hidden=pause");
    expect(readSettings(writeSettings(settings, new URLSearchParams())).settings).toEqual(settings);
  });
});

describe("settings meet the tutorials", () => {
  test("an unknown tutorial is named with those that there are", () => {
    const { settings, problems } = fitSettings({ ...DEFAULT_SETTINGS, preset: "wgan" }, PRESETS);
    expect(settings.preset).toBeNull();
    expect(problems[0]).toContain("mlp, least-squares");
  });

  test("the first tutorial and its own values are the defaults", () => {
    const asked = {
      ...DEFAULT_SETTINGS,
      preset: "mlp",
      seed: 1,
      batchSize: 64,
      learningRate: 2e-4,
    };
    expect(fitSettings(asked, PRESETS)).toEqual({ settings: DEFAULT_SETTINGS, problems: [] });
  });

  test("λ is ignored where there is none, and named", () => {
    const { settings, problems } = fitSettings({ ...DEFAULT_SETTINGS, l1Weight: 3 }, PRESETS);
    expect(settings.l1Weight).toBeNull();
    expect(problems[0]).toContain("λ");
    const course = { l1Weight: 3, l1WeightChanges: "0@5" };
    expect(fitSettings({ ...DEFAULT_SETTINGS, ...course }, PRESETS).problems[0]).toContain(
      "l1=3,0@5,",
    );
  });

  test("λ is kept where there is one", () => {
    const asked = { ...DEFAULT_SETTINGS, preset: "least-squares", l1Weight: 3 };
    expect(fitSettings(asked, PRESETS)).toEqual({ settings: asked, problems: [] });
  });

  test("what is not set is the tutorial's", () => {
    expect(effectiveConfig({ ...DEFAULT_SETTINGS, seed: 3 }, leastSquares)).toEqual({
      ...leastSquares.config,
      seed: 3,
    });
    expect(effectiveConfig({ ...DEFAULT_SETTINGS, l1Weight: 3 }, mlp).l1Weight).toBeNull();
  });
});

describe("points in place of images", () => {
  test("their preset is in force, and the one for images is remembered", () => {
    const asked = {
      ...DEFAULT_SETTINGS,
      data: /** @type {const} */ ("moons"),
      preset: "least-squares",
    };
    const { settings, problems } = fitSettings(asked, PRESETS);
    expect(problems).toEqual([]);
    expect(presetOf(settings, PRESETS)).toBe(points);
    expect(presetOf({ ...settings, data: "mnist" }, PRESETS)).toBe(leastSquares);
  });

  test("asking for their preset asks for points", () => {
    const { settings } = fitSettings({ ...DEFAULT_SETTINGS, preset: "points" }, PRESETS);
    expect(settings).toEqual({ ...DEFAULT_SETTINGS, data: "ring" });
  });

  test("values that equal their preset's own are defaults", () => {
    const asked = { data: /** @type {const} */ ("ring"), learningRate: 1e-3, penalty: 1 };
    const { settings } = fitSettings({ ...DEFAULT_SETTINGS, ...asked }, PRESETS);
    expect(settings).toEqual({ ...DEFAULT_SETTINGS, data: "ring" });
  });

  test("only a folder's pictures are turned", () => {
    const turned = /** @type {const} */ ("yes");
    const folder = /** @type {const} */ ("data/letters");
    const fitted = (/** @type {import("../../www/page/settings.js").Settings["data"]} */ data) =>
      fitSettings({ ...DEFAULT_SETTINGS, data, turned }, PRESETS).settings.turned;
    expect(fitted(folder)).toBe("yes");
    expect(fitted("mnist")).toBeNull();
    const { problems } = fitSettings({ ...DEFAULT_SETTINGS, turned }, PRESETS);
    expect(problems[0]).toContain("turned=yes, which was ignored: it needs a folder");
    expect(readSettings(new URLSearchParams("data=a/b&turned=yes")).settings.turned).toBe("yes");
  });

  test("a drawing goes with drawn data, and with no others", () => {
    const drawn = { ...DEFAULT_SETTINGS, data: /** @type {const} */ ("drawn") };
    const { settings, problems } = fitSettings(drawn, PRESETS);
    expect(settings.data).toBe("mnist");
    expect(problems[0]).toContain("drawing");
    const whole = { ...drawn, drawing: DRAWING };
    expect(fitSettings(whole, PRESETS)).toEqual({ settings: whole, problems: [] });
    const beside = fitSettings({ ...whole, data: "line" }, PRESETS);
    expect(beside.settings.drawing).toBeNull();
    expect(beside.problems[0]).toContain("drawing=");
  });
});
