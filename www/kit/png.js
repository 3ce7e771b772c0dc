// A picture of the page as a PNG file, large enough to be looked at.

/** A saved picture has so many pixels for each of the generator's. */
const SCALE = 4;

/**
 * @param {HTMLCanvasElement} source
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function pngOf(source) {
  const large = document.createElement("canvas");
  large.width = source.width * SCALE;
  large.height = source.height * SCALE;
  const context = /** @type {CanvasRenderingContext2D} */ (large.getContext("2d"));
  context.imageSmoothingEnabled = false;
  context.drawImage(source, 0, 0, large.width, large.height);
  /** @type {Blob} */
  const blob = await new Promise((resolve, reject) => {
    large.toBlob((made) => (made === null ? reject(new Error("no PNG")) : resolve(made)));
  });
  return new Uint8Array(await blob.arrayBuffer());
}
