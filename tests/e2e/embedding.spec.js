// Where <web-gan> has to work: strict policies, other origins, iframes, no script, no WebGPU, and
// files that are missing, damaged, late or of another version.

import { gzipSync } from "node:zlib";
import { expect, Gan, gan, heavyRequests, host, SCRIPT, test } from "./embedder.js";

/** @import { Page } from "@playwright/test" */

/**
 * @param {Page} page
 * @returns {Promise<() => Promise<string[]>>} what the page's policy forbade
 */
async function violations(page) {
  await page.addInitScript(() => {
    const all = /** @type {string[]} */ ([]);
    Object.assign(window, { violations: all });
    document.addEventListener("securitypolicyviolation", (event) => {
      all.push(`${event.violatedDirective}: ${event.blockedURI}`);
    });
  });
  return () => page.evaluate(() => /** @type {any} */ (window).violations);
}

test("the loader has less than 10 kB", async ({ embedder, page }) => {
  let size = 0;
  page.on("response", async (response) => {
    if (response.url().endsWith(".js")) size += gzipSync(await response.body()).length;
  });
  await page.goto(embedder.page("size", SCRIPT + gan()));
  await page.waitForLoadState("networkidle");
  expect(size).toBeGreaterThan(1_000);
  expect(size).toBeLessThan(10_000);
});

test("under a strict policy it trains, and asks for nothing that is forbidden", async ({
  embedder,
  page,
}) => {
  const forbidden = await violations(page);
  const policy = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
  ];
  const headers = { "Content-Security-Policy": policy.join("; ") };
  await page.goto(embedder.page("strict", SCRIPT + gan('steps="20"'), headers));
  const it = new Gan(page.locator("web-gan"));
  await it.train.click();
  await expect(it.words).toHaveText("Done.");
  expect(await forbidden()).toEqual([]);
  // Its styles are in force.
  await expect(it.element).toHaveCSS("max-width", "480px");
});

test("from another origin, with nothing but its permission", async ({ embedder, page }) => {
  const other = await host({ "Access-Control-Allow-Origin": "*" });
  try {
    const script = `<script type="module" src="${other.origin}/gan/web-gan.js"></script>`;
    await page.goto(embedder.page("cross", script + gan('steps="20"')));
    const it = new Gan(page.locator("web-gan"));
    await it.train.click();
    await expect(it.words).toHaveText("Done.");
    expect(page.workers()[0].url()).toMatch(/^blob:/);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    const stored = await page.evaluate(async () => [
      document.cookie,
      localStorage.length,
      (await indexedDB.databases()).length,
    ]);
    expect(stored).toEqual(["", 0, 0]);
  } finally {
    other.close();
  }
});

test("on a page with an embedder policy its picture is shown, and it trains", async ({
  embedder,
  page,
}) => {
  const other = await host({ "Access-Control-Allow-Origin": "*" });
  try {
    const script = `<script type="module" src="${other.origin}/gan/web-gan.js"></script>`;
    const headers = { "Cross-Origin-Embedder-Policy": "require-corp" };
    await page.goto(embedder.page("policy", script + gan(), headers));
    const it = new Gan(page.locator("web-gan"));
    const width = () =>
      it.element.getByRole("img").evaluate((/** @type {any} */ image) => image.naturalWidth);
    await expect.poll(width).toBe(231);
    await it.train.click();
    await it.trainedTo(1);
  } finally {
    other.close();
  }
});

