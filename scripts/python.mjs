// Runs tests/export_forward.py in a Python of its own, in the cache: exported generators, drawn with
// NumPy. Where there is no Python 3 with venv and pip it says so and checks nothing.

import path from "node:path";

import { environment, root, targetDir } from "./lib/places.mjs";
import { run, say } from "./lib/proc.mjs";
import { pythonWith } from "./lib/python.mjs";

const PACKAGES = ["numpy>=1.24,<3", "safetensors>=0.4,<1"];

/** @returns {Promise<boolean>} */
export async function checkExports() {
  const python = await pythonWith("python", "NumPy and safetensors", PACKAGES);
  if (python === undefined) {
    say("there is no Python 3 with venv: exported generators are not drawn with NumPy");
    return true;
  }
  const files = path.join(targetDir, "tmp", "export");
  const env = environment();
  return run(python, [path.join(root, "tests/export_forward.py"), files], { env });
}
