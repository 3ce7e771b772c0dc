"""Prints the numbers that tests/pairings.rs expects of the measures of pairs, made with scikit-image.

Not part of the build. `pip install scikit-image==0.26.0`, then `python tests/pairings_reference.py`.
"""

import numpy as np
from skimage.metrics import peak_signal_noise_ratio, structural_similarity


def draws(seed, count):
    """Bytes from the top of a linear congruential generator (Numerical Recipes' constants)."""
    state = seed
    found = []
    for _ in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        found.append(state >> 24)
    return np.array(found)


def pictures(shape):
    """Slopes under noise, and the same under more of it: channel by channel, on a scale from 0 to 1."""
    _, channels, height, width = shape
    rows, columns = np.arange(height)[:, None], np.arange(width)
    slope = 3 * columns + 2 * rows + 20 * np.arange(channels)[:, None, None]
    noise = [draws(seed, np.prod(shape)).reshape(shape) for seed in [1, 2]]
    truth = (3 * slope + noise[0]) // 4
    made = (3 * truth + noise[1]) // 4
    return made / 255, truth / 255


for shape in [(3, 1, 28, 28), (2, 3, 9, 12)]:
    made, truth = pictures(shape)
    pairs = list(zip(made, truth))
    print(shape)
    print("L1  ", repr(float(np.abs(made - truth).mean())))
    psnr = [peak_signal_noise_ratio(b, a, data_range=1) for a, b in pairs]
    print("PSNR", repr(float(np.mean(psnr))))
    ssim = [structural_similarity(a, b, channel_axis=0, data_range=1) for a, b in pairs]
    print("SSIM", repr(float(np.mean(ssim))))
