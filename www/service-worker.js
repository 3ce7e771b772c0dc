/// <reference lib="webworker" />
// Makes the second visit work without a network, or with a host that hangs or fails. The build puts the list
// of the site's files in front of this, as `self.SITE`, and writes both to sw.js (scripts/site/offline.mjs).
// A version is kept whole: its files are asked of the host, past the browser's own cache, and those that have
// no hash in their address come from the network first, so that a new version is seen at once and none mixes
// with another. The large files are kept once a visit has used them. A version's files go when its last page does.
// Nothing is kept but the file that was asked for: many networks and hosts answer with a page of their own and "200 OK".

/** @typedef {{ version: string, files: string[], fixed: string[], large: string[] }} Site */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const { version, files, fixed, large } = /** @type {{ SITE: Site }} */ (
  /** @type {unknown} */ (self)
).SITE;
const { scope } = worker.registration;
// An origin may have other sites below other paths.
const PREFIX = `webgan ${scope} `;
const CACHE = PREFIX + version;
/** What a host has sent nothing of by then comes from what is kept. */
const PATIENCE_MS = 4_000;

const urlOf = (/** @type {string} */ name) => new URL(name, scope).href;
/** Whose addresses name what is in them. */
const fixedUrls = new Set([...fixed, ...large].map(urlOf));
const largeUrls = new Set(large.map(urlOf));

/** Whether the first bytes are those of a kind of file, by how its name ends. */
const BEGINNINGS = /** @type {Record<string, (head: Uint8Array) => boolean>} */ ({
  // A host may have told the browser to unpack it: then it begins as IDX does.
  gz: ([a, b]) => (a === 0x1f && b === 0x8b) || (a === 0 && b === 0),
  wasm: ([a, b, c, d]) => a === 0 && b === 0x61 && c === 0x73 && d === 0x6d,
  safetensors: (head) => head[8] === 0x7b, // {
});

/**
 * @param {Response} response to a request for a file
 * @param {string} url
 */
function isPageInPlace({ headers }, url) {
  const isPage = /(\/|\.html)$/.test(new URL(url).pathname);
  return !isPage && (headers.get("content-type")?.startsWith("text/html") ?? false);
}

/**
 * Whether it is the file that was asked for, as far as its status, its type and its first bytes tell.
 * @param {Response} response left unread
 * @param {string} url
 */
async function isGood(response, url) {
  if (!response.ok || isPageInPlace(response, url)) return false;
  const isRight = BEGINNINGS[new URL(url).pathname.split(".").at(-1) ?? ""];
  if (isRight === undefined) return true;
  const reader = response.clone().body?.getReader();
  const head = (await reader?.read())?.value ?? new Uint8Array();
  reader?.cancel().catch(() => {});
  return isRight(head);
}

/**
 * @param {Cache} cache
 * @param {string} url
 */
async function keep(cache, url) {
  const response = await fetch(url, { cache: "reload" });
  if (!(await isGood(response, url))) {
    throw new Error(`${url} was answered with something else (${response.status})`);
  }
  // Some hosts redirect page.html to page; a redirected answer may not stand for a page.
  const { body, status, headers } = response;
  await cache.put(url, response.redirected ? new Response(body, { status, headers }) : response);
}

worker.addEventListener("install", (event) => {
  const all = [...files, ...fixed].map(urlOf);
  event.waitUntil(
    caches.open(CACHE).then((cache) => Promise.all(all.map((url) => keep(cache, url)))),
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
  const isFixed = request.mode !== "navigate" && fixedUrls.has(request.url);
  const answer = isFixed ? fromCache(request, event) : fromNetwork(request);
  event.respondWith(mayIsolate(request) ? answer.then(isolated) : answer);
});

/** Only what runs scripts of its own: pages and workers. */
function mayIsolate(/** @type {Request} */ { mode, destination }) {
  return mode === "navigate" || destination === "worker";
}

/**
 * A page and its workers may share memory, and so have threads, where nothing of other origins is in it that was not
 * meant to be. Many hosts cannot be told to say so; a browser takes it from here, from the second visit on.
 * @param {Response} response
 */
function isolated(response) {
  if (response.status === 0) return response; // a redirection, for the browser to follow
  const { body, status, statusText } = response;
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  return new Response(body, { status, statusText, headers });
}

/**
 * @param {Request} request
 * @param {FetchEvent} event
 */
async function fromCache(request, event) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request.url);
  // Who asks past every cache has found that what came before was no good.
  if (kept !== undefined && request.cache !== "reload") return kept;
  const response = await fetch(request);
  const copy = response.clone();
  const put = async () => {
    if (await isGood(copy, request.url)) await cache.put(request.url, copy);
  };
  event.waitUntil(put());
  return response;
}

/**
 * What is kept stands in for a host that is not there, has not answered after a while, or fails.
 * @param {Request} request
 * @returns {Promise<Response>}
 */
async function fromNetwork(request) {
  // Nor may the browser's own cache give an old page to a new version's files.
  const answer =
    request.mode === "navigate"
      ? fetch(request.url, { cache: "no-cache", redirect: "manual", credentials: "same-origin" })
      : fetch(request, { cache: "no-cache" });
  const kept = await keptFor(request);
  if (kept === undefined) return answer;
  const isBad = (/** @type {Response} */ response) =>
    response.status >= 500 ||
    (request.mode !== "navigate" && response.ok && isPageInPlace(response, request.url));
  const good = answer.then((response) => (isBad(response) ? kept : response));
  return Promise.race([good.catch(() => kept), patience().then(() => kept)]);
}

/** @param {Request} request */
async function keptFor({ url, mode }) {
  const cache = await caches.open(CACHE);
  // A host serves its index under the folder's name too, and what an address asks for is the page's business.
  const page = url.replace(/[?#].*/, "").replace(/\/index\.html$/, "/");
  return cache.match(mode === "navigate" ? page : url);
}

/** @returns {Promise<void>} */
function patience() {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
}
