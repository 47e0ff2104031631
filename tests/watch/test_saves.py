"""A save is seen once, when its files are whole; locks, copies beside and what the system says twice are none."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from thidua.watch.saves import Files, Shelf, saves

Act = Callable[[Path], Awaitable[None]]
NOTEBOOK, BOOK = Path("notebooks/10_kinh_te.ipynb"), Path("data/raw/2031-Q2/kinh-te.xlsx")
# A workbook's end is what its reader looks for first.
WHOLE = b"PK\x03\x04" + bytes(40) + b"PK\x05\x06" + bytes(18)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, content in ((Path("params/2031-Q2.yaml"), b"period: 2031-Q2\n"), (NOTEBOOK, b"{}"), (BOOK, WHOLE)):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_bytes(content)
    return tmp_path


def seen(root: Path, act: Act) -> list[list[Path]]:
    """Which files changed with each save that is seen, until half a second after the act."""

    async def watched() -> list[Files]:
        states = []

        async def collect() -> None:
            async for files in saves(Shelf(root)):
                states.append(files)

        collecting = asyncio.create_task(collect())
        await asyncio.sleep(0.2)
        await act(root)
        await asyncio.sleep(0.5)
        collecting.cancel()
        return states

    with ThreadPoolExecutor(1) as apart:  # a browser of other tests may have a loop in this thread
        states = apart.submit(lambda: asyncio.run(watched())).result()
    return [[path for path in sorted({*a, *b}) if a.get(path) != b.get(path)] for a, b in pairwise(states)]


async def by_renaming(root: Path) -> None:
    beside = root / "notebooks" / ".~10_kinh_te.ipynb"
    beside.write_bytes(b'{"cells": []}')
    (root / NOTEBOOK).unlink()
    await asyncio.sleep(0.1)
    beside.rename(root / NOTEBOOK)


async def in_a_burst(root: Path) -> None:
    for number in range(8):
        (root / NOTEBOOK).write_bytes(b'{"n": %d}' % number)
        (root / BOOK).write_bytes(WHOLE + b"%d" % number)


async def in_pieces(root: Path) -> None:
    with (root / BOOK).open("wb") as file:
        for piece in (WHOLE[:20], WHOLE[20:44]):
            file.write(piece)
            file.flush()
            await asyncio.sleep(0.15)
        file.write(b"new" + WHOLE[44:])


async def without_effect(root: Path) -> None:
    folder = (root / BOOK).parent
    (folder / ".~lock.kinh-te.xlsx#").write_text("ai đó")
    (folder / "~$kinh-te.xlsx").write_text("ai đó")
    (root / "notebooks" / ".ipynb_checkpoints").mkdir()
    (root / "notebooks" / ".ipynb_checkpoints" / "10_kinh_te-checkpoint.ipynb").write_text("{}")
    (root / NOTEBOOK).write_bytes((root / NOTEBOOK).read_bytes())


async def into_a_folder_that_was_copied_anew(root: Path) -> None:
    shutil.copytree(root / "notebooks", root / "copied")
    shutil.rmtree(root / "notebooks")
    shutil.copytree(root / "copied", root / "notebooks")
    await asyncio.sleep(0.2)
    (root / NOTEBOOK).write_bytes(b'{"cells": []}')


@pytest.mark.parametrize(("act", "changes"), [
    (into_a_folder_that_was_copied_anew, [[NOTEBOOK]]),
    (by_renaming, [[NOTEBOOK]]), (in_a_burst, [[BOOK, NOTEBOOK]]), (in_pieces, [[BOOK]]), (without_effect, []),
])  # fmt: skip
def test_a_save_is_seen_once_and_whole(root: Path, act: Act, changes: list[list[Path]]) -> None:
    assert seen(root, act) == changes
