// The page's entry: reads the address, makes the store, the app and the views, and joins them.

import { App } from "./page/app.js";
import { History } from "./page/history.js";
import { keepOffline } from "./page/offline.js";
import { rarely } from "./kit/rarely.js";
import { saveFile } from "./kit/save-file.js";
import { readSettings, searchOf } from "./page/address.js";
import { started } from "./started.js";
import { reduce } from "./page/reduce.js";
import { showsPoints } from "./page/selectors.js";
import { initialState } from "./page/state.js";
import { Store } from "./kit/store.js";
import { Timeline } from "./kit/timeline.js";
import { barView } from "./page/view/bar.js";
import { announceView } from "./page/view/announce.js";
import { chartsView } from "./page/view/charts.js";
import { controlsView } from "./page/view/controls.js";
import { dataView } from "./page/view/data.js";
import { find } from "./kit/dom.js";
import { filesView } from "./page/view/files.js";
import { focusView } from "./page/view/focus.js";
import { gridView } from "./page/view/grid.js";
import { looksView } from "./page/view/looks.js";
import { listenForKeys } from "./page/view/keys.js";
import { versioned } from "./engine/version.js";
import { whenInSight, whenNeeded, whenOpened } from "./page/view/later.js";
import { partsView } from "./page/view/parts.js";
import { problemsView } from "./page/view/problems.js";
import { runView } from "./page/view/run.js";
import { isPanelOpen, tabsView } from "./page/view/tabs.js";
import { tutorialsView } from "./page/view/tutorials.js";

/** @import { Plane } from "./engine/protocol.js" */
/** @import { Settings } from "./page/settings.js" */

const params = new URLSearchParams(location.search);
const { settings, problems } = readSettings(params);
const isDataNamed = params.get("data") === settings.data;
const store = new Store(initialState(settings, problems, isDataNamed), reduce);
const history = new History();
const timeline = new Timeline();
const grid = gridView(store);
/** What shows points, once there are some; until then the newest of them waits here. */
/** @type {ReturnType<typeof import("./page/view/plane.js").planeView> | undefined} */
let plane;
/** @type {Plane | undefined} */
let newestPlane;
// Beside the page, wherever that is served from.
const places = {
  page: document.baseURI,
  data: new URL(versioned("www/data/mnist/"), document.baseURI).href,
  models: new URL(versioned("www/models/"), document.baseURI).href,
};
const app = new App(store, history, timeline, places, {
  show: (frame) => grid.show(frame),
  showPlane: (seen) => {
    newestPlane = seen;
    plane?.show(seen);
  },
  keep: (name, bytes) => saveFile(name, new Blob([bytes], { type: "application/octet-stream" })),
  seesQuality: () => isPanelOpen("panel-measure"),
});

