// The folder for what cargo builds, which all checkouts share so that a fresh clone need not compile
// the dependencies again. Knows nothing of what is built.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";

import { writeWhole } from "./files.mjs";

/**
 * To be called before cargo is. Cargo takes two checkouts of a crate for the same one, and looks at
 * the files' times alone: what another checkout compiled after this one's files were written would
 * count as fresh. So where another one was here last, cargo forgets what it built of `crate`.
 * @param {string} target the folder
 * @param {string} root the checkout
 * @param {string} crate
 */
export function ownTarget(target, root, crate) {
  const stamp = path.join(target, `.${crate}-checkout`);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === root) return;
  mkdirSync(target, { recursive: true });
  for (const profile of profiles(target)) {
    const folder = path.join(profile, ".fingerprint");
    for (const name of readdirSync(folder)) {
      if (name.startsWith(`${crate}-`)) rmSync(path.join(folder, name), { recursive: true });
    }
  }
  writeWhole(stamp, root);
}

/**
 * `debug` and `release`, for this machine and for every other target.
 * @param {string} target
 */
function profiles(target) {
  const below = (/** @type {string} */ folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => path.join(folder, name));
  const first = below(target);
  return [...first, ...first.flatMap(below)].filter((folder) =>
    existsSync(path.join(folder, ".fingerprint")),
  );
}
