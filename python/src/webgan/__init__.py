"""Generative adversarial networks that train in a notebook's browser tab: see `WebGan`."""

from ._files import VERSION as __version__
from ._requests import WebGanError
from ._widget import WebGan

__all__ = ["WebGan", "WebGanError", "__version__"]
