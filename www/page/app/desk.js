// What the parts of the app share: the store, the worker's client of the moment, the data in use, the
// run's last checkpoint. It decides nothing.

import { codeOf } from "../../kit/errors.js";

/** @import { Client } from "../../engine/client.js" */
/** @import { DataSource, Frame, Pace, Plane } from "../../engine/protocol.js" */
/** @import { History } from "../history.js" */
/** @import { Settings } from "../settings.js" */
/** @import { Place } from "../state.js" */
/** @import { PageStore } from "../state.js" */
/** @import { StartOptions } from "./starter.js" */
/** @import { Timeline } from "../timeline.js" */

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

/** The shortest time between two grids. */
export const GRID_EVERY_MS = 100;

export class Desk {
  /** Of the worker that lives; another one after a restart. @type {Client} */
  client;
  /** @type {DataSource} */
  mnist;
  /** The images in use, or to be used again when points no longer are. @type {DataSource} */
  images;
  /** @type {Pace} */
  pace = { hidden: false, gridEveryMs: GRID_EVERY_MS, stepsPerSecond: Infinity };
  /**
   * The run's last checkpoint, for going on after a crash.
   * @type {{ step: number, bytes: Uint8Array, trainedMs: number } | undefined}
   */
  checkpoint;
  /**
   * Under what the run is kept in this browser, and whether it was set up by the lab or a lesson.
   * @type {KeptAs}
   */
  record = newRecord(false);
  /**
   * What was refused and can be mended: what was to be started, and where.
   * @type {{ patch: Partial<Settings>, place: Place, options: StartOptions } | undefined}
   */
  refused;
  /** Numbers of sources begin behind MNIST's. */
  #sourceCount = 0;

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
    this.mnist = { kind: "mnist", id: 0, url: places.data };
    this.images = this.mnist;
    this.pace.stepsPerSecond = store.state.settings.speed ?? Infinity;
    this.client = newClient(this);
  }

  /**
   * How politely the worker is to work.
   * @param {Partial<Pace>} change
   */
  setPace(change) {
    this.pace = { ...this.pace, ...change };
    void this.tell(this.client.ask.setPace(this.pace));
  }

  get state() {
    return this.store.state;
  }

  newSourceId() {
    this.#sourceCount += 1;
    return this.#sourceCount;
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
