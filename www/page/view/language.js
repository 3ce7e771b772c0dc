// A browser may name a language that is none (WebKit on a Linux with LANG=C says "C"), at which `Intl` throws. The
// library of the charts asks it in this very language while it is loaded, and would take the page with it. So this
// comes before that.

import { language } from "#words/language.js";

try {
  new Intl.NumberFormat(navigator.language);
} catch {
  Object.defineProperty(navigator, "language", { value: language });
}
