# What a notebook does with WebGan, cell by cell: scripts/check-notebook.mjs makes a notebook of it and runs it in
# JupyterLab. A cell that fails fails the check.

# %%
import numpy as np
from webgan import WebGan, WebGanError

gan = WebGan(preset="dense", steps=30, device="cpu", seed=7)
hidden = WebGan(preset="dense", steps=5, device="cpu")

# %%
# Nothing shows it.
try:
    await hidden.train()
except WebGanError as error:
    assert error.code == "notebook.no_view", error.code
else:
    raise AssertionError("it trained unseen")

# %%
gan

# %%
await gan.train()
losses = gan.losses
assert losses["step"] == list(range(1, 31)), losses["step"]
assert gan.step == 30
assert all(len(column) == 30 for column in losses.values())
assert losses["discriminator_real"][0] > 0
assert gan.picture.startswith(b"\x89PNG")

# %%
# Once more: it is there already.
await gan.train()
assert gan.step == 30

# %%
pictures = await gan.samples(1100, seed=1)
assert pictures.shape == (1100, 28, 28) and pictures.dtype == np.float32
assert 0 <= pictures.min() < 0.1 and 0.3 < pictures.max() <= 1
same = await gan.samples(5, seed=1)
assert same.shape == (5, 28, 28)
latents = np.random.default_rng(1).standard_normal((3, 100))
np.testing.assert_array_equal(await gan.samples(latents=latents), await gan.samples(latents=latents))

# %%
# A run outlives its widget.
run = await gan.save()
path = await gan.save("run.safetensors")
assert path.read_bytes()[:8] == run[:8]
await gan.reset()
assert gan.step == 0 and gan.losses["step"] == []
await gan.load("run.safetensors")
assert gan.step == 30
await gan.train(32)
assert gan.step == 32 and gan.losses["step"] == [31, 32]

# %%
# Pictures of one's own, in colours, with classes.
random = np.random.default_rng(0)
own = WebGan(
    preset="modern",
    steps=2,
    batch=4,
    device="cpu",
    data=random.integers(0, 256, (40, 32, 32, 3)).astype(np.uint8),
    labels=np.arange(40) % 3,
)
own

# %%
await own.train()
assert own.step == 2
drawn = await own.samples(6, labels=2)
assert drawn.shape == (6, 32, 32, 3)

# %%
# What the program refuses is said here too.
odd = WebGan(preset="mlp", steps=2, device="cpu", data=np.zeros((10, 20, 30), np.uint8))
odd

# %%
try:
    await odd.train()
except WebGanError as error:
    print(error.code, error)
else:
    raise AssertionError("it trained on what are no squares")

# %%
# The same widget in another cell.
gan

# %%
await gan.train(34)
assert gan.step == 34

# %%
# 60,000 pictures.
many = WebGan(
    preset="dense", steps=2, device="cpu", data=random.integers(0, 256, (60_000, 28, 28)).astype(np.uint8)
)
many

# %%
await many.train()
assert many.step == 2
