"""Messages between a widget and the pages that show it: files that pages ask for, and calls that pages answer.

In a notebook's page nothing of a package is served everywhere (not in Colab, nor in VS Code), so files go through
the widget's own messages, in parts that every front end takes. The other end is widget.js.
"""

from __future__ import annotations

import asyncio
import itertools
from typing import Callable

from ._waiting import until

# Of a file, in one message. Jupyter's server takes 10 MB from a browser.
PART_BYTES = 1 << 20

# A page that shows the widget says at once that it has heard.
_HEARD_SECONDS = 5

# A cell that has just ended may show it any moment.
_SHOWN_SECONDS = 10


class WebGanError(RuntimeError):
    """What went wrong in the browser, in its words. `code` is for programs."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class _Call:
    """One that waits for its answer."""

    def __init__(self) -> None:
        self.heard = asyncio.get_running_loop().create_future()
        self.answer = asyncio.get_running_loop().create_future()
        self.parts: dict[int, bytes] = {}


def _settle(future: asyncio.Future, value: object = None, error: Exception | None = None) -> None:
    def settle() -> None:
        if future.done():
            return
        future.set_exception(error) if error is not None else future.set_result(value)

    # Messages may come in another thread.
    future.get_loop().call_soon_threadsafe(settle)


class Requests:
    """All of a widget's."""

    def __init__(self, send: Callable, file: Callable[[str], tuple[bytes, bool] | None]) -> None:
        self._send = send
        self._file = file
        self._ids = itertools.count()
        self._calls: dict[int, _Call] = {}
        # Those that show the widget; the last one that began to is asked.
        self._pages: list[str] = []
        # What waits until one does.
        self._unshown: set[asyncio.Future] = set()

    async def call(self, name: str, arguments: dict, buffers: tuple = ()) -> tuple[dict, bytes]:
        """Has a page do something, and gives its answer with the bytes that came with it."""
        while await self._is_shown():
            page = self._pages[-1]
            number = next(self._ids)
            call = self._calls[number] = _Call()
            content = {"type": "call", "page": page, "call": number, "name": name, **arguments}
            self._send(content, list(buffers))
            try:
                if await until(call.heard, _HEARD_SECONDS):
                    await until(call.answer)
                    return call.answer.result()
            finally:
                del self._calls[number]
            self._close(page)
        raise WebGanError(
            "notebook.no_view",
            "nothing shows this WebGan, and it is the browser that trains:"
            " display it in a cell first, and keep that page open",
        )

    async def _is_shown(self) -> bool:
        shown = asyncio.get_running_loop().create_future()
        self._unshown.add(shown)
        try:
            return bool(self._pages) or await until(shown, _SHOWN_SECONDS)
        finally:
            self._unshown.discard(shown)

    def tell(self, name: str) -> None:
        """Has the page do something, and waits for no answer."""
        if self._pages:
            self._send({"type": "call", "page": self._pages[-1], "call": -1, "name": name}, [])

    def hear(self, content: dict, buffers: list) -> bool:
        """Takes what a page says. Says whether it was one of these messages."""
        kind = content.get("type")
        if kind == "file":
            self._give(content)
        elif kind == "view":
            self._close(content["page"])
            if content["open"]:
                self._pages.append(content["page"])
                for shown in list(self._unshown):
                    _settle(shown)
        elif kind in ("heard", "answer"):
            call = self._calls.get(content["call"])
            if call is not None:
                self._take(call, content, buffers)
        else:
            return False
        return True

    def _take(self, call: _Call, content: dict, buffers: list) -> None:
        _settle(call.heard)
        if content["type"] == "heard":
            return
        if "error" in content:
            error = content["error"]
            _settle(call.answer, error=WebGanError(error["code"], error["message"]))
            return
        call.parts[content["part"]] = bytes(buffers[0]) if buffers else b""
        if len(call.parts) == content["parts"]:
            whole = b"".join(part for _, part in sorted(call.parts.items()))
            _settle(call.answer, (content["value"], whole))

    def _give(self, content: dict) -> None:
        answer = {"type": "file", "id": content["id"]}
        found = self._file(content["path"])
        if found is None:
            self._send({**answer, "parts": None}, [])
            return
        whole, is_packed = found
        start = content["part"] * PART_BYTES
        parts = max(1, -(-len(whole) // PART_BYTES))
        self._send({**answer, "parts": parts, "packed": is_packed}, [whole[start : start + PART_BYTES]])

    def _close(self, page: str) -> None:
        if page in self._pages:
            self._pages.remove(page)
