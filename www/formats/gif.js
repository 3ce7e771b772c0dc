// Greys as an animated GIF (CompuServe 1990, GIF89a; Welch 1984 for its compression). Sixteen greys: digits
// need no more, and a file is a third as large as with 256.

const GREY_BITS = 4;
const GREY_COUNT = 1 << GREY_BITS;
/** Codes grow to twelve bits, then the table starts again. */
const MAX_CODE = 1 << 12;

/** Pictures are added one by one, so that whoever makes a long film can breathe between them. */
export class GifWriter {
  /** @type {number[]} */
  #bytes = [];
  #width;
  #height;

  /**
   * @param {number} width
   * @param {number} height
   */
  constructor(width, height) {
    this.#width = width;
    this.#height = height;
    this.#text("GIF89a");
    this.#word(width);
    this.#word(height);
    // A table of colours for all pictures, 2^(3 + 1) of them; background 0; square pixels.
    this.#bytes.push(0x80 | (GREY_BITS - 1), 0, 0);
    for (let i = 0; i < GREY_COUNT; i++) {
      const grey = Math.round((255 * i) / (GREY_COUNT - 1));
      this.#bytes.push(grey, grey, grey);
    }
    // Endless repetition, as Netscape 2.0 has it.
    this.#bytes.push(0x21, 0xff, 11);
    this.#text("NETSCAPE2.0");
    this.#bytes.push(3, 1, 0, 0, 0);
  }

  /**
   * @param {Uint8Array} greys `width · height` of them
   * @param {number} delayMs how long they are shown
   */
  add(greys, delayMs) {
    this.#bytes.push(0x21, 0xf9, 4, 0);
    this.#word(Math.round(delayMs / 10));
    this.#bytes.push(0, 0);
    this.#bytes.push(0x2c);
    for (const value of [0, 0, this.#width, this.#height]) this.#word(value);
    this.#bytes.push(0, GREY_BITS);
    compress(greys, this.#bytes);
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
 * @param {Uint8Array} greys
 * @param {number[]} out
 */
function compress(greys, out) {
  const clear = GREY_COUNT;
  const end = clear + 1;
  const packed = new Bits(out);
  /** A code and the grey that follows it → the code of both; 0 where there is none. */
  const table = new Uint16Array(MAX_CODE * GREY_COUNT);
  let width = GREY_BITS + 1;
  let next = end + 1;
  packed.put(clear, width);
  let code = -1;
  for (const grey of greys) {
    const index = ((grey * (GREY_COUNT - 1) + 127) / 255) | 0;
    if (code < 0) {
      code = index;
      continue;
    }
    const key = code * GREY_COUNT + index;
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
      width = GREY_BITS + 1;
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
