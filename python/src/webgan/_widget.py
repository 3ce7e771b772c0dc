"""`WebGan`, the widget: the element <web-gan> in a notebook, with its numbers and pictures in Python.

What trains is the browser: this keeps what it tells. How messages go is _requests.py's, how pictures are laid out
_pictures.py's. The other end is widget.js.
"""

from __future__ import annotations

import asyncio
import hashlib
import warnings
from numbers import Integral
from pathlib import Path

import anywidget
import numpy as np
import traitlets

from . import _files
from ._pictures import idx_files, tiles
from ._requests import Requests

_HERE = Path(__file__).parent

# Of a step, in the order in which the element tells them: as in the command line's losses.csv.
_METRICS = (
    "discriminator_real",
    "discriminator_fake",
    "generator",
    "opinion_real",
    "opinion_fake",
    "accuracy",
    "discriminator_gradient",
    "generator_gradient",
)

# Of one picture that the element draws, at most.
_LATENT_NUMBERS = 102_400


class WebGan(anywidget.AnyWidget):
    """A generative adversarial network that trains in the browser tab that shows it.

    preset: which GAN, as `mlp` or `modern`.
    steps: how many to train; None for the preset's whole schedule.
    data: pictures of your own, a NumPy array of uint8, [n, h, w] or [n, h, w, 3]; MNIST's digits without any.
    labels: one for each of them, whole numbers from 0.
    trained: whether `samples` draws with the preset's shipped generator until a step is taken.
    attributes: any other attribute of <web-gan>, as `seed=7`, `batch=32`, `lr=0.001`, `device="cpu"`.
    """

    _esm = _HERE / "widget.js"
    _attributes = traitlets.Dict().tag(sync=True)
    _still = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        preset: str = "mlp",
        steps: int | None = 2000,
        *,
        data: np.ndarray | None = None,
        labels: np.ndarray | None = None,
        trained: bool = False,
        **attributes: object,
    ) -> None:
        if preset not in _files.PRESETS:
            raise ValueError(f"there is no GAN {preset!r}; there are {', '.join(_files.PRESETS)}")
        if data is None and labels is not None:
            raise ValueError("labels are of data: give both")
        own = {} if data is None else idx_files(data, labels)
        digest = hashlib.sha256(b"".join(own.values())).hexdigest()[:16]
        folder = f"own/{digest}" if own else "mnist"
        self._own = {f"{folder}/{name}": content for name, content in own.items()}
        # Whoever runs a cell scrolls on.
        written = {"preset": preset, "data-src": f"{_files.SITE}{folder}/", "unseen": "train"}
        if steps is not None:
            written["steps"] = _steps(steps)
        if trained:
            written["model"] = f"{_files.SITE}models/{preset}.safetensors"
        for name, value in attributes.items():
            attribute = name.replace("_", "-")
            written[attribute] = _files.attribute_text(attribute, value)
        self._ready: dict | None = None
        self._rows: list[tuple[int, np.ndarray]] = []
        self._picture: bytes | None = None
        self._requests = Requests(self.send, self._file)
        super().__init__(_attributes=written, _still=_files.poster(preset))
        self.on_msg(self._hear)

    @property
    def step(self) -> int:
        """Steps taken, as far as the browser has told."""
        return self._rows[-1][0] if self._rows else (self._ready or {"step": 0})["step"]

    @property
    def losses(self) -> dict[str, list[float]]:
        """The numbers of every step told so far, by name: `pandas.DataFrame(gan.losses)`.

        Losses of the discriminator on real and generated samples and of the generator; the discriminator's mean
        opinions of both; the share of pairs it told apart; the lengths of both gradients.
        """
        numbers = np.array([values for _, values in self._rows]).reshape(-1, len(_METRICS))
        steps = {"step": [step for step, _ in self._rows]}
        return {**steps, **{name: numbers[:, i].tolist() for i, name in enumerate(_METRICS)}}

    @property
    def picture(self) -> bytes | None:
        """The last picture, as a PNG file; None until the browser has sent one, which it does when it pauses."""
        return self._picture

    async def train(self, steps: int | None = None) -> None:
        """Trains to so many steps in all; where none are named, to those of the widget. Ends with a warning where
        it pauses before: because somebody presses Pause, another widget trains, or its minutes are over."""
        if steps is not None:
            self._attributes = {**self._attributes, "steps": _steps(steps)}
        try:
            end, _ = await self._requests.call("train", {"attributes": self._attributes})
        except asyncio.CancelledError:
            self._requests.tell("pause")
            raise
        if end["reason"] != "finished":
            warnings.warn(f"training paused at step {end['step']}: {_PAUSES[end['reason']]}", stacklevel=2)

    async def pause(self) -> None:
        """Pauses; done when the last step has arrived."""
        await self._requests.call("pause", {})

    async def reset(self) -> None:
        """Starts over, and waits."""
        await self._requests.call("reset", {})

    async def samples(
        self,
        n: int = 64,
        *,
        labels: int | np.ndarray | None = None,
        latents: np.ndarray | None = None,
        seed: int | None = None,
    ) -> np.ndarray:
        """Pictures that the generator draws now: float32 from 0 (dark) to 1, [n, h, w], or [n, h, w, 3] in colours.

        labels: which class each is of, or all, where the generator takes classes; drawn by lot without any.
        latents: of your own, [n, numbers]; drawn from a standard normal distribution without any.
        seed: of what is drawn.
        """
        ready, _ = await self._requests.call("open", {})
        random = np.random.default_rng(seed)
        if latents is None:
            if not isinstance(n, Integral) or n < 1:
                raise ValueError(f"n must be a whole number from 1, not {n!r}")
            latents = random.standard_normal((n, ready["latentSize"]))
        latents = np.asarray(latents, np.float32)
        if latents.ndim != 2 or latents.shape[1] != ready["latentSize"] or len(latents) == 0:
            size = ready["latentSize"]
            raise ValueError(f"latents must have the shape [n, {size}], not {list(latents.shape)}")
        labels = _labels(labels, len(latents), ready["classes"], random)
        batch = _LATENT_NUMBERS // latents.shape[1]
        drawn = []
        for start in range(0, len(latents), batch):
            part = slice(start, start + batch)
            buffers = (latents[part].tobytes(), labels[part].tobytes())
            sheet, pixels = await self._requests.call("sample", {}, buffers)
            drawn.append(tiles(pixels, sheet["width"], len(latents[part]), ready["channels"]))
        return np.concatenate(drawn)

    async def save(self, file: str | Path | None = None) -> bytes | Path:
        """The run, to go on from with `load`, here, on the page or on the command line: into a file, or as bytes."""
        _, content = await self._requests.call("save", {})
        if file is None:
            return content
        Path(file).write_bytes(content)
        return Path(file)

    async def load(self, run: str | Path | bytes) -> None:
        """Goes on with a saved run, with the settings that it was made with, and waits."""
        content = bytes(run) if isinstance(run, (bytes, bytearray)) else Path(run).read_bytes()
        path = f"runs/{hashlib.sha256(content).hexdigest()[:16]}"
        self._own[path] = content
        try:
            await self._requests.call("load", {"path": path})
        finally:
            del self._own[path]

    def _file(self, path: str) -> tuple[bytes, bool] | None:
        return (self._own[path], False) if path in self._own else _files.packed(path)

    def _hear(self, _: object, content: dict, buffers: list) -> None:
        if self._requests.hear(content, buffers):
            return
        kind = content["type"]
        if kind == "ready":
            self._ready = content["detail"]
            # Of another run, or of steps that are gone.
            self._rows = [] if content["isOther"] else [row for row in self._rows if row[0] <= self._ready["step"]]
        elif kind == "losses":
            numbers = np.frombuffer(buffers[0], "<f4").reshape(-1, len(_METRICS))
            first = content["step"] - len(numbers) + 1
            self._rows.extend((first + i, row) for i, row in enumerate(numbers))
        elif kind == "picture":
            self._picture = bytes(buffers[0])
            self._still = _files.data_url("image/png", self._picture)

    def _repr_mimebundle_(self, **kwargs: object) -> tuple[dict, dict] | dict | None:
        """With a picture for where nothing trains, as in a notebook that was made a page."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        words = "Once trained on digits" if self._picture is None else f"After {self.step} steps"
        preset = self._attributes["preset"]
        data["text/html"] = (
            f'<figure><img src="{self._still}" alt="Pictures drawn by the GAN {preset}">'
            f"<figcaption>{words}</figcaption></figure>"
        )
        return bundle


_PAUSES = {
    "asked": "somebody paused it",
    "limit": "it trains so many minutes at a time (minutes=…)",
    "yielded": "another WebGan trains",
}


def _steps(steps: int) -> str:
    if not isinstance(steps, Integral) or isinstance(steps, bool) or steps < 1:
        raise ValueError(f"steps must be a whole number from 1, or None for all there are, not {steps!r}")
    return str(steps)


def _labels(labels: object, count: int, classes: int, random: np.random.Generator) -> np.ndarray:
    if classes == 0:
        if labels is not None:
            raise ValueError("this generator takes no labels")
        return np.zeros(0, np.uint8)
    if labels is None:
        return random.integers(classes, size=count).astype(np.uint8)
    whole = np.broadcast_to(np.asarray(labels), count)
    if whole.dtype.kind not in "iu" or whole.min() < 0 or whole.max() >= classes:
        raise ValueError(f"labels must be whole numbers from 0 to {classes - 1}")
    return whole.astype(np.uint8)
