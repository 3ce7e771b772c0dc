"""The files of the element that travel in this package, and what its manifest says of its attributes.

`npm run wheel` writes them. It sends nothing: _requests.py does.
"""

from __future__ import annotations

import base64
import json
from functools import cache, lru_cache
from importlib.metadata import version
from numbers import Real
from pathlib import Path

VERSION = version("webgan")

FOLDER = Path(__file__).parent / "files"

# Where the element believes to lie. No such site can be; what is asked of it is answered from here.
SITE = "https://webgan.invalid/"

PRESETS = sorted(file.stem for file in (FOLDER / "posters").glob("*.webp"))

# What has arguments of its own in Python, or means nothing where no page is written.
_NOT_TAKEN = {"preset", "steps", "data", "data-src", "model", "poster", "loading"}


# One after the other, each in many parts.
@lru_cache(maxsize=4)
def packed(path: str) -> tuple[bytes, bool] | None:
    """A file's bytes and whether they are packed beyond what its name says; None where there is none."""
    for name, is_packed in ((path + ".gz", True), (path, False)):
        file = (FOLDER / name).resolve()
        if file.is_relative_to(FOLDER.resolve()) and file.is_file():
            return file.read_bytes(), is_packed
    return None


@cache
def attributes() -> dict[str, dict]:
    """The element's attributes that are passed through, by name, as its manifest describes them."""
    manifest = json.loads((FOLDER / "custom-elements.json").read_text("utf-8"))
    (declaration,) = manifest["modules"][0]["declarations"]
    return {it["name"]: it for it in declaration["attributes"] if it["name"] not in _NOT_TAKEN}


def attribute_text(name: str, value: object) -> str:
    """What is written in HTML for an argument of Python. Numbers' ranges are the element's to know."""
    known = attributes().get(name)
    if known is None:
        message = f"there is no attribute {name}; there are preset, steps, {', '.join(attributes())}"
        raise TypeError(message)
    kind = known["type"]["text"]
    if kind.startswith("number"):
        if not isinstance(value, Real) or isinstance(value, bool):
            raise TypeError(f"{name} must be a number, not {value!r}. {known['description']}")
        return str(value)
    words = [word.strip('" ') for word in kind.split("|")] if kind.startswith('"') else None
    if words is not None and value not in words:
        raise ValueError(f"{name} must be one of {', '.join(words)}, not {value!r}")
    return " ".join(value) if isinstance(value, (list, tuple)) else str(value)


def poster(preset: str) -> str:
    """A preset's picture, as an address that has it in itself."""
    return data_url("image/webp", (FOLDER / "posters" / f"{preset}.webp").read_bytes())


def data_url(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
