/** What `controls` may name. */
export type Control = "play" | "step" | "reset" | "save";

/** The losses that `loss` may name. */
export type Objective =
  "non-saturating" | "minimax" | "least-squares" | "hinge" | "wasserstein" | "relativistic";

/** What kind of thing went wrong. */
export type Reason =
  | "unsupported"
  | "network"
  | "program"
  | "version"
  | "device"
  | "data"
  | "config"
  | "file"
  | "training"
  | "crash";

/** Samples to ask for. */
export interface Wish {
  /** One latent vector after another; as many finite numbers each as "gan-ready" says; at most 102,400. */
  latents: Float32Array;
  /** One class a sample, or none where the generator takes no classes. */
  labels: Uint8Array;
  /** Of the picture, from 1 to 1,024. */
  columns: number;
}

export interface WebGanEventMap {
  /** The networks are there; nothing has been trained yet, or a run goes on. */
  "gan-ready": CustomEvent<{
    step: number;
    device: { kind: "cpu" | "webgpu"; name: string; note: string | undefined };
    images: number;
    /** Numbers in a pixel: 3 for colours. */
    channels: number;
    /** Numbers in a latent vector. */
    latentSize: number;
    /** That the generator draws on demand; 0 if it takes none. */
    classes: number;
  }>;
  /** Loading has come so far; `progress` goes from 0 to 1. */
  "gan-progress": CustomEvent<{
    stage: "program" | "device" | "data" | "networks";
    progress: number;
  }>;
  /** Some steps were taken. */
  "gan-step": CustomEvent<{ step: number; epoch: number; stepsPerSecond: number | undefined }>;
  /** The last step's numbers. */
  "gan-metrics": CustomEvent<{
    step: number;
    dReal: number;
    dFake: number;
    g: number;
    dOfReal: number;
    dOfFake: number;
    accuracy: number;
    dGradient: number;
    gGradient: number;
    /** The numbers of every step since the last event, eight a step in this order. */
    all: Float32Array;
  }>;
  /** It trains no more: at its end, or because somebody asked, or it is out of sight, out of its minutes, or another one trains. */
  "gan-pause": CustomEvent<{
    step: number;
    reason: "finished" | "asked" | "unseen" | "limit" | "yielded";
  }>;
  "gan-error": CustomEvent<{ reason: Reason; code: string; message: string }>;
  "gan-visibility": CustomEvent<{ visible: boolean }>;
}

/** A generative adversarial network that trains in the page. */
export class WebGan extends HTMLElement {
  /** Address of the folder with the digits, for elements that name none; relative to the page. */
  static digits: string;
  /** The package's version. */
  static version: string;
  /**
   * Gives files in place of the network, to a page that has the package's in hand: by the addresses that they would
   * have. Set before anything trains.
   */
  static files: ((url: string) => Promise<Blob | undefined>) | undefined;

