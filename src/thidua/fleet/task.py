"""What is asked of a unit, as it goes to the process that does it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from thidua.fleet.which_units import Unit


@dataclass(frozen=True)
class Task:
    """A unit whose report is to be made.

    ``goes_to`` is the output folder, or the address of the storage that its sealed run is sent to. ``bundle`` is the
    address of its suite where that was packed on another machine. ``workers`` sections run at once; ``fresh`` makes
    all anew, but for what stands ``behind`` that line of the storage's register: this very command had it made.
    """

    unit: Unit
    goes_to: Path | str
    workers: int
    fresh: bool = False
    bundle: str = ""
    behind: int = 0
