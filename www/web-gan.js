// The one line of HTML: <script type="module" src="…/web-gan.js"></script> makes <web-gan> known. It is
// small; what trains is loaded by the elements when somebody wants to train. Where there is no DOM it only
// exports the class.

import { WebGan as Own } from "./element/element.js";
import { version } from "../package.json";
import { versioned } from "./engine/version.js";

// The digits lie in www/data/mnist/ of a site; this file lies in www/, or once built in assets/. Not as
// `new URL(…, import.meta.url)`: bundlers look for a file there.
const site = import.meta.url.split("/").slice(0, -2).join("/");
const DIGITS = versioned("www/data/mnist/");
// A bundler's idea of this file's address is where it lay when it was built.
Own.digits = site.startsWith("file:") ? DIGITS : `${site}/${DIGITS}`;
Own.version = version;

const known = globalThis.customElements?.get("web-gan");
if (known === undefined) globalThis.customElements?.define("web-gan", Own);
else if (known !== Own) {
  const other = /** @type {typeof Own} */ (known).version ?? "unknown";
  console.warn(
    `<web-gan> is registered already, by version ${other}: version ${version} is not used.`,
  );
}

/** The class that is registered, whichever copy of this file came first. */
export const WebGan = /** @type {typeof Own} */ (known ?? Own);
