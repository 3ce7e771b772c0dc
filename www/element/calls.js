// What a page's script gives to the element's methods, checked before anything is done with it: a call that
// is refused rejects its own promise and changes nothing else. Whether numbers and classes fit a generator is
// the core's to say; here its refusal gets the words that a caller needs. Loaded with what trains.

import { CodedError, codeOf, messageOf } from "../kit/errors.js";
import { PACE_FIELDS } from "../engine/fields.js";
import { MAX_FILE_BYTES } from "../engine/files.js";
import { sentence } from "../kit/sentence.js";
import { elementCalls as texts } from "#words/element-calls.js";

/** @import { Wish } from "../engine/protocol.js" */
/** @import { Picture } from "./picture.js" */

/** What one picture may be made of: more could take the memory of everybody's worker. */
const MAX_LATENT_NUMBERS = 102_400;
const MAX_COLUMNS = 1_024;

const WISH = texts.wish(MAX_LATENT_NUMBERS, MAX_COLUMNS);

/**
 * @param {any} given
 * @returns {Wish} a copy of it
 * @throws {CodedError} config.latents, config.labels, config.columns
 */
export function wishOf(given) {
  const { latents, labels, columns } = Object(given);
  const isSound = isArray(latents, "Float32Array") && latents.every(Number.isFinite);
  if (!isSound || latents.length === 0 || latents.length > MAX_LATENT_NUMBERS)
    throw refusal("config.latents", `${texts.badLatents} ${WISH}`);
  if (!isArray(labels, "Uint8Array")) throw refusal("config.labels", `${texts.badLabels} ${WISH}`);
  if (!Number.isInteger(columns) || columns < 1 || columns > MAX_COLUMNS)
    throw refusal("config.columns", `${texts.badColumns} ${WISH}`);
  return { latents: latents.slice(), labels: labels.slice(), columns };
}

/**
 * What is said of a wish that the generator cannot fulfil.
 * @param {unknown} error
 * @returns {unknown} of a refusal, one that says what a wish is
 */
export function wishRefused(error) {
  const code = codeOf(error);
  if (code !== "config.latents" && code !== "config.labels") return error;
  return refusal(code, `${sentence(messageOf(error))} ${WISH}`, error);
}

/**
 * @param {unknown} given
 * @returns {number}
 * @throws {CodedError} config.steps
 */
export function stepsOf(given) {
  const { parse, rule } = PACE_FIELDS.stopSteps;
  const steps = parse(String(given));
  if (steps === undefined) throw refusal("config.steps", texts.steps(rule));
  return steps;
}

/**
 * @param {any} given
 * @returns {Blob}
 * @throws {CodedError} config.file, checkpoint.size
 */
export function fileOf(given) {
  const isBytes = given instanceof ArrayBuffer || ArrayBuffer.isView(given);
  if (!(given instanceof Blob) && !isBytes) throw refusal("config.file", texts.file);
  const file = given instanceof Blob ? given : new Blob([/** @type {ArrayBuffer} */ (given)]);
  if (file.size > MAX_FILE_BYTES) throw refusal("checkpoint.size", texts.fileTooLarge);
  return file;
}

/**
 * The picture as an image file.
 * @param {Picture} picture
 * @param {any} type
 * @param {any} quality
 * @returns {Promise<Blob>}
 * @throws {CodedError} config.quality, config.type
 */
export async function imageOf(picture, type, quality) {
  const isShare = typeof quality === "number" && quality >= 0 && quality <= 1;
  if (quality !== undefined && !isShare) throw refusal("config.quality", texts.quality);
  const name = String(type).toLowerCase();
  const blob = await picture.toBlob(name, quality);
  // A browser that cannot make what it is asked for makes a PNG.
  if (blob?.type === name) return blob;
  throw refusal("config.type", texts.type(name));
}

/**
 * @param {unknown} value
 * @param {string} name of a kind of typed array, whichever window it comes from
 */
function isArray(value, name) {
  return Object.prototype.toString.call(value) === `[object ${name}]`;
}

/**
 * @param {string} code
 * @param {string} message
 * @param {unknown} [cause]
 */
function refusal(code, message, cause) {
  return new CodedError(code, message, { cause });
}
