// The discriminator's opinions of samples, as lengths of bars. What an opinion is depends on the objective:
// a probability for some, any number for others.

/** Least squares aims at 0 and 1, and misses. */
const MISS = 0.5;

/**
 * Whether opinions are marks on a scale without ends, where only their order says something.
 * @param {readonly number[]} opinions
 */
export function isScale(opinions) {
  return opinions.some((one) => one < -MISS || one > 1 + MISS);
}

/**
 * @param {readonly number[]} opinions
 * @returns {number[]} from 0 to 1: probabilities as they are, marks between the lowest and the highest
 */
export function shares(opinions) {
  if (!isScale(opinions)) return opinions.map((one) => Math.min(1, Math.max(0, one)));
  const lowest = Math.min(...opinions);
  const range = Math.max(...opinions) - lowest;
  return opinions.map((one) => (range === 0 ? 1 : (one - lowest) / range));
}
