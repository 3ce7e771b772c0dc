import { counted } from "./counting.js";

/** About pictures of one's own. */
export const pictures = {
  /** Why pictures were left out, and how many. */
  reasons: {
    /** @param {string} count */
    otherPart: (count) => `${count} of another part, such as one for tests`,
    /** @param {string} count */
    clutter: (count) => `${count} hidden or left by the system`,
    /** @param {string} count */
    notPicture: (count) => `${count} not a picture`,
    /** @param {string} count */
    undecodable: (count) =>
      `${count} could not be decoded (damaged, or of a kind this browser does not read)`,
    /**
     * @param {string} count
     * @param {number} megabytes
     * @param {number} megapixels
     */
    tooLarge: (count, megabytes, megapixels) =>
      `${count} larger than ${megabytes} MB or ${megapixels} million pixels`,
    /**
     * @param {string} count
     * @param {string} most
     */
    tooMany: (count, most) => `${count} beyond the first ${most}`,
    /**
     * @param {string} count
     * @param {number} gigabytes
     */
    tooMuch: (count, gigabytes) => `${count} beyond ${gigabytes} GB together`,
  },
  /** @param {string} reasons */
  leftOut: (reasons) => `Left out: ${reasons}.`,
  /** @param {string} files */
  looking: (files) => `Looking through the folder: ${counted(files, "file")}.`,
  /**
   * @param {string} done
   * @param {string} total
   */
  reading: (done, total) => `Reading pictures: ${done} of ${total}.`,
  /**
   * @param {number} count
   * @param {string} written
   */
  taken: (count, written) => (count === 1 ? "1 picture read." : `${written} pictures read.`),
  /**
   * @param {number} count
   * @param {string} written
   * @param {string} names
   */
  takenFromFolders: (count, written, names) =>
    `${count === 1 ? "1 picture" : `${written} pictures`} read, the folders as classes: ${names}.`,
  /**
   * @param {string} names
   * @param {number} more
   */
  andMore: (names, more) => `${names}, and ${more} more`,
  /**
   * @param {string} name of a class
   * @param {string} count
   */
  classCount: (name, count) => `${name} (${count})`,
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
  /** @param {string} files */
  cut: (files) => `Of a folder, the first ${files} files are looked at.`,
  /** @param {number} shown */
  preview: (shown) =>
    shown === 1
      ? "The picture as the networks see it, 28×28 greys."
      : `The first ${shown} pictures as the networks see them, 28×28 greys each.`,
  firstPictures: "The first pictures of the data in use",
  /**
   * @param {number} count
   * @param {string} written
   */
  beside: (count, written) =>
    `${count === 1 ? "1 picture lies" : `${written} pictures lie`} beside the folders, which are no classes therefore: put each picture into a folder to make them classes.`,
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
