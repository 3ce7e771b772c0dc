// The one line of HTML: <script type="module" src="…/web-gan.js"></script> makes <web-gan> known. It is
// small; what trains is loaded by the elements when somebody wants to train.

import { WebGan } from "./element/element.js";

// The digits lie in www/data/mnist/ of a site; this file lies in www/, or once built in assets/.
const here = import.meta.url;
WebGan.digits = new URL("../www/data/mnist/", here).href;
if (customElements.get("web-gan") === undefined) customElements.define("web-gan", WebGan);

export { WebGan };
