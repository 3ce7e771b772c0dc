// `npm run check:keras`: runs the Keras code that the page writes, for every preset, plain and with every
// ingredient, in a Python of its own in the cache (TensorFlow is large, so `npm test` does without and only
// has the code parsed). tests/keras_step.py does the checking.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { kerasOf } from "../www/code/keras.js";
import { trainedCount } from "../www/code/layers.js";
import { rich } from "../tests/unit/rich.js";
import { environment, root, scratch } from "./lib/places.mjs";
import { Failure, main, run } from "./lib/proc.mjs";
import { neededPython } from "./lib/python.mjs";

/** @import { Recipe } from "../www/code/recipe.js" */

const PACKAGES = ["keras>=3.3,<4", "tensorflow-cpu>=2.16,<3"];

await main(import.meta.url, async () => {
  const program = await neededPython("keras", "Keras and TensorFlow", PACKAGES);
  const folder = scratch("keras");
  mkdirSync(folder, { recursive: true });
  const heads = JSON.parse(readFileSync(path.join(root, "tests/unit/recipes.json"), "utf8"));
  const expected = Object.entries(heads).flatMap(([id, head]) => {
    const small = /** @type {Recipe} */ ({ ...head.config, batch_size: 4 });
    return [
      { name: id, recipe: small },
      { name: `${id}-rich`, recipe: rich(small) },
    ].map(({ name, recipe }) => {
      writeFileSync(path.join(folder, `${name}.py`), kerasOf(recipe, head.networks, name));
      const { generator, discriminator } = head.networks;
      return { name, counts: [generator, discriminator].map(trainedCount) };
    });
  });
  writeFileSync(path.join(folder, "expected.json"), JSON.stringify(expected));
  const passed = await run(program, [path.join(root, "tests/keras_step.py"), folder], {
    env: { ...environment(), TF_CPP_MIN_LOG_LEVEL: "3" },
  });
  rmSync(folder, { recursive: true, force: true });
  if (!passed) throw new Failure("Keras did not take the code: its own words are above.");
});
