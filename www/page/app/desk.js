// What the parts of the app share: the store, the worker's client of the moment, the data in use, the
// run. It decides nothing.

import { codeOf } from "../../kit/errors.js";
import { Sources } from "../../engine/sources.js";

/** @import { Client } from "../../engine/client.js" */
/** @import { DataSource, Frame, Plane } from "../../engine/protocol.js" */
/** @import { Run } from "../../engine/run.js" */
/** @import { History } from "../history.js" */
/** @import { Settings } from "../settings.js" */
/** @import { Place } from "../state.js" */
/** @import { PageStore } from "../state.js" */
/** @import { StartOptions } from "./starter.js" */
/** @import { Timeline } from "../../kit/timeline.js" */

/** @typedef {Extract<DataSource, { kind: "files" }>} OwnSource */

/**
 * Where the site's files are.
 * @typedef {object} Places
 * @property {string} page the page's own address, without what it asks for
 * @property {string} data the folder of the four MNIST files
 * @property {string} models the folder of the trained networks, each of which may be missing
 */

/**
 * What the page does for the app.
 * @typedef {object} Hands
 * @property {(frame: Frame) => void} show
 * @property {(plane: Plane) => void} showPlane
 * @property {(name: string, bytes: Uint8Array<ArrayBuffer>) => void} keep gives the user a file
 * @property {() => boolean} seesQuality whether the place of the measures is open
 */

/** @typedef {{ id: string, isTrial: boolean }} KeptAs */

export class Desk {
  /** Of the worker that lives; another one after a restart. @type {Client} */
  client;
  /** @type {DataSource} */
  mnist;
  /** The images in use, or to be used again when points no longer are. @type {DataSource} */
  images;
  /** The user's own that were in use last, to be used again. @type {OwnSource | undefined} */
  own;
  sources = new Sources();
  /** The one on the page, in this worker or in one that has ended. @type {Run | undefined} */
  run;
  /**
   * Under what the run is kept in this browser, and whether it was set up by the lab or a lesson.
   * @type {KeptAs}
   */
  record = newRecord(false);
  /** Until all changes that were asked for are made, or refused. @type {Promise<unknown>} */
  settled = Promise.resolve();
  /**
   * What was refused and can be mended: what was to be started, and where.
   * @type {{ patch: Partial<Settings>, place: Place, options: StartOptions } | undefined}
   */
  refused;
  /**
   * @param {PageStore} store
   * @param {History} history
   * @param {Timeline} timeline
   * @param {Places} places
   * @param {Hands} hands
   * @param {(desk: Desk) => Client} newClient
   */
  constructor(store, history, timeline, places, hands, newClient) {
    this.store = store;
    this.history = history;
    this.timeline = timeline;
    this.places = places;
    this.hands = hands;
    this.mnist = { kind: "mnist", id: this.sources.number("mnist"), url: places.data };
    this.images = this.mnist;
    this.client = newClient(this);
    this.client.setPace({ stepsPerSecond: store.state.settings.speed ?? Infinity });
  }

  get state() {
    return this.store.state;
  }

  /** Where the run can go on, after a crash or at a later visit. */
  get checkpoint() {
    return this.run?.checkpoint;
  }

  /**
   * A request whose failure shows elsewhere: the worker has died (and the page says so) or tells
   * it in an event.
   * @param {Promise<unknown>} request
   */
  async tell(request) {
    try {
      await request;
    } catch (error) {
      if (!isDeath(error)) console.error("WebGAN's training program refused:", error);
    }
  }
}

/**
 * Of a run that no browser keeps yet.
 * @param {boolean} isTrial
 * @returns {KeptAs}
 */
export function newRecord(isTrial) {
  const random = crypto.getRandomValues(new Uint32Array(2)).join("-");
  return { id: random, isTrial };
}

/** @param {unknown} error */
export function isDeath(error) {
  return codeOf(error) === "worker.dead";
}
