import { counted, number } from "./numbers.js";
import { measure, picturesOf } from "./quantities.js";

/** How many pictures are another one again. @param {number} count */
const twinCount = (count) =>
  `As the networks see them, ${counted(count, { one: "# picture repeats one", other: "# pictures repeat others" })} read before`;

/** About pictures of one's own. */
export const pictures = {
  /** Why pictures were left out, and how many. */
  reasons: {
    /** @param {number} count */
    otherPart: (count) => `${number(count)} of a part that is neither learned nor held out`,
    /** @param {number} count */
    clutter: (count) => `${number(count)} hidden or left by the system`,
    /** @param {number} count */
    notPicture: (count) => `${number(count)} not a picture`,
    /** @param {number} count */
    undecodable: (count) =>
      `${number(count)} could not be decoded (damaged, or of a kind this browser does not read, as drawings in SVG)`,
    /**
     * @param {number} count
     * @param {number} megabytes
     * @param {number} megapixels
     */
    tooLarge: (count, megabytes, megapixels) =>
      `${number(count)} larger than ${measure(megabytes, "megabyte")} or ${counted(megapixels, { one: "# million pixels", other: "# million pixels" })}`,
    /** @param {number} count */
    blank: (count) => `${number(count)} of one colour alone`,
    /**
     * @param {number} count
     * @param {number} pixels
     */
    tooSmall: (count, pixels) => `${number(count)} less than ${number(pixels)} pixels high or wide`,
    /**
     * @param {number} count
     * @param {number} most
     */
    tooMany: (count, most) => `${number(count)} beyond the first ${number(most)}`,
    /**
     * @param {number} count
     * @param {number} gigabytes
     */
    tooMuch: (count, gigabytes) =>
      `${number(count)} beyond ${measure(gigabytes, "gigabyte")} together`,
  },
  /**
   * @param {string} reason
   * @param {string} names of files
   */
  named: (reason, names) => `${reason}: ${names}`,
  /** @param {string} reasons */
  leftOut: (reasons) => `Left out: ${reasons}.`,
  /** Above all names, where a sentence has the first few. */
  allNames: "All of them by name",
  leftOutNames: "Left out",
  classNames: "Classes, and pictures in each",
  /** @param {number} files */
  looking: (files) =>
    `Looking through what you gave: ${counted(files, { one: "# file", other: "# files" })}.`,
  /**
   * @param {number} done
   * @param {number} total
   */
  reading: (done, total) => `Reading pictures: ${number(done)} of ${number(total)}.`,
  /** @param {number} count */
  taken: (count) => `${picturesOf(count)} read.`,
  /**
   * @param {number} count
   * @param {string} names
   */
  takenFromFolders: (count, names) =>
    `${picturesOf(count)} read, the folders as classes: ${names}.`,
  /**
   * @param {number} count
   * @param {string} names
   */
  takenInClasses: (count, names) => `${picturesOf(count)} read, in classes: ${names}.`,
  /** @param {number} count */
  heldOutCount: (count) => `${picturesOf(count)} held out.`,
  /** @param {number} count */
  tenth: (count) =>
    `${counted(count, { one: "# of them is", other: "# of them are" })} held out to measure with.`,
  /** @param {number} fewest */
  noTenth: (fewest) =>
    `None is held out to measure with, as that takes ${counted(fewest, { one: "# picture that differs", other: "# pictures that differ" })}.`,
  holdOut: "Held out",
  everyTenth: "Every tenth",
  noneHeldOut: "None",
  /** @param {number} place of a picture among others */
  place: (place) => `no. ${number(place)}`,
  /**
   * @param {string} name of an archive
   * @param {string} reason
   */
  archive: (name, reason) => `“${name}” ${reason}`,
  camera: {
    asking: "Your browser asks whether the camera may be used.",
    refused: "The camera was not allowed. Your browser's settings for this site can allow it.",
    none: "There is no camera that can be used: it is missing, or another program has it.",
    hint: "Hold something up, and turn it about while pictures are taken. They stay on this machine.",
    /** @param {number} count */
    take: (count) => `Take ${picturesOf(count)}`,
    /**
     * @param {number} taken
     * @param {number} count
     */
    taking: (taken, count) => `${number(taken)} of ${picturesOf(count)} taken.`,
    more: "Those are the data. Take something else, and it becomes another class beside them.",
    close: "Close the camera",
    folder: "camera",
  },
  archives: {
    damaged: "is no whole archive: get it again.",
    encrypted: "is locked by a password: unpack it, and drop what is in it.",
    packing: "is packed in a way that is not read here: unpack it, and drop what is in it.",
    tooLarge: "holds more than is taken: drop a part of it.",
  },
  arrays: {
    notNumpy: "This is no array of NumPy's: save it with numpy.save or numpy.savez.",
    /** @param {string} kind NumPy's name of it */
    kind: (kind) =>
      `Arrays of the kind “${kind}” are not read: save them as numbers, such as uint8, in C order.`,
    cut: "An array ends before its numbers do: save it again.",
    notFinite: "An array holds numbers that are none (NaN or infinite).",
    /** @param {string} names of arrays with their sizes */
    noPictures: (names) =>
      `None of the arrays is pictures${names === "" ? "" : `: ${names}`}. Save them as an array of count × rows × columns, or × 3 for colours, such as x_train.`,
    /** @param {string} name of a file */
    notCifar: (name) =>
      `“${name}” is called as CIFAR's binary files are, and is not as long as one: get it again.`,
  },
  /**
   * @param {string} names
   * @param {number} more
   */
  andMore: (names, more) => `${names}, and ${number(more)} more`,
  /**
   * @param {string} name of a class
   * @param {number} count
   */
  classCount: (name, count) => `${name} (${number(count)})`,
  classesFrom: "Classes",
  noClasses: "None",
  part: "Pictures",
  allParts: "All",
  /** @param {string} names of images and labels */
  chosen: (names) => `Read: ${names}.`,
  notInUse: " Not in use.",
  useAgain: "Use them again",
  /** @param {string} names */
  heldOut: (names) => ` Held out: ${names}.`,
  turn: "Turn: rows for columns",
  /** @param {number} files */
  cut: (files) =>
    `Of a folder, ${counted(files, { one: "the first file is", other: "the first # files are" })} looked at.`,
  side: "Pixels",
  /** @param {number} side */
  square: (side) => `${number(side)}×${number(side)}`,
  channels: "Colours",
  inGreys: "Greys",
  inColour: "Red, green, blue",
  sheet: "Sheet",
  onePicture: "One picture",
  maybeSheet: "If it is a sheet of many, “Sheet” says how large each is.",
  /**
   * @param {number} count
   * @param {string} size
   */
  tiles: (count, size) => `${picturesOf(count)} of ${size}`,
  fit: "Not square",
  crop: "The middle",
  whole: "All, on white",
  /**
   * @param {number} shown
   * @param {string} size
   * @param {boolean} isColour
   */
  preview: (shown, size, isColour) => {
    const how = isColour ? `${size} in colours` : `${size} greys`;
    return counted(shown, {
      one: `The picture as the networks see it, ${how}.`,
      other: `The first # pictures as the networks see them, ${how} each.`,
    });
  },
  /**
   * @param {number} shown
   * @param {string} size
   * @param {boolean} isColour
   */
  previewOfClasses: (shown, size, isColour) =>
    `${picturesOf(shown)}, of each class some, as the networks see them, ${isColour ? `${size} in colours` : `${size} greys`} each.`,
  firstPictures: "The first pictures of the data in use",
  /** @param {number} count */
  beside: (count) =>
    `${counted(count, { one: "# picture lies", other: "# pictures lie" })} beside the folders, which are no classes therefore: put each picture into a folder to make them classes.`,
  /**
   * @param {string} name of a file
   * @param {string} first one
   */
  twin: (name, first) => `${name} repeats ${first}`,
  twinCount,
  /**
   * @param {number} count
   * @param {string} pairs
   */
  twins: (count, pairs) => `${twinCount(count)}: ${pairs}.`,
  alike:
    "As the networks see them, all are the same picture: nothing else can be learned from them.",
  /** @param {string} names */
  none: (names) => `This browser could read none of these files as a picture: ${names}.`,
  /** @param {string} name */
  noneOfOne: (name) => `This browser could not read ${name} as a picture.`,
  cures: {
    empty: "There is nothing in it: get it again.",
    tooLarge: "Make it smaller, and drop it again.",
    tooSmall: "Pictures need a few pixels more: drop larger ones.",
    unreadable: "Save what it shows as PNG or JPEG, and drop that.",
  },
  /** @param {string} name of a file */
  isRun: (name) => `“${name}” is a saved run, and no data.`,
  nothing:
    "No file came with that. Drop pictures, a folder or an archive of them, or IDX or NumPy files.",
  unable:
    "This browser cannot draw in the background (it has no OffscreenCanvas), so it cannot make pictures small here. IDX files work.",
  noise:
    "This browser gives out noise in place of a picture's pixels, to protect from being known again, so pictures cannot be read here. IDX files work, and so do pictures where this site is exempt from that (in Firefox: the permission to extract canvas data).",
  broken: "The pictures could not be read: the part of the page that reads them stopped.",
  ownPictures: "Own pictures",
};
