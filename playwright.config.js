// End-to-end tests: the installed Chromium against the built site in dist/ (`npm run build` first).
// CHROME names the browser where it is not in the PATH.

import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";
import process from "node:process";
import { defineConfig } from "@playwright/test";

/** The first browser that is there, as Playwright's own cannot be downloaded everywhere. */
function findChrome() {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  for (const name of ["chromium", "google-chrome", "google-chrome-stable", "chrome"]) {
    for (const folder of folders) {
      const file = path.join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // not here
      }
    }
  }
  return undefined; // Playwright's, if someone installed it
}

// Playwright reads this file in every process it starts: the first one chooses the port.
process.env.WEBGAN_PORT ??= execFileSync(process.execPath, [
  "--eval",
  "const s = require('node:net').createServer().listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close(); })",
])
  .toString()
  .trim();
const baseURL = `http://localhost:${process.env.WEBGAN_PORT}/`;

export default defineConfig({
  testDir: "tests/e2e",
  // These two make pictures for people and check nothing.
  testIgnore: process.env.SCREENSHOTS ? [] : ["screenshots.spec.js", "gallery.spec.js"],
  // Training takes both cores of a small machine: one page at a time.
  workers: 1,
  forbidOnly: process.env.CI !== undefined,
  // A step on a software GPU takes seconds, and so does compiling the program.
  timeout: 180_000,
  expect: { timeout: 60_000 },
  reporter: [["list"]],
  use: {
    baseURL,
    // One test is about the service worker; to the others it would be a cache between two builds.
    serviceWorkers: "block",
    actionTimeout: 30_000,
    // No trace: writing it takes a quarter of the time. `npx playwright test --trace on SPEC` when one is wanted.
    launchOptions: {
      executablePath: process.env.CHROME ?? findChrome(),
      args: [
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        // Nothing of the browser's own goes to the network.
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // WebGPU without a GPU.
        "--enable-unsafe-webgpu",
        "--use-webgpu-adapter=swiftshader",
        "--enable-features=Vulkan",
      ],
    },
  },
  webServer: {
    command: `npx vite preview --port ${process.env.WEBGAN_PORT} --strictPort`,
    url: baseURL,
    reuseExistingServer: false,
    // In ms: a small machine with other work starts it slowly.
    timeout: 300_000,
  },
});
