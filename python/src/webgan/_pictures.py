"""Pictures between NumPy and what the element takes and gives: IDX files, and sheets of tiles."""

from __future__ import annotations

import gzip
import struct

import numpy as np

# Pixels between the tiles of a sheet.
_GAP = 1


def idx_files(pictures: np.ndarray, labels: np.ndarray | None) -> dict[str, bytes]:
    """The files of a set, by the names that the element looks for; refused where they are no pictures."""
    pictures = np.asarray(pictures)
    if pictures.ndim == 4 and pictures.shape[3] == 1:
        pictures = pictures[..., 0]
    if pictures.ndim not in (3, 4) or (pictures.ndim == 4 and pictures.shape[3] != 3):
        channels_first = pictures.ndim == 4 and pictures.shape[1] in (1, 3)
        cure = ": data.transpose(0, 2, 3, 1) has its colours last" if channels_first else ""
        raise ValueError(
            f"data must have the shape [n, h, w] or [n, h, w, 3], not {list(pictures.shape)}{cure}"
        )
    if pictures.size == 0:
        raise ValueError(f"there are no pictures in data: its shape is {list(pictures.shape)}")
    if pictures.dtype != np.uint8:
        raise TypeError(
            f"data must be of uint8, from 0 to 255, not of {pictures.dtype}; of numbers from 0 to 1"
            " make (255 * data).round().astype('uint8')"
        )
    files = {f"train-images-idx{pictures.ndim}-ubyte.gz": _idx(pictures)}
    if labels is not None:
        labels = np.asarray(labels)
        # As Keras has CIFAR's.
        if labels.ndim == 2 and labels.shape[1] == 1:
            labels = labels[:, 0]
        if labels.shape != pictures.shape[:1]:
            raise ValueError(
                f"labels must be one for each of the {len(pictures)} pictures:"
                f" their shape is {list(labels.shape)}"
            )
        if labels.dtype.kind not in "iu" or labels.min() < 0 or labels.max() > 255:
            raise ValueError("labels must be whole numbers from 0 to 255")
        files["train-labels-idx1-ubyte.gz"] = _idx(labels.astype(np.uint8))
    return files


def _idx(numbers: np.ndarray) -> bytes:
    head = struct.pack(f">BBBB{numbers.ndim}I", 0, 0, 8, numbers.ndim, *numbers.shape)
    # Quickly: they go no further than to the browser.
    return gzip.compress(head + numbers.tobytes(), compresslevel=1, mtime=0)


def tiles(sheet: bytes, width: int, count: int, channels: int) -> np.ndarray:
    """The pictures of a sheet of one column, of RGBA pixels: float32 from 0 to 1."""
    pixels = np.frombuffer(sheet, np.uint8).reshape(-1, width, 4)
    side = (len(pixels) + _GAP) // count - _GAP
    padded = np.pad(pixels, ((0, _GAP), (0, 0), (0, 0)))
    pictures = padded.reshape(count, side + _GAP, width, 4)[:, :side]
    levels = pictures[..., :3] if channels == 3 else pictures[..., 0]
    return levels.astype(np.float32) / 255
