// What crosses between the page and its worker: every request, answer and event, and the version
// of all that. Not a transport (Comlink is, see client.js and worker.js) and it imports nothing.

/** @import { Networks } from "../code/layers.js" */
/** @import { Recipe } from "../code/recipe.js" */
/** @import { Finding, Measured, PairQuality, Symptom } from "./examined.js" */
/** @import { Wish as PicturesWish } from "../pictures/reading.js" */
/** @import { Files } from "./given.js" */

/** Raised whenever a message changes its shape; a page and a worker of two builds must not talk. */
export const PROTOCOL_VERSION = 16;

/** The numbers of one training step, in the order the wasm returns them. */
export const METRICS = /** @type {const} */ ([
  "dReal",
  "dFake",
  "g",
  "dOfReal",
  "dOfFake",
  "accuracy",
  "dGradient",
  "gGradient",
]);

/**
 * What one run is made of; keys that are missing take the preset's defaults (they live in Rust).
 * @typedef {object} RunConfig
 * @property {string} preset
 * @property {number} [seed]
 * @property {number} [batchSize]
 * @property {number} [learningRate]
 * @property {number | null} [l1Weight] null where the preset has no L1 term
 * @property {Objective} [objective]
 * @property {number} [penalty] weight of the penalty on steepness; 0 for none
 * @property {number} [discriminatorSteps] for one of the generator
 * @property {number} [discriminatorRate] the discriminator's step size in units of the generator's
 * @property {string} [generator] its sizes in one text, such as "z100-256n-512n-leaky0.2"
 * @property {string} [discriminator] its sizes
 */

/**
 * A setting that takes another value once so many steps are taken.
 * @typedef {object} Change
 * @property {number} step
 * @property {"learning-rate" | "l1-weight"} setting
 * @property {number} value
 */

/** A run's config with what changes while it goes on. @typedef {RunConfig & { changes?: Change[] }} Plan */

/** The losses; Rust's `loss.rs` has the formulas. */
export const OBJECTIVES = /** @type {const} */ ([
  "non-saturating",
  "minimax",
  "least-squares",
  "hinge",
  "wasserstein",
  "relativistic",
]);

/** @typedef {typeof OBJECTIVES[number]} Objective */

/** What pictures can be made of: the same with something taken away. Rust's `data/pairs.rs` says what. */
export const PAIRINGS = /** @type {const} */ (["outline", "grey", "half", "coarse"]);

/**
 * What a run's pictures are to be made of: what a pairing makes of them, or what comes with the data.
 * @typedef {typeof PAIRINGS[number] | "own"} Pairs
 */

/**
 * A GAN that can be chosen, as the wasm describes it; the words about it are the page's (words/).
 * @typedef {object} Preset
 * @property {string} id
 * @property {boolean} validation whether a held-out loss is measured after each epoch
 * @property {number} classes that the generator draws on demand; 0 if it takes none
 * @property {number} features numbers in each sample: 2 for points
 * @property {SampleShape} shape of each sample
 * @property {SampleShape | null} input of what each sample is made of, where samples are made of other pictures
 * @property {number} leastBatch the smallest batch that its networks can learn from
 * @property {boolean} adapts whether its networks are made for the pictures at hand, of so many classes
 * @property {Required<RunConfig>} config the defaults
 * @property {number} multiplications of one step, on paper
 * @property {Schedule} schedule
 */

/** Rows, pixels in a row, numbers in a pixel. @typedef {{ height: number, width: number, channels: number }} SampleShape */

/**
 * How long to train: passes over the data, or steps, or epochs of so many steps.
 * @typedef {{ kind: "epochs" | "steps", count: number } |
 *   { kind: "epochs-of-steps", count: number, steps: number }} Schedule
 */

/** @typedef {"auto" | "webgpu" | "cpu"} DeviceChoice */

/**
 * The training program comes in three builds: for the CPU alone, that with threads, and with WebGPU at four times the
 * size.
 * @typedef {"cpu" | "threads" | "webgpu"} Build
 */

/**
 * Where the builds lie, as absolute addresses, if the site has them; and the worker that a thread is.
 * @typedef {Record<Build, string | undefined> & { thread: string }} Programs
 */

/**
 * @typedef {object} DeviceInfo
 * @property {string} kind "cpu" or "webgpu"
 * @property {string} name
 * @property {string | undefined} note why the CPU was taken instead of the GPU
 * @property {Build} build the program that was loaded for it
 */