test("in an iframe it tells its height, and listens to the origin that was named", async ({
  embedder,
  page,
}) => {
  const site = await host();
  try {
    const query = new URLSearchParams({
      preset: "dense",
      device: "cpu",
      "batch-size": "4",
      label: `"><img src=x onerror="top.hacked=1">`,
      poster: "javascript:top.hacked=1",
      origin: embedder.origin,
    });
    const src = `${site.origin}/gan/embed.html?${query}`;
    await page.goto(
      embedder.page(
        "frame",
        `<script>
          addEventListener("message", (event) => {
            (window.messages ??= []).push({ origin: event.origin, data: event.data });
          });
        </script>
        <iframe src="${src.replaceAll("&", "&amp;")}" width="400" height="560"></iframe>`,
      ),
    );
    const frame = page.frameLocator("iframe");
    const it = new Gan(frame.locator("web-gan"));
    await expect(it.train).toBeVisible();
    await expect
      .poll(() => page.evaluate(() => /** @type {any} */ (window).messages?.at(-1)))
      .toMatchObject({ origin: site.origin, data: { type: "webgan:height" } });
    const told = () => page.evaluate(() => /** @type {any} */ (window).messages.at(-1).data.height);
    const height = () => it.element.evaluate((e) => e.getBoundingClientRect().height);
    // The frame is lower than it would be at the frame's width: it is seen whole all the same.
    expect(await told()).toBeGreaterThan(560);
    await expect.poll(height).toBeLessThanOrEqual(560);
    await page.locator("iframe").evaluate((it, to) => (it.style.height = `${to}px`), await told());
    await expect.poll(height).toBeGreaterThan(560);
    expect(await told()).toBe(Math.ceil(await height()));

    /** @param {string} type */
    const send = (type) =>
      page.evaluate((message) => {
        const { contentWindow } = /** @type {HTMLIFrameElement} */ (
          document.querySelector("iframe")
        );
        contentWindow?.postMessage({ type: message }, "*");
      }, type);
    await send("webgan:play");
    await it.trainedTo(1);
    await send("webgan:pause");
    await expect(it.words).toHaveText("Paused.");
    expect(await page.evaluate(() => "hacked" in window)).toBe(false);

    // Another origin may frame it, and is not obeyed.
    const stranger = await host();
    await page.goto(
      stranger.page(
        "frame",
        `<iframe src="${src.replaceAll("&", "&amp;")}" width="400" height="560"></iframe>`,
      ),
    );
    await expect(it.train).toBeVisible();
    await send("webgan:play");
    await page.waitForTimeout(500);
    await expect(it.words).toContainText("Loads up to");
    stranger.close();
  } finally {
    site.close();
  }
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the page's own poster is shown", async ({ embedder, page }) => {
    const poster = `<img slot="poster" src="data:," alt="Digits" width="231" height="231" />`;
    const body = `<web-gan preset="mlp">${poster}</web-gan>${SCRIPT}`;
    await page.goto(embedder.page("plain", body));
    await expect(page.getByRole("img", { name: "Digits" })).toBeVisible();
  });
});

test("without WebAssembly it shows its poster and says why", async ({ embedder, page }) => {
  const heavy = heavyRequests(page);
  await page.addInitScript(() => Reflect.deleteProperty(window, "WebAssembly"));
  await page.goto(embedder.page("old", SCRIPT + gan()));
  const it = new Gan(page.locator("web-gan"));
  await expect(it.element.getByRole("img")).toBeVisible();
  await expect(it.words).toContainText("no WebAssembly");
  await expect(it.train).toHaveAttribute("aria-disabled", "true");
  const code = await it.element.evaluate((/** @type {any} */ element) =>
    element.play().catch((/** @type {any} */ error) => error.code),
  );
  expect(code).toBe("program.unsupported");
  expect(heavy).toEqual([]);
});

test("without WebGPU it loads the small program and says that the CPU trains", async ({
  embedder,
  page,
}) => {
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, "gpu"));
  // The worker asks for itself.
  await page.context().route("**/worker-*.js", async (route) => {
    const response = await route.fetch();
    const gone = "Reflect.deleteProperty(WorkerNavigator.prototype, 'gpu');";
    await route.fulfill({ response, body: gone + (await response.text()) });
  });
  const heavy = heavyRequests(page);
  await page.goto(embedder.page("cpu", SCRIPT + gan().replace('device="cpu"', "")));
  const it = new Gan(page.locator("web-gan"));
  await expect(it.words).toContainText("up to 2 MB");
  await it.train.click();
  await it.trainedTo(1);
  await expect(it.words).toContainText(/Training runs on the CPU: .*WebGPU/);
  expect(heavy.filter((url) => url.endsWith(".wasm"))).toHaveLength(1);
});

/**
 * Presses Train and waits for the failure.
 * @param {Gan} it
 */
async function failure(it) {
  const heard = await it.listen();
  await it.train.click();
  await expect(it.element.getByRole("button", { name: "Try again" })).toBeVisible();
  const errors = (await heard()).filter(({ type }) => type === "gan-error");
  expect(errors).toHaveLength(1);
  return errors[0].detail;
}

/**
 * And that nothing is lost by it.
 * @param {Gan} it
 */
async function tryAgain(it) {
  await it.element.getByRole("button", { name: "Try again" }).click();
  await it.trainedTo(1);
}

/** @type {{ what: string, files: string, answer: "404" | "cut" | "abort" | "page", reason: string }[]} */
const BROKEN = [
  { what: "a program that is not there", files: "**/*.wasm", answer: "404", reason: "network" },
  { what: "half a program", files: "**/*.wasm", answer: "cut", reason: "program" },
  { what: "no connection for the program", files: "**/*.wasm", answer: "abort", reason: "network" },
  { what: "no worker", files: "**/worker-*.js", answer: "404", reason: "network" },
  { what: "no second part", files: "**/session-*.js", answer: "abort", reason: "network" },
  { what: "no connection for the digits", files: "**/*.gz*", answer: "abort", reason: "network" },
  { what: "no digits", files: "**/*.gz*", answer: "404", reason: "network" },
  { what: "half the digits", files: "**/train-images*.gz*", answer: "cut", reason: "data" },
];

