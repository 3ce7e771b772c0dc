// Chance that falls the same on every machine, so that a set comes out the same: a seeded generator
// and a shuffle.

/**
 * Tommy Ettinger's Mulberry32: 32-bit integer arithmetic, so the same numbers everywhere.
 * @param {number} seed
 * @returns {() => number} uniform in [0, 1), in steps of 2⁻³²
 */
export function mulberry32(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Fisher–Yates, in place.
 * @template T
 * @param {T[]} items
 * @param {() => number} random
 */
export function shuffle(items, random) {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other], items[last]];
  }
  return items;
}