partsView(store);
barView(store);
runView(app, store);
grid.follow(app);
whenNeeded(
  store,
  ({ picture }) => picture !== undefined,
  async () => (await import("./page/view/compare.js")).compareView(app, store),
);
whenNeeded(
  store,
  ({ findings }) => findings.length > 0,
  async () => (await import("./page/view/findings.js")).findingsView(app, store),
);
whenNeeded(store, showsPoints, async () => {
  plane = (await import("./page/view/plane.js")).planeView(app, store);
  if (newestPlane !== undefined) plane.show(newestPlane);
});
whenInSight([find("toy-list", HTMLElement), find("drawing-pad", HTMLElement)], async () =>
  (await import("./page/view/toys.js")).toysView(app, store),
);
whenInSight(find("panel-break", HTMLElement), async () =>
  (await import("./page/view/lab.js")).labView(app, store),
);
looksView(app, store);
whenInSight(find("latents", HTMLElement), async () =>
  (await import("./page/view/pad.js")).padView(app, store),
);
whenInSight(find("board-panel", HTMLElement), async () =>
  (await import("./page/view/board.js")).boardView(app, store),
);
whenInSight(find("explore", HTMLElement), async () =>
  (await import("./page/view/explore.js")).exploreView(app, store),
);
whenInSight(find("rewind", HTMLElement), async () =>
  (await import("./page/view/rewind.js")).rewindView(app, timeline, store),
);
whenNeeded(
  store,
  ({ pastRuns }) => pastRuns.length > 0,
  async () => (await import("./page/view/runs.js")).runsView(app, store),
);
whenOpened(find("pacing", HTMLDetailsElement), async () =>
  (await import("./page/view/pacing.js")).pacingView(app, store),
);
chartsView(history, store);
controlsView(app, store);
whenNeeded(
  store,
  ({ settings, wentAlone }) =>
    wentAlone || (settings.learningRateChanges ?? settings.l1WeightChanges) !== null,
  async () => (await import("./page/view/course.js")).courseView(store),
);
whenNeeded(
  store,
  ({ cameAt }) => cameAt > 0,
  async () => (await import("./page/view/before.js")).beforeView(store),
);
tutorialsView(app, store);
whenInSight(find("preset-list", HTMLElement), async () =>
  (await import("./page/view/costs.js")).costsView(app, store),
);
whenInSight(find("panel-learn", HTMLElement), async () => {
  const [{ lessonView }, { presetView }, { networksView }, { sizesView }, { codeView }] =
    await Promise.all([
      import("./page/view/lesson.js"),
      import("./page/view/preset.js"),
      import("./page/view/networks.js"),
      import("./page/view/sizes.js"),
      import("./page/view/code.js"),
    ]);
  lessonView(app, store);
  presetView(store);
  networksView(store);
  sizesView(app, store);
  codeView(store);
});
dataView(app, store);
filesView(app, store);
whenNeeded(
  store,
  ({ shelf }) => shelf !== undefined,
  async () => (await import("./page/view/saved.js")).savedView(app, store),
);
whenInSight(find("panel-measure", HTMLElement), async () =>
  (await import("./page/view/quality.js")).qualityView(app, store),
);
whenInSight(find("panel-share", HTMLElement), async () =>
  (await import("./page/view/snippet.js")).snippetView(store),
);
whenNeeded(
  store,
  ({ epochs }) => epochs.length > 0,
  async () => (await import("./page/view/log.js")).logView(store),
);
problemsView(store);
whenNeeded(
  store,
  ({ mendable }) => mendable !== undefined,
  async () => (await import("./page/view/mend.js")).mendView(app, store),
);
tabsView(store);
announceView(store);
focusView(store);

/** Browsers refuse more than 100 changes of an address in half a minute. */
const ADDRESS_EVERY_MS = 400;

const keepAddress = rarely((/** @type {Settings} */ settings) => {
  const search = searchOf(settings, location.search);
  if (search === location.search) return;
  try {
    window.history.replaceState(null, "", `${location.pathname}${search}${location.hash}`);
  } catch {
    // A page of an opaque origin, as in a sandboxed iframe, may not change its address.
  }
}, ADDRESS_EVERY_MS);
store.watch(
  // Before there are presets it is not known what is a default.
  ({ settings, presets }) => (presets.length > 0 ? settings : undefined),
  (settings) => {
    if (settings !== undefined) keepAddress(settings);
  },
);

const lessMotion = window.matchMedia("(prefers-reduced-motion: reduce)");
app.setCalm(lessMotion.matches);
lessMotion.addEventListener("change", () => app.setCalm(lessMotion.matches));

const terms = () => import("./page/view/terms.js");
document.addEventListener("click", async ({ target }) => {
  const term = target instanceof Element ? target.closest("[data-term]") : null;
  if (term instanceof HTMLElement) (await terms()).explain(term);
});
find("glossary", HTMLElement).addEventListener("toggle", async () => (await terms()).listTerms(), {
  capture: true,
  once: true,
});

app.setHidden(document.hidden);
document.addEventListener("visibilitychange", () => app.setHidden(document.hidden));

listenForKeys(find("main", HTMLElement));
keepOffline(store, places.models);
whenInSight(find("device-menu", HTMLElement), async () =>
  (await import("./page/view/awake.js")).awakeView(store),
);
started();
void app.boot();
