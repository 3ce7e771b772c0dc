// The page's entry: reads the address, makes the store, the app and the views, and joins them.

import { App } from "./app.js";
import { History } from "./history.js";
import { keepOffline } from "./offline.js";
import { saveFile } from "./save-file.js";
import { readSettings, writeSettings } from "./settings.js";
import { started } from "./started.js";
import { initialState, showsPoints } from "./state.js";
import { Store } from "./store.js";
import { Timeline } from "./timeline.js";
import { awakeView } from "./view/awake.js";
import { announceView } from "./view/announce.js";
import { chartsView } from "./view/charts.js";
import { compareView } from "./view/compare.js";
import { controlsView } from "./view/controls.js";
import { dataView } from "./view/data.js";
import { find } from "./view/dom.js";
import { exploreView } from "./view/explore.js";
import { filesView } from "./view/files.js";
import { foldsView } from "./view/folds.js";
import { gridView } from "./view/grid.js";
import { logView } from "./view/log.js";
import { looksView } from "./view/looks.js";
import { listenForKeys } from "./view/keys.js";
import { labView } from "./view/lab.js";
import { whenInSight, whenNeeded } from "./view/later.js";
import { pacingView } from "./view/pacing.js";
import { padView } from "./view/pad.js";
import { partsView } from "./view/parts.js";
import { problemsView } from "./view/problems.js";
import { isQualityOpen, qualityView } from "./view/quality.js";
import { rewindView } from "./view/rewind.js";
import { runView } from "./view/run.js";
import { snippetView } from "./view/snippet.js";
import { toysView } from "./view/toys.js";
import { tutorialsView } from "./view/tutorials.js";

const address = readSettings(new URLSearchParams(location.search));
const store = new Store(initialState(address.settings, address.problems));
const history = new History();
const timeline = new Timeline();
const grid = gridView();
/** The picture of points, once there are some. @type {ReturnType<typeof import("./view/plane.js").planeView> | undefined} */
let plane;
/** @type {import("./protocol.js").Plane | undefined} */
let newestPlane;
// Beside the page, wherever that is served from.
const places = {
  page: document.baseURI,
  data: new URL("www/data/mnist/", document.baseURI).href,
  models: new URL("www/models/", document.baseURI).href,
};
const app = new App(store, history, timeline, places, {
  show: (frame) => grid.show(frame),
  showPlane: (seen) => {
    newestPlane = seen;
    plane?.show(seen);
  },
  keep: (name, bytes) => saveFile(name, new Blob([bytes], { type: "application/octet-stream" })),
  seesQuality: isQualityOpen,
});

for (const view of [
  partsView(),
  runView(app),
  grid.view(app),
  compareView(app),
  whenNeeded(
    ({ findings }) => findings.length > 0,
    async () => (await import("./view/findings.js")).findingsView(app),
  ),
  whenNeeded(showsPoints, async () => {
    const { planeView } = await import("./view/plane.js");
    plane = planeView();
    if (newestPlane !== undefined) plane.show(newestPlane);
    return plane.view(app);
  }),
  toysView(app),
  labView(app),
  whenInSight(find("lesson-body", HTMLElement), async () =>
    (await import("./view/lesson.js")).lessonView(app),
  ),
  looksView(app),
  padView(app),
  exploreView(app),
  rewindView(app, timeline),
  whenNeeded(
    ({ pastRuns }) => pastRuns.length > 0,
    async () => (await import("./view/runs.js")).runsView(app),
  ),
  pacingView(app),
  chartsView(history),
  controlsView(app),
  tutorialsView(app),
  whenInSight(find("preset", HTMLElement), async () =>
    (await import("./view/preset.js")).presetView(),
  ),
  whenInSight(find("code-text", HTMLElement), async () =>
    (await import("./view/code.js")).codeView(),
  ),
  dataView(app),
  filesView(app),
  whenNeeded(
    (state) => state.saved !== undefined,
    async () => (await import("./view/saved.js")).savedView(app),
  ),
  qualityView(app),
  snippetView(),
  logView(),
  problemsView(),
  foldsView(),
  announceView(),
]) {
  store.subscribe(view);
}

store.subscribe(({ settings, presets }) => {
  if (presets.length === 0) return; // not yet known what is a default
  const params = writeSettings(settings, new URLSearchParams(location.search)).toString();
  // Folders as people write them: a slash may stand there as it is.
  const search = params === "" ? "" : `?${params.replaceAll("%2F", "/")}`;
  if (search === location.search) return;
  try {
    window.history.replaceState(null, "", `${location.pathname}${search}${location.hash}`);
  } catch {
    // A page of an opaque origin, as in a sandboxed iframe, may not change its address.
  }
});

const lessMotion = window.matchMedia("(prefers-reduced-motion: reduce)");
app.setCalm(lessMotion.matches);
lessMotion.addEventListener("change", () => app.setCalm(lessMotion.matches));

app.setHidden(document.hidden);
document.addEventListener("visibilitychange", () => app.setHidden(document.hidden));

listenForKeys(find("main", HTMLElement));
keepOffline(store);
awakeView(store);
started();
void app.boot();
