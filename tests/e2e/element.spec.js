// <web-gan> on somebody's page: what it does for a reader, and what it asks of the machine.

import { expect, Gan, gan, heavyRequests, PLACEHOLDER, SCRIPT, test } from "./embedder.js";

test("one line of HTML: a poster until asked, then a network that trains, and nothing moves", async ({
  embedder,
  page,
}) => {
  const heavy = heavyRequests(page);
  await page.addInitScript(() => {
    const shifts = /** @type {number[]} */ ([]);
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push(/** @type {any} */ (entry).value);
    }).observe({ type: "layout-shift", buffered: true });
  });
  const body = `${PLACEHOLDER}<p>Before</p>${gan('steps="40"')}<p>After</p>${SCRIPT}`;
  await page.goto(embedder.page("one", body));
  const it = new Gan(page.locator("web-gan"));
  const poster = it.element.getByRole("img", { name: "Handwritten digits" });
  await expect(poster).toBeVisible();
  await expect(it.words).toContainText("Loads up to 2 MB");
  await expect.poll(() => poster.evaluate((/** @type {any} */ img) => img.complete)).toBe(true);
  expect(heavy).toEqual([]);
  expect(page.workers()).toHaveLength(0);

  const heard = await it.listen();
  await it.train.click();
  await expect(it.words).toHaveText("Done.");
  expect(await it.steps()).toBe(40);
  await expect(it.canvas).toHaveAttribute("aria-label", "Samples of the generator after 40 steps");
  expect(page.workers()).toHaveLength(1);

  const events = await heard();
  const types = events.map(({ type }) => type).filter((type, i, all) => type !== all[i - 1]);
  expect(types.slice(0, 3)).toEqual(["gan-progress", "gan-ready", "gan-step"]);
  expect(events.find(({ type }) => type === "gan-ready")?.detail.device.kind).toBe("cpu");
  const last = events.findLast(({ type }) => type === "gan-metrics")?.detail;
  expect(last.step).toBe(40);
  expect(last.dReal).toBeGreaterThan(0);

  // It goes on beyond, when asked.
  await it.train.click();
  await it.trainedTo(60);
  await it.pause.click();
  await expect(it.words).toHaveText("Paused.");
  expect(await page.evaluate(() => /** @type {any} */ (window).shifts)).toEqual([]);
});

test("a figure: it says what is shown, draws both losses, and keeps its place at any width", async ({
  embedder,
  page,
}) => {
  const style = `<style>body { font-family: serif; margin: 0 } main { max-width: 40rem }</style>`;
  const body = `${style}<main>${gan('controls="play step reset"')}</main>${SCRIPT}`;
  const article = embedder.page("figure", body);
  for (const width of [320, 720]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(article);
    const it = new Gan(page.locator("web-gan"));
    await expect(it.element.getByText("Once trained on digits")).toBeVisible();
    await expect(it.element.getByText("The generator draws pictures")).toBeVisible();
    await expect(it.words).toHaveCSS("font-family", "serif");
    const place = () => it.element.evaluate((e) => e.getBoundingClientRect().toJSON());
    const before = await place();
    const [left, right] = [before.left, Math.min(width, 640) - before.right];
    expect(Math.abs(left - right)).toBeLessThan(1);

    // No row of buttons ends where another does not, unless all stand in one.
    const ends = await it.element.locator("button:visible").evaluateAll((buttons) => {
      const places = buttons.map((button) => button.getBoundingClientRect());
      const rows = new Map(places.map(({ top, right }) => [top, right]));
      return [...rows.values()];
    });
    expect(ends).toHaveLength(width === 320 ? 2 : 1);
    expect(new Set(ends).size).toBe(1);

    await it.train.click();
    await it.trainedTo(3);
    for (const network of ["Discriminator", "Generator"]) {
      await expect(it.element.getByText(new RegExp(`^${network}’s loss \\d`))).toBeVisible();
    }
    await expect(it.element.locator("polyline").first()).toHaveAttribute("points", /^0,\d+ /);
    await expect(it.element.getByText("Once trained on digits")).toBeHidden();
    await it.pause.click();
    await expect(it.words).toHaveText("Paused.");
    expect(await place()).toEqual(before);
  }
});

