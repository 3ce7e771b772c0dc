// <web-gan>: attributes, methods and events around a session, and when to train politely. The session,
// with the worker's end behind it, is loaded when somebody first wants to train. Not the registration:
// www/web-gan.js does that.

import { CodedError, messageOf } from "../errors.js";
import { METRICS } from "../protocol.js";
import { ATTRIBUTES, OPTION_NAMES, OPTION_OF, readOptions } from "./attributes.js";
import { Picture } from "./picture.js";
import { INITIAL, reduce, STAGES } from "./state.js";
import { isAbleToTrain } from "./support.js";
import { element as texts } from "../english.js?element";
import { View } from "./view.js";

/** @import { StartAnswer, Wish, WorkerEvent } from "../protocol.js" */
/** @import { Options } from "./attributes.js" */
/** @import { Order, Session } from "./session.js" */
/** @import { Action, Away, Failure, State } from "./state.js" */

/** Whoever has left it running is not at the machine any more. */
const TIME_LIMIT_MS = 10 * 60 * 1000;
/** What is so far from the screen counts as seen. */
const NEAR = "100px";

const UNSUPPORTED = "program.unsupported";

/** @type {Promise<typeof import("./session.js")> | undefined} the part that trains */
let trainingPart;

/** One promise for all: they go on in the order in which they asked. */
function loadTrainingPart() {
  trainingPart ??= import("./session.js").catch((error) => {
    trainingPart = undefined;
    throw error;
  });
  return trainingPart;
}

const lessMotion = matchMedia("(prefers-reduced-motion: reduce)");

export class WebGan extends HTMLElement {
  static observedAttributes = [...OPTION_OF.keys()];
  /** Address of the folder with the digits, for elements that name none. */
  static digits = "";

