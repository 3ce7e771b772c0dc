// Runs tests/export_forward.py in a Python of its own, in the cache: exported generators, drawn with
// NumPy. Where there is no Python 3 with venv and pip it says so and checks nothing.

import { existsSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

import { cache, environment, root, targetDir } from "./lib/places.mjs";
import { capture, Failure, run, say } from "./lib/proc.mjs";

const PACKAGES = ["numpy>=1.24,<3", "safetensors>=0.4,<1"];

/** @returns {Promise<boolean>} */
export async function checkExports() {
  const folder = path.join(cache, "python");
  const bin = process.platform === "win32" ? "Scripts" : "bin";
  const python = path.join(folder, bin, "python");
  const stamp = path.join(folder, ".packages");
  const env = environment();
  if (!existsSync(stamp)) {
    const found = ["python3", "python"].find(
      (name) =>
        capture(name, ["-c", "import sys; assert sys.version_info >= (3, 9)"], { env }).status ===
        0,
    );
    rmSync(folder, { recursive: true, force: true });
    if (!found || capture(found, ["-m", "venv", folder], { env }).status !== 0) {
      say("there is no Python 3 with venv: exported generators are not drawn with NumPy");
      return true;
    }
    say("installing NumPy and safetensors for Python, in the cache");
    const args = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...PACKAGES];
    if (!(await run(python, args, { env }))) {
      throw new Failure(
        "pip did not install NumPy and safetensors: is the package index reachable?",
      );
    }
    writeFileSync(stamp, PACKAGES.join("\n"));
  }
  const files = path.join(targetDir, "tmp", "export");
  return run(python, [path.join(root, "tests/export_forward.py"), files], { env });
}