test("five on one page share one worker; one trains and the others say so", async ({
  embedder,
  page,
}) => {
  const five = Array.from({ length: 5 }, (_, i) => gan(`reveal="auto" seed="${i}" steps="100000"`));
  await page.setViewportSize({ width: 700, height: 4000 });
  await page.goto(embedder.page("five", SCRIPT + five.join("")));
  const all = (await page.locator("web-gan").all()).map((element) => new Gan(element));
  const [first, second, third, fourth, fifth] = all;
  await first.trainedTo(20);
  for (const other of all.slice(1)) await expect(other.words).toContainText("Waits: another one");
  expect(page.workers()).toHaveLength(1);

  // A press takes over at once.
  await third.pause.click();
  await third.train.click();
  await third.trainedTo(20);
  await expect(first.words).toHaveText("Paused: another one trains.");
  const before = await first.steps();
  expect(page.workers()).toHaveLength(1);

  // Who waits goes on by itself, in turn; the third was asked to pause.
  await third.pause.click();
  await second.trainedTo(1);
  await expect(fourth.words).toContainText("Waits: another one");
  await second.pause.click();
  await fourth.trainedTo(1);
  await fifth.pause.click();
  await fourth.pause.click();
  await expect(fifth.words).toHaveText("Ready. Nothing is trained yet.");

  // The first goes on where it was sent away.
  await first.train.click();
  await first.trainedTo(before + 1);
  expect(page.workers()).toHaveLength(1);
});

test("all pressed at once, one trains and the others say that they yielded", async ({
  embedder,
  page,
}) => {
  const four = Array.from({ length: 4 }, (_, i) => gan(`seed="${i}"`));
  await page.setViewportSize({ width: 700, height: 4000 });
  await page.goto(embedder.page("four", SCRIPT + four.join("")));
  const all = (await page.locator("web-gan").all()).map((element) => new Gan(element));
  await expect(all[3].train).toBeVisible();
  await page.evaluate(() => {
    for (const element of document.querySelectorAll("web-gan")) {
      void (/** @type {any} */ (element).play().catch(() => {}));
    }
  });
  await all[3].trainedTo(3);
  for (const one of all.slice(0, 3))
    await expect(one.words).toHaveText("Paused: another one trains.");
});

test("moved, it goes on; taken out, its worker ends", async ({ embedder, page }) => {
  await page.goto(embedder.page("move", `${SCRIPT}${gan()}<div id="elsewhere"></div>`));
  const it = new Gan(page.locator("web-gan"));
  await it.train.click();
  await it.trainedTo(5);
  const before = await it.steps();
  await page.evaluate(() => {
    document.querySelector("#elsewhere")?.append(document.querySelector("web-gan") ?? "");
  });
  await it.trainedTo(before + 5);
  expect(page.workers()).toHaveLength(1);

  await page.evaluate(() => {
    const element = document.querySelector("web-gan");
    Object.assign(window, { kept: element });
    element?.remove();
  });
  await expect.poll(() => page.workers().length).toBe(0);

  // Put back later it begins anew, as a poster.
  await page.evaluate(() => document.body.append(/** @type {any} */ (window).kept));
  await expect(it.words).toContainText("Loads up to");
  await it.train.click();
  await it.trainedTo(1);
});

