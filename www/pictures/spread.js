// Which of many things stand for all: some spread over the whole, or as many of each class.

/**
 * @param {number} count
 * @param {readonly number[] | undefined} labels one each, where there are classes
 * @param {number} most
 * @returns {number[]} their places: the first ones, or of each class as many, class by class
 */
export function spread(count, labels, most) {
  const all = Array.from({ length: count }, (_, place) => place);
  if (labels === undefined || count <= most) return sorted(all.slice(0, most), labels);
  /** @type {Map<number, number>} */
  const seen = new Map();
  const turns = all.map((place) => {
    const turn = seen.get(labels[place]) ?? 0;
    seen.set(labels[place], turn + 1);
    return { place, turn };
  });
  turns.sort((a, b) => a.turn - b.turn || a.place - b.place);
  return sorted(
    turns.slice(0, most).map(({ place }) => place),
    labels,
  );
}

/**
 * @param {number[]} places
 * @param {readonly number[] | undefined} labels
 */
function sorted(places, labels) {
  if (labels === undefined) return places;
  return places.sort((a, b) => labels[a] - labels[b] || a - b);
}

/**
 * So many out of all, equally far from each other.
 * @template T
 * @param {readonly T[]} all
 * @param {number} most
 */
export function sample(all, most) {
  const step = Math.max(1, all.length / most);
  return Array.from({ length: Math.min(most, all.length) }, (_, i) => all[Math.floor(i * step)]);
}
