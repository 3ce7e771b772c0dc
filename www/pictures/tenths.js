// Which pictures are held out where nothing comes held out: every tenth. The command line's
// `src/bin/webgan/data/tenths.rs` holds out the same, by the same rule. It reads nothing.

/** What becomes of pictures of which none comes held out. @typedef {"tenth" | "none"} HoldOut */

/** Of so many pictures one is held out. */
const TENTH = 10;
/**
 * From one ten to the next the place that is held out moves on by so many: by none, every tenth picture would be one
 * column of a sheet of ten.
 */
const TURN = 7;
/** Of fewer pictures none is held out. */
export const FEWEST = 2 * TENTH;

/**
 * Those count that are the same as no other and not alone in their class, class by class; of each ten of them one is
 * held out.
 * @param {number} count
 * @param {readonly number[] | undefined} labels one each, where there are classes
 * @param {readonly [number, number][]} twins places of pictures that are the same as an earlier one, each with the
 *   first one's
 * @returns {number[]} places, ascending; none of fewer than twenty that count
 */
export function tenths(count, labels, twins) {
  const alike = new Set(twins.flat());
  /** @type {Map<number | undefined, number[]>} */
  const classes = new Map();
  for (let place = 0; place < count; place++) {
    const own = classes.get(labels?.[place]) ?? [];
    if (own.push(place) === 1) classes.set(labels?.[place], own);
  }
  const counted = [...classes]
    .sort(([one], [other]) => Number(one) - Number(other))
    .flatMap(([, places]) => (places.length === 1 ? [] : places))
    .filter((place) => !alike.has(place));
  if (counted.length < FEWEST) return [];
  const tens = Math.floor(counted.length / TENTH);
  return Array.from(
    { length: tens },
    (_, ten) => counted[ten * TENTH + ((TENTH - 1 + TURN * ten) % TENTH)],
  ).sort((a, b) => a - b);
}
