// Which values a chart makes room for: nearly all, but none that would flatten the rest. No chart.

/** This share of the values at either end may be left out. */
const TAIL = 0.02;
/** A tail is left out when it reaches so many times as far as the others do. */
const FAR = 3;

/**
 * @typedef {object} Range
 * @property {number} min
 * @property {number} max
 * @property {number | undefined} above the largest value, where that is beyond `max`
 * @property {number | undefined} below the smallest, where that is beyond `min`
 */

/**
 * @param {readonly number[]} values finite
 * @returns {Range | undefined} none without values
 */
export function robustRange(values) {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((one, other) => one - other);
  const last = sorted.length - 1;
  const tail = Math.floor(last * TAIL);
  const [low, high] = [sorted[tail], sorted[last - tail]];
  const spread = high - low;
  const [min, max] = [sorted[0], sorted[last]];
  const isAbove = spread > 0 && max - low > FAR * spread;
  const isBelow = spread > 0 && high - min > FAR * spread;
  return {
    min: isBelow ? low : min,
    max: isAbove ? high : max,
    above: isAbove ? max : undefined,
    below: isBelow ? min : undefined,
  };
}
