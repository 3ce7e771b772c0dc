"""Prints the numbers that tests/metrics.rs expects, made with numpy, scipy and scikit-learn.

Not part of the build. `pip install numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1`, then
`python tests/metrics_reference.py`.
"""

import numpy as np
from scipy.linalg import sqrtm
from scipy.special import rel_entr
from sklearn.neighbors import NearestNeighbors


def draws(seed, count):
    """Bytes from the top of a linear congruential generator (Numerical Recipes' constants)."""
    state = seed
    found = []
    for _ in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        found.append(state >> 24)
    return np.array(found)


def features(seed, count, width, mix, shift):
    """Columns of three scales, each mixed with its neighbour; all values are exact in f32."""
    drawn = draws(seed, count * width).reshape(count, width)
    scales = 1 + np.arange(width) % 3
    return (drawn * scales + mix * np.roll(drawn, -1, axis=1) + shift) / 256


def probabilities(seed, count, classes):
    weights = draws(seed, count * classes).reshape(count, classes) ** 2 * (1 + np.arange(classes))
    weights = weights.astype(np.float32)
    return (weights / weights.sum(axis=1, keepdims=True)).astype(np.float64)


def frechet_by_roots(a, b):
    """The formula as it stands. Where covariances are singular, half of the digits are lost."""
    first, second = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    root = sqrtm(first)
    cross = sqrtm(root @ second @ root)
    means = np.sum((a.mean(0) - b.mean(0)) ** 2)
    return float(means + np.trace(first + second - 2 * cross).real)


def frechet_by_singular_values(a, b):
    """The same without a covariance or a root: exact where they are singular."""
    first = (a - a.mean(0)) / np.sqrt(len(a) - 1)
    second = (b - b.mean(0)) / np.sqrt(len(b) - 1)
    means = np.sum((a.mean(0) - b.mean(0)) ** 2)
    cross = np.linalg.svd(first @ second.T, compute_uv=False).sum()
    return float(means + np.sum(first**2) + np.sum(second**2) - 2 * cross)


def reached(manifold, rows, k):
    """Share of the rows that lie in a ball; the k-d tree expands no squares."""
    tree = NearestNeighbors(algorithm="kd_tree").fit(manifold)
    radii = tree.kneighbors(n_neighbors=k)[0][:, -1]  # leaves each point itself out
    distances, indices = tree.kneighbors(rows, n_neighbors=len(manifold))
    return np.mean(np.any(distances <= radii[indices], axis=1))


for name, a, b in [
    ("generic", features(1, 200, 8, 1, 0), features(2, 200, 8, 2, -70)),
    ("fewer rows than columns", features(3, 40, 64, 1, 0), features(4, 30, 64, 1, 3)),
    ("width 64", features(5, 500, 64, 1, 0), features(6, 400, 64, 0, 90)),
]:
    print(name, "Fréchet by roots", frechet_by_roots(a, b))
    print(name, "Fréchet by singular values", frechet_by_singular_values(a, b))
    for k in [1, 3]:
        print(name, "k", k, "precision", reached(a, b, k), "recall", reached(b, a, k))

p = probabilities(7, 300, 10)
marginal = p.mean(axis=0)
print("score", float(np.exp(rel_entr(p, marginal).sum(axis=1).mean())))
predicted = p.argmax(axis=1)
counts = np.bincount(predicted, minlength=10)
print("counts", counts, "covered", np.sum(counts / 300 >= 0.2 / 10))
print("divergence", float(rel_entr(counts / 300, 0.1).sum()))
print("agreed", np.sum(predicted == np.arange(300) % 10), "of 300")

queries, references = features(8, 4, 784, 1, 0), features(9, 50, 784, 1, 0)
distances, indices = NearestNeighbors(n_neighbors=1).fit(references).kneighbors(queries)
print("nearest", indices[:, 0], distances[:, 0].tolist())
