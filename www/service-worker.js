/// <reference lib="webworker" />
// Makes the second visit work offline. The build puts the list of the site's files in front of this, as
// `self.SITE`, and writes both to sw.js (scripts/site/offline.mjs). The pages' own files are kept at once,
// the large ones once a visit has used them. Pages come from the network where there is one, so that a
// new version is seen at once; their files have hashed names and never mix. A version's files go when its
// last page does.

/** @typedef {{ version: string, files: string[], large: string[] }} Site */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const { version, files, large } = /** @type {{ SITE: Site }} */ (/** @type {unknown} */ (self))
  .SITE;
const { scope } = worker.registration;
// An origin may have other sites below other paths.
const PREFIX = `webgan ${scope} `;
const CACHE = PREFIX + version;
const largeUrls = new Set(large.map((name) => new URL(name, scope).href));

/**
 * @param {Cache} cache
 * @param {string} url
 */
async function keep(cache, url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  // Some hosts redirect page.html to page; a redirected answer may not stand for a page.
  const { body, status, headers } = response;
  await cache.put(url, response.redirected ? new Response(body, { status, headers }) : response);
}

worker.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => Promise.all(files.map((name) => keep(cache, new URL(name, scope).href)))),
  );
});

worker.addEventListener("activate", (event) => {
  const clean = caches.keys().then((names) => {
    const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
    return Promise.all(old.map((name) => caches.delete(name)));
  });
  event.waitUntil(clean.then(() => worker.clients.claim()));
});

worker.addEventListener("message", (event) => {
  const { type, urls } = event.data ?? {};
  if (type !== "keep" || !Array.isArray(urls)) return;
  const wanted = urls.filter((url) => largeUrls.has(url));
  event.waitUntil(
    caches.open(CACHE).then(async (cache) => {
      for (const url of wanted) if (!(await cache.match(url))) await keep(cache, url);
    }),
  );
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(scope)) return;
  event.respondWith(request.mode === "navigate" ? page(request) : file(request, event));
});

/** @param {Request} request */
async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(request.url.replace(/index\.html(?=$|[?#])/, ""), {
      ignoreSearch: true,
    });
    if (kept === undefined) throw error;
    return kept;
  }
}

/**
 * @param {Request} request
 * @param {FetchEvent} event
 */
async function file(request, event) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request.url);
  if (kept !== undefined) return kept;
  const response = await fetch(request);
  if (response.ok && largeUrls.has(request.url)) {
    event.waitUntil(cache.put(request.url, response.clone()));
  }
  return response;
}
