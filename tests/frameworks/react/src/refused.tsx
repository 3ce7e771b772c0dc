// What the types refuse; no part of the page.
import type {} from "webgan/react";

export const refused = [
  // @ts-expect-error -- there is no such device
  <web-gan device="tpu"></web-gan>,
  // @ts-expect-error -- no number
  <web-gan steps="many"></web-gan>,
  // @ts-expect-error -- it carries steps, not words
  <web-gan ongan-step={({ detail }) => detail.words}></web-gan>,
];
