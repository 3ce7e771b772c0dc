// How the element looks, as one constructed sheet that all elements share: a page whose policy forbids
// inline styles allows it. Light or dark comes from the page's own `color-scheme`.

const CSS = `
:host {
  display: block;
  max-width: 30rem;
  --accent: var(--gan-accent, light-dark(#b8401a, #ff8a5e));
  --on-accent: var(--gan-on-accent, light-dark(#fffdf9, #14151a));
  --background: var(--gan-background, light-dark(#fffdf9, #1c1e25));
  --ink: var(--gan-ink, light-dark(#1e1c19, #ece8e0));
  --muted: var(--gan-muted, light-dark(#645d52, #a5a29b));
  --line: var(--gan-line, light-dark(#ddd6c9, #31343e));
  --alarm: var(--gan-alarm, light-dark(#a3201f, #ff9d94));
  --radius: var(--gan-radius, 10px);
}
:host([hidden]) { display: none; }
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }

.frame {
  box-sizing: border-box;
  padding: 0.75rem;
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--background);
  color: var(--ink);
  font: 400 0.9375rem/1.4 var(--gan-font, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif);
  /* What a slide or an article has for its own words does not come in. */
  letter-spacing: normal;
  text-align: start;
  text-indent: 0;
  text-shadow: none;
  text-transform: none;
  white-space: normal;
  word-spacing: normal;
}
.stage {
  position: relative;
  overflow: hidden;
  border-radius: calc(var(--radius) / 2);
  background: #000;
}
.stage > *, .stage img, ::slotted([slot="poster"]) {
  position: absolute;
  inset: 0;
  width: 100%;
  height: 100%;
  object-fit: contain;
  margin: 0;
}
.stage canvas { image-rendering: pixelated; }
[hidden] { display: none !important; }

.progress { inset: auto 0 0 0 !important; height: auto !important; }
progress {
  display: block;
  width: 100%;
  height: 4px;
  border: 0;
  appearance: none;
  background: rgb(255 255 255 / 25%);
}
progress::-webkit-progress-bar { background: transparent; }
progress::-webkit-progress-value { background: var(--accent); }
progress::-moz-progress-bar { background: var(--accent); }

.controls { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-top: 0.75rem; }
button {
  min-height: 2.75rem;
  padding: 0 0.9rem;
  border: 1px solid var(--muted);
  border-radius: calc(var(--radius) * 0.6);
  background: transparent;
  color: inherit;
  font: inherit;
  cursor: pointer;
}
button.play {
  display: inline-flex;
  align-items: center;
  gap: 0.6rem;
  min-width: 7rem;
  border-color: var(--accent);
  background: var(--accent);
  color: var(--on-accent);
  font-weight: 600;
}
button:hover { border-color: currentColor; }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button[aria-disabled="true"] { opacity: 0.5; cursor: default; }
.resting { visibility: hidden; }

.status { min-height: 2.8em; margin: 0.625rem 0 0; color: var(--muted); }
.status p { min-height: 1.4em; margin: 0; }
.status .numbers { font-variant-numeric: tabular-nums; }
@media (max-width: 26rem) { .status { min-height: 4.2em; } }
.status .failure { color: var(--alarm); }
::slotted([slot="caption"]) { margin: 0.5rem 0 0; }
`;

/** @type {CSSStyleSheet | undefined} */
let sheet;

export function sheets() {
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return [sheet];
}