/**
 * IDX files that somebody brought.
 * @typedef {object} OwnFiles
 * @property {File} images
 * @property {File | undefined} labels
 * @property {File} [inputs] what the images are to be made of
 * @property {string[]} [classNames] by label, where folders were classes
 * @property {PicturesWish} [wish] by which they were made of pictures: for whoever brings the same ones again
 * @property {{ images: File, labels: File | undefined, inputs?: File } | undefined} [heldOut]
 */

/**
 * Where the samples come from. `id` tells two sources apart, as a File does not survive cloning. A
 * folder has files with names such as MNIST's; one that is a set of the site says in `set.json` what it is. Pictures that are `turned` have rows and columns changed
 * for each other. A toy without a name is what someone has drawn: pairs of x and y.
 * @typedef {{ kind: "mnist", id: number, url: string }
 *   | { kind: "folder", id: number, url: string, turned: boolean, isSet: boolean }
 *   | { kind: "files", id: number, name: string, turned: boolean } & OwnFiles
 *   | { kind: "toy", id: number, toy: string | Float32Array }} DataSource
 */

/**
 * @typedef {object} DataInfo
 * @property {number} sourceId
 * @property {string} name
 * @property {boolean} isOfSite whether the site calls them so, and no person: it has a title for them
 * @property {number} count
 * @property {number} rows
 * @property {number} columns
 * @property {number} channels numbers in a pixel: 3 for red, green and blue, else 1
 * @property {number} classCount labels that occur; 0 without any
 * @property {string[]} [classNames] of a set that names its classes
 * @property {Credit[]} [credits] of a set that is not its authors' own
 * @property {string[]} files that they come from: images and labels; none of the site's digits and of toys
 * @property {boolean} turned as in DataSource
 * @property {Float32Array} [points] some of them, pairs of x and y, where they are points
 * @property {PairsInfo} [pairs] where each is to be made of another picture
 */

/**
 * What is known of pairs that are loaded.
 * @typedef {object} PairsInfo
 * @property {number} channels numbers in a pixel of what pictures are made of
 * @property {number} count of those that are shown
 * @property {boolean} areHeldOut whether these were held out: else they are some that are learned
 */

/** Whom something is by. @typedef {{ title: string, author: string, license: string, url: string }} Credit */

/** What a set says of itself, in its `set.json`. @typedef {{ classes?: string[], credits?: Credit[] }} SetAbout */

/**
 * @typedef {object} StartRequest
 * @property {number} runId chosen by the page; every event of the run carries it
 * @property {Plan | undefined} config undefined: the checkpoint's own
 * @property {DeviceChoice} device
 * @property {DataSource} data
 * @property {Pairs} [pairs] what its pictures are to be made of, where the run makes pictures out of others
 * @property {boolean} freeFirst true: free the old run before making the new one (a plain Reset);
 *   false: make the new one first, so that a refusal leaves the old one as it was
 * @property {Uint8Array} [checkpoint] where to go on, in place of step 0
 * @property {boolean} [otherData] whether a checkpoint that brings its own config may go on with other data than it
 *   learned from, which is refused else
 * @property {number} [trainedMs] for how long the checkpoint's run has trained
 * @property {string} [showcase] address of an exported generator whose samples are shown until this
 *   run takes a step; where it does not come, pictures say so
 */

/**
 * @typedef {object} RunInfo
 * @property {number} id
 * @property {number} step where it starts: 0, or the checkpoint's
 * @property {number} epoch epochs finished by then
 * @property {number} totalSteps of the schedule; a run may go on beyond it
 * @property {number} epochCount of the schedule
 * @property {boolean} validation whether this run measures a held-out loss
 * @property {Recipe} recipe its whole config, as it started
 * @property {Networks} networks
 * @property {number} multiplications of one step, on paper
 */

/**
 * @typedef {object} StartAnswer
 * @property {RunInfo} run
 * @property {DeviceInfo} device
 * @property {DataInfo} data
 * @property {Required<RunConfig> & Plan} [config] of the run, where a checkpoint brought its own
 */

/** @typedef {{ learningRate?: number, l1Weight?: number }} Hyper */

/** The run's config after a change, and the step at which that came. */
/** @typedef {{ config: Required<RunConfig> & Plan, step: number }} Updated */

/**
 * When training is to pause by itself, but for the end of the schedule.
 * @typedef {object} Stops
 * @property {number} [until] a step
 * @property {number} [everySteps] whenever the run has taken so many steps more, from its first on
 * @property {number} [everyMs] whenever it has trained so long again
 * @property {{ classifier: string | undefined }} [plateau] when what is drawn no longer gets better: by the measures
 *   of the classifier at an address, or by the samples' energy distance to the data
 */

