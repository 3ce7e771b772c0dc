"""Waiting in a cell for what the browser says.

Kernels before ipykernel 7.4 read no message while a cell runs, so a cell that awaits one would wait for ever. There,
the library jupyter_ui_poll reads them meanwhile and keeps other cells for afterwards. While no cell runs (a task has
outlived its cell) and elsewhere (marimo, a script) messages come by themselves, and the library must not be used.
"""

from __future__ import annotations

import asyncio
import inspect
import sys

# Whether a cell runs in a kernel that reads nothing meanwhile.
_reads_nothing = False


def _on_cell(*_: object) -> None:
    global _reads_nothing
    _reads_nothing = True


def _on_cell_end(*_: object) -> None:
    global _reads_nothing
    _reads_nothing = False


def _watch_cells() -> None:
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    kernel = getattr(shell, "kernel", None)
    if kernel is None or "concurrent" in inspect.signature(kernel.dispatch_shell).parameters:
        return
    shell.events.register("pre_run_cell", _on_cell)
    shell.events.register("post_run_cell", _on_cell_end)
    _on_cell()  # the one that imports this


_watch_cells()


async def until(future: asyncio.Future, seconds: float | None = None) -> bool:
    """Waits until it is done, or so long. Says whether it is."""
    loop = asyncio.get_running_loop()
    end = None if seconds is None else loop.time() + seconds
    while not future.done() and (end is None or loop.time() < end):
        if _reads_nothing:
            await _read()
        await asyncio.wait([future], timeout=0.02)
    return future.done()


async def _read() -> None:
    from jupyter_ui_poll import ui_events

    async with ui_events() as poll:
        await poll(10)
