// The recommended rules, with each folder's globals.

import js from "@eslint/js";
import globals from "globals";

export default [
  {
    ignores: [
      "www/pkg/",
      "dist/",
      "gpu-kit/",
      "package/",
      "target/",
      "playwright-report/",
      "test-results/",
    ],
  },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  {
    files: ["www/**/*.js", "python/src/**/*.js", "bench/page/**/*.js", "examples/**/main.js"],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ["www/worker/**/*.js"],
    languageOptions: { globals: globals.worker },
  },
  {
    files: ["scripts/**/*.mjs", "bench/**/*.mjs", "*.config.js"],
    languageOptions: { globals: globals.nodeBuiltin },
  },
  {
    files: ["tests/**/*.js"],
    languageOptions: { globals: { ...globals.nodeBuiltin, ...globals.browser } },
  },
];
