// The camera as a source of pictures: what it sees, and a button that takes a burst of it. Each burst is a class,
// all of them together are the data. Loaded when somebody asks for it; nothing leaves the machine.

import { burst } from "../../pictures/burst.js";
import { find, make, onPress, setText } from "../../kit/dom.js";
import { pictures as texts } from "#words/pictures.js";

/** @import { App } from "../app.js" */
/** @import { Found } from "../../pictures/sifting.js" */
/** @import { PageStore } from "../state.js" */

const FRAMES = 100;
const EVERY_MS = 100;

/** The one that is open. @type {HTMLElement | undefined} */
let panel;

/**
 * @param {App} app
 * @param {PageStore} store
 */
export async function openCamera(app, store) {
  if (panel !== undefined) return;
  const words = make("p", { class: "note", text: texts.camera.asking });
  words.setAttribute("role", "status");
  const own = make("div", { class: "pictures" }, [words]);
  panel = own;
  find("data-rules", HTMLElement).before(own);
  /** @type {MediaStream} */
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch (error) {
    const isRefused = error instanceof DOMException && error.name === "NotAllowedError";
    own.remove();
    panel = undefined;
    const message = isRefused ? texts.camera.refused : texts.camera.none;
    store.dispatch({ type: "problem", place: "data", message });
    return;
  }
  const video = make("video", { class: "camera" });
  Object.assign(video, { srcObject: stream, muted: true, playsInline: true });
  const [take, close] = [texts.camera.take(FRAMES), texts.camera.close].map((text) => {
    const button = make("button", { text });
    button.type = "button";
    return button;
  });
  own.prepend(video, make("div", { class: "choices" }, [take, close]));
  setText(words, texts.camera.hint);
  await video.play();

  /** @type {Found[]} */
  const all = [];
  let bursts = 0;
  let going = new AbortController();
  onPress(take, async () => {
    if (take.hidden) return;
    take.hidden = true;
    going = new AbortController();
    bursts += 1;
    const found = await burst(video, {
      ...{ folder: `${texts.camera.folder}/${bursts}`, count: FRAMES, everyMs: EVERY_MS },
      signal: going.signal,
      onFrame: (taken) => setText(words, texts.camera.taking(taken, FRAMES)),
    });
    take.hidden = false;
    setText(words, texts.camera.more);
    all.push(...found);
    if (all.length > 0) await (await app.changes.ownData()).useFiles([...all]);
  });
  onPress(close, () => {
    going.abort();
    for (const track of stream.getTracks()) track.stop();
    own.remove();
    panel = undefined;
  });
}
