// All words stand in one room: nothing of the page says anything that is not in www/words/, and which language
// it speaks is chosen in package.json (`imports`).

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseAst } from "vite";
import { fill } from "../../scripts/site/words.mjs";
import { glossary } from "#words/glossary.js";
import { html as embedHtml } from "#words/embed-html.js";
import { html } from "#words/html.js";
import { language } from "#words/language.js";
import { lessons } from "#words/lessons.js";
import { anyNoun, tasks } from "#words/nouns.js";
import { presetWords } from "#words/preset-words.js";
import { presets } from "#words/presets.js";
import { scheduleOf } from "#words/schedules.js";
import RECIPES from "./recipes.json";

const WWW = new URL("../../www/", import.meta.url);
const INDEX = readFileSync(new URL("../../index.html", import.meta.url), "utf8");
const EMBED = readFileSync(new URL("../../embed.html", import.meta.url), "utf8");

/** Code as text, documents for authors, a style sheet, and what the compiler makes. */
const NO_WORDS_OF_THE_PAGE =
  /^(code\/|engine\/importing\.js$|pkg\/|docs\.js$|element\/style\.js$|words\/)/;

/** What looks like words and is none for a reader. @type {Readonly<Record<string, readonly string[]>>} */
const EXCEPTIONS = {
  // Told to the console, and to a script that calls an element whose worker has ended.
  "engine/client.js": [
    "a message from the training program could not be read",
    "the training program has stopped",
  ],
  // HTML to be copied.
  "formats/snippet.js": [
    '<script type="module" src="',
    "width: 100%; max-width: 30rem; aspect-ratio: ",
    '<iframe src="',
  ],
  // CSS.
  "element/view.js": ["button button-"],
  "page/view/chart.js": ["12px system-ui, sans-serif", "px system-ui, sans-serif"],
  "page/view/charts.js": ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"],
  "page/view/compare.js": ["% auto auto "],
  "page/view/toys.js": ["card toy-card"],
  // Names of browsers and systems, which are the same in every language.
  "worker/no-gpu.js": ["Safari", "Firefox", "Chrome", "Android", "Linux"],
};

const FILES = readdirSync(WWW, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".js") && !NO_WORDS_OF_THE_PAGE.test(name));

/** @param {string} name */
const sourceOf = (name) => readFileSync(new URL(name, WWW), "utf8");

/** Two words, one after the other, or one that begins as a sentence does. */
const WORDS = /\p{L}{2,}[,:;]? \p{Ll}{2,}|^\p{Lu}\p{Ll}+[ .:…]?$/u;

/** For programmers: what is thrown as a mistake of theirs or written to the console. */
const FOR_PROGRAMMERS = /^(new (Type)?Error|console\.\w+)$/;
/** What takes CSS. */
const STYLES = /(^|\.)(matchMedia|querySelector(All)?|closest)$/;

/** @typedef {{ type: string, [key: string]: any }} Node of a syntax tree */

/**
 * The texts of a program that look like words for people; what is only compared with is none.
 * @param {string} source
 * @returns {string[]}
 */
function wordsIn(source) {
  /** @type {string[]} */
  const found = [];
  /** @param {unknown} node */
  const visit = (node) => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (typeof node === "object" && node !== null && "type" in node) {
      const one = /** @type {Node} */ (node);
      if (one.type === "NewExpression" || one.type === "CallExpression") {
        const callee = source.slice(one.callee.start, one.callee.end);
        const called = one.type === "NewExpression" ? `new ${callee}` : callee;
        if (FOR_PROGRAMMERS.test(called) || STYLES.test(called)) return;
      }
      if (one.type === "BinaryExpression" && /^[!=]==$/.test(one.operator)) return;
      const text = one.type === "Literal" ? one.value : one.value?.cooked;
      const isText = one.type === "Literal" || one.type === "TemplateElement";
      if (isText && typeof text === "string" && WORDS.test(text)) found.push(text);
      Object.values(one).forEach(visit);
    }
  };
  visit(parseAst(source));
  return found;
}

test.each(FILES)("%s has no words of its own", (name) => {
  const exceptions = EXCEPTIONS[name] ?? [];
  const words = [...new Set(wordsIn(sourceOf(name)))];
  expect(words.filter((text) => !exceptions.includes(text))).toEqual([]);
  // An exception that is none any more goes.
  expect(exceptions.filter((text) => !words.includes(text))).toEqual([]);
});

test("words are seen wherever they stand in a program", () => {
  const program = `
    setText(note, "Nothing was changed.");
    const label = \`Step \${step} of the schedule\`;
    const rule = { rule: "a whole number", name: "Loading…" };
    throw new CodedError("data.none", "there are no data yet");
    throw new Error("this is for programmers");
    console.warn("and so is this");
    if (key === "Escape") matchMedia("(prefers-reduced-motion: reduce)");
  `;
  expect(wordsIn(program)).toEqual([
    "Nothing was changed.",
    "Step ",
    " of the schedule",
    "a whole number",
    "Loading…",
    "there are no data yet",
  ]);
});

