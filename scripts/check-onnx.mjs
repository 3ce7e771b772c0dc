// `npm run check:onnx`: generators as other programs get them, ONNX models and pages, held against what the program
// draws, for every preset: new, and as shipped. Python does the models (tests/export_onnx.py, in an environment of
// its own in the cache), Chromium the pages, opened from disk.

import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

import { chromium } from "@playwright/test";

import { environment, root, targetDir } from "./lib/places.mjs";
import { Failure, main, run } from "./lib/proc.mjs";
import { neededPython } from "./lib/python.mjs";
import { requireChrome } from "./setup/browser.mjs";

const PACKAGES = [
  ...["numpy>=1.24,<3", "onnx>=1.16,<2", "onnxruntime>=1.18,<2", "safetensors>=0.4,<1"],
];
const FEATURES = ["--no-default-features", "--features", "cli,remote"];
/** Of pixels in [-1, 1], on average: weights are rounded. */
const TOLERANCE = 0.02;

/**
 * The tensors of a safetensors file of 32 bits, as rows.
 * @param {string} file
 * @returns {Record<string, number[][]>}
 */
function tensors(file) {
  const bytes = readFileSync(file);
  const length = Number(bytes.readBigUInt64LE(0));
  const head = JSON.parse(bytes.toString("utf8", 8, 8 + length));
  delete head.__metadata__;
  return Object.fromEntries(
    Object.entries(head).map(([name, { shape, data_offsets }]) => {
      const at = (/** @type {number} */ i) =>
        bytes.readFloatLE(8 + length + data_offsets[0] + 4 * i);
      const [rows, width] = shape;
      const row = (/** @type {number} */ r) =>
        Array.from({ length: width }, (_, i) => at(r * width + i));
      return [name, Array.from({ length: rows }, (_, r) => row(r))];
    }),
  );
}

/** @param {string} folder */
async function checkPages(folder) {
  await requireChrome();
  const browser = await chromium.launch({ executablePath: process.env.CHROME });
  try {
    for (const name of readdirSync(folder).filter((name) => name.endsWith(".html"))) {
      const file = path.join(folder, name);
      const page = await browser.newPage();
      /** @type {string[]} */
      const wrong = [];
      page.on("pageerror", (error) => wrong.push(String(error)));
      page.on("request", (request) => {
        if (request.url().startsWith("http")) wrong.push(request.url());
      });
      await page.goto(pathToFileURL(file).href);
      await page.waitForFunction(() => "generate" in globalThis);
      const io = tensors(file.replace(/html$/, "io.safetensors"));
      const classes = io.classes?.map((row) => row.indexOf(1));
      const found = await page.evaluate(
        ({ latents, classes }) =>
          latents.map((latent, i) =>
            // @ts-ignore the page's own
            Array.from(globalThis.generate(latent, classes?.[i])),
          ),
        { latents: io.latents, classes },
      );
      const errors = found.flatMap((row, r) => row.map((x, i) => Math.abs(x - io.pixels[r][i])));
      errors.sort((a, b) => a - b);
      const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
      const of255 = [mean, errors[Math.floor(0.99 * errors.length)]].map((x) =>
        (127.5 * x).toFixed(1),
      );
      const size = (statSync(file).size / 1e6).toFixed(2);
      console.log(
        `${path.basename(folder)}/${name}: ${size} MB, pixels off by ${of255[0]} of 255 on average, 99 % by less than ${of255[1]}`,
      );
      if (wrong.length > 0) throw new Failure(`${name}: ${wrong.join(", ")}`);
      if (!(mean <= TOLERANCE)) throw new Failure(`${name}: its pixels are others.`);
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

await main(import.meta.url, async () => {
  const python = await neededPython("onnx", "ONNX and its runtime", PACKAGES);
  const env = environment();
  if (!(await run("cargo", ["test", ...FEATURES, "--test", "export"], { cwd: root, env }))) {
    throw new Failure("generators cannot be exported: cargo says why above.");
  }
  const folders = ["export", "shipped"].map((name) => path.join(targetDir, "tmp", name));
  if (!(await run(python, [path.join(root, "tests/export_onnx.py"), ...folders], { env }))) {
    throw new Failure("ONNX did not take the models: its own words are above.");
  }
  for (const folder of folders) await checkPages(folder);
});
