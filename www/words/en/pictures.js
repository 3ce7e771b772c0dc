import { counted, number } from "./numbers.js";
import { measure, picturesOf } from "./quantities.js";

/** About pictures of one's own. */
export const pictures = {
  /** Why pictures were left out, and how many. */
  reasons: {
    /** @param {number} count */
    otherPart: (count) => `${number(count)} of another part, such as one for tests`,
    /** @param {number} count */
    clutter: (count) => `${number(count)} hidden or left by the system`,
    /** @param {number} count */
    notPicture: (count) => `${number(count)} not a picture`,
    /** @param {number} count */
    undecodable: (count) =>
      `${number(count)} could not be decoded (damaged, or of a kind this browser does not read)`,
    /**
     * @param {number} count
     * @param {number} megabytes
     * @param {number} megapixels
     */
    tooLarge: (count, megabytes, megapixels) =>
      `${number(count)} larger than ${measure(megabytes, "megabyte")} or ${counted(megapixels, { one: "# million pixels", other: "# million pixels" })}`,
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
  /** @param {string} reasons */
  leftOut: (reasons) => `Left out: ${reasons}.`,
  /** @param {number} files */
  looking: (files) =>
    `Looking through the folder: ${counted(files, { one: "# file", other: "# files" })}.`,
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
  /** @param {string} names */
  heldOut: (names) => ` Held out: ${names}.`,
  turn: "Turn: rows for columns",
  /** @param {number} files */
  cut: (files) =>
    `Of a folder, ${counted(files, { one: "the first file is", other: "the first # files are" })} looked at.`,
  /** @param {number} shown */
  preview: (shown) =>
    counted(shown, {
      one: "The picture as the networks see it, 28×28 greys.",
      other: "The first # pictures as the networks see them, 28×28 greys each.",
    }),
  firstPictures: "The first pictures of the data in use",
  /** @param {number} count */
  beside: (count) =>
    `${counted(count, { one: "# picture lies", other: "# pictures lie" })} beside the folders, which are no classes therefore: put each picture into a folder to make them classes.`,
  alike:
    "As the networks see them, all are the same picture: nothing else can be learned from them.",
  /** @param {string} names */
  none: (names) => `This browser could read none of these files as a picture: ${names}.`,
  /** @param {string} name */
  noneOfOne: (name) => `This browser could not read ${name} as a picture.`,
  cures: {
    empty: "There is nothing in it: get it again.",
    tooLarge: "Make it smaller, and drop it again.",
    unreadable: "Save what it shows as PNG or JPEG, and drop that.",
  },
  /** @param {string} name of a file */
  isRun: (name) => `“${name}” is a saved run, and no data.`,
  nothing: "No file came with that. Drop pictures, a folder of them, or IDX files.",
  unable:
    "This browser cannot draw in the background (it has no OffscreenCanvas), so it cannot make pictures small here. IDX files work.",
  noise:
    "This browser gives out noise in place of a picture's pixels, to protect from being known again, so pictures cannot be read here. IDX files work, and so do pictures where this site is exempt from that (in Firefox: the permission to extract canvas data).",
  broken: "The pictures could not be read: the part of the page that reads them stopped.",
  ownPictures: "Own pictures",
};
