// The element's properties: each is its attribute, in camel case and with a type. What they mean:
// attributes.js.

import { ATTRIBUTES, OPTION_NAMES } from "./attributes.js";

/** @import { OptionName, Options } from "./attributes.js" */

/**
 * @template {HTMLElement} T
 * @param {T} prototype of the element
 * @param {(element: T) => Options} read the attributes as they are now
 */
export function defineProperties(prototype, read) {
  for (const option of OPTION_NAMES) {
    Object.defineProperty(prototype, option, {
      configurable: true,
      enumerable: true,
      /** @this {T} */
      get() {
        return read(this)[option];
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
  // Frameworks set a property where there is one of that name, and every element has a `dataset`, which
  // cannot be set: of ours, the attribute's older name can be.
  const own = Object.getOwnPropertyDescriptor(globalThis.HTMLElement?.prototype ?? {}, "dataset");
  Object.defineProperty(prototype, "dataset", {
    configurable: true,
    enumerable: true,
    get: own?.get,
    /**
     * @this {T}
     * @param {Value} value
     */
    set(value) {
      write(this, "data", value);
    },
  });
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
  for (const option of OPTION_NAMES) {
    if (!Object.hasOwn(element, option)) continue;
    const value = self[option];
    delete self[option];
    self[option] = value;
  }
}
