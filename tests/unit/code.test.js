// The code that the page writes, for every preset, held against what its checkpoint holds. recipes.json
// is the head of each preset's checkpoint; presets.spec.js finds the same in the built page.

import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { kerasOf } from "../../www/code/keras.js";
import { areWritten, shownOf, tensorsOf } from "../../www/code/layers.js";
import { inForce, leftOut } from "../../www/code/recipe.js";
import { rustOf } from "../../www/code/rust.js";
import { torchOf } from "../../www/code/torch.js";
import heads from "./recipes.json";
import { rich } from "./rich.js";

/** @import { Recipe } from "../../www/code/recipe.js" */
/** @import { Network, Networks } from "../../www/code/layers.js" */

const HEADS =
  /** @type {[string, { config: Recipe, networks: Networks, generator: Record<string, number[]>, discriminator: Record<string, number[]> }][]} */ (
    /** @type {unknown} */ (Object.entries(heads))
  );
const { config: MLP, networks: DENSE } = headOf("mlp");
const { config: POINTS, networks: OF_POINTS } = headOf("points");
const { config: LEAST_SQUARES } = headOf("least-squares");

/** @param {string} wanted */
function headOf(wanted) {
  return HEADS.filter(([id]) => id === wanted)[0][1];
}

/** Of which there is code in every language. */
const CHAINS = HEADS.filter(([, { networks }]) => areWritten(networks));

/** In every language. @param {Parameters<typeof rustOf>} args */
const all = (...args) => [rustOf(...args), kerasOf(...args), torchOf(...args)];

/** A kernel may stand either way round. @param {number[]} size */
const written = (size) => size.toSorted((a, b) => a - b).join("×");

/** @param {string[]} programs */
function parsed(programs) {
  const script =
    "import ast, json, sys\nfor text in json.load(sys.stdin): compile(text, 'code', 'exec', ast.PyCF_ONLY_AST)\nprint('parsed')";
  return execFileSync("python3", ["-c", script], { input: JSON.stringify(programs) }).toString();
}

