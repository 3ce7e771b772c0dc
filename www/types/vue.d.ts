// <web-gan> in Vue's templates: `import type {} from "webgan/vue"` makes it known.

import type { HTMLAttributes } from "vue";
import type { WebGan, WebGanEventMap, WebGanProps } from "webgan";

/** `@gan-step` is `onGanStep`. */
type Listeners = {
  [
    K in keyof WebGanEventMap as K extends `gan-${infer Name}` ? `onGan${Capitalize<Name>}` : never
  ]?: (event: WebGanEventMap[K]) => unknown;
};

declare module "vue" {
  interface GlobalComponents {
    "web-gan": new () => WebGan & {
      $props: Omit<HTMLAttributes, keyof WebGanProps> & WebGanProps & Listeners;
    };
  }
}
