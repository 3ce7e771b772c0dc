// Runs the kit's parts on the machine at hand and prints one table; results.json has every line. A
// part that cannot run says why in its row. Nothing is installed.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

import { report } from "./report.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = process.env.OUT ?? process.cwd();
const NETWORKS = ["mlp", "dcgan", "modern"];
/** Milliseconds for a part; a software GPU needs minutes. */
const PATIENCE = 1000 * Number(process.env.PATIENCE ?? 150);
/** A quick run takes short rounds. */
const quick = process.argv.includes("--quick");
const rounds = ["--rounds", quick ? "1" : "5"];
const seconds = ["--seconds", quick ? "0.2" : "1"];

/** @type {import("./report.mjs").Line[]} */
const lines = [];
const python = ["python3", "python"].find(
  (name) => spawnSync(name, ["-c", "import torch"]).status === 0,
);
const data = ["--data", path.join(here, "data")];
/** @type {Array<[part: string, program: string, args: string[]]>} */
const parts = [
  [
    "native CPU",
    path.join(here, "webgan"),
    ["bench", "--device", "cpu", ...data, ...rounds, ...seconds],
  ],
  [
    "native Vulkan",
    path.join(here, "webgan"),
    ["bench", "--device", "vulkan", ...data, ...rounds, ...seconds],
  ],
  ["WebGPU (Dawn)", process.execPath, [path.join(here, "dawn.mjs"), ...(quick ? ["--quick"] : [])]],
];
if (python) parts.push(["PyTorch", python, [path.join(here, "pytorch.py"), ...rounds, ...seconds]]);

for (const [part, program, args] of parts) {
  const from = performance.now();
  console.error(`── ${part}`);
  const { printed, problem } = await run(program, args);
  const found = printed.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  lines.push(...found.map((line) => ({ part, ...line })));
  for (const preset of problem ? NETWORKS : []) {
    if (!found.some((line) => line.preset === preset))
      lines.push({ part, preset, cannot: problem });
  }
  console.error(`   ${((performance.now() - from) / 1000).toFixed(0)} s`);
}
if (!python)
  for (const preset of NETWORKS)
    lines.push({ part: "PyTorch", preset, cannot: "not installed here" });

const gpu = gpuNames();
lines.sort((a, b) => NETWORKS.indexOf(a.preset) - NETWORKS.indexOf(b.preset));
const file = path.join(out, "results.json");
writeFileSync(file, `${JSON.stringify({ date: new Date().toISOString(), gpu, lines }, null, 1)}\n`);
console.log(`\nGPU: ${gpu.join("; ") || "unknown"}\n\n${report(lines)}\n\nall of it: ${file}`);
process.exitCode = existsSync(file) && lines.some(({ stepMs }) => stepMs !== undefined) ? 0 : 1;

/** What the parts say of their devices. */
function gpuNames() {
  return [
    ...new Set(lines.map(({ device }) => device ?? "").filter((name) => name && name !== "CPU")),
  ];
}

/**
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<{ printed: string[], problem: string }>}
 */
function run(program, args) {
  return new Promise((resolve) => {
    let printed = "";
    let said = "";
    const child = spawn(program, args, { cwd: here, stdio: ["ignore", "pipe", "pipe"] });
    const late = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
    child.stdout.on("data", (bytes) => (printed += bytes));
    child.stderr.on("data", (bytes) => {
      said += bytes;
      process.stderr.write(bytes);
    });
    const settle = (/** @type {string} */ problem) => {
      clearTimeout(late);
      resolve({ printed: printed.split("\n"), problem });
    };
    child.on("error", (error) => settle(error.message));
    child.on("close", (code, signal) => {
      const last = said.trim().split("\n").at(-1) || `it ended with ${code ?? signal}`;
      settle(code === 0 ? "" : signal === "SIGKILL" ? `not done after ${PATIENCE / 1000} s` : last);
    });
  });
}
