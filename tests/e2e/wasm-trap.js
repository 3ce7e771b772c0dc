// Puts a real trap into the real program: the body of one exported function becomes `unreachable`,
// as if that function had panicked. Knows just enough of the binary format for that.

const CODE_SECTION = 10;
const EXPORT_SECTION = 7;
const IMPORT_SECTION = 2;
const FUNCTION = 0;

const UNREACHABLE = 0x00;
const NOP = 0x01;
const END = 0x0b;

/**
 * @param {Uint8Array} wasm
 * @param {string} name of an exported function
 * @returns {Uint8Array} a copy in which calling it traps
 */
export function withTrap(wasm, name) {
  const bytes = new Uint8Array(wasm);
  const sections = readSections(bytes);
  const index = exportedFunction(bytes, at(sections, EXPORT_SECTION), name);
  const imported = importedFunctions(bytes, at(sections, IMPORT_SECTION));
  const { start, end } = codeBody(bytes, at(sections, CODE_SECTION), index - imported);
  bytes[start] = 0; // no locals
  bytes[start + 1] = UNREACHABLE;
  bytes.fill(NOP, start + 2, end - 1);
  bytes[end - 1] = END;
  return bytes;
}

/** Reads LEB128 numbers and names one after the other. */
class Reader {
  /**
   * @param {Uint8Array} bytes
   * @param {number} position
   */
  constructor(bytes, position) {
    this.bytes = bytes;
    this.position = position;
  }

  byte() {
    return this.bytes[this.position++];
  }

  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  name() {
    const length = this.number();
    this.position += length;
    return new TextDecoder().decode(this.bytes.subarray(this.position - length, this.position));
  }

  /** Skips a table's or memory's limits. */
  limits() {
    const flags = this.byte();
    this.number();
    if (flags & 1) this.number();
  }
}

/** @param {Uint8Array} bytes */
function readSections(bytes) {
  /** @type {Map<number, number>} */
  const starts = new Map();
  const reader = new Reader(bytes, 8);
  while (reader.position < bytes.length) {
    const id = reader.byte();
    const size = reader.number();
    starts.set(id, reader.position);
    reader.position += size;
  }
  return starts;
}

/**
 * @param {Map<number, number>} sections
 * @param {number} id
 */
function at(sections, id) {
  const start = sections.get(id);
  if (start === undefined) throw new Error(`the program has no section ${id}`);
  return start;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {string} wanted
 */
function exportedFunction(bytes, start, wanted) {
  const reader = new Reader(bytes, start);
  for (let left = reader.number(); left > 0; left--) {
    const name = reader.name();
    const kind = reader.byte();
    const index = reader.number();
    if (kind === FUNCTION && name === wanted) return index;
  }
  throw new Error(`the program exports no function ${wanted}`);
}

/**
 * @param {Uint8Array} bytes
 * @param {number} start
 */
function importedFunctions(bytes, start) {
  const reader = new Reader(bytes, start);
  let count = 0;
  for (let left = reader.number(); left > 0; left--) {
    reader.name();
    reader.name();
    switch (reader.byte()) {
      case FUNCTION:
        reader.number();
        count += 1;
        break;
      case 1: // table
        reader.byte();
        reader.limits();
        break;
      case 2: // memory
        reader.limits();
        break;
      case 3: // global
        reader.byte();
        reader.byte();
        break;
      default:
        throw new Error("an import of an unknown kind");
    }
  }
  return count;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {number} index
 */
function codeBody(bytes, start, index) {
  const reader = new Reader(bytes, start);
  reader.number();
  for (let i = 0; ; i++) {
    const size = reader.number();
    if (i === index) return { start: reader.position, end: reader.position + size };
    reader.position += size;
  }
}
