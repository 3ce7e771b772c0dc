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
    blocks(compress(greys), this.#bytes);
  }

  /** @returns {Uint8Array<ArrayBuffer>} the file */
  finish() {
    this.#bytes.push(0x3b);
    return Uint8Array.from(this.#bytes);
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
 * @returns {number[]}
 */
function compress(greys) {
  const clear = GREY_COUNT;
  const end = clear + 1;
  const packed = new Bits();
  /** @type {Map<number, number>} a code and the grey that follows it → the code of both */
  let table = new Map();
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
    const known = table.get(key);
    if (known !== undefined) {
      code = known;
      continue;
    }
    packed.put(code, width);
    code = index;
    if (next === MAX_CODE) {
      packed.put(clear, width);
      table = new Map();
      width = GREY_BITS + 1;
      next = end + 1;
      continue;
    }
    // The reader learns this code one step later, so the width grows when it is first passed.
    if (next === 1 << width) width += 1;
    table.set(key, next);
    next += 1;
  }
  if (code >= 0) packed.put(code, width);
  packed.put(end, width);
  return packed.finish();
}

/** Codes of any width, the lowest bit first. */
class Bits {
  /** @type {number[]} */
  #bytes = [];
  #rest = 0;
  #count = 0;

  /**
   * @param {number} code
   * @param {number} width
   */
  put(code, width) {
    this.#rest |= code << this.#count;
    this.#count += width;
    while (this.#count >= 8) {
      this.#bytes.push(this.#rest & 255);
      this.#rest >>>= 8;
      this.#count -= 8;
    }
  }

  finish() {
    if (this.#count > 0) this.#bytes.push(this.#rest & 255);
    return this.#bytes;
  }
}

/**
 * Cuts data into blocks of at most 255 bytes, each with its length before it, and an empty last one.
 * @param {number[]} data
 * @param {number[]} out
 */
function blocks(data, out) {
  for (let i = 0; i < data.length; i += 255) {
    const block = data.slice(i, i + 255);
    out.push(block.length, ...block);
  }
  out.push(0);
}