  /** One for all, so that they are told from the top of the page down. */
  static #sight = new IntersectionObserver(
    (entries) => {
      const height = (/** @type {IntersectionObserverEntry} */ entry) =>
        entry.boundingClientRect.top;
      for (const { target, isIntersecting } of entries.sort((a, b) => height(a) - height(b))) {
        if (target instanceof WebGan) target.#onSeen(isIntersecting);
      }
    },
    { rootMargin: NEAR },
  );

  static {
    for (const option of OPTION_NAMES) {
      const { name } = ATTRIBUTES[option];
      Object.defineProperty(this.prototype, option, {
        configurable: true,
        enumerable: true,
        /** @this {WebGan} */
        get() {
          this.#refresh();
          return this.#options[option];
        },
        /**
         * @this {WebGan}
         * @param {string | number | readonly string[] | null | undefined} value
         */
        set(value) {
          if (value === null || value === undefined) this.removeAttribute(name);
          else this.setAttribute(name, Array.isArray(value) ? value.join(" ") : String(value));
        },
      });
    }
  }

  /** @type {State} */
  #state = INITIAL;
  /** @type {Options} */
  #options = readOptions(() => null).options;
  #view;
  #picture;
  /** @type {Promise<Session> | undefined} */
  #session;
  #isSetUp = false;
  #isNear = false;
  #isVisible = false;
  /** Whether it trains again when it is seen again. */
  #resumes = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #limit;
  #isUpdating = false;
  /** Whether attributes have changed that have not been read. */
  #isStale = true;
  /** Whether one of them makes it another run. */
  #startsOver = false;

  constructor() {
    super();
    this.#view = new View(this.attachShadow({ mode: "open" }), {
      play: () => this.#toggle(),
      step: () => this.#pressed(this.step()),
      reset: () => this.#pressed(this.reset()),
      save: () => this.#pressed(this.#download()),
    });
    this.#picture = new Picture(this.#view.canvas);
  }

  connectedCallback() {
    if (this.#isSetUp) return; // moved
    this.#isSetUp = true;
    this.#adoptProperties();
    WebGan.#sight.observe(this);
    document.addEventListener("visibilitychange", this.#look);
    lessMotion.addEventListener("change", this.#calm);
    this.#refresh();
    if (!isAbleToTrain()) {
      /** @type {Failure} */
      const failure = { reason: "unsupported", code: UNSUPPORTED, message: texts.unsupported };
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

  /** @param {string} name */
  attributeChangedCallback(name) {
    const option = OPTION_OF.get(name);
    if (option !== undefined && ATTRIBUTES[option].startsOver) this.#startsOver = true;
    this.#isStale = true;
    this.#update();
  }

  /** Trains: to `steps`, or to the end of the preset's schedule, or beyond where that is reached. */
  async play() {
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
  async step(count = 1) {
    this.#resumes = false;
    const session = await this.#wake();
    this.#stopClock();
    await session.step(count);
    this.#dispatch({ type: "paused" });
  }

  /** Starts over, with the attributes as they are now, and waits. */
  async reset() {
    this.#resumes = false;
    this.#stopClock();
    this.#refresh();
    await this.#startOver();
  }

  /**
   * What the generator draws now: for its own latents, or for those of a wish.
   * @param {Wish} [wish]
   * @returns {Promise<ImageData>}
   */
  async sample(wish) {
    const session = await this.#wake();
    if (wish !== undefined) {
      const { width, height, pixels } = await session.sketch(wish);
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
    this.#resumes = false;
    this.#stopClock();
    const session = await this.#wake();
    await session.load(file instanceof Blob ? file : new Blob([file]));
    this.#dispatch({ type: "paused" });
  }

  /**
   * The picture that is shown, as an image file.
   * @param {string} [type]
   * @param {number} [quality]
   * @returns {Promise<Blob>}
   */
  async toBlob(type = "image/png", quality = undefined) {
    const blob = this.#state.picture && (await this.#picture.toBlob(type, quality));
    if (!blob) throw new CodedError("element.empty", texts.noPicture);
    return blob;
  }

  /** @param {boolean} inTurn whether to wait for another one that trains */
  async #play(inTurn) {
    this.#resumes = true;
    const session = await this.#wake();
    if (!this.#resumes) return; // paused meanwhile
    if (!this.#isVisible) {
      this.#dispatch({ type: "paused", away: "unseen" });
      return;
    }
    const { step } = this.#state;
    const total = this.#options.steps ?? undefined;
    this.#startClock();
    await session.play({ until: total !== undefined && step < total ? total : undefined, inTurn });
  }

  /** @param {Away} [away] */
  async #pause(away) {
    this.#stopClock();
    if (this.#session === undefined) return;
    const session = await this.#session;
    await session.pause();
    this.#dispatch({ type: "paused", away });
  }

  #toggle() {
    const { phase } = this.#state;
    const isWorking = phase === "training" || phase === "loading" || phase === "waiting";
    return this.#pressed(isWorking ? this.pause() : this.play());
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
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href));
  }

  /** The session; the part that trains is loaded with the first one. */
  #wake() {
    if (this.#state.phase === "unsupported") {
      throw new CodedError(UNSUPPORTED, texts.unsupported);
    }
    if (!this.isConnected) throw new CodedError("element.removed", texts.removed);
    this.#refresh();
    this.#session ??= this.#newSession();
    return this.#session;
  }

  async #newSession() {
    this.#dispatch({ type: "loading", stage: "program" });
    let part;
    try {
      part = await loadTrainingPart();
    } catch (cause) {
      this.#session = undefined;
      const code = "program.fetch";
      const message = texts.notLoaded(messageOf(cause));
      this.#fail({ reason: "network", code, message });
      throw new CodedError(code, message, { cause });
    }
    part.setCalm(lessMotion.matches);
    const session = new part.Session(this.#order(), {
      event: (event) => this.#onEvent(event),
      opened: (answer) => this.#onOpened(answer),
      waiting: () => this.#dispatch({ type: "waiting" }),
      training: () => this.#dispatch({ type: "training" }),
      yielded: () => {
        this.#resumes = false;
        this.#stopClock();
        this.#dispatch({ type: "paused", away: "yielded" });
      },
      ended: () => {
        this.#resumes = false;
        this.#stopClock();
        this.#dispatch({ type: "finished" });
      },
      failed: (failure) => this.#fail(failure),
    });
    if (!this.isConnected) session.close();
    return session;
  }

  /** @returns {Order} */
  #order() {
    const { preset, seed, batchSize, device, dataSrc, model } = this.#options;
    /** @type {Order["config"]} */
    const config = { preset };
    if (seed !== null) config.seed = seed;
    if (batchSize !== null) config.batchSize = batchSize;
    const absolute = (/** @type {string} */ url) => new URL(url, document.baseURI).href;
    const folder = absolute(dataSrc === "" ? WebGan.digits : dataSrc);
    return {
      config,
      device,
      data: folder.endsWith("/") ? folder : `${folder}/`,
      model: model === "" ? undefined : absolute(model),
    };
  }

  /** @param {WorkerEvent} event */
  #onEvent(event) {
    switch (event.type) {
      case "stage": {
        this.#dispatch({ type: "loading", stage: event.stage });
        const progress = STAGES.indexOf(event.stage) / STAGES.length;
        this.#tell("gan-progress", { stage: event.stage, progress });
        break;
      }
      case "grid": {
        const { step, trainedFor } = event;
        this.#picture.show(event);
        this.#dispatch({ type: "picture", step, isShowcase: trainedFor !== undefined });
        break;
      }
      case "losses": {
        const { values, progress } = event;
        const { step, epoch } = progress;
        this.#dispatch({ type: "losses", step, values });
        const last = values.subarray(values.length - METRICS.length);
        const metrics = Object.fromEntries(METRICS.map((metric, i) => [metric, last[i]]));
        this.#tell("gan-step", { step, epoch, stepsPerSecond: progress.stepsPerSecond });
        this.#tell("gan-metrics", { step, ...metrics });
        break;
      }
    }
  }

  /** @param {StartAnswer} answer */
  #onOpened({ run, device, data }) {
    const { step } = run;
    const total = this.#options.steps ?? run.totalSteps;
    this.#dispatch({ type: "opened", step, total, note: device.note });
    this.#tell("gan-progress", { stage: "networks", progress: 1 });
    const { kind, name, note } = device;
    this.#tell("gan-ready", { step, device: { kind, name, note }, images: data.count });
  }

  /** @param {Failure} failure */
  #fail(failure) {
    this.#resumes = false;
    this.#stopClock();
    this.#dispatch({ type: "failed", failure });
    this.#tell("gan-error", failure);
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
    this.#state = reduce(this.#state, action);
    this.#update();
  }

  /** Attributes and state may change many times in one task. */
  #update() {
    if (this.#isUpdating) return;
    this.#isUpdating = true;
    queueMicrotask(() => {
      this.#isUpdating = false;
      this.#refresh();
      this.#view.update(this.#state, this.#options);
    });
  }

  /** Reads the attributes, if there is need to, and acts on them. */
  #refresh() {
    if (!this.#isStale) return;
    this.#isStale = false;
    const { options, problems } = readOptions((name) => this.getAttribute(name));
    this.#options = options;
    for (const problem of problems) console.warn(`<web-gan> ${problem}.`);
    const { total } = this.#state;
    const { steps } = options;
    if (total !== undefined && steps !== null) this.#dispatch({ type: "total", total: steps });
    if (!this.#startsOver) return;
    this.#startsOver = false;
    const resumes = this.#resumes;
    void this.#pressed(this.#startOver());
    if (resumes) void this.#pressed(this.#play(false));
  }

  /** A new run in place of the one there is, if there is one. Whoever asks for the session waits. */
  async #startOver() {
    const before = this.#session;
    if (before === undefined) return;
    const restarted = before.then((session) => session.restart(this.#order()));
    this.#session = restarted.then(
      () => before,
      () => before,
    );
    this.#dispatch({ type: "fresh" });
    await restarted;
  }

  /** Takes over what was set on the element before it was one. */
  #adoptProperties() {
    const self = /** @type {Record<string, any>} */ (/** @type {unknown} */ (this));
    for (const option of OPTION_NAMES) {
      if (!Object.hasOwn(this, option)) continue;
      const value = self[option];
      delete self[option];
      self[option] = value;
    }
  }

  /** @param {boolean} isNear */
  #onSeen(isNear) {
    this.#isNear = isNear;
    this.#look();
    if (this.#isNear) this.#revealItself();
  }

  /** Without a press, where the author wants that and the reader has asked for nothing else. */
  #revealItself() {
    const { connection } = /** @type {{ connection?: { saveData?: boolean } }} */ (navigator);
    const isFrugal = connection?.saveData === true || lessMotion.matches;
    if (this.#options.reveal !== "auto" || isFrugal || this.#session !== undefined) return;
    void this.#pressed(this.#play(true));
  }

  /** Trains only while it can be seen. */
  #look = () => {
    const isVisible = this.#isNear && !document.hidden;
    if (isVisible === this.#isVisible) return;
    this.#isVisible = isVisible;
    this.#tell("gan-visibility", { visible: isVisible });
    if (this.#session === undefined || !this.#resumes) return;
    void this.#pressed(isVisible ? this.#play(true) : this.#pause("unseen"));
  };

  #calm = async () => {
    (await trainingPart)?.setCalm(lessMotion.matches);
  };

  #startClock() {
    this.#stopClock();
    this.#limit = setTimeout(() => {
      this.#resumes = false;
      void this.#pressed(this.#pause("limit"));
    }, TIME_LIMIT_MS);
  }

  #stopClock() {
    clearTimeout(this.#limit);
  }

  #tearDown() {
    if (!this.#isSetUp) return;
    this.#isSetUp = false;
    WebGan.#sight.unobserve(this);
    document.removeEventListener("visibilitychange", this.#look);
    lessMotion.removeEventListener("change", this.#calm);
    this.#stopClock();
    this.#isNear = this.#isVisible = this.#resumes = false;
    void this.#session?.then((session) => session.close()).catch(() => {});
    this.#session = undefined;
    this.#dispatch({ type: "idle" });
  }
}
