// <web-gan> in JSX, for React 19: `import type {} from "webgan/react"` makes it known.

import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { WebGan, WebGanListeners, WebGanProps } from "webgan";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "web-gan": Omit<DetailedHTMLProps<HTMLAttributes<WebGan>, WebGan>, keyof WebGanProps> &
        WebGanProps &
        WebGanListeners;
    }
  }
}
