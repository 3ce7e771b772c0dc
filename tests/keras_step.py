"""Runs the Keras code that the page writes: each program of a folder takes two steps on random samples.

`npm run check:keras` writes the folder, with the counts of trained numbers in expected.json.
"""

import json
import sys
from pathlib import Path

import numpy as np


def trained(network):
    return sum(int(np.prod(weight.shape)) for weight in network.trainable_variables)


def check(folder, name, counts):
    program = {"__name__": name}
    path = folder / f"{name}.py"
    exec(compile(path.read_text(encoding="utf8"), str(path), "exec"), program)
    generator, discriminator = program["generator"], program["discriminator"]
    found = [trained(generator), trained(discriminator)]
    assert found == counts, f"{name}: Keras trains {found}, the page says {counts}"

    turns = program.get("DISCRIMINATOR_STEPS", 1)
    lead = (turns, program["BATCH"]) if turns > 1 else (program["BATCH"],)
    random = np.random.default_rng(1)
    samples = random.uniform(-1, 1, (*lead, discriminator.inputs[0].shape[1])).astype("float32")
    batch = [samples]
    if len(discriminator.inputs) > 1:
        classes = discriminator.inputs[1].shape[1]
        batch.append(np.eye(classes, dtype="float32")[random.integers(0, classes, lead)])

    networks = [generator, discriminator]
    before = [[weight.numpy() for weight in network.trainable_variables] for network in networks]
    for _ in range(2):
        losses = [float(loss) for loss in program["train_step"](*batch)]
    assert np.isfinite(losses).all(), f"{name}: losses {losses}"
    for network, old in zip(networks, before):
        pairs = zip(old, network.trainable_variables)
        assert any((was != now.numpy()).any() for was, now in pairs), f"{name}: nothing was learned"
    print(f"{name}: {found[0]:,} and {found[1]:,} numbers, losses {losses[0]:.3f} and {losses[1]:.3f}")


folder = Path(sys.argv[1])
for expected in json.loads((folder / "expected.json").read_text()):
    check(folder, expected["name"], expected["counts"])
