// The runs that this browser keeps, in IndexedDB: of each its file, and what it was made of. It stores when
// told to and decides nothing. A browser without storage, as some private windows are, refuses every time,
// and is asked again every time.

import { isOwnData } from "./run-data.js";

/** @import { OwnData } from "./run-data.js" */

const ABOUTS = "abouts";
const FILES = "files";
/** Of version 1, which kept one run. */
const ONLY_RUN = "run";
/** Between two attempts to open the database. */
const AGAIN_MS = 500;

/**
 * What a run was made of, and how far it was.
 * @typedef {object} About
 * @property {string} id
 * @property {string} query its settings, as the address holds them
 * @property {string} title of its preset
 * @property {number} step
 * @property {number} at when it was kept, in milliseconds since 1970
 * @property {number} trainedMs for how long it had trained
 * @property {boolean} isTrial whether the lab or a lesson set it up
 * @property {boolean} wentAlone whether one network alone took a step
 * @property {OwnData | undefined} own the user's own data, which are not kept
 */

export class SavedRuns {
  #name;
  /** Open between two uses, so that a page that is being left can still begin to write. */
  /** @type {IDBDatabase | undefined} */
  #database;
  /** @type {Promise<IDBDatabase> | undefined} */
  #opening;

  /** @param {string} name of the database */
  constructor(name) {
    this.#name = name;
  }

  /** @returns {Promise<About[]>} newest first */
  async list() {
    const abouts = await this.#ask("readonly", (store) => store(ABOUTS).getAll());
    return /** @type {unknown[]} */ (abouts).filter(isAbout).sort((a, b) => b.at - a.at);
  }

  /**
   * @param {string} id
   * @returns {Promise<Uint8Array | undefined>}
   */
  async bytes(id) {
    const bytes = await this.#ask("readonly", (store) => store(FILES).get(id));
    return bytes instanceof Uint8Array ? bytes : undefined;
  }

  /**
   * In place of what was kept of this run before: file and facts in one transaction, so that they belong
   * together. Done when the browser has confirmed it. Where the database is open, all of it is asked for
   * before this returns.
   * @param {About} about
   * @param {Uint8Array} bytes
   */
  async keep(about, bytes) {
    await this.#ask("readwrite", (store) => {
      store(FILES).put(bytes, about.id);
      return store(ABOUTS).put(about);
    });
  }

  /** @param {string} id */
  async remove(id) {
    await this.#ask("readwrite", (store) => {
      store(FILES).delete(id);
      return store(ABOUTS).delete(id);
    });
  }

  /** Until it is used again. What was asked for before is still done. */
  close() {
    this.#database?.close();
    this.#database = undefined;
  }

  /**
   * @param {IDBTransactionMode} mode
   * @param {(store: (name: string) => IDBObjectStore) => IDBRequest} use
   * @returns {Promise<unknown>} of the request, once the transaction is done
   */
  async #ask(mode, use) {
    const database = this.#database ?? (await this.#open());
    const transaction = database.transaction([ABOUTS, FILES], mode);
    const request = use((name) => transaction.objectStore(name));
    /** @type {unknown} */
    let result;
    request.onsuccess = () => {
      ({ result } = request);
    };
    // Without waiting for this page to hear of it, which may be gone by then. Not where it reads: of megabytes on a disk
    // Chromium would say that all is done before they are there.
    if (mode === "readwrite") transaction.commit();
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(result);
      transaction.onabort = () => reject(transaction.error ?? new Error("the browser stopped it"));
    });
  }

  /** A failure is not remembered; most pass, so a second attempt is made before one is told. */
  #open() {
    this.#opening ??= open(this.#name)
      .catch(async () => {
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
        return open(this.#name);
      })
      .then((database) => {
        this.#database = database;
        // The browser may close it, when the site's data are cleared; a newer page may want it closed.
        database.onclose = database.onversionchange = () => this.close();
        return database;
      })
      .finally(() => {
        this.#opening = undefined;
      });
    return this.#opening;
  }
}

/**
 * @param {string} name
 * @returns {Promise<IDBDatabase>}
 */
function open(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 2);
    request.onupgradeneeded = ({ oldVersion }) => upgrade(request, oldVersion);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    // By a page of version 1 in another tab: what comes of it later is for the next who asks.
    request.onblocked = () => {
      request.onsuccess = () => request.result.close();
      reject(new Error("an older page of this site holds what is kept"));
    };
  });
}

/**
 * @param {IDBOpenDBRequest} request
 * @param {number} oldVersion 0 where there was none
 */
function upgrade({ result: database, transaction }, oldVersion) {
  const abouts = database.createObjectStore(ABOUTS, { keyPath: "id" });
  const files = database.createObjectStore(FILES);
  if (oldVersion !== 1 || transaction === null) return;
  const only = transaction.objectStore(ONLY_RUN);
  const [about, bytes] = ["about", "bytes"].map((key) => only.get(key));
  bytes.onsuccess = () => {
    const id = "1";
    const kept = { ...about.result, id, trainedMs: 0, isTrial: false, wentAlone: false };
    if (isAbout(kept) && bytes.result instanceof Uint8Array) {
      abouts.put(kept);
      files.put(bytes.result, id);
    }
    database.deleteObjectStore(ONLY_RUN);
  };
}

/**
 * @param {any} about anything
 * @returns {about is About}
 */
function isAbout(about) {
  const isText = (/** @type {unknown} */ text) => typeof text === "string" && text.length < 8_000;
  const isCount = (/** @type {unknown} */ x) => Number.isSafeInteger(x) && Number(x) >= 0;
  return (
    isText(about?.id) &&
    isText(about.query) &&
    isText(about.title) &&
    isCount(about.step) &&
    isCount(about.at) &&
    about.trainedMs >= 0 &&
    typeof about.isTrial === "boolean" &&
    typeof about.wentAlone === "boolean" &&
    (about.own === undefined || isOwnData(about.own))
  );
}
