// The element's documentation: fills the page's tables from the manifest that editors read, and lets
// its examples be tried.

import manifest from "../custom-elements.json";
import "./web-gan.js";
import { elementSnippet } from "./formats/snippet.js";
import { started } from "./started.js";
import { find, make } from "./kit/dom.js";

const [declaration] = manifest.modules[0].declarations;
const { attributes, members, events, slots, cssProperties, cssParts } = declaration;
const methods = members.flatMap((member) => (member.kind === "method" ? [member] : []));

fill(
  "attributes",
  attributes.map(({ name, type, default: initial, description }) => [
    [code(name), ...otherNames(name).map((other) => make("small", {}, [code(`.${other}`)]))],
    code(initial === "null" || initial === '""' ? "–" : initial.replaceAll('"', "")),
    [make("p", { text: description }), make("small", {}, [code(type.text)])],
  ]),
);
fill(
  "methods",
  methods.map(({ name, parameters = [], return: answer, description }) => [
    code(`${name}(${parameters.map((p) => (p.optional ? `${p.name}?` : p.name)).join(", ")})`),
    [make("p", { text: description }), make("small", {}, [code(answer?.type.text ?? "")])],
  ]),
);
fill(
  "events",
  events.map(({ name, type, description }) => [
    code(name),
    [
      make("p", { text: description }),
      make("small", {}, [code(type.text.replace(/^CustomEvent<(.*)>$/, "$1"))]),
    ],
  ]),
);
fill("slots", slots.map(named));
fill(
  "properties",
  cssProperties.map(({ name, default: initial, description }) => [
    code(name),
    code(initial),
    make("span", { text: description }),
  ]),
);
fill("parts", cssParts.map(named));

const site = new URL(".", document.baseURI).href;
find("one-line", HTMLElement).textContent = elementSnippet(site, { preset: "mlp", steps: 2000 });
for (const example of document.querySelectorAll(".example")) {
  const element = example.querySelector("web-gan");
  const shown = example.querySelector("pre");
  // What stands in the page is what is shown.
  if (element !== null && shown !== null) {
    shown.textContent = element.outerHTML
      .replace(/^ {6,}/gm, "  ")
      .replace(/\s+<\/web-gan>$/, "\n</web-gan>");
  }
}

started();

const duel = document.querySelector("#listening web-gan");
duel?.addEventListener("gan-metrics", (event) => {
  const { step, dOfReal, dOfFake } = /** @type {CustomEvent} */ (event).detail;
  const words = `step ${step}: D(x) ${dOfReal.toFixed(2)}, D(G(z)) ${dOfFake.toFixed(2)}`;
  find("heard", HTMLElement).textContent = words;
});

/**
 * @param {string} attribute
 * @returns {string[]} what its properties are called where that is not its own name
 */
function otherNames(attribute) {
  return members.flatMap((member) =>
    member.attribute === attribute && member.name !== attribute ? [member.name] : [],
  );
}

/**
 * @param {{ name: string, description: string }} entry
 */
function named({ name, description }) {
  return [code(name), make("span", { text: description })];
}

/** @param {string} text */
function code(text) {
  return make("code", { text });
}

/**
 * @param {string} id of a table's body
 * @param {(Node | Node[])[][]} rows
 */
function fill(id, rows) {
  const body = find(id, HTMLTableSectionElement);
  for (const [head, ...cells] of rows) {
    const first = make("th", {}, [head].flat());
    first.scope = "row";
    body.append(make("tr", {}, [first, ...cells.map((cell) => make("td", {}, [cell].flat()))]));
  }
}
