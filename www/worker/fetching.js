// fetch with an end: a host that takes a request and says nothing would be waited for for ever.

/** By then an answer begins to arrive, or none will. */
const BEGIN_MS = 30_000;
/** The largest file, on a slow connection. */
const WHOLE_MS = 600_000;

/** @param {string} url */
export async function fetchInTime(url) {
  const control = new AbortController();
  const giveUp = () => control.abort(new DOMException(undefined, "TimeoutError"));
  const begin = setTimeout(giveUp, BEGIN_MS);
  setTimeout(giveUp, WHOLE_MS);
  try {
    return await fetch(url, { signal: control.signal });
  } finally {
    clearTimeout(begin);
  }
}

/** @param {unknown} error of a fetch, or of reading what it fetched */
export function isTooLate(error) {
  return error instanceof DOMException && error.name === "TimeoutError";
}