  get preset(): string;
  set preset(value: string | null);
  get data(): "mnist";
  set data(value: "mnist" | null);
  get dataSrc(): string;
  set dataSrc(value: string | null);
  /** What pictures are made out of, for a GAN that makes them out of others; null: what comes with them. */
  get pairs(): "outline" | "grey" | "half" | "coarse" | null;
  set pairs(value: "outline" | "grey" | "half" | "coarse" | null);
  /** What lies on the board to begin with, as the playground's address has it. */
  get board(): string;
  set board(value: string | null);
  get model(): string;
  set model(value: string | null);
  get seed(): number | null;
  set seed(value: number | null);
  get steps(): number | null;
  set steps(value: number | null);
  get batch(): number | null;
  set batch(value: number | null);
  /** The same as `batch`. */
  get batchSize(): number | null;
  set batchSize(value: number | null);
  get lr(): number | null;
  set lr(value: number | null);
  /** The same as `lr`. */
  get learningRate(): number | null;
  set learningRate(value: number | null);
  get l1(): number | null;
  set l1(value: number | null);
  /** The same as `l1`. */
  get l1Weight(): number | null;
  set l1Weight(value: number | null);
  get loss(): Objective | null;
  set loss(value: Objective | null);
  /** The same as `loss`. */
  get objective(): Objective | null;
  set objective(value: Objective | null);
  get penalty(): number | null;
  set penalty(value: number | null);
  get dsteps(): number | null;
  set dsteps(value: number | null);
  /** The same as `dsteps`. */
  get discriminatorSteps(): number | null;
  set discriminatorSteps(value: number | null);
  get drate(): number | null;
  set drate(value: number | null);
  /** The same as `drate`. */
  get discriminatorRate(): number | null;
  set discriminatorRate(value: number | null);
  /** The generator's sizes in one text, such as "z100-256n-512n-leaky0.2"; null: the preset's. */
  get generator(): string | null;
  set generator(value: string | null);
  /** The discriminator's sizes, likewise and without a latent size; null: the preset's. */
  get discriminator(): string | null;
  set discriminator(value: string | null);
  get speed(): number | null;
  set speed(value: number | null);
  get minutes(): number | null;
  set minutes(value: number | null);
  get device(): "auto" | "webgpu" | "cpu";
  set device(value: "auto" | "webgpu" | "cpu" | null);
  get controls(): readonly Control[];
  set controls(value: readonly Control[] | string | null);
  get theme(): "auto" | "light" | "dark";
  set theme(value: "auto" | "light" | "dark" | null);
  get poster(): string;
  set poster(value: string | null);
  get loading(): "lazy" | "eager";
  set loading(value: "lazy" | "eager" | null);
  get reveal(): "interaction" | "auto" | "manual";
  set reveal(value: "interaction" | "auto" | "manual" | null);
  get unseen(): "pause" | "train";
  set unseen(value: "pause" | "train" | null);
  get label(): string;
  set label(value: string | null);

  /** Trains: to `steps`, or to the end of the preset's schedule, or beyond where that is reached. */
  play(): Promise<void>;
  /** Pauses; done when the last step has arrived. */
  pause(): Promise<void>;
  /** Takes single steps, from 1 to 1,000,000; `pause` ends them. */
  step(count?: number): Promise<void>;
  /** Starts over, with the attributes as they are now, and waits. */
  reset(): Promise<void>;
  /**
   * What the generator draws now: for its own latents, or for those of a wish. Refused with `config.latents`,
   * `config.labels` or `config.columns`.
   */
  sample(wish?: Wish): Promise<ImageData>;
  /** The run as a file, to go on from with `load`. */
  save(): Promise<Blob>;
  /**
   * Goes on with a saved run, with the settings that it was made with, and waits. Where it is refused, with
   * `config.file` or `checkpoint.…` (`checkpoint.data`: it learned from other data than this element has), the run
   * that was there goes on.
   */
  load(file: Blob | BufferSource): Promise<void>;
  /**
   * The picture that is shown, as an image file; PNG where nothing is said. Refused with `config.type` where
   * the browser cannot make it, and `config.quality` unless that is from 0 to 1.
   */
  toBlob(type?: string, quality?: number): Promise<Blob>;

  addEventListener<K extends keyof WebGanEventMap>(
    type: K,
    listener: (this: WebGan, event: WebGanEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof WebGanEventMap>(
    type: K,
    listener: (this: WebGan, event: WebGanEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

/** What is set in a template, by the names of properties, and of attributes where these differ. */
export type WebGanProps = {
  [
    K in Exclude<keyof WebGan, keyof HTMLElement> as WebGan[K] extends (...args: never[]) => unknown
      ? never
      : K
  ]?: WebGan[K] | Written<NonNullable<WebGan[K]>> | null;
} & { "data-src"?: string | null };

/** The text of an attribute. */
type Written<T> = T extends number ? `${number}` : T extends readonly unknown[] ? string : never;

/** Listeners, by the names that templates give them. */
export type WebGanListeners = {
  [K in keyof WebGanEventMap as `on${K}`]?: (event: WebGanEventMap[K]) => unknown;
};

declare global {
  interface HTMLElementTagNameMap {
    "web-gan": WebGan;
  }
}
