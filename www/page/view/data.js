// The place to drop one's own files, and which data are in use. What has been read of pictures is shown
// by view/pictures.js, which is loaded when there are some.

import { showsPairs, titleOf } from "../selectors.js";
import { isBesideDigits } from "../settings.js";
import { page as texts } from "#words/page.js";
import { find, make, onPress, setText } from "../../kit/dom.js";
import { whenNeeded } from "./later.js";

/** @import { App } from "../app.js" */
/** @import { DataInfo } from "../../engine/protocol.js" */
/** @import { PageStore } from "../state.js" */

/**
 * @param {App} app
 * @param {PageStore} store
 */
export function dataView(app, store) {
  const zone = find("drop-zone", HTMLElement);
  const now = find("data-now", HTMLElement);
  const useMnist = find("use-mnist", HTMLButtonElement);
  const folderInput = find("folder-input", HTMLInputElement);

  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.dataset.over = "true";
  });
  zone.addEventListener("dragleave", () => delete zone.dataset.over);
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    delete zone.dataset.over;
    const { files, folders } = partsOf(event.dataTransfer);
    void app.changes.ownData().then((own) => own.useFiles(files.map(found), folders));
  });
  // A file that misses the zone would make the browser leave the page, and the run with it.
  for (const type of ["dragover", "drop"]) {
    window.addEventListener(type, (event) => event.preventDefault());
  }
  for (const input of [find("file-input", HTMLInputElement), folderInput]) {
    input.addEventListener("change", () => {
      const files = [...(input.files ?? [])];
      input.value = ""; // so that the same file, mended, can be chosen again
      if (files.length > 0)
        void app.changes.ownData().then((own) => own.useFiles(files.map(found)));
    });
  }
  const camera = find("camera", HTMLButtonElement);
  camera.hidden = !navigator.mediaDevices?.getUserMedia;
  onPress(camera, async () => (await import("./camera.js")).openCamera(app, store));
  find("folder-choice", HTMLElement).hidden = !("webkitdirectory" in folderInput);
  onPress(useMnist, () => app.changes.useMnist());

  whenNeeded(
    store,
    ({ pictures, data }) => pictures !== undefined || (data?.files.length ?? 0) > 0,
    async () => (await import("./pictures.js")).picturesView(app, store),
  );

  whenNeeded(store, showsPairs, async () => (await import("./pairs.js")).pairsView(app, store));
  store.watch(({ data }) => data?.credits, showCredits);
  store.subscribe((state) => {
    const { data, settings } = state;
    useMnist.hidden = data === undefined ? !isBesideDigits(settings.data) : data.sourceId === 0;
    if (data === undefined) return;
    setText(now, wordsAbout(data));
  });
}

/**
 * Whom the pictures in use are by, as their licences ask for.
 * @param {DataInfo["credits"]} credits
 */
function showCredits(credits = []) {
  const line = find("data-credits", HTMLElement);
  line.hidden = credits.length === 0;
  const links = credits.map(({ title, author, license, url }) => {
    const link = make("a", { text: texts.credit(title, author, license) });
    link.href = url;
    return link;
  });
  line.replaceChildren(
    texts.picturesBy,
    ...links.flatMap((link, place) => [place === 0 ? " " : ", ", link]),
  );
}

/** @param {DataInfo} data */
function wordsAbout({ count: pictures, columns, rows, channels, classCount, points, ...data }) {
  const name = titleOf(data);
  if (points !== undefined) return texts.pointsInUse(pictures);
  const size = `${columns}×${rows}`;
  const inUse =
    classCount > 0
      ? texts.inUseWithClasses(name, pictures, size, classCount)
      : texts.inUse(name, pictures, size);
  return `${inUse} ${channels === 3 ? texts.inColour : texts.inGreys}`;
}

/**
 * Files and folders of what was dropped. Folders can be asked for during the event only.
 * @param {DataTransfer | null} transfer
 * @returns {{ files: File[], folders: FileSystemEntry[] }}
 */
function partsOf(transfer) {
  /** @type {FileSystemEntry[]} */
  const folders = [];
  /** @type {File[]} */
  const files = [];
  for (const item of transfer?.items ?? []) {
    const entry = item.webkitGetAsEntry?.();
    const file = item.getAsFile();
    if (entry?.isDirectory) folders.push(entry);
    else if (file !== null) files.push(file);
  }
  return { files, folders };
}

/** @param {File} file */
function found(file) {
  return { file, path: file.webkitRelativePath || file.name };
}
