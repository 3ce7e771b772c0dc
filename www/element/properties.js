// The element's properties: each attribute is one, by every name that it has, in camel case and with a type;
// what has a short name in links has its full one as well. What they mean: attributes.js.

import { ATTRIBUTES, OPTION_NAMES, OPTION_OF } from "./attributes.js";

/** @import { OptionName, Options } from "./attributes.js" */

/** @type {ReadonlyMap<string, OptionName>} */
export const PROPERTIES = new Map([
  ...OPTION_NAMES.map((option) => /** @type {const} */ ([option, option])),
  ...[...OPTION_OF].map(([name, option]) => /** @type {const} */ ([camelCase(name), option])),
]);

/** @param {string} name of an attribute */
function camelCase(name) {
  return name.replace(/-./g, ([, letter]) => letter.toUpperCase());
}

/**
 * @template {HTMLElement} T
 * @param {T} prototype of the element
 * @param {(element: T) => Options} read the attributes as they are now
 */
export function defineProperties(prototype, read) {
  for (const [name, option] of PROPERTIES) {
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: true,
      /** @this {T} */
      get() {
        // Frameworks set a property where there is one of that name, and every element has a `dataset`, which
        // cannot be set: of ours, the attribute's older name can be.
        return name === "dataset"
          ? Reflect.get(Object.getPrototypeOf(prototype), name, this)
          : read(this)[option];
      },
      /**
       * @this {T}
       * @param {Value} value
       */
      set(value) {
        write(this, option, value);
      },
    });
  }
}

/** @typedef {string | number | readonly string[] | null | undefined} Value */

/**
 * @param {HTMLElement} element
 * @param {OptionName} option
 * @param {Value} value
 */
function write(element, option, value) {
  const { name, alias } = ATTRIBUTES[option];
  if (alias !== undefined) element.removeAttribute(alias);
  if (value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, Array.isArray(value) ? value.join(" ") : String(value));
}

/**
 * Takes over what was set on an element before it was one of ours.
 * @param {HTMLElement} element
 */
export function adoptProperties(element) {
  const self = /** @type {Record<string, any>} */ (/** @type {unknown} */ (element));
  for (const name of PROPERTIES.keys()) {
    if (!Object.hasOwn(element, name)) continue;
    const value = self[name];
    delete self[name];
    self[name] = value;
  }
}
