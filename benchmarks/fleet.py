"""What a unit costs, from one to many: `python benchmarks/fleet.py [--units 1,10,60] [--sections N]`.

Makes suites of communes, runs them all by `thidua run-all`, and prints for each number of units what one costs: time of
the processor and wall time, the peak memory of the largest process of a unit and of the process that counts the units,
what its sealed run takes up, what goes over the network when a cluster makes it (its bundle, read back once by the
sender and once by the worker; its sealed run, read back once), and what the second run-all costs that finds all done.
With `--extrapolate 3321`, also what so many units cost on 10 and 100 workers by what was measured.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from generated.suites import PERIOD, Size, suite, write_suite
from thidua.archive.packing import write_zip
from thidua.fleet.which_units import suite_files

_WORKERS = (10, 100)


@dataclass(frozen=True)
class Cost:
    """What was measured of so many units; per unit, but for the counting process's memory."""

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
    print("| units | CPU s | wall s | memory MB | counting MB | again CPU s | sealed MB | traffic MB |")
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
        began = time.monotonic()
        units, counting = _run_all(folder, jobs)
        wall = (time.monotonic() - began) / count
        again, _ = _run_all(folder, jobs)
        assert all(u["code"] < 2 for u in units) and all(u["taken"] for u in again), units
        sealed = median(_size(Path(u["run"])) for u in units)
        write_zip(suite_files(folder / "units" / "xa-001"), folder / "bundle.zip")
        return Cost(
            units=count,
            cpu=sum(u["cpu_seconds"] for u in units) / count,
            wall=wall,
            memory=max(u["memory_mb"] for u in units),
            counting=counting,
            again=sum(u["cpu_seconds"] for u in again) / count,
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


def _run_all(folder: Path, jobs: int) -> tuple[list[dict[str, Any]], int]:
    """The units as JSON, and the peak memory in MB of the process that counts them."""
    command = [sys.executable, "-m", "thidua.cli", "run-all", str(folder / "units"), "--period", PERIOD, "--json"]
    settings = os.environ | {"XDG_CACHE_HOME": str(folder / "cache")}
    process = subprocess.Popen(
        [*command, "--jobs", str(jobs)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=settings
    )
    assert process.stdout is not None
    told = process.stdout.read()
    _, _, used = os.wait4(process.pid, 0)
    return json.loads(told)["units"], used.ru_maxrss // 1024


def _size(run: Path) -> int:
    return sum(path.stat().st_size for path in run.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
