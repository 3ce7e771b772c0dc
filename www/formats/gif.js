// Pictures as an animated GIF (CompuServe 1990, GIF89a; Welch 1984 for its compression). Sixteen greys: digits need no
// more, and a file is a third as large as with 256. Of colours there are a cube of 252, the same for all pictures.

const GREYS = { bits: 4, levels: [16] };
/** Of red, green and blue: the eye tells most greens apart. */
const COLOURS = { bits: 8, levels: [6, 7, 6] };
/** Codes grow to twelve bits, then the table starts again. */
const MAX_CODE = 1 << 12;

/** Pictures are added one by one, so that whoever makes a long film can breathe between them. */
export class GifWriter {
  /** @type {number[]} */
  #bytes = [];
  #width;
  #height;
  #table;

  /**
   * @param {number} width
   * @param {number} height
   * @param {boolean} hasColours
   */
  constructor(width, height, hasColours) {
    this.#width = width;
    this.#height = height;
    this.#table = hasColours ? COLOURS : GREYS;
    const { bits } = this.#table;
    this.#text("GIF89a");
    this.#word(width);
    this.#word(height);
    // A table of colours for all pictures, of twice two to the number that stands there; background 0; square pixels.
    this.#bytes.push(0x80 | (bits - 1), 0, 0);
    for (let i = 0; i < 1 << bits; i++) this.#bytes.push(...this.#colour(i));
    // Endless repetition, as Netscape 2.0 has it.
    this.#bytes.push(0x21, 0xff, 11);
    this.#text("NETSCAPE2.0");
    this.#bytes.push(3, 1, 0, 0, 0);
  }

  /**
   * @param {{ values: Uint8Array, channels: 1 | 3 }} shot numbers of `width · height` pixels, row by row
   * @param {number} delayMs how long it is shown
   */
  add({ values, channels }, delayMs) {
    this.#bytes.push(0x21, 0xf9, 4, 0);
    this.#word(Math.round(delayMs / 10));
    this.#bytes.push(0, 0);
    this.#bytes.push(0x2c);
    for (const value of [0, 0, this.#width, this.#height]) this.#word(value);
    const { bits, levels } = this.#table;
    const indices = new Uint8Array(this.#width * this.#height);
    for (let i = 0; i < indices.length; i++) {
      for (const [channel, count] of levels.entries()) {
        const value = values[channels * i + (channels === 3 ? channel : 0)];
        indices[i] = indices[i] * count + Math.round((value * (count - 1)) / 255);
      }
    }
    this.#bytes.push(0, bits);
    compress(indices, bits, this.#bytes);
  }

  /**
   * Red, green and blue of a place in the table; those behind the cube are in no picture.
   * @param {number} index
   */
  #colour(index) {
    const { levels } = this.#table;
    const parts = levels.map((count, i) => {
      const below = levels.slice(i + 1).reduce((all, each) => all * each, 1);
      return Math.round((255 * (Math.floor(index / below) % count)) / (count - 1));
    });
    return parts.length === 3 ? parts : [parts[0], parts[0], parts[0]];
  }

  /** @returns {Uint8Array<ArrayBuffer>} the file */
  finish() {
    this.#bytes.push(0x3b);
    return new Uint8Array(this.#bytes);
  }

  /** @param {string} letters */
  #text(letters) {
    for (const letter of letters) this.#bytes.push(letter.charCodeAt(0));
  }

  /** @param {number} value */
  #word(value) {
    this.#bytes.push(value & 255, value >> 8);
  }
}

/**
 * @param {Uint8Array} indices
 * @param {number} bits of each
 * @param {number[]} out
 */
function compress(indices, bits, out) {
  const count = 1 << bits;
  const clear = count;
  const end = clear + 1;
  const packed = new Bits(out);
  /** A code and the index that follows it → the code of both; 0 where there is none. */
  const table = new Uint16Array(MAX_CODE * count);
  let width = bits + 1;
  let next = end + 1;
  packed.put(clear, width);
  let code = -1;
  for (const index of indices) {
    if (code < 0) {
      code = index;
      continue;
    }
    const key = code * count + index;
    const known = table[key];
    if (known !== 0) {
      code = known;
      continue;
    }
    packed.put(code, width);
    code = index;
    if (next === MAX_CODE) {
      packed.put(clear, width);
      table.fill(0);
      width = bits + 1;
      next = end + 1;
      continue;
    }
    // The reader learns this code one step later, so the width grows when it is first passed.
    if (next === 1 << width) width += 1;
    table[key] = next;
    next += 1;
  }
  if (code >= 0) packed.put(code, width);
  packed.put(end, width);
  packed.finish();
}

/** Codes of any width, the lowest bit first, in blocks of at most 255 bytes, each with its length before it. */
class Bits {
  #out;
  #rest = 0;
  #count = 0;
  /** Where the block's length stands. */
  #block;

  /** @param {number[]} out */
  constructor(out) {
    this.#out = out;
    this.#block = out.push(0) - 1;
  }

  /**
   * @param {number} code
   * @param {number} width
   */
  put(code, width) {
    this.#rest |= code << this.#count;
    for (this.#count += width; this.#count >= 8; this.#count -= 8) {
      this.#byte(this.#rest & 255);
      this.#rest >>>= 8;
    }
  }

  /** The last bits, and an empty block. */
  finish() {
    if (this.#count > 0) this.#byte(this.#rest & 255);
    if (this.#out[this.#block] > 0) this.#out.push(0);
  }

  /** @param {number} byte */
  #byte(byte) {
    this.#out.push(byte);
    this.#out[this.#block] += 1;
    if (this.#out[this.#block] === 255) this.#block = this.#out.push(0) - 1;
  }
}
