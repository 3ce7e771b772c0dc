// The numbers that a worker tells sources of samples apart by. One of these for each page.

/** @import { DataSource } from "./protocol.js" */

export class Sources {
  /** @type {Map<unknown, number>} */
  #numbers = new Map();

  /**
   * @param {string} [key] what the source is made of; none: like no other
   * @returns {number} the same for the same; the first is 0
   */
  number(key) {
    const known = key ?? Symbol();
    const number = this.#numbers.get(known) ?? this.#numbers.size;
    this.#numbers.set(known, number);
    return number;
  }

  /**
   * @param {string} url absolute, of a folder with IDX files
   * @param {boolean} turned
   * @returns {DataSource}
   */
  folder(url, turned) {
    return { kind: "folder", id: this.number(`${url} ${turned}`), url, turned, isSet: false };
  }

  /**
   * @param {string} url absolute, of a folder that a set of the site is in
   * @returns {DataSource}
   */
  set(url) {
    const id = this.number(`${url} false`);
    return { kind: "folder", id, url, turned: false, isSet: true };
  }
}
