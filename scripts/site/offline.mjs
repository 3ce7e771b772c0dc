// A Vite plugin: when the site is written, lists its files and puts the list in front of
// www/service-worker.js, which becomes sw.js. Its version is a hash of all of them.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

import { fingerprint } from "../lib/files.mjs";

/**
 * Large, and of each only what the reader has used: programs, networks, and of the data all but the digits.
 * Who has measured nothing yet may want to measure.
 */
const LARGE = /\.wasm$|(?<!\/classifier)\.safetensors$|^www\/data\/(?!mnist\/)/;
/** Asked for by the version of them all (www/engine/site-files.js). */
const VERSIONED = /^www\/(data|models)\//;
/** Named by what is in it. */
const HASHED = /^assets\/.*-[\w-]{8}\.\w+$/;
/** Not part of any page. */
const LEFT_OUT = /(^|\/)(sw\.js|404\.html|og\.png|\.nojekyll)$/;

/** @returns {import("vite").Plugin} */
export function offline() {
  let out = "";
  let root = "";
  return {
    name: "webgan-offline",
    apply: "build",
    configResolved(config) {
      root = config.root;
      out = path.resolve(root, config.build.outDir);
    },
    closeBundle() {
      const all = readdirSync(out, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(out, path.join(entry.parentPath, entry.name)))
        .map((name) => name.split(path.sep).join("/"))
        .filter((name) => !LEFT_OUT.test(name))
        .sort();
      const filesVersion = process.env.VITE_FILES_VERSION;
      const isFixed = (/** @type {string} */ name) => VERSIONED.test(name) || HASHED.test(name);
      const address = (/** @type {string} */ name) => {
        if (VERSIONED.test(name)) return `${name}?v=${filesVersion}`;
        // A host serves its index under the folder's name.
        return name.replace(/^index\.html$/, "./");
      };
      const small = all.filter((name) => !LARGE.test(name));
      const site = {
        version: fingerprint(out, all).slice(0, 16),
        files: small.filter((name) => !isFixed(name)).map(address),
        fixed: small.filter(isFixed).map(address),
        large: all.filter((name) => LARGE.test(name)).map(address),
      };
      const body = readFileSync(path.join(root, "www/service-worker.js"), "utf8");
      writeFileSync(path.join(out, "sw.js"), `self.SITE = ${JSON.stringify(site)};\n${body}`);
    },
  };
}
