// Pictures for people to look at, in screenshots/: SCREENSHOTS=1 npx playwright test screenshots
// STEPS says how long to train before them.

import process from "node:process";
import { expect, test } from "./site.js";

const STEPS = Number(process.env.STEPS ?? 1_000);
const QUERY = process.env.QUERY ?? "?device=cpu";

for (const [name, width, height, deviceScaleFactor] of /** @type {const} */ ([
  ["phone", 360, 740, 2],
  ["desktop", 1600, 1000, 1],
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
        await page.screenshot({ path: `screenshots/${name}-${colorScheme}.png` });
      }
      await page.screenshot({ path: `screenshots/${name}-dark-whole.png`, fullPage: true });
      await page.emulateMedia({ colorScheme: "light" });
      await page.waitForTimeout(500);
      await page.screenshot({ path: `screenshots/${name}-light-whole.png`, fullPage: true });
    });
  });
}
