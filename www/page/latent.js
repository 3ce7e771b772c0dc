// The geometry of latents: points of a plane through the latent space, ways between two points, paths.
// Pure arithmetic: no generator, no page.
//
// Latents are drawn from a normal distribution, and in many dimensions nearly all of them lie near a
// sphere of radius √n. Points off that sphere are nothing a generator has met, so a plane is bent
// onto it and a way between two points runs along it (Shoemake 1985; White 2016).

/**
 * A repeatable stream of standard normal numbers.
 * @param {number} seed
 * @returns {() => number}
 */
export function normals(seed) {
  const uniform = uniforms(seed);
  // Box and Muller (1958); 1 − u keeps the logarithm's argument above 0.
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/**
 * @param {number} seed
 * @returns {() => number} from 0 to below 1; a Weyl sequence through a hash
 */
export function uniforms(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let word = state;
    word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return ((word ^ (word >>> 15)) >>> 0) / 2 ** 32;
  };
}

/**
 * @param {number} size numbers in each latent
 * @param {number} count
 * @param {number} seed
 * @returns {Float32Array} row by row
 */
export function randomLatents(size, count, seed) {
  const normal = normals(seed);
  return Float32Array.from({ length: size * count }, normal);
}

/** A plane through the latent space; its directions are orthogonal and of length 1. */
/** @typedef {{ centre: number[], right: number[], up: number[] }} Plane */

/**
 * @param {number} size numbers in each latent, at least 2
 * @param {number} seed
 * @returns {Plane}
 */
export function plane(size, seed) {
  const normal = normals(seed);
  const draw = () => Array.from({ length: size }, normal);
  const centre = draw();
  const right = unit(draw());
  const other = draw();
  const shared = dot(other, right);
  const up = unit(other.map((x, i) => x - shared * right[i]));
  return { centre, right, up };
}

/**
 * The latent at a place of the plane, at the typical distance from 0.
 * @param {Plane} plane
 * @param {number} x
 * @param {number} y
 * @returns {number[]}
 */
export function at({ centre, right, up }, x, y) {
  const point = centre.map((c, i) => c + x * right[i] + y * up[i]);
  return scaled(point, Math.sqrt(point.length));
}

/**
 * Points on the way between two latents, the ends included: at even angles, and at a length that goes
 * evenly from one's to the other's.
 * @param {ArrayLike<number>} from
 * @param {ArrayLike<number>} to
 * @param {number} count at least 2
 * @returns {number[][]}
 */
export function way(from, to, count) {
  const [a, b] = [Array.from(from), Array.from(to)];
  const [first, last] = [norm(a), norm(b)];
  const cosine = Math.min(1, Math.max(-1, dot(a, b) / (first * last)));
  const angle = Math.acos(cosine);
  return Array.from({ length: count }, (_, i) => {
    const t = i / (count - 1);
    // Nearly in one direction, the straight line is the arc.
    const [share, rest] =
      Math.sin(angle) < 1e-6
        ? [1 - t, t]
        : [Math.sin((1 - t) * angle) / Math.sin(angle), Math.sin(t * angle) / Math.sin(angle)];
    const point = a.map((x, j) => (share * x) / first + (rest * b[j]) / last);
    return scaled(point, first + t * (last - first));
  });
}

/**
 * Where a walk through the plane is after so many seconds: a closed curve that crosses most of it.
 * @param {number} seconds
 * @returns {{ x: number, y: number }} each from −1 to 1
 */
export function walk(seconds) {
  const angle = (2 * Math.PI * seconds) / 40;
  return { x: 0.8 * Math.sin(3 * angle), y: 0.8 * Math.sin(2 * angle) };
}

/** @param {number[]} a @param {number[]} b */
function dot(a, b) {
  return a.reduce((sum, x, i) => sum + x * b[i], 0);
}

/** @param {number[]} point */
function norm(point) {
  return Math.sqrt(dot(point, point));
}

/** @param {number[]} point */
function unit(point) {
  return scaled(point, 1);
}

/** @param {number[]} point @param {number} length */
function scaled(point, length) {
  const factor = length / norm(point);
  return point.map((x) => x * factor);
}