/** Where a number is written for people, or one of several words is chosen by it. */
const BY_HAND = /\bIntl\b|\.to(Fixed|Exponential|Precision|Locale(Date|Time)?String)\(/;

/** What writes numbers for programs: a number as one types it, JSON of a slider. */
const TYPED = ["page/view/setting-box.js", "page/view/controls.js", "page/view/language.js"];

test("only the language's folder writes numbers for people", () => {
  const byHand = FILES.filter((name) => BY_HAND.test(sourceOf(name)));
  expect(byHand.sort()).toEqual([...TYPED].sort());
});

test("no words choose their plural by themselves", () => {
  const folder = readdirSync(new URL("words/en/", WWW)).filter((name) => name !== "numbers.js");
  const chosen = folder.filter((name) => /[!=]== "?1\b|Plural/.test(sourceOf(`words/en/${name}`)));
  expect(chosen).toEqual([]);
});

test("nobody names a language", () => {
  const named = FILES.filter((name) => /words\/[a-z]{2}\//.test(sourceOf(name)));
  expect(named).toEqual([]);
});

describe("a page", () => {
  /** Names and notation, which are the same in every language. */
  const SAME = /^(Web|GAN|WebGPU|CPU|Rust|Keras|PyTorch|D\(x\)|D\(G\(z\)\))$/;

  /**
   * Words that stand in a page itself, in its text or in an attribute that is read to people.
   * @param {string} page
   */
  const wordsOf = (page) => {
    const bare = page.replace(/<!--[^]*?-->/g, "");
    const texts = bare.matchAll(/>([^<]+)</g);
    const attributes = bare.matchAll(
      /\b(?:aria-label|aria-valuetext|title|placeholder|alt)="([^"]*)"/g,
    );
    const contents = bare.matchAll(/name="description"\s+content="([^"]*)"/g);
    const previews = bare.matchAll(
      /property="og:(?:title|description|image:alt)"\s+content="([^"]*)"/g,
    );
    return [...texts, ...attributes, ...contents, ...previews]
      .map(([, text]) => text.replace(/\{\{\w+\}\}/g, "").trim())
      .filter((text) => /\p{L}{2}/u.test(text) && !SAME.test(text));
  };

  test("has no words of its own", () => {
    for (const page of [INDEX, EMBED]) expect(wordsOf(page)).toEqual([]);
  });

  test("would be caught with words of its own", () => {
    const page = '<p title="Not said">{{lede}} and more</p> <!-- no words --> <b>GAN</b>';
    expect(wordsOf(page).sort()).toEqual(["Not said", "and more"]);
  });

  test("has a place for all of its words, and words for all of its places", () => {
    const [index, embed] = [
      fill(INDEX, { language, ...html() }),
      fill(EMBED, { language, ...embedHtml() }),
    ];
    for (const page of [index, embed]) {
      expect(page).not.toContain("{{");
      expect(page).toContain(`<html lang="${language}">`);
    }
  });

  test("is not filled where words or a place are missing, which is said", () => {
    expect(() => fill("<p>{{one}}</p>", {})).toThrow(
      "a page asks for {{one}}, for which there are no words",
    );
    expect(() => fill("<p>{{one}}</p>", { one: "1", two: "2", three: "3" })).toThrow(
      "there are words for which the page has no place: two, three",
    );
  });

  test("words in an attribute are text, between tags they may hold tags", () => {
    const words = { one: 'a <b class="x">"b" & $& c</b>' };
    expect(fill('<p title="{{one}}">{{one}}</p>', words)).toBe(
      '<p title="a &lt;b class=&quot;x&quot;>&quot;b&quot; &amp; $&amp; c&lt;/b>">a <b class="x">"b" & $& c</b></p>',
    );
  });
});

test("every term that can be pressed is explained, and every explanation can be reached where its term stands", () => {
  const page = fill(INDEX, { language, ...html() });
  const used = new Set([...page.matchAll(/data-term="(\w+)"/g)].map(([, id]) => id));
  expect([...used].sort()).toEqual(Object.keys(glossary).sort());
});

test("every preset has its words and its lesson", () => {
  // Its code is not written yet, so it has no recipe.
  const ids = Object.keys(RECIPES).sort();
  expect(ids.length).toBeGreaterThan(8);
  for (const group of [
    ...[presets, presetWords(anyNoun, tasks.lines), lessons.presets(anyNoun, tasks.lines)],
  ]) {
    expect(Object.keys(group).sort()).toEqual(ids);
  }
});

test("a schedule is told as the program has it", () => {
  const told = Object.values(RECIPES).map(({ config }) => {
    const schedule = /** @type {import("../../www/engine/protocol.js").Schedule} */ (
      config.schedule
    );
    return scheduleOf({ schedule, config: { batchSize: config.batch_size } });
  });
  expect(told).toContain("batch 16, 1,500 iterations");
  expect(told).toContain("batch 64, 100 epochs");
  expect(told).toContain("batch 10, 100 epochs of 100 batches");
});
