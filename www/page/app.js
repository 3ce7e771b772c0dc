// What the page can be asked to do: brings the app's parts together, starts the worker and hears what
// it tells. No DOM and no wasm.

import { Changes } from "./app/changes.js";
import { Comparing } from "./app/comparing.js";
import { Desk, isDeath } from "./app/desk.js";
import { Exploring } from "./app/exploring.js";
import { Measuring } from "./app/measuring.js";
import { Runs } from "./app/runs.js";
import { Starter } from "./app/starter.js";
import { Training } from "./app/training.js";
import { Client } from "../engine/client.js";
import { gridEveryMs } from "../engine/pace.js";
import { messageOf } from "../kit/errors.js";
import { sentence } from "../kit/sentence.js";
import { isLearning } from "./selectors.js";
import { mayHaveSaved } from "./saved-name.js";
import { ignored } from "./settings.js";
import { tilesAlong } from "../kit/tiles.js";
import { page as texts } from "#words/page.js";

/** @import { Hands, Places } from "./app/desk.js" */
/** @import { OwnData } from "./run-data.js" */
/** @import { Exporting } from "./app/exporting.js" */
/** @import { Files } from "./app/files.js" */
/** @import { Lab } from "./app/lab.js" */
/** @import { Problem, WorkerEvent } from "../engine/protocol.js" */
/** @import { History } from "./history.js" */
/** @import { Saving } from "./app/saving.js" */
/** @import { Settings } from "./settings.js" */
/** @import { Picture, Place } from "./state.js" */
/** @import { PageStore } from "./state.js" */
/** @import { Timeline } from "../kit/timeline.js" */

export class App {
  #desk;
  #starter;
  /** What keeps the run in this browser, once somebody takes steps or has taken some. */
  /** @type {Promise<Saving | undefined> | undefined} */
  #saving;

  /**
   * @param {PageStore} store
   * @param {History} history
   * @param {Timeline} timeline
   * @param {Places} places
   * @param {Hands} hands
   */
  constructor(store, history, timeline, places, hands) {
    const newClient = (/** @type {Desk} */ desk) => this.#newClient(desk);
    const desk = new Desk(store, history, timeline, places, hands, newClient);
    this.#desk = desk;
    this.comparing = new Comparing(desk);
    this.measuring = new Measuring(desk);
    this.training = new Training(desk, this.measuring);
    this.runs = new Runs(desk);
    this.#starter = new Starter(desk, this.training, this.runs);
    this.changes = new Changes(desk, this.training, this.#starter, (file) =>
      this.files((files) => files.load(file)),
    );
    this.training.onBegin = () => this.#withSaving((saving) => saving.begin());
    this.training.onStepped = () => this.#withSaving((saving) => saving.stepped());
    // Nobody who never took a step loads what keeps runs.
    this.#starter.onEnd = async () => (await this.#saving)?.keepLast();
    this.#starter.onStart = () => {
      if (this.#saving !== undefined) this.#withSaving((saving) => saving.moved());
    };
    this.exploring = new Exploring(desk);
  }

