"""How a process that makes reports uses memory: what lives to its end is left alone, what passes goes back at once."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from thidua.remembered import forget

# Of glibc's mallopt: how much may lie free at the end before it goes back, from which size on a piece is mapped by
# itself, how many arenas there are.
_TRIM, _MAPPED, _ARENAS = -1, -3, -8
_BYTES = 128 * 1024


def sparing() -> None:
    """Set up this process; called before it starts threads."""
    # A period has hundreds of thousands of values, none of which is garbage: looking through them again and again takes
    # a third of the time of the checks.
    gc.set_threshold(100_000, 50, 10)
    if sys.platform != "linux":
        return
    # Left to itself, glibc gives each thread an arena of its own and keeps ever larger pieces once one was freed: of a
    # long report's pages and notebooks, a hundred megabytes that nobody uses any more.
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        for option, value in ((_ARENAS, 1), (_MAPPED, _BYTES), (_TRIM, _BYTES)):
            libc.mallopt(option, value)


@contextmanager
def uncollected() -> Iterator[None]:
    """A short work whose values live to its end, after which the process ends too: no garbage is looked for in it."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def leaving() -> None:
    """What the process still holds goes with it: Python would look through all of it three times before it ends."""
    gc.freeze()


def give_back() -> None:
    """Free what nobody uses any more; called where something as large as a report's data has just been let go.

    What refers to itself, as an open workbook does, would stay until the next search for garbage, which is rare.
    """
    forget()
    gc.collect()
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)
