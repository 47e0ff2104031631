"""How time and memory grow with a suite: `python benchmarks/scale.py [SIZE ...]`, SIZE as 200x5000x30.

That is sections, submitted numbers and workbooks. For each size a suite is made, as benchmarks/make_suite.py does, and
handed to `thidua check` with nothing known of it, again with one workbook changed, and to `thidua run`. Prints the time
of the processor of all processes, wall time, the most memory that they held at once, what they share counted once, and
the most that one of them held, what it shares included (Linux). `--check` leaves the whole runs out.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from generated.suites import PERIOD, Size, suite, write_suite

SIZES = ("20x500x10", "100x500x10", "500x2000x10", "2000x8000x10", "20x5000x10", "20x50000x10", "200x5000x300")
_EVERY = 0.1


def measured(*arguments: str | Path, cache: Path) -> str:
    """One command: seconds of the processor, seconds, megabytes."""
    start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "thidua.cli", *map(str, arguments)]
    environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = largest = 0
    while process.poll() is None:
        together, one = held(process.pid)
        most, largest = max(most, together), max(largest, one)
        time.sleep(_EVERY)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)}: {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"{processor:7.1f} s {time.monotonic() - start:7.1f} s {most / 2**20:6.0f} MB {largest / 2**20:6.0f} MB"


def held(pid: int) -> tuple[int, int]:
    """Bytes that a process and all below it hold, each page once, and those that the largest of them holds."""
    total = largest = 0
    try:
        parent = psutil.Process(pid)
        for process in (parent, *parent.children(recursive=True)):
            with suppress(psutil.Error, OSError):  # it ended meanwhile
                found = process.memory_full_info()
                total, largest = total + found.pss, max(largest, found.rss)
    except (psutil.Error, OSError):
        pass
    return total, largest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sizes", nargs="*", default=SIZES)
    parser.add_argument("--check", action="store_true", help="no whole runs")
    given = parser.parse_args()
    print(f"{'sections x numbers x workbooks':32} {'':18} {'processor':>9} {'wall':>9} {'memory':>9} {'largest':>9}")
    for each in given.sizes:
        size = Size(*map(int, each.split("x")))
        with tempfile.TemporaryDirectory() as name:
            root, cache = Path(name, "suite"), Path(name, "cache")
            write_suite(suite(size), root)
            place = ("--root", root)
            print(f"{each:32} {'check, all new':18}", measured("check", PERIOD, *place, cache=cache), flush=True)
            book = min((root / "data" / "raw" / PERIOD).glob("*.xlsx"))
            book.write_bytes(book.read_bytes() + b"\0")
            print(f"{'':32} {'one changed':18}", measured("check", PERIOD, *place, cache=cache), flush=True)
            if not given.check:
                output = ("--output", Path(name, "output"))
                print(f"{'':32} {'run':18}", measured("run", PERIOD, *place, *output, cache=cache), flush=True)


if __name__ == "__main__":
    main()
