"""What a unit costs, from one to many: `python benchmarks/fleet.py [--units 1,10,60] [--sections N]`.

Makes suites of communes, runs them all by `thidua run-all`, and prints for each number of units what one costs: time of
the processor and wall time, the peak of the memory that all processes have together and of that which counts the units
(proportional set size, sampled), what its sealed run takes up, what goes over the network when a cluster makes it (its
bundle, read back once by the sender and once by the worker; its sealed run, read back once), and what the second
run-all costs that finds all done. The time of the processor is that of all processes, imports included. Linux only.
With `--extrapolate 3321`, also what so many units cost on 10 and 100 workers by what was measured.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import psutil

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from generated.suites import PERIOD, Size, suite, write_suite
from thidua.archive.packing import write_zip
from thidua.fleet.which_units import suite_files

_WORKERS = (10, 100)
_ADOPT = 36  # PR_SET_CHILD_SUBREAPER


@dataclass(frozen=True)
class Cost:
    """What was measured of so many units: per unit, but for the memory of all processes and of the counting one."""

    units: int
    cpu: float
    wall: float
    memory: int
    counting: int
    again: float
    sealed: float
    bundle: float

    @property
    def traffic(self) -> float:
        """Megabytes that a cluster's storage sends and takes for a unit."""
        return 3 * self.bundle + 2 * self.sealed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--units", default="1,10,60")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--sections", type=int, default=20)
    parser.add_argument("--figures", type=int, default=500)
    parser.add_argument("--workbooks", type=int, default=10)
    parser.add_argument("--extrapolate", type=int, default=0)
    given = parser.parse_args()
    size = Size(given.sections, given.figures, given.workbooks)
    print(f"{size}, {given.jobs} at once\n")
    ctypes.CDLL(None).prctl(_ADOPT, 1)  # or the time of processes that outlive their parent is nobody's
    print("| units | CPU s | wall s | memory MB, all | counting | again, CPU s | sealed MB | traffic MB |")
    print("|---|---|---|---|---|---|---|---|")
    for count in map(int, given.units.split(",")):
        cost = measured(count, size, given.jobs)
        numbers = (cost.cpu, cost.wall, cost.memory, cost.counting, cost.again, cost.sealed, cost.traffic)
        print(
            f"| {count} | {' | '.join(f'{n:.1f}' if isinstance(n, float) else str(n) for n in numbers)} |", flush=True
        )
    for line in extrapolated(cost, given.extrapolate) if given.extrapolate else ():
        print(line)


def measured(count: int, size: Size, jobs: int) -> Cost:
    """Make so many communes and run them all, then all again; a cache that nobody has used before."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(1, count + 1):
            write_suite(suite(size, number=number), folder / "units" / f"xa-{number:03d}")
        first, again = Measured(folder, jobs), Measured(folder, jobs)
        assert all(u["code"] < 2 for u in first.units) and all(u["taken"] for u in again.units), first.units
        sealed = median(_size(Path(u["run"])) for u in first.units)
        write_zip(suite_files(folder / "units" / "xa-001"), folder / "bundle.zip")
        return Cost(
            units=count,
            cpu=first.cpu / count,
            wall=first.wall / count,
            memory=first.memory,
            counting=first.counting,
            again=again.cpu / count,
            sealed=sealed / 2**20,
            bundle=(folder / "bundle.zip").stat().st_size / 2**20,
        )


def extrapolated(cost: Cost, units: int) -> Iterator[str]:
    """What so many units cost on clusters, each worker a thread with a processor of its own."""
    hours, space = units * cost.cpu / 3600, units * cost.sealed / 1024
    yield f"\n{units} units: {hours:.1f} hours of processor, {space:.1f} GB sealed"
    for workers in _WORKERS:
        seconds = units * cost.cpu / workers
        rate = units * cost.traffic / seconds
        yield f"{workers} workers: {seconds / 60:.0f} minutes, {rate:.1f} MB/s over the storage's line"


class Measured:
    """One run-all over a folder of suites: the units as its JSON has them, and what it took."""

    def __init__(self, folder: Path, jobs: int):
        command = [sys.executable, "-m", "thidua.cli", "run-all", str(folder / "units"), "--period", PERIOD, "--json"]
        settings = os.environ | {"XDG_CACHE_HOME": str(folder / "cache")}
        self.memory = self.counting = 0
        began, before = time.monotonic(), _cpu()
        with (folder / "told.json").open("wb") as told:
            command += ["--jobs", str(jobs)]
            process = subprocess.Popen(command, stdout=told, stderr=subprocess.DEVNULL, env=settings)
        while process.poll() is None:
            self._sample(psutil.Process(process.pid))
            time.sleep(0.3)
        self.wall = time.monotonic() - began
        with suppress(ChildProcessError):  # the server of the forks ends after it
            while True:
                os.wait()
        self.cpu = _cpu() - before
        self.units: list[dict[str, Any]] = json.loads((folder / "told.json").read_bytes())["units"]

    def _sample(self, process: psutil.Process) -> None:
        found = 0
        for each in [process, *process.children(recursive=True)]:
            with suppress(psutil.Error, OSError):
                used = each.memory_full_info().pss >> 20
                found += used
                self.counting = max(self.counting, used) if each == process else self.counting
        self.memory = max(self.memory, found)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _size(run: Path) -> int:
    return sum(path.stat().st_size for path in run.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
