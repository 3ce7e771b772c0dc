"""Runs the PyTorch code that the page writes: each program of a folder is given an exported generator and a run, draws
the pixels of either, and takes two steps on random samples. Each change of pictures is looked at alone.

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

    for kind in ("", ".run"):
        difference = pixels(program, exported, preset, kind)
        assert difference <= TOLERANCE, f"{name}{kind}: the pixels differ by {difference}"
    logits = scores(program, exported, preset)
    assert logits <= TOLERANCE, f"{name}: the logits differ by {logits}"
    losses = steps(program, name)
    words = f"pixels within {difference:.0e}, logits within {logits:.0e}"
    print(f"{name}: {words}, losses {losses[0]:.3f} and {losses[1]:.3f}")


def pixels(program, exported, preset, kind):
    program["load"](exported / f"{preset}{kind}.safetensors")
    io = load_file(exported / f"{preset}.io.safetensors")
    classes = [io["classes"]] if "classes" in io else []
    return (program["draw"](given(io), *classes) - io["pixels"]).abs().max().item()


def given(io):
    """Latents, or pictures as rows."""
    return io["inputs"].flatten(1) if "inputs" in io else io["latents"]


def scores(program, exported, preset):
    discriminator = program["discriminator"]
    spectral = [layer for layer in discriminator.modules() if hasattr(layer, "parametrizations")]
    if spectral:
        # PyTorch finds the largest singular value; the page is still on its way to it.
        largest = [torch.linalg.matrix_norm(layer.weight.flatten(1), 2) for layer in spectral]
        assert all(abs(norm - 1) < 0.1 for norm in largest), f"{preset}: norms {largest}"
        return 0.0
    io = load_file(exported / f"{preset}.io.safetensors")
    classes = [io["classes"]] if "classes" in io else []
    judged = program["beside"](given(io), io["pixels"]) if "inputs" in io else io["pixels"]
    with torch.no_grad():
        logits = discriminator.eval()(judged, *classes)
    discriminator.train()
    size = max(1.0, io["logits"].abs().max().item())
    return (logits - io["logits"]).abs().max().item() / size


def steps(program, name):
    generator, discriminator = program["generator"], program["discriminator"]
    turns = program.get("DISCRIMINATOR_STEPS", 1)
    lead = (turns, program["BATCH"]) if turns > 1 else (program["BATCH"],)
    random = np.random.default_rng(1)
    features = generator(*inputs(program)).shape[1]
    pixels = lambda count: torch.tensor(random.uniform(-1, 1, (*lead, count)), dtype=torch.float32)
    batch = [pixels(features)]
    if "INPUT" in program:
        batch.append(pixels(program["INPUT"]))
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
    latents = torch.randn(program["BATCH"], program.get("LATENT") or program["INPUT"])
    told = program["Generator"].forward.__code__.co_argcount > 2
    return [latents, torch.eye(10)[: program["BATCH"]]] if told else [latents]


def change(folder, name):
    """The function of a listing that changes pictures."""
    program = {"torch": torch, "device": torch.device("cpu")}
    exec((folder / f"{name}.py").read_text(encoding="utf8"), program)
    return program["augment"]


def check_changes(folder, height, width, channels, moves, zoom):
    count, size = 300, (channels, height, width)
    pictures = torch.rand(count, *size, requires_grad=True)
    views = lambda name: change(folder, name)(pictures.flatten(1)).view(count, *size)

    # Each is one of the moves of its picture, mirrored or not, and its edges go on; all of them occur.
    moved, seen = views("moved"), set()
    places = lambda move, side: (torch.arange(side) + move).clamp(0, side - 1)
    for picture, found in zip(pictures, moved):
        all_moves = [
            (down, across, mirrored)
            for down in range(-moves, moves + 1)
            for across in range(-moves, moves + 1)
            for mirrored in (False, True)
            if torch.equal(found, shifted(picture, places(down, height), places(across, width), mirrored))
        ]
        assert len(all_moves) == 1, f"{len(all_moves)} moves make this picture"
        seen.update(all_moves)
    assert len(seen) == 2 * (2 * moves + 1) ** 2, f"{len(seen)} kinds of moves"

    scaled = check_scaling(folder, height, width, count, zoom)

    # Brightness moves the mean; contrast alone moves a pixel's grey from another's; both within their bounds.
    coloured = views("coloured")
    greys = [x.mean(1).flatten(1) for x in (pictures, coloured)]
    factors = (greys[1] - greys[1][:, :1])[:, 1:] / (greys[0] - greys[0][:, :1])[:, 1:]
    middles = factors.median(1).values
    assert 0.5 <= middles.min() < 0.6 and 1.4 < middles.max() <= 1.5, "contrast"
    shifts = greys[1].mean(1) - greys[0].mean(1)
    assert -0.5 <= shifts.min() < -0.4 and 0.4 < shifts.max() <= 0.5, "brightness"
    spread = lambda x: (x - x.mean(1, keepdim=True)).flatten(1).norm(dim=1)
    saturation = spread(coloured) / spread(pictures) / middles
    assert 0 <= saturation.min() < 0.1 and 1.9 < saturation.max() <= 2.001, "saturation"

    # A rectangle of half of each side, or what of it lies inside, in all channels; all else stays.
    cut = views("cut")
    gone = (cut == 0).all(1)
    assert torch.equal(cut, pictures * ~gone[:, None])
    rows, columns = gone.any(2).sum(1), gone.any(1).sum(1)
    assert torch.equal(gone.sum((1, 2)), rows * columns)
    assert rows.min() > 0 and rows.max() == height / 2 and columns.max() == width / 2

    (moved.sum() + coloured.sum() + cut.sum()).backward()
    assert (pictures.grad != 0).any(), "no gradients flow back through the changes"
    print(f"changes of pictures: {len(seen)} moves, colours and rectangles within their bounds, scaled by {scaled}")


def check_scaling(folder, height, width, count, zoom):
    """Where pixels come from, they say themselves; PyTorch's own sampling between pixels is the witness."""
    ends = lambda side, *size: torch.linspace(-1, 1, side).reshape(*size).expand(height, width)
    places = torch.stack([ends(width, 1, -1), ends(height, -1, 1), torch.rand(height, width)])
    pictures = places.expand(count, 3, height, width)
    scaled = change(folder, "scaled")(pictures.flatten(1)).view(pictures.shape)
    grid = scaled[:, :2].permute(0, 2, 3, 1)
    witness = torch.nn.functional.grid_sample(pictures, grid, align_corners=True)
    assert (scaled - witness).abs().max() < 1e-5, "not between the pixels"
    scales = 2 / (height - 1) / (scaled[:, 1, height // 2, 0] - scaled[:, 1, height // 2 - 1, 0])
    assert (scaled[:, 1].mean((1, 2))).abs().max() < 1e-5, "the middle has moved"
    assert 1 - zoom <= scales.min() < 1 - 0.9 * zoom and 1 + 0.9 * zoom < scales.max() <= 1 + zoom, "scales"
    return f"{scales.min():.2f} to {scales.max():.2f}"


def shifted(picture, down, across, mirrored):
    picture = picture[:, down][:, :, across]
    return picture.flip(2) if mirrored else picture


folder, exported = map(Path, sys.argv[1:])
expected = json.loads((folder / "expected.json").read_text())
check_changes(folder, **expected["changes"])
for program in expected["programs"]:
    check(folder, exported, **program)
