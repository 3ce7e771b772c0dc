// <web-gan>: attributes, methods and events around a session. The session, with the worker's end behind
// it, is loaded when somebody first wants to train. Not the registration: www/web-gan.js does that. Where
// there is no DOM, as on a server, it can be imported, and does nothing.

import { CodedError } from "../kit/errors.js";
import { soon } from "../kit/soon.js";
import { Allowance, Sight, wantsToBeAsked } from "./attention.js";
import { isOtherRun, OPTION_OF, readOptions } from "./attributes.js";
import { unknownPreset } from "./posters.js";
import { adoptProperties, defineProperties } from "./properties.js";
import { INITIAL, isWorking, pauseBetween, reduce } from "./state.js";
import { unsupported } from "./support.js";
import { trainingPart } from "./training-part.js";
import { element as texts } from "#words/element.js";
import { View } from "./view.js";

/** @import { Files } from "../engine/given.js" */
/** @import { Wish } from "../engine/protocol.js" */
/** @import { Options } from "./attributes.js" */
/** @import { Session } from "./session.js" */
/** @import { Picture } from "./picture.js" */
/** @import { TrainingPart } from "./training-part.js" */
/** @import { Action, Away, Failure, State } from "./state.js" */
/** @import { Told } from "./telling.js" */

/** There wherever there is a session. @type {TrainingPart} */
let part;

/** @type {typeof HTMLElement} */
const Base = globalThis.HTMLElement ?? class {};

export class WebGan extends Base {
  static observedAttributes = [...OPTION_OF.keys()];
  /** Address of the folder with the digits, for elements that name none; relative to the page. */
  static digits = "";
  /** The package's. */
  static version = "";
  /** Gives files in place of the network, where a page has them. @type {Files | undefined} */
  static files;

  static {
    defineProperties(this.prototype, (element) => {
      element.#refresh();
      return element.#options;
    });
  }

