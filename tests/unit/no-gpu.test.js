import { expect, test } from "vitest";
import { whyNoGpu } from "../../www/worker/no-gpu.js";

const WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
const BLINK = "AppleWebKit/537.36 (KHTML, like Gecko)";
const AGENTS = {
  chromeWindows: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${BLINK} Chrome/140.0.0.0 Safari/537.36`,
  oldChromeWindows: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${BLINK} Chrome/110.0.0.0 Safari/537.36`,
  edgeMac: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${BLINK} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`,
  chromeLinux: `Mozilla/5.0 (X11; Linux x86_64) ${BLINK} HeadlessChrome/140.0.0.0 Safari/537.36`,
  oldChromeAndroid: `Mozilla/5.0 (Linux; Android 10; K) ${BLINK} Chrome/118.0.0.0 Mobile Safari/537.36`,
  firefoxLinux: "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
  firefoxWindows:
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
  safari17: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Version/17.6 Safari/605.1.15`,
  safari26: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Version/26.0 Safari/605.1.15`,
  chromeIphone: `Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) ${WEBKIT} CriOS/140.0 Mobile/15E148 Safari/604.1`,
  unknown: "Something/1.0",
};

test.each([
  // Whatever the browser, an address that is not trusted comes first.
  ["chromeWindows", { isSecure: false, hasWebGpu: false }, /https:\/\/.*localhost/],
  ["firefoxLinux", { isSecure: false, hasWebGpu: false }, /https:\/\//],
  ["chromeWindows", { hasWebGpu: true }, /hardware acceleration.*chrome:\/\/gpu/],
  ["edgeMac", { hasWebGpu: true }, /hardware acceleration/],
  ["oldChromeWindows", { hasWebGpu: false }, /version 113/],
  ["oldChromeAndroid", { hasWebGpu: false }, /version 121/],
  ["chromeLinux", { hasWebGpu: true }, /Linux.*chrome:\/\/gpu/],
  ["chromeLinux", { hasWebGpu: false }, /Chrome on Linux/],
  ["firefoxLinux", { hasWebGpu: false }, /Firefox has no WebGPU on Linux/],
  ["firefoxWindows", { hasWebGpu: false }, /Firefox 141 on Windows/],
  ["firefoxWindows", { hasWebGpu: true }, /about:support/],
  ["safari17", { hasWebGpu: false }, /Safari 26, on macOS 26/],
  ["safari26", { hasWebGpu: true }, /Lockdown Mode/],
  ["chromeIphone", { hasWebGpu: false }, /Safari 26, on iOS 26/],
  ["unknown", { hasWebGpu: false }, /^this browser has no WebGPU$/],
  ["unknown", { hasWebGpu: true }, /offers no GPU$/],
])("%s, %j", (agent, known, said) => {
  const userAgent = AGENTS[/** @type {keyof typeof AGENTS} */ (agent)];
  const words = whyNoGpu({ isSecure: true, ...known, userAgent });
  expect(words).toMatch(said);
  // It ends a sentence, and is one.
  expect(words).not.toMatch(/\.$|\. [A-Z]/);
});