test("mounted and unmounted a hundred times, it leaves nothing behind", async ({
  embedder,
  page,
}) => {
  await page.goto(embedder.page("mounts", `${SCRIPT}<div id="root"></div>`));
  await page.evaluate(() => customElements.whenDefined("web-gan"));
  const devtools = await page.context().newCDPSession(page);
  /** @param {number} times @param {boolean} untilTrained */
  const mount = (times, untilTrained) =>
    page.evaluate(
      async ([count, waits]) => {
        const root = /** @type {HTMLElement} */ (document.querySelector("#root"));
        for (let i = 0; i < Number(count); i++) {
          const element = /** @type {any} */ (document.createElement("web-gan"));
          Object.assign(element, { preset: "dense", device: "cpu", batchSize: 4 });
          root.replaceChildren(element);
          await new Promise((resolve) => {
            element.addEventListener("gan-visibility", resolve, { once: true });
          });
          const trained = new Promise((resolve) => {
            element.addEventListener("gan-step", resolve, { once: true });
          });
          const playing = element.play().catch(() => {});
          if (waits) await Promise.all([playing, trained]);
          root.replaceChildren();
          await new Promise((resolve) => setTimeout(resolve));
        }
      },
      [times, untilTrained],
    );
  const heap = async () => {
    await devtools.send("HeapProfiler.collectGarbage");
    const { usedSize } = await devtools.send("Runtime.getHeapUsage");
    return usedSize;
  };
  await mount(5, true);
  const before = await heap();
  await mount(15, true);
  await mount(80, false);
  await expect.poll(() => page.workers().length).toBe(0);
  expect((await heap()) - before).toBeLessThan(1_000_000);
  expect(await page.evaluate(() => document.querySelectorAll("web-gan").length)).toBe(0);
});

test("out of sight or in a hidden tab it pauses, and goes on when it is seen again", async ({
  embedder,
  page,
}) => {
  await page.goto(embedder.page("far", `${SCRIPT}${gan()}<div style="height: 5000px"></div>`));
  const it = new Gan(page.locator("web-gan"));
  const heard = await it.listen();
  await it.train.click();
  await it.trainedTo(5);
  await page.evaluate(() => scrollTo(0, 5000));
  await expect(it.words).toHaveText("Waits to be in sight.");
  const before = await it.steps();
  await page.evaluate(() => scrollTo(0, 0));
  await it.trainedTo(before + 5);

  const hide = (/** @type {boolean} */ hidden) =>
    page.evaluate((value) => {
      Object.defineProperty(document, "hidden", { configurable: true, value });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  await hide(true);
  await expect(it.words).toHaveText("Waits to be in sight.");
  await hide(false);
  await expect(it.pause).toBeVisible();
  const seen = (await heard()).filter(({ type }) => type === "gan-visibility");
  expect(seen.map(({ detail }) => detail.visible)).toEqual([false, true, false, true]);

  // Who paused it does not want it to go on.
  await it.pause.click();
  await page.evaluate(() => scrollTo(0, 5000));
  await expect.poll(async () => (await heard()).length).toBeGreaterThan(4);
  await page.evaluate(() => scrollTo(0, 0));
  await expect(it.words).toHaveText("Paused.");
});

test("told to, it trains on unseen; it says why it pauses, and every step's numbers", async ({
  embedder,
  page,
}) => {
  const far = `${SCRIPT}${gan('unseen="train" steps="40"')}<div style="height: 5000px"></div>`;
  await page.goto(embedder.page("unseen", far));
  const it = new Gan(page.locator("web-gan"));
  const told = page.evaluate(
    () =>
      new Promise((resolve) => {
        const element = /** @type {any} */ (document.querySelector("web-gan"));
        let count = 0;
        element.addEventListener("gan-metrics", (/** @type {any} */ { detail }) => {
          count += detail.all.length / 8;
        });
        element.addEventListener("gan-pause", (/** @type {any} */ { detail }) =>
          resolve({ ...detail, count }),
        );
      }),
  );
  await it.train.click();
  await page.evaluate(() => scrollTo(0, 5000));
  expect(await told).toEqual({ step: 40, reason: "finished", count: 40 });
});

test("after ten minutes it pauses until it is asked again", async ({ embedder, page }) => {
  await page.clock.install();
  await page.goto(embedder.page("long", SCRIPT + gan('steps="1000000"')));
  const it = new Gan(page.locator("web-gan"));
  await it.train.click();
  await it.trainedTo(5);
  await page.clock.fastForward("09:00");
  await expect(it.pause).toBeVisible();
  await page.clock.fastForward("01:30");
  await expect(it.words).toContainText("Paused after ten minutes");
  const before = await it.steps();
  await it.train.click();
  await it.trainedTo(before + 1);
});

test("a reader who asked for less motion is asked before it trains", async ({ embedder, page }) => {
  const heavy = heavyRequests(page);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(embedder.page("calm", SCRIPT + gan('reveal="auto"')));
  const it = new Gan(page.locator("web-gan"));
  await expect(it.words).toContainText("Loads up to");
  await it.train.click();
  await it.trainedTo(1);
  expect(heavy.length).toBeGreaterThan(0);
});

test("a reader who saves data is asked before anything is loaded", async ({ embedder, page }) => {
  const heavy = heavyRequests(page);
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "connection", { value: { saveData: true } });
  });
  await page.goto(embedder.page("frugal", SCRIPT + gan('reveal="auto"')));
  await expect(new Gan(page.locator("web-gan")).words).toContainText("Loads up to");
  await page.waitForTimeout(500);
  expect(heavy).toEqual([]);
});

