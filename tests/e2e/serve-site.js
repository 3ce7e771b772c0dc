// Before the first test and after the last one: the host of the built site.

import process from "node:process";
import { serveSite } from "../../scripts/lib/serve.mjs";

export default async function serve() {
  const { url, close } = await serveSite();
  // Playwright reads its configuration again in every process that it starts from here on.
  process.env.WEBGAN_SITE = url;
  return close;
}
