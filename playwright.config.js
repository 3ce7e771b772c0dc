// End-to-end tests: the installed Chromium against the built site in dist/ (`npm run build` first).
// CHROME names the browser where it is not in the PATH.

import process from "node:process";
import { defineConfig } from "@playwright/test";
import { findChrome } from "./scripts/setup/browser.mjs";

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
  globalSetup: "./tests/e2e/serve-site.js",
  use: {
    baseURL: process.env.WEBGAN_SITE,
    // One test is about the service worker; to the others it would be a cache between two builds.
    serviceWorkers: "block",
    actionTimeout: 30_000,
    // No trace: writing it takes a quarter of the time. `npx playwright test --trace on SPEC` when one is wanted.
    launchOptions: {
      // Playwright's, if someone installed it, where there is none.
      executablePath: findChrome() ?? undefined,
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
});