/**
 * How politely to work.
 * @typedef {object} Pace
 * @property {boolean} hidden the tab is hidden: draw nothing, rest between slices
 * @property {number} gridEveryMs the shortest time between two grids
 * @property {number} stepsPerSecond at most; Infinity for as many as there can be
 */

/** One of the two. @typedef {"generator" | "discriminator"} Network */

/** A picture; `pixels` are RGBA. @typedef {{ width: number, height: number, pixels: ArrayBuffer }} Frame */

/**
 * What the pictures of a run show.
 * @typedef {object} View
 * @property {number | null} digit the class of all samples; null for all classes, and where there are none
 * @property {boolean} opinions whether the discriminator is asked about each sample
 */

/**
 * Samples that the page asks for.
 * @typedef {object} Wish
 * @property {Float32Array} latents
 * @property {Uint8Array} labels one a latent, or none where the generator takes no classes
 * @property {number} columns of the picture
 * @property {boolean} [canWait] whether nobody's hand waits for it: what is asked for meanwhile comes first
 */

/**
 * What is to be seen of a run on points, as pairs of x and y; Rust's `plane.rs` says more.
 * @typedef {object} Plane
 * @property {Float32Array} fakes
 * @property {Float32Array} beliefs how real the discriminator finds the places of a lattice, 0 to 1, from
 *   below, left to right
 * @property {number} side places along a side of that lattice
 * @property {number} extent half the side of the square that it fills
 * @property {Float32Array} manifold where a lattice of latents goes; may be empty
 * @property {number} lines points along a side of that one
 * @property {Float32Array} pulls on the first of the fakes
 * @property {number} modes there are
 * @property {number} covered modes
 * @property {number} good share of the fakes that lie on a mode
 */

/**
 * A run that fails, to be set up.
 * @typedef {object} Failure
 * @property {string} id
 * @property {Symptom} symptom what the monitor names it
 * @property {string} toy
 * @property {Omit<RunConfig, "preset">} settings what is changed in the preset for points
 */

/**
 * How far a run has come with the steps whose losses have arrived.
 * @typedef {object} Progress
 * @property {number} step steps taken
 * @property {number} epoch epochs finished
 * @property {number} epochShare how much of the current epoch is done, 0 to 1
 * @property {number | undefined} stepsPerSecond
 * @property {number} trainedMs for how long the run has trained
 */

/** @typedef {"program" | "device" | "data" | "networks"} Stage what is being waited for */

/** @typedef {{ code: string, message: string }} Problem */

/**
 * @typedef {object} EpochRow
 * @property {number} epoch counted from 1
 * @property {number[]} means one number per METRICS
 * @property {number | undefined} validation
 */

/** @typedef {{ step: number, bytes: Uint8Array<ArrayBuffer> }} Saved a file, and the step it holds */
/**
 * The training picture nearest to another one.
 * @typedef {object} Neighbour
 * @property {number} distance Euclidean, pixels being in [-1, 1]: 0 for a copy
 * @property {number} width
 * @property {number} height
 * @property {ArrayBuffer} pixels RGBA
 */

/**
 * Events, worker to page. Those of a run carry its `runId`, and the page drops those of older runs.
 * `values` holds METRICS.length numbers a step and is transferred, as `pixels` (RGBA) is and the
 * `bytes` of a checkpoint, which comes every few seconds of training. A grid with `trainedFor` is the
 * showcase's: so many steps were taken by its generator, none by the run. `showcase` says of the run's own that
 * one was to be shown in their place, and is still to come or will not. A grid of `pairs` has three pictures for each: what
 * the generator is given, what it makes of that, and the truth. A stage names data that are not the site's own digits. `opinions` holds one number a sample.
 * While a run trains with an eye on its plateau, it measures now and then: `measuring`, then `measured`, with nothing
 * where that gave way. `seeing` tells how far a classifier is with learning the pictures at hand, which a measurement
 * waits for.
 * @typedef {{ type: "stage", stage: Stage, data?: string }
 *   | { type: "losses", runId: number, values: Float32Array, progress: Progress }
 *   | { type: "grid", runId: number, step: number, width: number, height: number, pixels: ArrayBuffer,
 *       trainedFor: number | undefined, showcase: "awaited" | "missing" | undefined, digit: number | null,
 *       opinions: Float32Array | undefined, pairs: boolean }
 *   | { type: "plane", runId: number, step: number, plane: Plane }
 *   | { type: "checkpoint", runId: number, step: number, bytes: Uint8Array<ArrayBuffer> }
 *   | { type: "epoch", runId: number, row: EpochRow }
 *   | { type: "measuring", runId: number }
 *   | { type: "seeing", runId: number, done: number, total: number }
 *   | { type: "measured", runId: number, measured: Measured | undefined }
 *   | { type: "paused", runId: number, reason: "asked" | "finished" }
 *   | { type: "paused", runId: number, reason: "problem", problem: Problem }
 *   | { type: "paused", runId: number, reason: "plateau", bestStep: number }
 *   | { type: "gan-train", runId: number, stage: "draws" | "learns", done: number, total: number }
 *   | { type: "findings", runId: number, findings: Finding[] }
 *   | { type: "device-error", problem: Problem }
 *   | { type: "thread", problems: MessagePort }
 *   | { type: "fatal", message: string }} WorkerEvent
 */