  /** @param {Desk} desk */
  #newClient(desk) {
    return new Client(
      (event) => this.#onEvent(event),
      ({ code, message }) => {
        if (code.startsWith("program.")) desk.store.dispatch({ type: "fatal", message });
        else this.#die(message);
      },
      desk.state.settings.device,
    );
  }

  /** Gets everything ready, up to the untrained generator's first picture. */
  async boot() {
    void this.#lookForRuns();
    try {
      const presets = await this.#desk.client.presets;
      this.#desk.store.dispatch({ type: "presets", presets });
    } catch (error) {
      if (isDeath(error)) return; // shown by the client's onFatal
      this.#desk.client.terminate();
      this.#desk.store.dispatch({ type: "fatal", message: messageOf(error) });
      return;
    }
    await this.#leaveOutNetworks();
    await this.#starter.start({}, "run", {
      from: this.#desk.checkpoint,
      showcase: true,
    });
    await this.#listFailures();
  }

  /** Without the list the lab stays empty. */
  #listFailures() {
    const asked = this.#desk.client.ask.failures();
    return this.#desk.tell(
      asked.then((failures) => this.#desk.store.dispatch({ type: "failures", failures })),
    );
  }

  /** Sizes in the address that its GAN's networks cannot have are named and ignored, as all that is not good there. */
  async #leaveOutNetworks() {
    const { store } = this.#desk;
    for (const name of /** @type {const} */ (["generator", "discriminator"])) {
      const sizes = store.state.settings[name];
      if (sizes === null) continue;
      try {
        await this.changes.networksOf({ [name]: sizes });
      } catch (error) {
        if (isDeath(error)) return;
        const said = [store.state.problems.address ?? [], ignored(name, sizes, messageOf(error))];
        store.dispatch({ type: "settings", patch: { [name]: null } });
        store.dispatch({ type: "problem", place: "address", message: said.flat().join(" ") });
      }
    }
  }

  /** While the program loads, so that what is offered is there with what can be pressed, and pushes nothing. */
  async #lookForRuns() {
    if (await mayHaveSaved(this.#desk.places.page)) this.#withSaving((saving) => saving.look());
  }

  /**
   * After a crash: a new worker, and the run where its last checkpoint was taken.
   * @param {Partial<Settings>} patch
   */
  async restart(patch) {
    const { pace } = this.#desk.client;
    this.#desk.client.terminate();
    this.#desk.store.dispatch({ type: "restart", patch });
    this.#desk.client = this.#newClient(this.#desk);
    this.#desk.client.setPace(pace);
    await this.boot();
  }

  /** @param {Place} place */
  dismiss(place) {
    this.#desk.store.dispatch({ type: "dismiss", place });
  }

  /** @param {boolean} hidden whether the tab is hidden now */
  setHidden(hidden) {
    this.#desk.client.setPace({ hidden });
    // A phone may end a hidden tab without a word; another tab may have changed what is kept.
    if (this.#saving !== undefined) {
      this.#withSaving((saving) => (hidden ? saving.keepLast() : saving.look()));
    }
    this.training.setHidden(hidden);
  }

  /**
   * Goes on with a run that this browser keeps.
   * @param {string} id
   */
  goOn(id) {
    this.#withSaving((saving) => saving.goOn(id));
  }

  /**
   * Removes a run that this browser keeps: one that was offered, or the one on the page.
   * @param {string} [id]
   */
  forget(id) {
    this.#withSaving((saving) => (id === undefined ? saving.clear() : saving.discard(id)));
  }

  /** @param {(saving: Saving) => unknown} use */
  #withSaving(use) {
    const saving = (this.#saving ??= this.#loadSaving());
    saving
      .then((loaded) => loaded && use(loaded))
      .catch((error) => {
        console.warn("WebGAN cannot keep a run in this browser:", error);
      });
  }

  /** @returns {Promise<Saving | undefined>} nothing where it cannot be loaded: asked for again next time */
  async #loadSaving() {
    try {
      const { Saving } = await import("./app/saving.js");
      return new Saving(this.#desk, this.#starter, this.#again);
    } catch (error) {
      console.warn("WebGAN cannot keep a run in this browser:", error);
      this.#saving = undefined;
      return undefined;
    }
  }

  /** @param {OwnData} own data in use, as a run had them */
  #again = async (own) => (await this.changes.ownData()).again(own);

  /**
   * Saves the run, or goes on with a saved one.
   * @param {(files: Files) => unknown} use
   */
  files(use) {
    return this.#orSay("files", async () => {
      const { Files } = await import("./app/files.js");
      await use(new Files(this.#desk, this.#starter, this.#again));
    });
  }

  /**
   * Makes files of what the run has shown.
   * @param {(exporting: Exporting) => unknown} use
   */
  export(use) {
    return this.#orSay("export", async () => {
      const { Exporting } = await import("./app/exporting.js");
      await use(new Exporting(this.#desk, this.exploring));
    });
  }

  /**
   * Sets up a run that is to be seen.
   * @param {(lab: Lab) => unknown} use
   */
  lab(use) {
    return this.#orSay("lab", async () => {
      const { Lab } = await import("./app/lab.js");
      await use(new Lab(this.#desk, this.training, this.#starter));
    });
  }

  /**
   * What is loaded when it is asked for, or why it cannot be.
   * @param {Place} place
   * @param {() => Promise<unknown>} use
   */
  async #orSay(place, use) {
    try {
      await use();
    } catch (error) {
      const message = sentence(messageOf(error));
      this.#desk.store.dispatch({ type: "problem", place, message });
    }
  }

  /** @param {boolean} isCalm whether the user asked for less motion */
  setCalm(isCalm) {
    this.#desk.client.setPace({ gridEveryMs: gridEveryMs(isCalm) });
  }

  /** @param {WorkerEvent} event */
  #onEvent(event) {
    switch (event.type) {
      case "stage":
        this.#desk.store.dispatch(event);
        break;
      case "losses":
        this.#desk.history.push(event.values);
        this.#desk.store.dispatch(event);
        break;
      case "grid": {
        const picture = this.#pictureOf(event);
        this.#desk.hands.show(event);
        // The trained generator's pictures are none of this run, those of one digit none of all.
        if (event.trainedFor === undefined && event.digit === null) {
          this.#desk.timeline.add(event.step, event);
        }
        this.#desk.store.dispatch({ type: "grid", picture });
        this.comparing.show(event, picture);
        break;
      }
      case "plane": {
        const { modes, covered, good } = event.plane;
        this.#desk.hands.showPlane(event.plane);
        this.#desk.store.dispatch({
          type: "spread",
          spread: { step: event.step, modes, covered, good },
        });
        break;
      }
      case "checkpoint":
        this.#withSaving((saving) => saving.checkpointed());
        break;
      case "measuring":
        this.#desk.store.dispatch({ type: "measuring", isAsked: false });
        break;
      case "seeing": {
        const { done, total } = event;
        this.#desk.store.dispatch({ type: "seeing", seeing: { done, total } });
        break;
      }
      case "measured":
        this.#desk.store.dispatch({ type: "measured", measured: event.measured });
        break;
      case "epoch":
        this.#desk.store.dispatch({ type: "epoch", row: event.row });
        break;
      case "paused":
        this.#desk.store.dispatch(
          event.reason === "problem" ? { ...event, problem: explained(event.problem) } : event,
        );
        this.comparing.settle();
        if (event.reason === "problem") break;
        this.measuring.measureSoon(event.runId);
        this.#withSaving((saving) => saving.keepLast());
        break;
      case "gan-train": {
        const { stage, done, total } = event;
        const { ganTrain } = this.#desk.state;
        if (!isLearning(ganTrain)) break; // cancelled meanwhile
        this.#desk.store.dispatch({
          type: "gan-train",
          ganTrain: { ...ganTrain, stage, done, total },
        });
        break;
      }
      case "findings":
        this.#desk.store.dispatch({ type: "findings", findings: event.findings });
        break;
      case "device-error":
        // What the GPU says is for the console (the worker logs it); here is what it means.
        this.training.pause();
        this.#desk.store.dispatch({ type: "problem", place: "run", message: texts.deviceError });
        break;
      case "fatal":
        break; // the client's business
    }
  }

  /**
   * @param {Extract<WorkerEvent, { type: "grid" }>} grid
   * @returns {Picture}
   */
  #pictureOf({ step, width, height, trainedFor, showcase, digit, opinions, pairs }) {
    const { columns = 1, rows = 1 } = this.#desk.state.data ?? {};
    return {
      step,
      columns: tilesAlong(width, columns),
      rows: tilesAlong(height, rows),
      trainedFor,
      showcase,
      digit,
      opinions: opinions && Array.from(opinions),
      isOfPairs: pairs,
    };
  }

  /**
   * The worker is gone. What a person can do about it comes after what happened.
   * @param {string} what
   */
  #die(what) {
    const step = this.#desk.checkpoint?.step;
    const hope = step === undefined ? texts.runLost : texts.canGoOn(step);
    this.#desk.store.dispatch({ type: "fatal", message: `${what} ${hope}` });
  }
}

/**
 * @param {Problem} problem
 * @returns {Problem} with what to try
 */
function explained({ code, message }) {
  const advice = code === "train.non_finite" ? ` ${texts.tryAfterNonFinite}` : "";
  return { code, message: sentence(message) + advice };
}
