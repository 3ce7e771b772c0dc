// What can be passed on of the settings in force: a link to this page, and HTML that puts the GAN into another page.

import { elementSnippet, frameSnippet } from "../../formats/snippet.js";
import { ownName, shownPreset } from "../selectors.js";
import { page } from "#words/page.js";
import { snippet as texts } from "#words/snippet.js";
import { searchOf } from "../address.js";
import { attributesOf, openedData } from "../sharing.js";
import { copyOnPress } from "./copy.js";
import { find, setDisabled, setText } from "../../kit/dom.js";

/** @import { DataName } from "../settings.js" */
/** @import { PageStore } from "../state.js" */

/** The buttons' own ids and their texts'. */
const KINDS = /** @type {const} */ (["link", "element", "frame"]);

/** @param {PageStore} store */
export function snippetView(store) {
  const boxes = KINDS.map((kind) => {
    const code = find(`snippet-${kind}`, HTMLElement);
    const button = find(`copy-${kind}`, HTMLButtonElement);
    copyOnPress(button, code);
    return { kind, code, button };
  });

  const ownWords = find("share-own", HTMLElement);
  const sameRun = find("share-same-run", HTMLElement);
  store.subscribe((state) => {
    const preset = shownPreset(state);
    if (preset === undefined) return;
    const { settings, hasPhoto } = state;
    const own = ownName(state);
    sameRun.hidden = own !== undefined;
    const opened = /** @type {DataName} */ (openedData(settings, preset));
    const said = [
      own === undefined ? [] : texts.own(own, page.data[opened]),
      hasPhoto ? texts.photo : [],
    ];
    setText(ownWords, said.flat().join(" "));
    const attributes = attributesOf(state, preset, document.baseURI);
    const written = {
      link: new URL(searchOf(settings, location.search), document.baseURI).href,
      element: elementSnippet(document.baseURI, attributes),
      frame: frameSnippet(document.baseURI, attributes, preset.input !== null),
    };
    for (const { kind, code, button } of boxes) {
      setText(code, written[kind]);
      setDisabled(button, false);
    }
  });
}
