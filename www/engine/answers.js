// Answers that are waited for from somebody who may end without giving them. It keeps nothing of those
// that have come. No worker, no messages.

export class Answers {
  /** What refuses each answer that has not come. @type {Set<(reason: unknown) => void>} */
  #open = new Set();
  /** @type {{ reason: unknown } | undefined} */
  #end;

  /**
   * Asks, and waits for the answer or the end.
   * @template T
   * @param {() => Promise<T>} ask not called once the end has come
   * @returns {Promise<T>}
   */
  to(ask) {
    return new Promise((resolve, reject) => {
      if (this.#end !== undefined) throw this.#end.reason;
      const answer = ask();
      this.#open.add(reject);
      const forget = () => this.#open.delete(reject);
      void answer.then(resolve, reject).then(forget);
    });
  }

  /**
   * From now on every answer, open ones too, is this refusal. The first end stays.
   * @param {unknown} reason
   */
  end(reason) {
    this.#end ??= { reason };
    for (const refuse of this.#open) refuse(this.#end.reason);
    this.#open.clear();
  }
}