for (const { what, files, answer, reason } of BROKEN) {
  test(`${what}: named, and trains when tried again`, async ({ embedder, page }) => {
    await page.context().route(files, async (route) => {
      if (answer === "abort") return route.abort();
      if (answer === "404") return route.fulfill({ status: 404 });
      const response = await route.fetch();
      return route.fulfill({ response, body: (await response.body()).subarray(0, 50_000) });
    });
    await page.goto(embedder.page("broken", SCRIPT + gan()));
    const it = new Gan(page.locator("web-gan"));
    expect((await failure(it)).reason).toBe(reason);
    await page.context().unroute(files);
    await tryAgain(it);
  });
}

test("a slow network: it says what it waits for, and can be told to stop waiting", async ({
  embedder,
  page,
}) => {
  /** @type {() => void} */
  let arrive = () => {};
  const arrived = new Promise((resolve) => {
    arrive = () => resolve(undefined);
  });
  await page.context().route("**/*.wasm", async (route) => {
    await arrived;
    await route.continue();
  });
  await page.goto(embedder.page("slow", SCRIPT + gan()));
  const it = new Gan(page.locator("web-gan"));
  await it.train.click();
  await expect(it.words).toHaveText("Loading the training program…");
  await expect(it.element.getByRole("progressbar")).toBeVisible();
  await it.pause.click();
  arrive();
  await expect(it.words).toHaveText("Ready. Nothing is trained yet.");
  expect(await it.steps()).toBe(0);
});

test("a page and a worker of two versions do not talk", async ({ embedder, page }) => {
  await page.context().route("**/worker-*.js", async (route) => {
    const response = await route.fetch();
    // The one number that stands beside the refusal.
    const text = await response.text();
    const body = text.replace(/!==\d+(?=\)throw new \w+\(`protocol\.version`)/, "!==-1");
    expect(body).not.toBe(text);
    await route.fulfill({ response, body });
  });
  await page.goto(embedder.page("versions", SCRIPT + gan()));
  const it = new Gan(page.locator("web-gan"));
  expect(await failure(it)).toMatchObject({ reason: "version", code: "protocol.version" });
  await expect(it.words).toContainText("Reload the page");
});

test("attributes are text: what is no good is named and left out", async ({ embedder, page }) => {
  /** @type {string[]} */
  const warnings = [];
  page.on("console", (message) => {
    if (message.type() === "warning") warnings.push(message.text());
  });
  const label = "&quot;&gt;&lt;img src=x onerror=hacked=1&gt;";
  const element = `<web-gan preset="../x" steps="-3" device="tpu" label="${label}"></web-gan>`;
  await page.goto(embedder.page("bad", SCRIPT + element));
  const group = page.getByRole("group", { name: `"><img src=x onerror=hacked=1>` });
  await expect(group).toBeVisible();
  expect(warnings.join("\n")).toContain('preset="../x" is ignored');
  expect(warnings.join("\n")).toContain("must be a whole number from 1 to 1000000");
  expect(warnings).toHaveLength(3);
  expect(await page.evaluate(() => "hacked" in window)).toBe(false);
});

test("a preset that there is not: said at once, and to a script; there is no button to press", async ({
  embedder,
  page,
}) => {
  await page.goto(embedder.page("unknown", SCRIPT + gan().replace("dense", "denser")));
  const it = new Gan(page.locator("web-gan"));
  await expect(it.words).toContainText(
    "There is no GAN “denser”. There are conv-critic, dcgan, dense",
  );
  await expect(it.element.getByRole("button")).toHaveCount(0);
  const heard = await it.listen();
  const code = await it.element.evaluate((/** @type {any} */ element) =>
    element.play().catch((/** @type {any} */ error) => error.code),
  );
  expect(code).toBe("config.preset");
  const errors = (await heard()).filter(({ type }) => type === "gan-error");
  expect(errors.map(({ detail }) => detail.reason)).toEqual(["config"]);
  await expect(it.element.getByRole("button")).toHaveCount(0);
  await it.element.evaluate((element) => element.setAttribute("preset", "dense"));
  await expect(it.words).toContainText("Loads up to");
  await it.train.click();
  await it.trainedTo(1);
});
