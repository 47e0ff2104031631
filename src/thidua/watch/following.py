"""Watching a suite: each save makes a draft, and a newer save takes the place of one that is still being made."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from thidua.execute.warm import warm
from thidua.watch.drafting import Drafting
from thidua.watch.preview_server import PreviewServer, Stage
from thidua.watch.rerunning import Superseded
from thidua.watch.saves import Files, Shelf, saves

# What takes no longer ends by itself; ending it would have the data read again.
_PATIENCE = 0.5


def watch(root: Path, params_file: Path, ready: Callable[[PreviewServer], None]) -> None:
    """Serve the preview of a period until the process ends; ``ready`` is called once it can be opened."""
    asyncio.run(_serve(root, params_file, ready))


async def _serve(root: Path, params_file: Path, ready: Callable[[PreviewServer], None]) -> None:
    stage = Stage(params_file.stem)
    stage.on(asyncio.get_running_loop())
    server = PreviewServer(stage)
    with warm() as parent:
        ready(server)
        await _follow(Shelf(root), Drafting(root, params_file, parent), stage)


async def _follow(shelf: Shelf, drafting: Drafting, stage: Stage) -> None:
    making: asyncio.Future[None] | None = None
    newer = threading.Event()

    def make(files: Files, newer: threading.Event) -> None:
        with suppress(Superseded):
            drafting.make(files, newer.is_set, stage.show)

    # One thread: what is kept from draft to draft has one owner.
    with ThreadPoolExecutor(1, thread_name_prefix="ban-nhap") as pool:
        async for files in saves(shelf):
            newer.set()
            if making is not None:
                if (await asyncio.wait({making}, timeout=_PATIENCE))[1]:
                    drafting.abandon()
                await making
            newer = threading.Event()
            making = asyncio.get_running_loop().run_in_executor(pool, make, files, newer)
