// `npm run check:torch`: runs the PyTorch code that the page writes, for every preset, plain and with every
// ingredient, in a Python of its own in the cache (PyTorch is large, so `npm test` does without and only has the
// code parsed): it draws the pixels of exported generators and takes steps. tests/torch_step.py does the checking.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { trainedCount } from "../www/code/layers.js";
import { augmentation } from "../www/code/torch-augment.js";
import { torchOf } from "../www/code/torch.js";
import { rich } from "../tests/unit/rich.js";
import { environment, root, scratch, targetDir } from "./lib/places.mjs";
import { Failure, main, run } from "./lib/proc.mjs";
import { neededPython } from "./lib/python.mjs";

/** @import { Recipe } from "../www/code/recipe.js" */

const PACKAGES = ["torch>=2.4,<3", "numpy>=1.24,<3", "safetensors>=0.4,<1"];
const FEATURES = ["--no-default-features", "--features", "cli,remote"];

/**
 * Each of a run's changes of pictures alone, for small pictures in colours.
 * @param {string} folder
 * @param {Recipe} recipe
 */
function writeChanges(folder, recipe) {
  const [picture, moves, zoom] = [{ height: 8, width: 6, channels: 3 }, 2, 0.25];
  const each = {
    moved: { translation: moves, mirror: true },
    scaled: { mirror: true, zoom },
    coloured: { colour: true },
    cut: { cutout: 0.5 },
  };
  for (const [name, change] of Object.entries(each)) {
    const code = augmentation({ ...recipe, ...change }, picture);
    writeFileSync(path.join(folder, `${name}.py`), code);
  }
  return { ...picture, moves, zoom };
}

await main(import.meta.url, async () => {
  const program = await neededPython("torch", "PyTorch", PACKAGES);
  const env = environment();
  // It leaves generators and what they draw.
  if (!(await run("cargo", ["test", ...FEATURES, "--test", "export"], { cwd: root, env }))) {
    throw new Failure("generators cannot be exported: cargo says why above.");
  }
  const folder = scratch("torch");
  mkdirSync(folder, { recursive: true });
  const heads = JSON.parse(readFileSync(path.join(root, "tests/unit/recipes.json"), "utf8"));
  const programs = Object.entries(heads).flatMap(([id, head]) => {
    const small = /** @type {Recipe} */ ({ ...head.config, batch_size: 4 });
    return [
      { name: id, recipe: small },
      { name: `${id}-rich`, recipe: rich(small) },
    ].map(({ name, recipe }) => {
      writeFileSync(path.join(folder, `${name}.py`), torchOf(recipe, head.networks, name));
      const { generator, discriminator } = head.networks;
      return { name, preset: id, counts: [generator, discriminator].map(trainedCount) };
    });
  });
  const changes = writeChanges(folder, heads.modern.config);
  writeFileSync(path.join(folder, "expected.json"), JSON.stringify({ programs, changes }));
  const exported = path.join(targetDir, "tmp", "export");
  const checks = path.join(root, "tests/torch_step.py");
  const passed = await run(program, [checks, folder, exported], { env });
  rmSync(folder, { recursive: true, force: true });
  if (!passed) throw new Failure("PyTorch did not take the code: its own words are above.");
});
