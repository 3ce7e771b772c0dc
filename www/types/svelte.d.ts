// <web-gan> in Svelte's templates: `import type {} from "webgan/svelte"` makes it known.

import type { HTMLAttributes } from "svelte/elements";
import type { WebGan, WebGanListeners, WebGanProps } from "webgan";

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "web-gan": Omit<HTMLAttributes<WebGan>, keyof WebGanProps> & WebGanProps & WebGanListeners;
  }
}
