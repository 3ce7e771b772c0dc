// Results as a markdown table.

/** @typedef {import("./contest.mjs").Result} Result */

const HEAD = [
  "network",
  "device",
  "contestant",
  "issue ms",
  "main thread ms",
  "whole step ms",
  "ours / theirs",
  "dispatches",
  "bind groups",
  "wasm MB",
  "GPU MB",
  "losses at the end",
];

/** @param {Result[]} results */
export function table(results) {
  const rows = results.map((result) => {
    const names = [result.network, result.device, result.contestant];
    if (result.wholeMs === undefined) {
      return [...names, `cannot: ${(result.cannot ?? "").slice(0, 90).replaceAll("|", "/")}`];
    }
    const ours = results.find(
      ({ network, device, contestant }) =>
        contestant === "webgan" && network === result.network && device === result.device,
    );
    const ratio =
      ours?.wholeMs === undefined || ours === result
        ? ""
        : [ours.wholeMs / result.wholeMs, (ours.mainThreadMs ?? 0) / (result.mainThreadMs ?? 0)]
            .map((value) => value.toFixed(2))
            .join(", main ");
    const onGpu = result.device === "webgpu";
    return [
      ...names,
      time(result.issueMs),
      time(result.mainThreadMs),
      time(result.wholeMs),
      ratio,
      onGpu ? count(result.dispatches) : "",
      onGpu ? count(result.bindGroups) : "",
      megabytes(result.wasmBytes),
      onGpu ? megabytes(result.gpuBytes) : "",
      `${(result.losses?.at(-1) ?? []).map((loss) => loss.toFixed(2)).join(" ")}${result.trains ? "" : " (does not train)"}`,
    ];
  });
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(" | ")} |`;
  return [line(HEAD), line(HEAD.map(() => "---")), ...rows.map(line)].join("\n");
}

/** @param {number} [ms] */
function time(ms = NaN) {
  return ms >= 100 ? ms.toFixed(0) : ms >= 10 ? ms.toFixed(1) : ms.toFixed(2);
}

/** @param {number} [value] */
function count(value = 0) {
  return value.toFixed(Number.isInteger(value) ? 0 : 1);
}

/** @param {number} [bytes] */
function megabytes(bytes = 0) {
  return (bytes / 1e6).toFixed(0);
}
