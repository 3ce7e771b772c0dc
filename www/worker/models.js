// Gets the files of trained networks that lie beside the page. Each may be missing; Rust checks what
// is in them. No wasm here.

/** A showcase that is not here by then is left out. */
const TIMEOUT_MS = 20_000;

/**
 * @param {string} url
 * @returns {Promise<Uint8Array | undefined>} nothing where there is no such file, or no connection
 */
export async function modelBytes(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    // Some servers answer a missing file with a page of their own and "200 OK".
    const isPage = response.headers.get("content-type")?.startsWith("text/html") ?? false;
    if (!response.ok || isPage) return undefined;
    return new Uint8Array(await response.arrayBuffer());
  } catch {
    return undefined;
  }
}