test("dark is what the page is, unless the theme says otherwise", async ({ embedder, page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  const adapts = `<style>:root { color-scheme: light dark }</style>`;
  const [light, dark] = ["rgb(255, 253, 249)", "rgb(28, 30, 37)"];
  for (const [body, colour] of [
    [gan(), light],
    [adapts + gan(), dark],
    [adapts + gan('theme="light"'), light],
    [gan('theme="dark"'), dark],
  ]) {
    await page.goto(embedder.page("scheme", body + SCRIPT));
    await expect(page.getByRole("group")).toHaveCSS("background-color", colour);
  }
});

test("methods and properties, as a page's script uses them", async ({ embedder, page }) => {
  await page.goto(embedder.page("script", SCRIPT + gan('reveal="manual" controls=""')));
  const it = new Gan(page.locator("web-gan"));
  await expect(it.train).toBeHidden();
  /** @param {(element: any) => unknown} use */
  const script = (use) => it.element.evaluate(use);

  await script((element) => element.step(3));
  expect(await it.steps()).toBe(3);
  const size = await script(async (element) => {
    const { width, height } = await element.sample();
    return [width, height];
  });
  expect(size).toEqual([231, 231]);
  const two = await script(async (element) => {
    const wish = { latents: new Float32Array(200), labels: new Uint8Array(), columns: 2 };
    const { width, height } = await element.sample(wish);
    return [width, height];
  });
  expect(two).toEqual([57, 28]);
  expect(await script(async (element) => (await element.toBlob()).type)).toBe("image/png");

  // A saved run is the same run, wherever it goes on.
  const drawn = /** @type {number[]} */ (
    await script(async (element) => {
      const hash = async () =>
        [...(await element.sample()).data].reduce((a, b) => (a * 31 + b) | 0);
      const run = await element.save();
      await element.step(2);
      const there = await hash();
      await element.reset();
      await element.load(run);
      await element.step(2);
      return [there, await hash()];
    })
  );
  expect(await it.steps()).toBe(5);
  expect(drawn[0]).toBe(drawn[1]);

  // What is no run is refused, and the run goes on.
  const refused = await script((element) =>
    element.load(new Uint8Array(100)).catch((/** @type {any} */ error) => error.code),
  );
  expect(refused).toMatch(/^checkpoint\./);
  await script((element) => element.step());
  expect(await it.steps()).toBe(6);

  // Another seed is another run; a property is its attribute.
  await script((element) => Object.assign(element, { seed: 9, steps: 30 }));
  await expect(it.element).toHaveAttribute("seed", "9");
  await script((element) => element.play());
  await it.trainedTo(30);
  await expect(it.words).toHaveText("Done.");
  expect(await script((element) => [element.seed, element.preset, element.controls])).toEqual([
    9,
    "dense",
    [],
  ]);
});

test("a call that is refused changes nothing: not its element, and not the one that trains", async ({
  embedder,
  page,
}) => {
  const two = gan('steps="1000000"') + gan('id="other"');
  await page.goto(embedder.page("refused", SCRIPT + two));
  const it = new Gan(page.locator("web-gan").first());
  const other = new Gan(page.locator("#other"));
  await it.train.click();
  await it.trainedTo(5);
  const offer = await other.words.textContent();
  const codes = await other.element.evaluate(async (element) => {
    const gan = /** @type {any} */ (element);
    const latents = new Float32Array(100);
    const calls = [
      () => gan.sample({ labels: [3] }),
      () => gan.sample({ latents: [0.1, 0.2] }),
      () => gan.sample({ columns: 0 }),
      () => gan.sample({ latents }),
      () => gan.step(0),
      () => gan.step("x"),
      () => gan.load("run"),
      () => document.createElement("web-gan").play(),
    ];
    const codes = [];
    for (const call of calls) codes.push(await call().catch((/** @type {any} */ e) => e.code));
    return codes;
  });
  const [wish, count] = ["config.latents", "config.steps"];
  expect(codes).toEqual([
    ...[wish, wish, wish, "config.labels", count, count, "config.file"],
    "element.removed",
  ]);
  await expect(other.words).toHaveText(offer ?? "");

  // Of those that reach its own worker: the run goes on, and its picture is what it was asked for.
  const own = await it.element.evaluate(async (element) => {
    const gan = /** @type {any} */ (element);
    const latents = new Float32Array(150);
    const labels = new Uint8Array(1).fill(99);
    const calls = [
      () => gan.load(new Uint8Array(100)),
      () => gan.sample({ latents, labels, columns: 1 }),
      () => gan.sample({ latents: latents.subarray(50), labels, columns: 1 }),
      () => gan.toBlob("image/foo"),
    ];
    const told = [];
    for (const call of calls) {
      told.push(await call().catch((/** @type {any} */ e) => [e.code, e.message]));
    }
    return told;
  });
  expect(own.map(([code]) => code.replace(/^(checkpoint)\..*/, "$1"))).toEqual([
    ...["checkpoint", wish, "config.labels", "config.type"],
  ]);
  expect(own[2][1]).toContain("labels, a Uint8Array");
  const before = await it.steps();
  await it.trainedTo(before + 20);
  await expect(it.words).toHaveText("Training…");
  await expect(it.pause).toBeVisible();
});

test("a sample or a step of one takes the worker for a moment, and who trains goes on", async ({
  embedder,
  page,
}) => {
  const two = gan('steps="1000000"') + gan('id="other" seed="5"');
  await page.goto(embedder.page("borrowed", SCRIPT + two));
  const it = new Gan(page.locator("web-gan").first());
  const other = new Gan(page.locator("#other"));
  await it.train.click();
  await it.trainedTo(5);
  const told = await it.listen();
  /** @param {(element: any) => unknown} use */
  const script = (use) => other.element.evaluate(use);
  const size = await script(async (element) => {
    const wish = { latents: new Float32Array(200), labels: new Uint8Array(), columns: 2 };
    const pictures = await Promise.all([element.sample(), element.sample(wish)]);
    return pictures.map(({ width }) => width);
  });
  expect(size).toEqual([231, 57]);
  const before = await it.steps();
  await it.trainedTo(before + 20);
  await script((element) => element.step(3));
  expect(await other.steps()).toBe(3);
  await script((element) => element.load(new Uint8Array(100)).catch(() => {}));
  expect(await other.steps()).toBe(3);
  await expect(other.words).toHaveText("Paused.");
  const after = await it.steps();
  expect(after).toBeGreaterThanOrEqual(before);
  await it.trainedTo(after + 20);
  await expect(it.words).toHaveText("Training…");
  expect((await told()).filter(({ type }) => type === "gan-error")).toEqual([]);

  // Pressed elsewhere, it is the other one that trains from then on.
  await other.train.click();
  await other.trainedTo(20);
  await expect(it.words).toHaveText("Paused: another one trains.");
  // Many steps of a script end with a pause.
  await other.pause.click();
  await script(async (element) => {
    const steps = element.step(1_000_000);
    await new Promise((resolve) => element.addEventListener("gan-step", resolve, { once: true }));
    await element.pause();
    await steps;
  });
  await expect(other.words).toHaveText("Paused.");
});

test("out of sight and back at once, it says what it does", async ({ embedder, page }) => {
  await page.goto(embedder.page("blink", SCRIPT + gan('steps="1000000"')));
  const it = new Gan(page.locator("web-gan"));
  await it.train.click();
  await it.trainedTo(5);
  // Both before the worker can answer, as after Back to a page that was kept.
  await page.evaluate(() => {
    for (const value of [true, false]) {
      Object.defineProperty(document, "hidden", { configurable: true, value });
      document.dispatchEvent(new Event("visibilitychange"));
    }
  });
  const before = await it.steps();
  await it.trainedTo(before + 20);
  await expect(it.words).toHaveText("Training…");
  await expect(it.pause).toBeVisible();
  await it.pause.click();
  await expect(it.words).toHaveText("Paused.");
  const after = await it.steps();
  await page.waitForTimeout(300);
  expect(await it.steps()).toBe(after);
});

test("another number of steps is followed, after the end and on the way", async ({
  embedder,
  page,
}) => {
  await page.goto(embedder.page("steps", SCRIPT + gan('steps="6"')));
  const it = new Gan(page.locator("web-gan"));
  const set = (/** @type {number} */ steps) =>
    it.element.evaluate((element, value) => Object.assign(element, { steps: value }), steps);
  await it.train.click();
  await expect(it.words).toHaveText("Done.");
  await set(16);
  await expect(it.words).toHaveText("Paused.");
  await it.train.click();
  await expect(it.words).toHaveText("Done.");
  expect(await it.steps()).toBe(16);

  await set(1_000_000);
  await it.train.click();
  await it.trainedTo(20);
  // Read and set at once: it trains on meanwhile.
  const soon = await it.element.evaluate((/** @type {any} */ element) => {
    const shown = element.shadowRoot.querySelector(".numbers").textContent;
    element.steps = Number(shown.match(/[\d,]+/)[0].replaceAll(",", "")) + 200;
    return element.steps;
  });
  await expect(it.words).toHaveText("Done.");
  expect(await it.steps()).toBe(soon);
});

test("no name of ours is one that every element has, and the older one may be set", async ({
  embedder,
  page,
}) => {
  await page.goto(embedder.page("names", SCRIPT + gan()));
  await page.evaluate(() => customElements.whenDefined("web-gan"));
  const taken = await page.evaluate(() => {
    const { observedAttributes, prototype } = /** @type {any} */ (customElements.get("web-gan"));
    const own = [
      ...observedAttributes,
      ...Object.keys(Object.getOwnPropertyDescriptors(prototype)),
    ];
    return own.filter((name) => name !== "constructor" && name in HTMLElement.prototype);
  });
  expect(taken).toEqual(["dataset", "dataset"]); // the older attribute, and what lets it be set
  const element = page.locator("web-gan");
  // As React does where there is a property of an attribute's name.
  await element.evaluate((/** @type {any} */ it) => (it.dataset = "mnist"));
  await expect(element).toHaveAttribute("data", "mnist");
  expect(await element.evaluate((it) => it.dataset instanceof DOMStringMap)).toBe(true);
});

test("an element that is not closed shows what it swallowed, and warns", async ({
  embedder,
  page,
}) => {
  const warned = page.waitForEvent("console", (message) => message.text().includes("</web-gan>"));
  await page.goto(embedder.page("unclosed", `${SCRIPT}<web-gan preset="dense" /><p>The rest.</p>`));
  await expect(page.getByText("The rest.")).toBeVisible();
  expect((await warned).type()).toBe("warning");
});

test("keys that press its buttons do nothing else, and words around it do not change its own", async ({
  embedder,
  page,
}) => {
  const slide = `<div style="text-align: center; letter-spacing: 9px; text-transform: uppercase">${gan()}</div>`;
  await page.goto(embedder.page("slide", SCRIPT + slide));
  await page.evaluate(() => {
    Object.assign(window, { heard: "" });
    document.addEventListener("keydown", (event) => {
      /** @type {any} */ (window).heard += `${event.key};`;
      if (event.key === " ") event.preventDefault(); // as a slide does that turns
    });
  });
  const it = new Gan(page.locator("web-gan"));
  await it.train.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press(" ");
  await it.trainedTo(1);
  expect(await page.evaluate(() => /** @type {any} */ (window).heard)).toBe("ArrowRight;");
  const frame = it.element.getByRole("group");
  await expect(frame).toHaveCSS("text-align", "start");
  await expect(frame).toHaveCSS("letter-spacing", "normal");
  await expect(frame).toHaveCSS("text-transform", "none");
});

test("a saved run is there for a browser that takes its time", async ({ embedder, page }) => {
  await page.goto(embedder.page("save", SCRIPT + gan('controls="play save" steps="3"')));
  const it = new Gan(page.locator("web-gan"));
  await it.train.click();
  await expect(it.words).toHaveText("Done.");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    it.element.getByRole("button", { name: "Save run" }).click(),
  ]);
  await page.waitForTimeout(500);
  const size = await page.evaluate(
    async (url) => (await (await fetch(url)).blob()).size,
    download.url(),
  );
  expect(size).toBeGreaterThan(1_000);
});

