// Makes this machine ready to build: npm packages, the wasm target, wasm-bindgen's program;
// with --tests also wasm-pack and a browser. Does only what is missing, and builds nothing of ours.

import { main, say } from "./lib/proc.mjs";
import { offerWebKit, requireBrowser } from "./setup/browser.mjs";
import { requireNodeModules } from "./setup/npm.mjs";
import { requireLinters, requireRust, requireWasmTarget } from "./setup/rust.mjs";
import { requireWasmBindgen, requireWasmPack } from "./setup/tools.mjs";

export async function setUpBuild() {
  requireRust();
  await requireNodeModules();
  await requireWasmTarget();
  await requireWasmBindgen();
}

/** @returns the browser to test in */
export async function setUpTests() {
  requireRust();
  await requireLinters();
  const browser = await requireBrowser();
  await offerWebKit();
  await setUpBuild();
  await requireWasmPack();
  return browser;
}

await main(import.meta.url, async (args) => {
  await (args.includes("--tests") ? setUpTests() : setUpBuild());
  say("everything needed is here");
});
