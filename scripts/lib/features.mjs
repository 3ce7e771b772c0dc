// The features of the crate that a user may choose, as Cargo.toml has them, and which of them are
// compiled together. Compiles nothing.

/**
 * Features that no other one is made of: what they have in common is nobody's to choose.
 * @param {Record<string, string[]>} features each with what it switches on, as `cargo metadata` has it
 */
export function chosen(features) {
  const parts = new Set(
    Object.entries(features)
      .filter(([name]) => name !== "default")
      .flatMap(([, parts]) => parts),
  );
  return Object.keys(features).filter((name) => name !== "default" && !parts.has(name));
}

/**
 * None, each alone, every two and all: what fails only where two meet shows in one of these.
 * @param {string[]} features
 * @returns {string[][]}
 */
export function combinations(features) {
  const pairs = features.flatMap((one, index) =>
    features.slice(index + 1).map((other) => [one, other]),
  );
  return [[], ...features.map((one) => [one]), ...pairs, features];
}
