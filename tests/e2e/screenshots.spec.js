// Pictures for people to look at, in screenshots/: `npm run screenshots`, on the built site. Three widths,
// light and dark, the screen and the whole page. STEPS says how long to train before them, QUERY what.

import process from "node:process";
import { expect, test } from "./site.js";

const STEPS = Number(process.env.STEPS ?? 200);
const QUERY = process.env.QUERY ?? "?device=cpu";

for (const [name, width, height, deviceScaleFactor] of /** @type {const} */ ([
  ["phone", 320, 640, 2],
  ["tablet", 768, 1024, 1],
  ["desktop", 1440, 900, 1],
])) {
  test.describe(name, () => {
    test.use({ viewport: { width, height }, deviceScaleFactor });
    test(`${name}, light and dark`, async ({ site, page }) => {
      test.setTimeout(3_600_000);
      await site.open(QUERY);
      await site.ready();
      await site.train();
      await site.trainedTo(STEPS, 3_600_000);
      for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
        await page.emulateMedia({ colorScheme });
        await expect(site.toggle).toHaveText("Pause");
        await page.waitForTimeout(500);
        const file = `screenshots/${name}-${width}-${colorScheme}`;
        await page.screenshot({ path: `${file}.png` });
        await page.screenshot({ path: `${file}-whole.png`, fullPage: true });
      }
    });
  });
}
