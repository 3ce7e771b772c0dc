// Counts what a step asks of the GPU, and finds the memory of each contestant.
// Imported before any contestant loads: it wraps what they will call. Measures no time.

let dispatches = 0;
let bindGroups = 0;
let submits = 0;
let owner = "";

/** @type {Map<string, Set<WebAssembly.Memory>>} */
const wasm = new Map();
/** @type {Map<string, number>} bytes of GPU buffers that are not destroyed */
const gpu = new Map();
/** @type {WeakMap<object, string>} */
const owners = new WeakMap();

/** Whatever is created from now on belongs to this contestant. */
export function own(/** @type {string} */ name) {
  owner = name;
}

/** All calls so far. */
export function counts() {
  return { dispatches, bindGroups, submits };
}

/**
 * Bytes held now. GPU buffers that were dropped without `destroy` still count.
 * @param {string} name
 */
export function memory(name) {
  let wasmBytes = 0;
  for (const one of wasm.get(name) ?? []) wasmBytes += one.buffer.byteLength;
  return { wasmBytes, gpuBytes: gpu.get(name) ?? 0 };
}

/** @param {unknown} found */
function keep(found) {
  if (!(found instanceof WebAssembly.Memory)) return;
  const all = wasm.get(owner) ?? new Set();
  wasm.set(owner, all.add(found));
}

/**
 * Replaces a method by one that calls `before` and then the method.
 * @param {any} prototype
 * @param {string} name
 * @param {(self: any, args: any[]) => void} before
 */
function wrap(prototype, name, before) {
  const original = prototype[name];
  prototype[name] = function (/** @type {any[]} */ ...args) {
    before(this, args);
    return original.apply(this, args);
  };
}

const page = /** @type {any} */ (globalThis);

if ("GPUDevice" in page) {
  for (const name of ["dispatchWorkgroups", "dispatchWorkgroupsIndirect"]) {
    wrap(page.GPUComputePassEncoder.prototype, name, () => (dispatches += 1));
  }
  wrap(page.GPUQueue.prototype, "submit", () => (submits += 1));
  const device = page.GPUDevice.prototype;
  wrap(device, "createBindGroup", () => (bindGroups += 1));
  const { createBuffer } = device;
  device.createBuffer = function (/** @type {any} */ description) {
    const buffer = createBuffer.call(this, description);
    const name = owners.get(this) ?? owner;
    owners.set(buffer, name);
    gpu.set(name, (gpu.get(name) ?? 0) + buffer.size);
    return buffer;
  };
  wrap(page.GPUBuffer.prototype, "destroy", (buffer) => {
    const name = owners.get(buffer);
    if (name === undefined) return; // a second destroy, which is allowed
    owners.delete(buffer);
    gpu.set(name, (gpu.get(name) ?? 0) - buffer.size);
  });
  const adapter = page.GPUAdapter.prototype;
  const { requestDevice } = adapter;
  adapter.requestDevice = async function (/** @type {any[]} */ ...args) {
    const name = owner;
    const opened = await requestDevice.apply(this, args);
    owners.set(opened, name);
    return opened;
  };
}

const { Memory } = WebAssembly;
page.WebAssembly.Memory = new Proxy(Memory, {
  construct(target, args) {
    const made = Reflect.construct(target, args);
    keep(made);
    return made;
  },
});
for (const name of ["instantiate", "instantiateStreaming"]) {
  const original = page.WebAssembly[name];
  page.WebAssembly[name] = async (/** @type {any[]} */ ...args) => {
    const result = await original(...args);
    Object.values((result.instance ?? result).exports).forEach(keep);
    return result;
  };
}
