// Writes a language that nobody speaks: a copy of www/words/en/ in which every text is longer and marked, with the
// plurals and numbers of Polish. What is not marked on a page in that language was never in the folder.

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseAst } from "vite";

/** @typedef {{ type: string, start: number, end: number, [key: string]: any }} Node of a syntax tree */

/** Whose plurals have other forms than English ones: 1 krok, 2 kroki, 5 kroków. */
const CODE = "pl";
/** Texts in these arguments are names of something: a unit, an entry of the glossary. */
const NAMES = /** @type {Record<string, number>} */ ({ measure: 1, term: 0, mark: 0 });
/** Attributes that are read to people. */
const READ = /\b(aria-label|title|alt|placeholder)="([^"]*)"/g;

/**
 * @param {string} from
 * @param {string} to
 */
export function writePseudoLanguage(from, to) {
  mkdirSync(to, { recursive: true });
  // Node is to read the folder as modules.
  writeFileSync(path.join(to, "package.json"), '{"type":"module"}');
  for (const name of readdirSync(from)) {
    const source = readFileSync(path.join(from, name), "utf8");
    writeFileSync(path.join(to, name), translated(source));
  }
}

/** @param {string} source of a group of words */
export function translated(source) {
  // What is formatted has options in quotes and no words.
  if (/^export const (format|language)\b/m.test(source)) {
    return source.replace(/"en(-GB)?"/g, `"${CODE}"`);
  }
  /** @param {Node} node */
  const written = (node) => source.slice(node.start, node.end);
  /** What stands in place of a piece of the source. @type {{ start: number, end: number, text: string }[]} */
  const changes = [];
  /**
   * @param {any} node
   * @param {string} [form] of a plural
   */
  const visit = (node, form = "") => {
    if (Array.isArray(node)) for (const each of node) visit(each, form);
    if (typeof node?.type !== "string") return;
    const { type, start, end } = node;
    if (type === "ImportDeclaration" || type === "BinaryExpression") return;
    if (type === "Literal" && typeof node.value === "string") {
      changes.push({ start, end, text: JSON.stringify(longer(node.value, form)) });
    } else if (type === "TemplateLiteral") {
      // Expressions are kept, and the words within them are changed where they stand.
      const inner = (/** @type {Node} */ one) => translatedPart(one);
      const holes = node.expressions.map(inner);
      const whole = node.quasis
        .map((/** @type {Node} */ { value }, /** @type {number} */ i) =>
          i < holes.length ? `${value.cooked}${hole(i)}` : value.cooked,
        )
        .join("");
      const text = longer(whole, form)
        .replace(/[\\`]/g, "\\$&")
        .replace(
          /[\uE000-\uF8FF]/g,
          (/** @type {string} */ mark) => `\${${holes[mark.charCodeAt(0) - 0xe000]}}`,
        );
      changes.push({ start, end, text: `\`${text}\`` });
    } else if (type === "CallExpression") {
      const named = NAMES[node.callee.name];
      visit(node.callee);
      node.arguments.forEach((/** @type {Node} */ one, /** @type {number} */ i) => {
        if (i !== named && !STYLES.test(written(node.callee))) visit(one);
      });
    } else if (type === "Property") {
      if (node.computed) visit(node.key);
      visit(node.value, form);
    } else if (type === "ObjectExpression" && isPlural(node)) {
      const [one, other] = ["one", "other"].map((key) =>
        node.properties.find((/** @type {Node} */ { key: { name } }) => name === key),
      );
      const forms = ["few", "many", "other"].map(
        (key) => `${key}: ${translatedPart(other.value, key)}`,
      );
      const text = `{ one: ${translatedPart(one.value, "one")}, ${forms.join(", ")} }`;
      changes.push({ start, end, text });
    } else {
      for (const [key, value] of Object.entries(node)) if (key !== "type") visit(value, form);
    }
  };
  /**
   * @param {Node} node
   * @param {string} [form]
   * @returns {string} its source, changed
   */
  const translatedPart = (node, form) => {
    const before = changes.length;
    visit(node, form);
    const own = changes.splice(before);
    return replaced(source, own, node.start, node.end);
  };
  visit(parseAst(source));
  return replaced(source, changes, 0, source.length);
}

/** What takes the options of a number or a date. */
const STYLES = /^(number|format)$|\.toLocaleString$/;

/** @param {Node} object */
function isPlural({ properties }) {
  const keys = properties.map((/** @type {Node} */ { key }) => key?.name);
  return keys.join() === "one,other";
}

/** @param {number} i */
const hole = (i) => String.fromCharCode(0xe000 + i);

/**
 * @param {string} source
 * @param {{ start: number, end: number, text: string }[]} changes
 * @param {number} from
 * @param {number} to
 */
function replaced(source, changes, from, to) {
  let text = "";
  let at = from;
  for (const change of changes.sort((a, b) => a.start - b.start)) {
    text += source.slice(at, change.start) + change.text;
    at = change.end;
  }
  return text + source.slice(at, to);
}

/**
 * A letter of every three doubled, in marks; tags, and what is put in, stay as they are, outside of the marks.
 * @param {string} text
 * @param {string} form of a plural
 * @returns {string}
 */
export function longer(text, form) {
  const pieces = text.split(/(<[^>]*>|[\uE000-\uF8FF])/);
  return pieces
    .map((piece, i) => {
      if (i % 2 === 1) {
        return piece.replace(READ, (_, name, words) => `${name}="${longer(words, form)}"`);
      }
      if (!/\p{L}/u.test(piece)) return piece;
      const said = piece.replace(/&\w+;|\p{L}{2,}/gu, (word) =>
        word.startsWith("&") ? word : word.replace(/(.)(.)(.?)/gu, "$1$2$2$3"),
      );
      return `⟦${said}${form && `‹${form[0]}›`}⟧`;
    })
    .join("");
}
