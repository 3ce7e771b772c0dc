// `npm run gpu-kit`: one folder, gpu-kit/, to be copied to a bare Linux machine with a GPU and run there
// by `./run`: the native program on Vulkan, the browser's program in Node with Chromium's WebGPU beside
// jax-js and TF.js, and PyTorch where the machine has it. For x86-64; the machine needs a Vulkan driver.

import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import process from "node:process";
import { gzipSync } from "node:zlib";

import { folder as bench, requirePeers } from "../bench/lib/install.mjs";
import { asIdx, IMAGE_COUNT, makeImages } from "../bench/page/images.js";
import { fingerprint } from "./lib/files.mjs";
import { cache, environment, root, scratch, targetDir } from "./lib/places.mjs";
import { capture, Failure, main, run, say } from "./lib/proc.mjs";
import { ownTarget } from "./lib/target.mjs";
import { setUpBuild } from "./setup.mjs";
import { buildWasm } from "./wasm.mjs";

const KIT = path.join(root, "gpu-kit");
const MOST_BYTES = 60e6;

/** Unpacks beside itself, once, and runs. Only what a bare machine has. */
const RUN = `#!/bin/sh
# Times WebGAN on this machine's GPU; results.json lies where it was started, or in $OUT.
set -e
here=$(cd "$(dirname "$0")" && pwd)
to=\${WEBGAN_KIT:-/tmp/webgan-gpu-kit}
rm -rf "$to" && mkdir -p "$to"
if command -v xz >/dev/null; then tar -xJf "$here/kit.tar.xz" -C "$to"
else python3 -c "import sys, tarfile; tarfile.open(sys.argv[1]).extractall(sys.argv[2])" "$here/kit.tar.xz" "$to"
fi
exec "$to/node" "$to/kit.mjs" "$@"
`;

await main(import.meta.url, async () => {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Failure("the kit is made on Linux on x86-64, for machines of the same kind.");
  }
  if (capture("xz", ["--version"]).status !== 0) throw new Failure("the program `xz` is missing.");
  await setUpBuild();
  await requirePeers();
  await buildWasm();
  const folder = scratch("gpu-kit");
  try {
    await compile(path.join(folder, "webgan"));
    await bundle(folder);
    makeData(path.join(folder, "data"));
    copyFileSync(path.join(bench, "native", "pytorch.py"), path.join(folder, "pytorch.py"));
    copyDawn(folder);
    copyStripped(process.execPath, path.join(folder, "node"));
    pack(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/**
 * The command line, for Vulkan.
 * @param {string} to
 */
async function compile(to) {
  say("compiling the command line for Vulkan (minutes, the first time)");
  ownTarget(targetDir, root, "webgan");
  const features = ["--no-default-features", "--features", "cli,vulkan"];
  const args = ["build", "--profile", "native", "--bin", "webgan", ...features];
  if (!(await run("cargo", args, { cwd: root, env: environment() }))) {
    throw new Failure("the command line does not compile for Vulkan: cargo says why above.");
  }
  copyStripped(path.join(targetDir, "native", "webgan"), to);
}

/**
 * What Node runs, and the program beside it.
 * @param {string} folder
 */
async function bundle(folder) {
  const { build } = await import("vite");
  await build({
    configFile: false,
    root: bench,
    logLevel: "warn",
    ssr: { noExternal: true, external: ["webgpu"] },
    build: {
      ssr: true,
      target: "node20",
      outDir: folder,
      emptyOutDir: false,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: {
          dawn: path.join(bench, "kit", "dawn.mjs"),
          kit: path.join(bench, "kit", "kit.mjs"),
        },
        output: { entryFileNames: "[name].mjs", chunkFileNames: "parts/[name].mjs" },
      },
    },
  });
  // Its JavaScript, now among the parts, looks for it beside itself.
  copyFileSync(
    path.join(root, "www/pkg/webgpu/webgan_bg.wasm"),
    path.join(folder, "parts/webgan_bg.wasm"),
  );
}

/**
 * The benchmark's images as a data set: what they show does not matter.
 * @param {string} folder
 */
function makeData(folder) {
  mkdirSync(folder);
  const labels = Buffer.alloc(8 + IMAGE_COUNT);
  labels.writeUInt32BE(0x801, 0);
  labels.writeUInt32BE(IMAGE_COUNT, 4);
  for (let index = 0; index < IMAGE_COUNT; index += 1) labels[8 + index] = index % 10;
  for (const split of ["train", "t10k"]) {
    writeFileSync(
      path.join(folder, `${split}-images-idx3-ubyte.gz`),
      gzipSync(asIdx(makeImages())),
    );
    writeFileSync(path.join(folder, `${split}-labels-idx1-ubyte.gz`), gzipSync(labels));
  }
}

/**
 * Chromium's WebGPU for Node.
 * @param {string} folder
 */
function copyDawn(folder) {
  const from = path.join(bench, "node_modules", "webgpu");
  const to = path.join(folder, "node_modules", "webgpu");
  mkdirSync(path.join(to, "dist"), { recursive: true });
  for (const name of ["package.json", "index.js"]) {
    copyFileSync(path.join(from, name), path.join(to, name));
  }
  cpSync(path.join(from, "dist", "linux-x64"), path.join(to, "dist", "linux-x64"), {
    recursive: true,
  });
}

/**
 * @param {string} from
 * @param {string} to
 */
function copyStripped(from, to) {
  copyFileSync(from, to);
  chmodSync(to, 0o755);
  capture("strip", [to]);
}

/** @param {string} folder */
function pack(folder) {
  say("packing (a minute or two)");
  const wanted = fingerprint(folder, readdirSync(folder).sort());
  const packed = path.join(cache, "gpu-kit", `${wanted}.tar.xz`);
  if (!existsSync(packed)) {
    rmSync(path.dirname(packed), { recursive: true, force: true });
    mkdirSync(path.dirname(packed), { recursive: true });
    const half = `${packed}.part`;
    const args = ["-C", folder, "--use-compress-program=xz -6 -T0", "-cf", half, "."];
    if (spawnSync("tar", args, { stdio: "inherit" }).status !== 0) {
      throw new Failure("the kit could not be packed: tar says why above.");
    }
    renameSync(half, packed);
  }
  rmSync(KIT, { recursive: true, force: true });
  mkdirSync(KIT);
  copyFileSync(packed, path.join(KIT, "kit.tar.xz"));
  writeFileSync(path.join(KIT, "run"), RUN, { mode: 0o755 });
  const { size } = statSync(path.join(KIT, "kit.tar.xz"));
  if (size > MOST_BYTES) {
    throw new Failure(`the kit has ${(size / 1e6).toFixed(0)} MB, more than ${MOST_BYTES / 1e6}.`);
  }
  say(
    `the kit is in gpu-kit/ (${(size / 1e6).toFixed(0)} MB): copy it to the machine, and ./run there`,
  );
}
