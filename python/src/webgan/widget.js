// The widget's end in a notebook's page: shows the element, gives it its files out of the kernel's messages, and does
// what the kernel asks of it. The kernel's end is _requests.py and _widget.py. It trains nothing, and knows no front
// end: anywidget does (JupyterLab, Notebook, VS Code, Colab, marimo).

/**
 * @typedef {object} Model of anywidget
 * @property {(name: string) => any} get
 * @property {(name: string, listener: (...args: any[]) => void) => void} on
 * @property {(content: object, callbacks?: object, buffers?: BufferSource[]) => void} send
 */

/** Where the element believes to lie; _files.py has the same. */
const SITE = "https://webgan.invalid/";
/** Of a file, in one message; _requests.py has the same. */
const PART_BYTES = 1 << 20;
/** A kernel that says nothing for so long is busy, or gone. */
const SILENCE_MS = 60_000;
/** Losses are told so often. */
const LOSSES_EVERY_MS = 250;

/** @type {Record<string, string>} */
const TYPES = { js: "text/javascript", wasm: "application/wasm" };

/**
 * What all widgets of a page share: each has this module for itself.
 * @typedef {object} Page
 * @property {string} id
 * @property {Map<string, Blob>} files of the package that have come
 * @property {Set<Kernel>} kernels that files can be asked of, the newest last
 * @property {Map<string, Kernel>} owners of the data in a folder
 * @property {Promise<any>} [element] the element's module
 */

/** @type {Page} */
const page = (Object(globalThis)[Symbol.for("webgan.notebook")] ??= {
  ...{ id: crypto.randomUUID(), files: new Map(), kernels: new Set(), owners: new Map() },
});

/** Asks a widget's kernel for files. */
class Kernel {
  #model;
  #asked = 0;
  /** @type {Map<number, (answer: { content: any, buffers: DataView[] }) => void>} */
  #waiting = new Map();

  /** @param {Model} model */
  constructor(model) {
    this.#model = model;
    model.on("msg:custom", (content, buffers) => {
      if (content.type === "file") this.#waiting.get(content.id)?.({ content, buffers });
    });
  }

  /**
   * @param {string} path
   * @returns {Promise<Blob | undefined>} nothing where there is no such file
   */
  async file(path) {
    const parts = [];
    let isPacked = false;
    for (let part = 0, count = 1; part < count; part++) {
      const { content, buffers } = await this.#ask({ type: "file", path, part });
      if (content.parts === null) return undefined;
      count = content.parts;
      isPacked = content.packed;
      parts.push(new Blob([/** @type {DataView<ArrayBuffer>} */ (buffers[0])]));
    }
    const type = TYPES[path.split(".").at(-1) ?? ""] ?? "application/octet-stream";
    const whole = new Blob(parts, { type });
    if (!isPacked) return whole;
    const unpacked = whole.stream().pipeThrough(new DecompressionStream("gzip"));
    return new Blob([await new Response(unpacked).arrayBuffer()], { type });
  }

  /**
   * @param {object} content
   * @returns {Promise<{ content: any, buffers: DataView[] }>}
   */
  #ask(content) {
    const id = this.#asked++;
    return new Promise((resolve, reject) => {
      const silent = setTimeout(() => {
        this.#waiting.delete(id);
        const cure = "it may be busy with a cell; after a restart, run this cell again";
        reject(new Error(`the notebook's kernel does not answer: ${cure}`));
      }, SILENCE_MS);
      this.#waiting.set(id, (answer) => {
        clearTimeout(silent);
        this.#waiting.delete(id);
        resolve(answer);
      });
      this.#model.send({ ...content, id });
    });
  }
}

/**
 * What the element asks for in place of the network.
 * @param {string} url
 */
async function fileAt(url) {
  const path = decodeURIComponent(new URL(url).pathname.slice(1));
  const owner = page.owners.get(path.split("/").slice(0, -1).join("/"));
  if (owner !== undefined) return owner.file(path);
  const known = page.files.get(path);
  if (known !== undefined) return known;
  const file = await [...page.kernels].at(-1)?.file(path);
  if (file !== undefined) page.files.set(path, file);
  return file;
}

/** Makes the element known, once a page. */
function elementModule() {
  page.element ??= load();
  page.element.catch(() => (page.element = undefined));
  return page.element;
}

