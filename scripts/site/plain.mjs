// Vite plugins that leave out what this site does not need of what Vite adds to it.

/**
 * Vite marks its tags `crossorigin`, which keeps a style sheet from a page that was opened as a file, or lies
 * in a sandboxed frame. Modules are fetched in that way anyhow.
 * @returns {import("vite").Plugin}
 */
export function plainTags() {
  return {
    name: "webgan-plain-tags",
    transformIndexHtml: {
      order: "post",
      handler: (page) => page.replaceAll(" crossorigin ", " "),
    },
  };
}

/**
 * Vite wraps every `import()` in code that first loads its style sheets. No module here has any, and the
 * element's loader is to be small.
 * @returns {import("vite").Plugin}
 */
export function plainImports() {
  return {
    name: "webgan-plain-imports",
    enforce: "pre",
    load: (id) =>
      id === "\0vite/preload-helper.js"
        ? "export const __vitePreload = (load) => load();"
        : undefined,
  };
}
