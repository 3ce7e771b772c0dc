// The panels beside the picture, one of which is open, and the menus of the bar. An address's fragment, a link, a
// key, or a refusal inside opens the one that holds it. It remembers nothing: which tab is open stands in the page.

import { find } from "../../kit/dom.js";
import { showsPairs } from "../selectors.js";

/** @import { PageStore } from "../state.js" */

/** @type {Readonly<Record<string, (at: number, last: number) => number>>} where a key goes among the tabs */
const KEYS = {
  ArrowLeft: (at, last) => (at === 0 ? last : at - 1),
  ArrowRight: (at, last) => (at === last ? 0 : at + 1),
  Home: () => 0,
  End: (_, last) => last,
};

/** @param {PageStore} store */
export function tabsView(store) {
  const list = find("tabs", HTMLElement);
  list.addEventListener("click", ({ target }) => {
    const tab = target instanceof Element ? target.closest("[role=tab]") : null;
    if (tab instanceof HTMLElement) choose(tab);
  });
  list.addEventListener("keydown", (event) => {
    const shown = tabs().filter((tab) => tab.checkVisibility());
    const at = shown.findIndex((tab) => tab === event.target);
    if (at < 0 || !(event.key in KEYS)) return;
    event.preventDefault();
    const tab = shown[KEYS[event.key](at, shown.length - 1)];
    choose(tab);
    tab.focus();
  });

  openTarget(location.hash);
  window.addEventListener("hashchange", () => openTarget(location.hash));
  document.addEventListener("click", ({ target, detail }) => {
    if (!(target instanceof Element)) return;
    // Before the browser goes there; and again where the address says so already.
    const link = target.closest('a[href^="#"]');
    if (link !== null) openTarget(link.getAttribute("href") ?? "");
    const pressed = target.closest("[data-press]");
    if (pressed instanceof HTMLElement) find(pressed.dataset.press ?? "", HTMLElement).click();
    // A pointer chooses once; arrow keys go along the choices.
    const menu = target.closest("[popover]");
    const isChoice = target instanceof HTMLInputElement && target.type === "radio" && detail > 0;
    if (isChoice && menu instanceof HTMLElement) menu.hidePopover();
  });

  for (const menu of document.querySelectorAll("[popover]")) {
    if (menu instanceof HTMLElement) keepFocus(menu);
  }

  const refusals = [
    ...document.querySelectorAll(":is([role=tabpanel], [popover], details) [data-problem]"),
  ];
  /** @type {(string | null)[]} */
  let told = refusals.map(() => "");
  store.subscribe((state) => {
    const { losses, pastRuns } = state;
    document.body.toggleAttribute("data-pairs", showsPairs(state));
    document.body.toggleAttribute("data-untrained", losses === undefined && pastRuns.length === 0);
    // Only when it is new, so that another can be looked at.
    const now = refusals.map(({ textContent }) => textContent);
    refusals.forEach((refusal, i) => {
      if (now[i] === "" || now[i] === told[i]) return;
      reveal(refusal);
      // A menu has a height of its own.
      if (refusal.closest("[popover]")) refusal.scrollIntoView({ block: "nearest" });
    });
    told = now;
    // What this GAN, these data or the address leave out.
    const selected = tabs().find((tab) => tab.ariaSelected === "true");
    if (selected !== undefined && !selected.checkVisibility()) {
      const first = tabs().find((tab) => tab.checkVisibility());
      if (first !== undefined) open(first);
    }
  });
}

/**
 * Who opens a menu is in it, at what is chosen; who leaves it closes it.
 * @param {HTMLElement} menu
 */
function keepFocus(menu) {
  menu.addEventListener("toggle", () => {
    if (!menu.matches(":popover-open") || menu.contains(document.activeElement)) return;
    const all = [...menu.querySelectorAll("input, select, button")];
    const first = all.find((one) => one instanceof HTMLInputElement && one.checked) ?? all[0];
    if (first instanceof HTMLElement) first.focus({ preventScroll: true });
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Element) || menu.contains(relatedTarget)) return;
    // Its own button closes it, as it opens it.
    if (relatedTarget.getAttribute("popovertarget") !== menu.id) menu.hidePopover();
  });
}

/**
 * Opens what holds an element: sections that fold, a menu, a panel whose tab is there.
 * @param {Element} element
 */
export function reveal(element) {
  for (let at = element.closest("details"); at !== null;) {
    at.open = true;
    at = at.parentElement?.closest("details") ?? null;
  }
  const menu = element.closest("[popover]");
  if (menu instanceof HTMLElement && !menu.matches(":popover-open")) menu.showPopover();
  const panel = element.closest("[role=tabpanel]");
  const tab = tabs().find((one) => panelOf(one) === panel);
  if (tab?.checkVisibility()) open(tab);
}

/**
 * Whether a panel is the one that is open.
 * @param {string} id
 */
export function isPanelOpen(id) {
  return !find(id, HTMLElement).hidden;
}

/** Opens the place where data of one's own are dropped, or chosen. */
export function toDropZone() {
  const zone = find("drop-zone", HTMLElement);
  reveal(zone);
  zone.scrollIntoView({ block: "center" });
  find("file-input", HTMLElement).focus({ preventScroll: true });
}

/** @param {string} hash */
function openTarget(hash) {
  const target = document.getElementById(hash.slice(1));
  if (target === null) return;
  for (const menu of document.querySelectorAll(":popover-open")) {
    if (menu instanceof HTMLElement) menu.hidePopover();
  }
  reveal(target);
}

/**
 * Opens what somebody chose, and shows its beginning, which may lie under the tabs where the page is scrolled.
 * @param {HTMLElement} tab
 */
function choose(tab) {
  open(tab);
  const panel = panelOf(tab);
  const { bottom } = tab.getBoundingClientRect();
  if (panel.getBoundingClientRect().top < bottom) panel.scrollIntoView();
}

/** @param {HTMLElement} tab */
function open(tab) {
  for (const one of tabs()) {
    const isOpen = one === tab;
    one.setAttribute("aria-selected", String(isOpen));
    one.tabIndex = isOpen ? 0 : -1;
    panelOf(one).hidden = !isOpen;
  }
  tab.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function tabs() {
  return /** @type {HTMLElement[]} */ ([
    ...find("tabs", HTMLElement).querySelectorAll("[role=tab]"),
  ]);
}

/** @param {HTMLElement} tab */
function panelOf(tab) {
  return find(tab.getAttribute("aria-controls") ?? "", HTMLElement);
}