test("a number of minutes is training time, and settings of a link are the run's", async ({
  embedder,
  page,
}) => {
  await page.clock.install();
  await page.goto(embedder.page("minutes", SCRIPT + gan('minutes="2" lr="0.001" steps="1000000"')));
  const it = new Gan(page.locator("web-gan"));
  await it.train.click();
  await it.trainedTo(5);
  await page.clock.fastForward("01:50");
  await expect(it.pause).toBeVisible();
  await page.clock.fastForward("00:20");
  await expect(it.words).toHaveText("Paused after 2 minutes.");
});

test("a page that comes back as it was left says what is so: it trains on, or can be told to", async ({
  baseURL,
  playwright,
}) => {
  // Playwright's browsers keep no page that is left.
  const browser = await playwright.chromium.launch({
    ...test.info().project.use.launchOptions,
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  });
  try {
    const context = await browser.newContext({ serviceWorkers: "block" });
    const page = await context.newPage();
    const it = new Gan(page.locator("web-gan"));
    // Which pages are kept is the browser's affair: one under load gives some up.
    await expect(async () => {
      await page.goto(`${baseURL}embed.html?preset=dense&device=cpu&batch=4`);
      await it.train.click();
      await it.trainedTo(3);
      await page.evaluate(() => {
        window.onpageshow = ({ persisted }) => {
          document.title = persisted ? "as it was left" : "anew";
        };
      });
      await page.goto(`${baseURL}404.html`);
      await page.evaluate(() => history.back());
      await expect(page).toHaveTitle("as it was left", { timeout: 5_000 });
    }).toPass();
    const before = await it.steps();
    await expect(it.pause).toBeVisible();
    await it.trainedTo(before + 3);
    await it.pause.click();
    await expect(it.train).toBeVisible();
    const after = await it.steps();
    await page.waitForTimeout(500);
    expect(await it.steps()).toBe(after);
  } finally {
    await browser.close();
  }
});
