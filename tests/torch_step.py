"""Runs the PyTorch code that the page writes: each program of a folder is given an exported generator, draws its
pixels, and takes two steps on random samples.

`npm run check:torch` writes the folder, with the counts of trained numbers in expected.json; `cargo test --test
export` leaves the generators and runs, and what they made of some latents.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file

# Of pixels in [-1, 1], and of logits in their own size.
TOLERANCE = 1e-5


def trained(network):
    return sum(weight.numel() for weight in network.parameters())


def check(folder, exported, name, preset, counts):
    program = {"__name__": name}
    path = folder / f"{name}.py"
    exec(compile(path.read_text(encoding="utf8"), str(path), "exec"), program)
    generator, discriminator = program["generator"], program["discriminator"]
    found = [trained(generator), trained(discriminator)]
    assert found == counts, f"{name}: PyTorch trains {found}, the page says {counts}"

    difference = pixels(program, exported, preset)
    assert difference <= TOLERANCE, f"{name}: the pixels differ by {difference}"
    logits = scores(program, exported, preset)
    assert logits <= TOLERANCE, f"{name}: the logits differ by {logits}"
    losses = steps(program, name)
    words = f"pixels within {difference:.0e}, logits within {logits:.0e}"
    print(f"{name}: {words}, losses {losses[0]:.3f} and {losses[1]:.3f}")


def pixels(program, exported, preset):
    drawn = program.get("average", program["generator"])
    program["load"](drawn, program["GENERATOR"], exported / f"{preset}.safetensors")
    io = load_file(exported / f"{preset}.io.safetensors")
    classes = [io["classes"]] if "classes" in io else []
    return (program["draw"](io["latents"], *classes) - io["pixels"]).abs().max().item()


def scores(program, exported, preset):
    discriminator = program["discriminator"]
    program["load"](discriminator, program["DISCRIMINATOR"], exported / f"{preset}.run.safetensors")
    spectral = [layer for layer in discriminator.modules() if hasattr(layer, "parametrizations")]
    if spectral:
        # PyTorch finds the largest singular value; the page is still on its way to it.
        largest = [torch.linalg.matrix_norm(layer.weight.flatten(1), 2) for layer in spectral]
        assert all(abs(norm - 1) < 0.1 for norm in largest), f"{preset}: norms {largest}"
        return 0.0
    io = load_file(exported / f"{preset}.io.safetensors")
    classes = [io["classes"]] if "classes" in io else []
    with torch.no_grad():
        logits = discriminator.eval()(io["pixels"], *classes)
    discriminator.train()
    size = max(1.0, io["logits"].abs().max().item())
    return (logits - io["logits"]).abs().max().item() / size


def steps(program, name):
    generator, discriminator = program["generator"], program["discriminator"]
    turns = program.get("DISCRIMINATOR_STEPS", 1)
    lead = (turns, program["BATCH"]) if turns > 1 else (program["BATCH"],)
    random = np.random.default_rng(1)
    features = generator(*inputs(program)).shape[1]
    batch = [torch.tensor(random.uniform(-1, 1, (*lead, features)), dtype=torch.float32)]
    if "classes" in program["train_step"].__code__.co_varnames:
        chosen = torch.tensor(random.integers(0, 10, lead))
        batch.append(torch.nn.functional.one_hot(chosen, 10).float())
    networks = [generator, discriminator]
    before = [[weight.detach().clone() for weight in network.parameters()] for network in networks]
    for _ in range(2):
        losses = program["train_step"](*batch)
    assert np.isfinite(losses).all(), f"{name}: losses {losses}"
    for network, old in zip(networks, before):
        pairs = zip(old, network.parameters())
        assert any((was != now).any() for was, now in pairs), f"{name}: nothing was learned"
    return losses


def inputs(program):
    latents = torch.randn(program["BATCH"], program["LATENT"])
    told = program["Generator"].forward.__code__.co_argcount > 2
    return [latents, torch.eye(10)[: program["BATCH"]]] if told else [latents]


folder, exported = map(Path, sys.argv[1:])
for expected in json.loads((folder / "expected.json").read_text()):
    check(folder, exported, **expected)
