// The one run that this browser keeps, in IndexedDB: its file, and what it was made of. It stores when told
// to and decides nothing. A browser without storage, as some private windows are, keeps nothing.

const STORE = "run";
/** A larger run is not kept. */
export const MAX_BYTES = 64 * 1024 * 1024;

/**
 * What a run was made of.
 * @typedef {object} About
 * @property {string} query its settings, as the address holds them
 * @property {string} title of its preset
 * @property {number} step
 * @property {number} at when it was kept, in milliseconds since 1970
 * @property {{ name: string, count: number } | undefined} own the user's own data, which are not kept
 */

export class SavedRun {
  #name;
  /** @type {Promise<IDBDatabase> | undefined} */
  #opening;

  /** @param {string} name of the database */
  constructor(name) {
    this.#name = name;
  }

  /** @returns {Promise<About | undefined>} */
  async about() {
    const about = await this.#ask("readonly", (store) => store.get("about"));
    return isAbout(about) ? about : undefined;
  }

  /** @returns {Promise<Uint8Array | undefined>} */
  async bytes() {
    const bytes = await this.#ask("readonly", (store) => store.get("bytes"));
    return bytes instanceof Uint8Array && bytes.length <= MAX_BYTES ? bytes : undefined;
  }

  /**
   * In place of what was kept before: both in one transaction, so that they belong together.
   * @param {About} about
   * @param {Uint8Array} bytes
   */
  async keep(about, bytes) {
    if (bytes.length > MAX_BYTES) return;
    await this.#ask("readwrite", (store) => {
      store.put(bytes, "bytes");
      return store.put(about, "about");
    });
  }

  async clear() {
    await this.#ask("readwrite", (store) => store.clear());
  }

  /**
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => IDBRequest} use
   * @returns {Promise<unknown>} of the request, once the transaction is done
   */
  async #ask(mode, use) {
    this.#opening ??= open(this.#name);
    const transaction = (await this.#opening).transaction(STORE, mode);
    const request = use(transaction.objectStore(STORE));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error("the browser stopped it"));
    });
  }
}

/**
 * @param {string} name
 * @returns {Promise<IDBDatabase>}
 */
function open(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * @param {any} about anything
 * @returns {about is About}
 */
function isAbout(about) {
  const isText = (/** @type {unknown} */ text) => typeof text === "string" && text.length < 4_000;
  const isCount = (/** @type {unknown} */ x) => Number.isSafeInteger(x) && Number(x) >= 0;
  return (
    isText(about?.query) &&
    isText(about.title) &&
    isCount(about.step) &&
    isCount(about.at) &&
    (about.own === undefined || (isText(about.own.name) && isCount(about.own.count)))
  );
}
