// Decodes pictures without a canvas, for browsers whose canvases lie: the decoder hands out the pixels
// themselves. It decides nothing about sizes.

/** Where red, green and blue stand in formats of four bytes a pixel; the fourth is alpha, or nothing. */
const ORDERS = /** @type {const} */ ({
  RGBA: [0, 1, 2],
  RGBX: [0, 1, 2],
  BGRA: [2, 1, 0],
  BGRX: [2, 1, 0],
});

/** By the first bytes, as no system knows all types. @type {[string, string][]} */
const TYPES = [
  ["\x89PNG", "image/png"],
  ["\xff\xd8", "image/jpeg"],
  ["GIF8", "image/gif"],
  ["RIFF", "image/webp"],
  ["BM", "image/bmp"],
];

/** Whether this browser can. */
export function canDecode() {
  return "ImageDecoder" in globalThis;
}

/**
 * @param {Blob} file
 * @returns {Promise<{ rgba: Uint8ClampedArray, width: number, height: number }>} of the first picture in it
 */
export async function decodePixels(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const start = String.fromCharCode(...bytes.subarray(0, 4));
  const type = TYPES.find(([sign]) => start.startsWith(sign))?.[1] ?? (file.type || "image/avif");
  const decoder = new ImageDecoder({ data: bytes, type });
  try {
    const { image } = await decoder.decode();
    try {
      return await pixelsOf(image);
    } finally {
      image.close();
    }
  } finally {
    decoder.close();
  }
}

/** @param {VideoFrame} image */
async function pixelsOf(image) {
  const { width, height } = image.visibleRect ?? {
    width: image.codedWidth,
    height: image.codedHeight,
  };
  const own = image.format ?? "";
  const isPlain = own in ORDERS;
  const format = /** @type {keyof typeof ORDERS} */ (isPlain ? own : "RGBA");
  const options = /** @type {VideoFrameCopyToOptions} */ (isPlain ? {} : { format: "RGBA" });
  const data = new Uint8Array(image.allocationSize(options));
  const [{ offset, stride }] = await image.copyTo(data, options);
  const rgba = new Uint8ClampedArray(4 * width * height);
  const order = ORDERS[format];
  const hasAlpha = format.endsWith("A");
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [from, to] = [offset + y * stride + 4 * x, 4 * (y * width + x)];
      for (let c = 0; c < 3; c++) rgba[to + c] = data[from + order[c]];
      rgba[to + 3] = hasAlpha ? data[from + 3] : 255;
    }
  }
  return { rgba, width, height };
}
