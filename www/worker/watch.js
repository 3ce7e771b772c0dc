// Watches a run with the wasm's monitor and tells what shows: what is new at once, what has gone or
// whose numbers have moved only now and then, so that a panel does not flicker. No rules: Rust has them.

/** @import { Monitor, PlaneView, Yardstick } from "../pkg/cpu/webgan.js" */
/** @import { Finding } from "../engine/examined.js" */

const CALM_MS = 5_000;

export class Watch {
  #monitor;
  #cureOf;
  #tell;
  /** @type {Finding[]} */
  #told = [];
  #toldAt = -Infinity;

  /**
   * @param {Monitor} monitor owned: `close` frees it
   * @param {(symptom: string) => string | undefined} cureOf with what to start over, as JSON
   * @param {(findings: Finding[]) => void} tell
   */
  constructor(monitor, cureOf, tell) {
    this.#monitor = monitor;
    this.#cureOf = cureOf;
    this.#tell = tell;
  }

  /** @param {Float32Array} values what `readLosses` gave */
  add(values) {
    this.#monitor.add(values);
    this.#look();
  }

  /** @param {PlaneView} seen what `plane` gave */
  covered(seen) {
    this.#monitor.covered(seen);
    this.#look();
  }

  #look() {
    const findings = this.#findings();
    const isCalm = performance.now() - this.#toldAt < CALM_MS;
    if (isCalm && findings.every((finding) => this.#isTold(finding))) return;
    this.#say(findings);
  }

  /**
   * @param {Yardstick} yardstick
   * @param {string} quality what `yardstick.measure` gave
   */
  measured(yardstick, quality) {
    this.#monitor.measured(yardstick, quality);
    this.settle();
  }

  /** Nothing comes for now: what is told is to be what shows. */
  settle() {
    this.#say(this.#findings());
  }

  close() {
    this.#monitor.free();
  }

  /** @returns {Finding[]} */
  #findings() {
    /** @type {Finding[]} */
    const findings = JSON.parse(this.#monitor.findings());
    const cures = findings.map(({ symptom }) => this.#cureOf(symptom));
    // One is enough: a run is mended once.
    const first = cures.findIndex((cure) => cure !== undefined);
    return findings.map((finding, i) =>
      i === first ? { ...finding, cure: JSON.parse(cures[i] ?? "{}") } : finding,
    );
  }

  /** @param {Finding} finding */
  #isTold({ symptom }) {
    return this.#told.some((told) => told.symptom === symptom);
  }

  /** @param {Finding[]} findings */
  #say(findings) {
    if (JSON.stringify(findings) === JSON.stringify(this.#told)) return;
    this.#told = findings;
    this.#toldAt = performance.now();
    this.#tell(findings);
  }
}