async function load() {
  const script = await fileAt(`${SITE}web-gan.js`);
  if (script === undefined) throw new Error("the package has lost its files");
  const { WebGan } = await import(URL.createObjectURL(script));
  WebGan.files ??= fileAt;
}

/** One widget: its element, which shows in the newest of its views, and what the kernel hears of it. */
class Widget {
  #model;
  #kernel;
  /** @type {any} */
  #element;
  /** @type {HTMLElement[]} the last one has the element */
  #views = [];
  /** @type {any} of the last "gan-ready" */
  #ready;
  /** Whether another run is about to be ready than the one that was. */
  #isOther = true;
  #step = 0;
  /** @type {Float32Array[]} not told yet */
  #losses = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #telling;
  /** When all so far has been told: what a call is answered with comes behind it. */
  #told = Promise.resolve();

  /** @param {Model} model */
  constructor(model) {
    this.#model = model;
    this.#kernel = new Kernel(model);
    page.kernels.add(this.#kernel);
    const folder = new URL(model.get("_attributes")["data-src"]).pathname.slice(1, -1);
    if (folder.startsWith("own/")) page.owners.set(folder, this.#kernel);
    model.on("msg:custom", (content, buffers) => {
      if (content.type === "call" && content.page === page.id) void this.#answer(content, buffers);
    });
  }

  end() {
    clearTimeout(this.#telling);
    page.kernels.delete(this.#kernel);
    for (const [folder, kernel] of page.owners) {
      if (kernel === this.#kernel) page.owners.delete(folder);
    }
  }

  /** @param {HTMLElement} view */
  async show(view) {
    const still = document.createElement("img");
    still.src = this.#model.get("_still");
    still.alt = "";
    view.replaceChildren(still);
    try {
      await elementModule();
    } catch (error) {
      const words = document.createElement("p");
      words.setAttribute("role", "alert");
      words.textContent = `WebGan: ${error instanceof Error ? error.message : error}.`;
      view.append(words);
      return;
    }
    this.#element ??= this.#newElement();
    this.#place(view);
  }

  /** @param {HTMLElement} view that is gone */
  hide(view) {
    const wasLast = this.#views.at(-1) === view;
    this.#views = this.#views.filter((other) => other !== view);
    const next = this.#views.at(-1);
    if (!wasLast) return;
    if (next !== undefined) {
      this.#place(next);
      return;
    }
    this.#model.send({ type: "view", page: page.id, open: false });
    // An element that left the page has ended its run, unless it is moved.
    setTimeout(() => {
      if (this.#element?.isConnected) return;
      this.#ready = undefined;
      this.#step = 0;
    });
  }

  /** @param {HTMLElement} view that gets the element; the others say where it is */
  #place(view) {
    this.#views = [...this.#views.filter((other) => other !== view), view];
    view.replaceChildren(this.#element);
    for (const other of this.#views.slice(0, -1)) {
      const button = document.createElement("button");
      button.textContent = "This WebGan shows in another cell: show it here";
      button.addEventListener("click", () => this.#place(other));
      other.replaceChildren(button);
    }
    this.#model.send({ type: "view", page: page.id, open: true });
  }

  #newElement() {
    const element = document.createElement("web-gan");
    this.#write(element, this.#model.get("_attributes"));
    const on = (/** @type {string} */ name, /** @type {(detail: any) => void} */ listener) =>
      element.addEventListener(name, (event) =>
        listener(/** @type {CustomEvent} */ (event).detail),
      );
    on("gan-ready", (detail) => {
      this.#tellLosses();
      this.#ready = detail;
      this.#step = detail.step;
      this.#model.send({ type: "ready", detail, isOther: this.#isOther || detail.step === 0 });
      this.#isOther = false;
    });
    on("gan-metrics", ({ step, all }) => {
      this.#step = step;
      this.#losses.push(all);
      this.#telling ??= setTimeout(() => this.#tellLosses(), LOSSES_EVERY_MS);
    });
    on("gan-pause", () => {
      this.#tellLosses();
      this.#told = this.#told.then(() => this.#tellPicture());
    });
    return element;
  }

  /**
   * @param {HTMLElement} element
   * @param {Record<string, string>} attributes
   */
  #write(element, attributes) {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  }

  #tellLosses() {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    if (this.#losses.length === 0) return;
    const numbers = new Blob(/** @type {Float32Array<ArrayBuffer>[]} */ (this.#losses));
    this.#losses = [];
    const step = this.#step;
    this.#told = this.#told.then(async () => {
      this.#model.send({ type: "losses", step }, undefined, [await numbers.arrayBuffer()]);
    });
  }

  async #tellPicture() {
    /** @type {Blob | undefined} */
    const file = await this.#element.toBlob().catch(() => undefined); // none drawn yet
    const picture = await file?.arrayBuffer();
    if (picture !== undefined) this.#model.send({ type: "picture" }, undefined, [picture]);
  }

  /**
   * @param {any} content of a call
   * @param {DataView[]} buffers
   */
  async #answer({ call, name, attributes, path }, buffers) {
    this.#model.send({ type: "heard", call });
    try {
      const { value = {}, bytes } = await this.#do(name, { attributes, path, buffers });
      this.#tellLosses();
      await this.#told;
      const parts = Math.max(1, Math.ceil((bytes?.byteLength ?? 0) / PART_BYTES));
      for (let part = 0; part < parts; part++) {
        const content = { type: "answer", call, part, parts, value };
        const piece = bytes?.slice(part * PART_BYTES, (part + 1) * PART_BYTES);
        this.#model.send(content, undefined, piece && [piece]);
      }
    } catch (error) {
      const { code = "notebook", message } = /** @type {any} */ (error);
      this.#model.send({ type: "answer", call, error: { code, message } });
    }
  }

  /**
   * @param {string} name of a call
   * @param {{ attributes: Record<string, string>, path: string, buffers: DataView[] }} given
   * @returns {Promise<{ value?: object, bytes?: ArrayBuffer }>}
   */
  async #do(name, { attributes, path, buffers }) {
    const element = this.#element;
    switch (name) {
      case "train": {
        this.#write(element, attributes);
        const { steps } = element;
        if (steps !== null && this.#ready !== undefined && this.#step >= steps) {
          return { value: { step: this.#step, reason: "finished" } };
        }
        const paused = this.#untilPaused();
        paused.catch(() => {}); // play throws the same
        await element.play();
        return { value: await paused };
      }
      case "pause":
        await element.pause();
        return {};
      case "reset":
        await element.reset();
        return {};
      case "open":
        if (this.#ready === undefined) await element.sample();
        return { value: this.#ready };
      case "sample": {
        const [latents, labels] = buffers.map((view) => {
          const { buffer, byteOffset, byteLength } = view;
          return buffer.slice(byteOffset, byteOffset + byteLength);
        });
        const wish = { latents: new Float32Array(latents), labels: new Uint8Array(labels) };
        const { width, data } = await element.sample({ ...wish, columns: 1 });
        return { value: { width }, bytes: data.buffer };
      }
      case "save":
        return { bytes: await (await element.save()).arrayBuffer() };
      case "load": {
        const file = await this.#kernel.file(path);
        this.#isOther = true;
        await element.load(file);
        return {};
      }
      default:
        throw new Error(`there is no call ${name}`);
    }
  }

  /** @returns {Promise<{ step: number, reason: string }>} when it trains no more and will not go on by itself */
  #untilPaused() {
    const element = this.#element;
    return new Promise((resolve, reject) => {
      const end = () => {
        element.removeEventListener("gan-pause", onPause);
        element.removeEventListener("gan-error", onError);
      };
      const onPause = (/** @type {CustomEvent} */ { detail }) => {
        if (detail.reason === "unseen") return;
        end();
        resolve(detail);
      };
      const onError = (/** @type {CustomEvent} */ { detail: { code, message } }) => {
        end();
        reject(Object.assign(new Error(message), { code }));
      };
      element.addEventListener("gan-pause", onPause);
      element.addEventListener("gan-error", onError);
    });
  }
}

export default () => {
  /** @type {Widget} */
  let widget;
  return {
    /** @param {{ model: Model }} props */
    initialize({ model }) {
      widget = new Widget(model);
      return () => widget.end();
    },
    /** @param {{ el: HTMLElement }} props */
    render({ el }) {
      void widget.show(el);
      return () => widget.hide(el);
    },
  };
};