function hasPython() {
  try {
    execFileSync("python3", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe.each(HEADS)("%s", (id, { config, networks, ...tensors }) => {
  const each = /** @type {const} */ (["generator", "discriminator"]);

  test("its layers have the tensors of its checkpoint", () => {
    for (const name of each) {
      const own = networks[name].layers
        .map(tensorsOf)
        .flatMap(({ trained, kept }) => [...trained, ...kept]);
      const real = Object.values(tensors[name]);
      expect(own.map(written).sort()).toEqual(real.map(written).sort());
    }
  });

  test("its layers' places are those of its checkpoint's tensors", () => {
    for (const name of each) {
      const places = networks[name].layers.flatMap(({ place }) => (place ? [place.module] : []));
      const real = Object.keys(tensors[name]).map((tensor) => tensor.replace(/\.\w+$/, ""));
      // Estimates of singular values are of no layer's weights.
      const own = real.filter((module) => !/(^|[._])norm$/.test(module) || places.includes(module));
      expect(new Set(places)).toEqual(new Set(own));
      const torch = torchOf(config, networks, id);
      for (const place of places) expect(torch).toContain(`: "${place}",`);
    }
  });

  test("each layer takes what the one before it gives", () => {
    for (const name of each) expect(widths(networks[name])).toBe("fits");
  });

  test("all languages name its settings", () => {
    const isChain = areWritten(networks);
    const codes = isChain ? all(config, networks, id) : [torchOf(config, networks, id)];
    for (const code of codes) {
      expect(code).toMatch(new RegExp(`\\bBATCH(: usize)? = ${config.batch_size}\\b`));
      expect(code).toMatch(new RegExp(`LEARNING_RATE(: f64)? = ${config.learning_rate}\\b`));
      expect(code).not.toMatch(/undefined|null|NaN|\[object/);
    }
    if (!isChain) return;
    const [rust, keras, torch] = codes;
    const count = (/** @type {RegExp} */ pattern, /** @type {string} */ text) =>
      text.match(pattern)?.length ?? 0;
    for (const [inRust, inKeras, inTorch] of [
      [/LinearConfig::new/g, /layers\.Dense\(/g, /nn\.Linear\(/g],
      [/BatchNormConfig::new/g, /layers\.BatchNorm/g, /nn\.BatchNorm\dd\(\d/g],
      [/ Conv2dConfig::new/g, /layers\.Conv2D\(/g, /nn\.Conv2d\(/g],
      [/ ConvTranspose2dConfig::new/g, /Conv2DTranspose/g, /nn\.ConvTranspose2d\(/g],
    ]) {
      expect(count(inKeras, keras)).toBe(count(inRust, rust));
      expect(count(inTorch, torch)).toBe(count(inRust, rust));
    }
  });
});

test.runIf(hasPython())(
  "Python can read the code of all presets, plain and with every ingredient",
  () => {
    const both = (/** @type {typeof torchOf} */ write, /** @type {typeof HEADS} */ heads) =>
      heads.flatMap(([id, { config, networks }]) =>
        [config, rich(config)].map((recipe) => write(recipe, networks, id)),
      );
    const programs = [...both(kerasOf, CHAINS), ...both(torchOf, HEADS)];
    expect(parsed(programs)).toContain("parsed");
  },
);

test("brackets of the Rust code close", () => {
  for (const [id, { config, networks }] of CHAINS) {
    for (const code of [rustOf(config, networks, id), rustOf(rich(config), networks, id)]) {
      const text = code.replace(/\/\/.*/g, "").replace(/"[^"]*"/g, "");
      for (const [open, close] of ["()", "[]", "{}"]) {
        expect(text.split(open).length, `${open} in ${id}`).toBe(text.split(close).length);
      }
    }
  }
});

test("what the user changed is in all", () => {
  const [rust, keras, torch] = all(rich(MLP), DENSE, "x");
  for (const code of [rust, keras, torch]) {
    for (const number of ["0.25", "3", "0.2", "0.75", "0.125", "0.95", "77"])
      expect(code).toContain(number);
    expect(code).toMatch(/DISCRIMINATOR_STEPS(: usize)? = 3/);
    expect(code).toMatch(/DISCRIMINATOR_RATE(: f64)? = 0\.5/);
  }
  expect(rust).toContain("RmsPropConfig::new()");
  expect(keras).toContain("keras.optimizers.RMSprop");
  expect(torch).toContain("torch.optim.RMSprop");
  const plain = all(MLP, DENSE, "x");
  for (const code of plain) {
    expect(code).not.toMatch(/steepness|clip|Clip|average|DISCRIMINATOR_STEPS|DISCRIMINATOR_RATE/);
  }
});

test.each([
  [
    "non-saturating",
    "-activation::log_sigmoid(fake)",
    "-ops.log_sigmoid(fake)",
    "(-F.logsigmoid(fake)).mean()",
  ],
  [
    "minimax",
    "= activation::log_sigmoid(-fake)",
    "ops.mean(ops.log_sigmoid(-fake))",
    "(F.logsigmoid(-fake)).mean()",
  ],
  [
    "least-squares",
    "((real - 1.0).square() + fake.square()) * 0.5",
    "(ops.square(real - 1) + ops.square(fake)) * 0.5",
    "(torch.square(real - 1) + torch.square(fake)) * 0.5",
  ],
  [
    "hinge",
    "activation::relu(-real + 1.0) + activation::relu(fake + 1.0)",
    "ops.relu(-real + 1) + ops.relu(fake + 1)",
    "F.relu(-real + 1) + F.relu(fake + 1)",
  ],
  ["wasserstein", "fake - real;", "loss = fake - real", "loss = fake - real"],
  [
    "relativistic",
    "-activation::log_sigmoid(real - fake)",
    "-ops.log_sigmoid(real - fake)",
    "-F.logsigmoid(real - fake)",
  ],
])("the loss %s is the same in all", (objective, rust, keras, torch) => {
  const recipe = { ...MLP, objective: /** @type {Recipe["objective"]} */ (objective) };
  expect(rustOf(recipe, DENSE, "x")).toContain(rust);
  expect(kerasOf(recipe, DENSE, "x")).toContain(keras);
  expect(torchOf(recipe, DENSE, "x")).toContain(torch);
});

test("live settings replace those that the run started with", () => {
  const config = /** @type {never} */ ({ learningRate: 0.5, l1Weight: 7 });
  expect(inForce(LEAST_SQUARES, config)).toEqual({
    ...LEAST_SQUARES,
    learning_rate: 0.5,
    l1_weight: 7,
  });
});

test("what no preset has is named where it is left out", () => {
  expect(leftOut(POINTS, OF_POINTS)).toEqual([]);
  const odd = { ...POINTS, label_smoothing: 0.1, gradient_clip: 2 };
  const { layers } = OF_POINTS.discriminator;
  const last = layers[layers.length - 1];
  if (last.kind !== "dense") throw new Error(last.kind);
  /** @type {Networks} */
  const networks = {
    ...OF_POINTS,
    discriminator: {
      ...OF_POINTS.discriminator,
      layers: [
        ...layers.slice(0, -1),
        { kind: "minibatch-deviation", shape: [], parameters: 0, multiplications: 0 },
        { ...last, input: last.input + 1 },
      ],
    },
  };
  expect(shownOf(networks.discriminator)).toEqual(OF_POINTS.discriminator);
  for (const code of all(odd, networks, "x")) {
    expect(code).toContain("Left out here: label smoothing 0.1.");
    expect(code).toContain("Left out here: minibatch standard deviation.");
    expect(code).toContain("Left out here: gradients clipped at 2.");
  }
});

test("how the run changes its pictures is in PyTorch's code, and named in the others", () => {
  const changed = { translation: 3, mirror: true, zoom: 0.25, colour: true, cutout: 0.3 };
  const [rust, keras, torch] = all({ ...MLP, ...changed }, DENSE, "x");
  for (const code of [rust, keras]) {
    expect(code).toContain("Left out here: colours changed at random (DiffAugment).");
    expect(code).toContain("Left out here: translation by up to 3 pixels (DiffAugment).");
    expect(code).toContain("Left out here: pictures mirrored at random.");
    expect(code).toContain("Left out here: pictures scaled at random, by up to 0.25.");
    expect(code).toContain("Left out here: cutout of 0.3 of each side (DiffAugment).");
  }
  expect(torch).not.toContain("Left out");
  // Of what either network learns from.
  expect(torch.match(/ = augment\(/g)).toHaveLength(2);
  for (const part of ["- 0.5", "* 7).long() - 3 - 13.5) / scale", "27 - across", "< 4.2"])
    expect(torch).toContain(part);
  expect(torchOf(MLP, DENSE, "x")).not.toContain("augment");
});

test("of pairs PyTorch's code judges what was given beside what was made, and moves both as one", () => {
  const { config, networks } = headOf("pix2pix");
  const torch = torchOf(config, networks, "x");
  expect(torch).not.toMatch(/LATENT|latents|Left out|augment/);
  expect(
    torch.match(/torch\.cat\(\[beside\(inputs, real\), beside\(inputs, fake\)\]\)/g),
  ).toHaveLength(2);
  expect(torch).toContain("truth, given = jitter(real, inputs)");
  expect(torch).toContain("loss = loss + 100 * l1");
  // Where sides are even nothing is cut off; 28 pixels are halved to 14, 7 and 4.
  expect(torch).not.toContain("Crop");
  const of28 = networks.generator.layers.map((layer) =>
    layer.kind === "reshape"
      ? { ...layer, side: 28 }
      : layer.kind === "crop" && layer.side === 4
        ? { ...layer, side: 7 }
        : layer,
  );
  expect(
    torchOf({ ...config, mirror: false, translation: null, zoom: null }, networks, "x"),
  ).not.toContain("jitter");
  const wide = { ...networks, generator: { ...networks.generator, layers: of28 } };
  expect(torchOf(config, wide, "x")).toContain("Crop(7)");
  for (const write of [rustOf, kerasOf])
    expect(() => write(config, networks, "x")).toThrow("no code");
});

test("what changes while the run goes on is named", () => {
  const changes = [{ step: 67, setting: "learning-rate", value: 0.001 }];
  for (const code of all({ ...MLP, changes }, DENSE, "x"))
    expect(code).toContain("Left out here: learning rate 0.001 from step 67 on.");
});

test("rows of pictures are told by size, and those in colours by the order of their numbers", () => {
  const greys = "[BATCH, 784], pictures of 28×28, in [-1, 1]";
  for (const code of all(MLP, DENSE, "x")) expect(code.replaceAll("`", "")).toContain(greys);
  const shape = { height: 32, width: 32, channels: 3 };
  const recipe = { ...MLP, discriminator: { ...MLP.discriminator, shape } };
  const [rust, keras, torch] = all(recipe, DENSE, "x");
  for (const code of [rust, torch])
    expect(code).toContain("pictures of 32×32 in 3 channels, channel by channel, in [-1, 1]");
  expect(keras).toContain("pictures of 32×32 in 3 channels, pixel by pixel, in [-1, 1]");
  for (const code of all(POINTS, OF_POINTS, "x")) expect(code).not.toContain("pictures");
});

test("PyTorch takes a run with its running mean, where it draws from one", () => {
  const { config, networks } = headOf("modern");
  expect(torchOf(config, networks, "x")).toContain('put(average, GENERATOR, file, "average."');
  expect(torchOf(MLP, DENSE, "x")).not.toContain("average");
});

/**
 * @param {Network} network
 * @returns {string} what does not fit, if anything
 */
function widths({ input, output, classes, joinsClasses, layers }) {
  let width = input + (joinsClasses ? classes : 0);
  let [channels, side] = [0, 0];
  for (const layer of layers) {
    switch (layer.kind) {
      case "dense":
        if (side !== 0 || layer.input !== width) return `dense ${layer.input} after ${width}`;
        width = layer.output;
        break;
      case "reshape":
        if (layer.channels * layer.side ** 2 !== width) return `image after ${width}`;
        [channels, side] = [layer.channels, layer.side];
        break;
      case "conv":
        if (layer.input !== channels) return `conv ${layer.input} after ${channels}`;
        channels = layer.output;
        side =
          Math.floor((side + layer.padding[0] + layer.padding[1] - layer.kernel) / layer.stride) +
          1;
        break;
      case "conv-transpose":
        if (layer.input !== channels) return `up ${layer.input} after ${channels}`;
        [channels, side] = [layer.output, 2 * side];
        break;
      case "crop":
        side = layer.side;
        break;
      case "skip":
        channels += layer.channels;
        break;
      case "mean":
        [width, side] = [1, 0];
        break;
      case "upsample":
        side *= 2;
        break;
      case "batch-norm":
        if (layer.features !== (side === 0 ? width : channels)) return `norm ${layer.features}`;
        break;
      case "flatten":
        [width, channels, side] = [channels * side ** 2, 0, 0];
        break;
      case "projection":
        if (width !== 1 + layer.classes) return `projection of ${width}`;
        width = 1;
        break;
    }
  }
  return side === 0 && width === output ? "fits" : `${width} at the end`;
}
