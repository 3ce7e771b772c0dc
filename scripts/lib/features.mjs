// The features of the crate that a user may choose, as Cargo.toml has them, and with which of them it is
// compiled so that every two meet. Compiles nothing.

/** @typedef {Record<string, string[]>} Features each with what it switches on, as `cargo metadata` has it */

/**
 * Features that no other one is made of: what they have in common is nobody's to choose.
 * @param {Features} features
 */
export function chosen(features) {
  const parts = new Set(partsOf(features));
  return Object.keys(features).filter((name) => name !== "default" && !parts.has(name));
}

/**
 * What all features together switch on in the crates this one is made of.
 * @param {Features} features
 */
export function ofDependencies(features) {
  return [...new Set(partsOf(features).filter((part) => part.includes("/")))];
}

/** @param {Features} features */
function partsOf(features) {
  return Object.entries(features).flatMap(([name, parts]) => (name === "default" ? [] : parts));
}

/**
 * None, all, and few between them, in which every two features are there together, neither, and each
 * without the other: each feature is in three of five, no two in the same three.
 * @param {string[]} features at most ten
 * @returns {string[][]}
 */
export function everyTwo(features) {
  const threes = [0, 1, 2, 3, 4].flatMap((a, _, five) =>
    five.slice(a + 1).flatMap((b) => five.slice(b + 1).map((c) => [a, b, c])),
  );
  if (features.length > threes.length) throw new Error(`${features.length} features are too many`);
  const five = [0, 1, 2, 3, 4].map((place) =>
    features.filter((_, index) => threes[index].includes(place)),
  );
  return [[], features, ...five].filter(
    (set, index, sets) => sets.findIndex((other) => other.join() === set.join()) === index,
  );
}