/**
 * Requests, page to worker; each gets exactly one answer. A refusal is an Error with a `code` and
 * changes nothing. A run is addressed by its id, so that a late request cannot hit its successor.
 * @typedef {object} WorkerApi
 * @property {(version: number, events: MessagePort, device: DeviceChoice, programs: Programs, files?: Files)
 *   => Promise<Preset[]>} connect loads the program that device needs; files that the page has are asked of it
 * @property {() => Promise<Failure[]>} failures that can be set up
 * @property {(config: RunConfig) => Promise<Networks>} networks that a run of it on the run's data would have, or
 *   on any where there is none yet; what cannot be is refused
 * @property {(files: File[], paths: string[]) => Promise<OwnFiles>} choose which of some files hold images
 *   and labels, and which are to be held out; of files in folders only some need be of use
 * @property {(request: StartRequest) => Promise<StartAnswer>} start a refusal that has to do with the data
 *   says of its error's `data` what they are: a DataInfo
 * @property {(runId: number, stops?: Stops) => void} train until told to pause, or until something of that
 *   or the schedule's end comes
 * @property {(runId: number) => Promise<void>} pause answers when the last step has arrived
 * @property {(runId: number, network?: Network) => Promise<void>} step of both networks, or of one
 *   alone
 * @property {(runId: number) => Promise<void>} draw shows the samples, if they are not shown yet
 * @property {(runId: number, view: View) => Promise<void>} look changes what the pictures show
 * @property {(runId: number) => Promise<Float32Array<ArrayBuffer> | undefined>} latents of the picture, row
 *   by row
 * @property {(runId: number, wish: Wish) => Promise<Frame | undefined>} sketch by the generator that is
 *   shown
 * @property {(runId: number, input: Uint8Array) => Promise<Frame | undefined>} translate by the run's generator, a
 *   picture of the shape that it takes: row by row, the numbers of a pixel side by side
 * @property {(runId: number, of: number | Uint8Array) => Promise<Frame | undefined>} pairInput what a picture is made of: of
 *   the pair that is shown in a place, or of any other of their shape, as the run's pairs are made
 * @property {(runId: number) => Promise<PairQuality | undefined>} measurePairs how near what the run makes comes to the
 *   truth, on held-out pairs
 * @property {(classes: number) => Promise<Frame>} examples from the data, laid out as samples are
 * @property {(runId: number, hyper: Hyper) => Promise<Updated | undefined>} update from the next step on
 * @property {(runId: number) => Promise<Saved | undefined>} save the run, as a checkpoint
 * @property {(runId: number) => Promise<Saved | undefined>} exportGenerator the generator whose samples are
 *   shown, alone
 * @property {(runId: number, classifier: string | undefined) => Promise<Measured | undefined>} measure how good the
 *   samples are, with the classifier of digits at an address, or by eyes made for other data; not while the run
 *   trains, and undefined where it gave way to a step, to training, or to another run
 * @property {(runId: number, classifier: string | undefined) => Promise<number | undefined>} ganTrain the share of
 *   real pictures that a classifier reads which learned from generated ones alone; undefined where it
 *   was ended before: by `cancelGanTrain`, or by whatever makes the run go on or end
 * @property {() => void} cancelGanTrain
 * @property {() => Promise<number | undefined>} rate multiplications a second in training, of a CPU: measured in a
 *   tenth of a second. Undefined of a GPU, which would have to compile for it
 * @property {(runId: number, pixels: Uint8Array) => Promise<Neighbour | undefined>} nearest the training
 *   picture nearest to one of the same size, of which it gets the grey values
 * @property {(pace: Pace) => void} setPace
 */