  /** @type {State} */
  #state = INITIAL;
  /** @type {Options} */
  #options = readOptions(() => null).options;
  #view;
  /** There with the session. */
  #picture = /** @type {Picture} */ (/** @type {unknown} */ (undefined));
  /** @type {Promise<Session> | undefined} */
  #session;
  /** While it is on the page. @type {Sight | undefined} */
  #sight;
  #allowance = new Allowance(() => {
    this.#resumes = false;
    void this.#pressed(this.#pause("limit"));
  });
  /** Whether it trains again when it is seen again. */
  #resumes = false;
  /** Whether attributes have changed that have not been read. */
  #isStale = true;
  /** Attributes and state may change many times in one task. */
  #update = soon(() => {
    this.#refresh();
    this.#view.update(this.#state, this.#options, part);
  });

  constructor() {
    super();
    this.#view = new View(this.attachShadow({ mode: "open" }), {
      play: () => this.#pressed(isWorking(this.#state) ? this.pause() : this.play()),
      step: () => this.#pressed(this.step()),
      reset: () => this.#pressed(this.reset()),
      save: () => this.#pressed(this.#download()),
    });
  }

  connectedCallback() {
    if (this.#sight !== undefined) return; // moved
    adoptProperties(this);
    this.#sight = new Sight(this, this.#revealItself, this.#onVisible);
    this.#refresh();
    const failure = unsupported();
    if (failure !== undefined) {
      this.#dispatch({ type: "unsupported", failure });
      this.#tell("gan-error", failure);
    }
    this.#update();
    if (this.#options.loading === "eager") this.#revealItself();
  }

  disconnectedCallback() {
    // Moving an element takes it out and puts it back within one task.
    setTimeout(() => {
      if (!this.isConnected) this.#tearDown();
    });
  }

  attributeChangedCallback() {
    this.#isStale = true;
    this.#update();
  }

  /** Trains: to `steps`, or to the end of the preset's schedule, or beyond where that is reached. */
  async play() {
    this.#refresh();
    this.#allowance.grant(this.#options.minutes);
    await this.#play(false);
  }

  /** Pauses; done when the last step has arrived. */
  async pause() {
    this.#resumes = false;
    await this.#pause();
  }

  /**
   * Takes single steps.
   * @param {number} [count]
   */
  async step(count) {
    const steps = count === undefined ? 1 : (await trainingPart(WebGan.files)).stepsOf(count);
    this.#resumes = false;
    const session = await this.#wake();
    this.#allowance.stop();
    await session.step(steps);
    this.#rested(session);
  }

  /** Starts over, with the attributes as they are now, and waits. */
  async reset() {
    this.#end();
    this.#refresh();
    await this.#startOver();
  }

  /**
   * What the generator draws now: for its own latents, or for those of a wish.
   * @param {Wish} [wish]
   * @returns {Promise<ImageData>}
   */
  async sample(wish) {
    const given = wish !== undefined && (await trainingPart(WebGan.files)).wishOf(wish);
    const session = await this.#wake();
    if (given) {
      const { width, height, pixels } = await session.sketch(given);
      return new ImageData(new Uint8ClampedArray(pixels), width, height);
    }
    await session.draw();
    if (this.#state.picture === undefined) throw new CodedError("element.empty", texts.noPicture);
    return this.#picture.read();
  }

  /**
   * The run as a file, to go on from with `load`.
   * @returns {Promise<Blob>}
   */
  async save() {
    const session = await this.#wake();
    return (await session.save()).blob;
  }

  /**
   * Goes on with a saved run, with the settings that it was made with, and waits.
   * @param {Blob | BufferSource} file
   */
  async load(file) {
    const given = (await trainingPart(WebGan.files)).fileOf(file);
    const session = await this.#wake();
    try {
      await session.load(given);
      this.#resumes = false;
      this.#rested(session);
    } catch (error) {
      if (this.#state.phase === "loading") this.#rested(session, this.#state.away);
      throw error;
    }
  }

  /**
   * The picture that is shown, as an image file.
   * @param {string} [type]
   * @param {number} [quality]
   * @returns {Promise<Blob>}
   */
  async toBlob(type = "image/png", quality = undefined) {
    if (this.#state.picture === undefined) throw new CodedError("element.empty", texts.noPicture);
    return part.imageOf(this.#picture, type, quality);
  }

  /** @param {boolean} inTurn whether to wait for another one that trains */
  async #play(inTurn) {
    this.#resumes = true;
    const session = await this.#wake();
    if (!this.#resumes) return; // paused meanwhile
    if (!this.#sight?.isVisible && this.#options.unseen === "pause") {
      this.#dispatch({ type: "paused", away: "unseen" });
      return;
    }
    const { step } = this.#state;
    const total = this.#options.steps ?? undefined;
    this.#allowance.start();
    await session.play({ until: total !== undefined && step < total ? total : undefined, inTurn });
  }

  /** @param {Away} [away] */
  async #pause(away) {
    this.#allowance.stop();
    if (this.#session === undefined) return;
    const session = await this.#session;
    await session.pause();
    this.#rested(session, away);
  }

  /**
   * What was to end has ended. What is shown follows the run: it may have been told to train meanwhile.
   * @param {Session} session
   * @param {Away} [away]
   */
  #rested(session, away) {
    if (session.wants) return;
    this.#allowance.stop();
    this.#dispatch({ type: "paused", away });
  }

  /**
   * What a button started: its failure is on the element and in an event already.
   * @param {Promise<unknown>} work
   */
  async #pressed(work) {
    await work.catch(() => {});
  }

  async #download() {
    const session = await this.#wake();
    const { name, blob } = await session.save();
    this.#dispatch({ type: "hint", hint: part.handOver(name, blob) });
  }

  /** The session; the part that trains is loaded with the first one. */
  #wake() {
    const { phase, failure } = this.#state;
    if (phase === "unsupported" && failure !== undefined) throw CodedError.of(failure);
    if (!this.isConnected) throw new CodedError("element.removed", texts.removed);
    this.#refresh();
    const unknown = unknownPreset(this.#options.preset);
    if (unknown !== undefined) {
      this.#fail(unknown);
      throw CodedError.of(unknown);
    }
    this.#session ??= this.#newSession();
    return this.#session;
  }

  async #newSession() {
    this.#dispatch({ type: "loading", stage: "program" });
    try {
      part = await trainingPart(WebGan.files);
    } catch (error) {
      const { code, message } = /** @type {CodedError} */ (error);
      this.#session = undefined;
      this.#fail({ reason: "network", code, message });
      throw error;
    }
    this.#picture ??= new part.Picture(this.#view);
    const session = new part.Session(part.orderOf(this.#options, WebGan.digits), {
      event: (event) => {
        this.#picture.show(event);
        this.#hear(part.told(event));
      },
      opened: (answer) => {
        void this.#picture.opened(answer, session, this.#options.board);
        this.#hear(part.toldOpened(answer, this.#options.steps));
      },
      waiting: () => this.#dispatch({ type: "waiting" }),
      training: () => this.#dispatch({ type: "training" }),
      yielded: () => this.#end({ type: "paused", away: "yielded" }),
      ended: () => this.#end({ type: "finished" }),
      failed: (failure) => this.#fail(failure),
    });
    if (!this.isConnected) session.close();
    return session;
  }

  /** @param {Told} told */
  #hear({ action, events }) {
    if (action !== undefined) this.#dispatch(action);
    for (const [name, detail] of events) this.#tell(name, detail);
  }

  /** @param {Failure} failure */
  #fail(failure) {
    this.#end({ type: "failed", failure });
    this.#tell("gan-error", failure);
  }

  /**
   * It does not train any more, and does not by itself either.
   * @param {Action} [action] what is shown
   */
  #end(action) {
    this.#resumes = false;
    this.#allowance.stop();
    if (action !== undefined) this.#dispatch(action);
  }

  /**
   * @param {string} name
   * @param {object} detail
   */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** @param {Action} action */
  #dispatch(action) {
    const before = this.#state;
    this.#state = reduce(before, action);
    const pause = pauseBetween(before, this.#state);
    if (pause !== undefined) this.#tell("gan-pause", pause);
    this.#update();
  }

  /** Reads the attributes, if there is need to, and acts on them. */
  #refresh() {
    if (!this.#isStale) return;
    this.#isStale = false;
    const { options, problems } = readOptions((name) => this.getAttribute(name));
    const before = this.#options;
    this.#options = options;
    for (const problem of problems) console.warn(`<web-gan> ${problem}.`);
    this.#warn();
    const { steps, speed } = options;
    const { total } = this.#state;
    if (total !== undefined && steps !== null) this.#dispatch({ type: "total", total: steps });
    if (speed !== before.speed) {
      void this.#session?.then((session) => session.setSpeed(speed)).catch(() => {});
    }
    const startsOver = isOtherRun(options, before);
    const resumes = this.#resumes;
    if (startsOver) void this.#pressed(this.#startOver());
    if (resumes && (startsOver || steps !== before.steps)) void this.#pressed(this.#play(true));
  }

  /** Says at once what would come out when somebody wants to train. */
  #warn() {
    const { phase, failure } = this.#state;
    const unknown = unknownPreset(this.#options.preset);
    if (phase !== "idle" && (phase !== "failed" || this.#session !== undefined)) return;
    if (failure?.message === unknown?.message) return;
    this.#dispatch({ type: "idle", failure: unknown });
    if (unknown === undefined) return;
    console.warn(`<web-gan> ${unknown.message}`);
    this.#tell("gan-error", unknown);
  }

  /** A new run in place of the one there is, if there is one. Whoever asks for the session waits. */
  async #startOver() {
    const before = this.#session;
    if (before === undefined) return;
    const restarted = before.then((session) =>
      session.restart(part.orderOf(this.#options, WebGan.digits)),
    );
    this.#session = restarted.catch(() => {}).then(() => before);
    this.#dispatch({ type: "fresh" });
    await restarted;
  }

  /** Without a press, where the author wants that and the reader has asked for nothing else. */
  #revealItself = () => {
    const { reveal, minutes } = this.#options;
    if (reveal !== "auto" || wantsToBeAsked() || this.#session !== undefined) return;
    this.#allowance.grant(minutes);
    void this.#pressed(this.#play(true));
  };

  /**
   * Trains only while it can be seen.
   * @param {boolean} visible
   */
  #onVisible = (visible) => {
    this.#tell("gan-visibility", { visible });
    if (this.#session === undefined || !this.#resumes || this.#options.unseen === "train") return;
    void this.#pressed(visible ? this.#play(true) : this.#pause("unseen"));
  };

  #tearDown() {
    if (this.#sight === undefined) return;
    this.#sight.end();
    this.#sight = undefined;
    void this.#session?.then((session) => session.close()).catch(() => {});
    this.#session = undefined;
    this.#end({ type: "idle", failure: unknownPreset(this.#options.preset) });
  }
}
