"""Draws with exported generators in NumPy, from their files alone, and compares the pixels.

Run by `npm test` after `cargo test --test export`, which leaves the files in FOLDER:
    python tests/export_forward.py FOLDER
"""

import json
import struct
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

TOLERANCE = 1e-4


def metadata(path):
    raw = path.read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    return json.loads(raw[8 : 8 + length])["__metadata__"]


def linear(x, w, name):
    return x @ w[f"{name}.weight"] + w[f"{name}.bias"]


def batch_norm(x, w, name):
    shape = (1, -1) + (1,) * (x.ndim - 2)
    mean, variance = w[f"{name}.running_mean"], w[f"{name}.running_var"]
    normal = (x - mean.reshape(shape)) / np.sqrt(variance.reshape(shape) + 1e-5)
    return normal * w[f"{name}.gamma"].reshape(shape) + w[f"{name}.beta"].reshape(shape)


def relu(x):
    return np.maximum(x, 0)


def conv(x, weight, padding):
    """Correlation at stride 1; weight [out, in, k, k]."""
    _, _, k, _ = weight.shape
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    side = x.shape[2] - k + 1
    out = np.zeros((x.shape[0], weight.shape[0], side, side))
    for i in range(k):
        for j in range(k):
            window = x[:, :, i : i + side, j : j + side]
            out += np.einsum("nchw,oc->nohw", window, weight[:, :, i, j])
    return out


def conv_transpose(x, weight, stride, padding):
    """weight [in, out, k, k]"""
    _, out_channels, k, _ = weight.shape
    side = x.shape[2]
    full = (side - 1) * stride + k
    out = np.zeros((x.shape[0], out_channels, full, full))
    for i in range(k):
        for j in range(k):
            put = np.einsum("nchw,co->nohw", x, weight[:, :, i, j])
            out[:, :, i : i + side * stride : stride, j : j + side * stride : stride] += put
    return out[:, :, padding : full - padding, padding : full - padding]


def mlp(config, w, z, _):
    x = z
    for index, layer in enumerate(config["hidden"]):
        x = linear(x, w, f"generator.Mlp.hidden.{index}.linear")
        if layer["batch_norm"]:
            x = batch_norm(x, w, f"generator.Mlp.hidden.{index}.norm")
        # "relu", or {"leaky-relu": {"slope": …}}
        activation = config["activation"]
        slope = 0.0 if activation == "relu" else activation["leaky-relu"]["slope"]
        x = np.where(x > 0, x, slope * x)
    x = linear(x, w, "generator.Mlp.output")
    return np.tanh(x) if config["tanh"] else x


def dcgan(config, w, z, _):
    name = "generator.Dcgan"
    x = relu(linear(z, w, f"{name}.hidden"))
    x = relu(batch_norm(linear(x, w, f"{name}.start"), w, f"{name}.norm_7"))
    x = x.reshape(len(z), config["channels"][0], 7, 7)
    for side in (14, 28):
        x = conv_transpose(x, w[f"{name}.up_{side}.weight"], 2, 1)
        x = relu(batch_norm(x, w, f"{name}.norm_{side}"))
    x = conv_transpose(x, w[f"{name}.output.weight"], 1, 1) + w[f"{name}.output.bias"]
    return np.tanh(x[:, :, 1:29, 1:29]).reshape(len(z), -1)


def upsample(config, w, z, classes):
    name = "generator.Upsample"
    shape = config.get("shape", {"height": 28, "channels": 1})
    doublings = len(config["channels"]) - 1
    side = shape["height"] >> doublings
    inputs = z if classes is None else np.concatenate([z, classes], 1)
    x = linear(inputs, w, f"{name}.start")
    x = x.reshape(len(z), config["channels"][0], side, side)
    x = relu(batch_norm(x, w, f"{name}.norm"))
    for index in range(doublings):
        x = x.repeat(2, axis=2).repeat(2, axis=3)
        x = conv(x, w[f"{name}.doublings.{index}.conv.weight"], 1)
        x = relu(batch_norm(x, w, f"{name}.doublings.{index}.norm"))
    bias = w[f"{name}.output.bias"].reshape(-1, 1, 1)
    x = conv_transpose(x, w[f"{name}.output.weight"], 1, 1) + bias
    return np.tanh(x).reshape(len(z), -1)


def u_net(config, w, rows, _):
    name = "generator.UNet"
    side, depth = config["input"]["height"], len(config["channels"]) - 1
    leaky = lambda x: np.where(x > 0, x, 0.2 * x)
    x = rows.reshape(len(rows), config["input"]["channels"], side, side)
    bias = w[f"{name}.start.bias"].reshape(-1, 1, 1)
    x = leaky(conv(x, w[f"{name}.start.weight"], 1) + bias)
    passed = []
    for index in range(depth):
        passed.append(x)
        # Every second place of stride 1.
        x = conv(x, w[f"{name}.halvings.{index}.conv.weight"], 1)[:, :, ::2, ::2]
        x = leaky(batch_norm(x, w, f"{name}.halvings.{index}.norm"))
    for index in range(depth):
        beside = passed.pop()
        side = beside.shape[2]
        x = x.repeat(2, axis=2).repeat(2, axis=3)
        x = conv(x, w[f"{name}.doublings.{index}.conv.weight"], 1)[:, :, :side, :side]
        x = relu(batch_norm(x, w, f"{name}.doublings.{index}.norm"))
        x = np.concatenate([x, beside], 1)
    bias = w[f"{name}.output.bias"].reshape(-1, 1, 1)
    x = conv_transpose(x, w[f"{name}.output.weight"], 1, 1) + bias
    return np.tanh(x).reshape(len(rows), -1)


def main():
    folder = Path(sys.argv[1])
    checked = 0
    for path in sorted(folder.glob("*.io.safetensors")):
        io = {name: value.astype(np.float64) for name, value in load_file(path).items()}
        path = path.with_name(path.name.replace(".io.", "."))
        config = json.loads(metadata(path)["webgan.generator"])["config"]
        w = {name: value.astype(np.float64) for name, value in load_file(path).items()}
        kinds = {"mlp": mlp, "dcgan": dcgan, "upsample": upsample, "u-net": u_net}
        given = io["inputs"] if "inputs" in io else io["latents"]
        found = kinds[config["kind"]](config, w, given, io.get("classes"))
        difference = np.abs(found - io["pixels"]).max()
        print(f"{path.name}: {found.shape[0]} pictures, largest difference {difference:.1e}")
        if not difference <= TOLERANCE:
            sys.exit(f"{path.name}: the pixels differ by more than {TOLERANCE}")
        checked += 1
    if checked == 0:
        sys.exit(f"{folder} holds no exported generators: run `cargo test --test export` first")


main()
