"""What a unit costs, from one to many: `python benchmarks/fleet.py [--units 1,10,60] [--sections N] [--write NAME]`.

Makes suites of communes, runs them all by `thidua run-all`, and prints for each number of units what one costs: time of
the processor and wall time, the peak of the memory that all processes have together and of that which counts the units
(proportional set size, sampled), what its sealed run takes up, what goes over the network when a cluster makes it (its
bundle, read back once by the sender and once by the worker; its sealed run, read back once), and what the second
run-all costs that finds all done. The time of the processor is that of all processes, imports included. Linux only.
Then, for the numbers of `--beside`, what grows with the number of units and is no unit's own: finding them, the table,
page and JSON of all, a line in the register of a storage that has one for each. `--extrapolate 3321` adds what so many
units would cost on 10 and 100 workers. `--write NAME` puts it all into docs/quy-mo.md, at the place of that name.
"""

from __future__ import annotations

import argparse
import ctypes
import io
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from statistics import median
from typing import Any

import psutil
from rich.console import Console

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from generated.suites import PERIOD, Size, suite, write_suite
from thidua.archive.packing import write_zip
from thidua.archive.storage.object_store import ObjectStore
from thidua.archive.storage.shared_register import SharedRegister, now_by_me
from thidua.fleet.account import as_dict, in_order, page, print_account
from thidua.fleet.outcome import Found, Outcome, outcome_with
from thidua.fleet.which_units import Unit, suite_files, units_of

PAGE = Path(__file__).parents[1] / "docs" / "quy-mo.md"
_BEGIN, _END = "<!-- đo được, {}: bắt đầu -->", "<!-- đo được, {}: hết -->"
_WORKERS = (10, 100)
_HEADS = (
    *("Số đơn vị", "CPU một đơn vị, giây", "Chờ một đơn vị, giây", "Bộ nhớ mọi tiến trình, MB"),
    *("Tiến trình điều hành, MB", "Niêm phong, MB", "Đường truyền, MB"),
    *("Gõ lại khi đã đủ: CPU một đơn vị, giây", "chờ một đơn vị, giây"),
)
_BESIDE = ("Số đơn vị", "Tìm các đơn vị", "Bảng, trang, JSON", "Thêm một dòng vào sổ của kho")
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
    again_wall: float
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
    for each in fields(Size):
        parser.add_argument(f"--{each.name}", type=int, default=each.default)
    parser.add_argument("--beside", default="")
    parser.add_argument("--extrapolate", type=int, default=0)
    parser.add_argument("--write", metavar="NAME", help="put what was measured into docs/quy-mo.md, at this place")
    given = parser.parse_args()
    size = Size(*(getattr(given, each.name) for each in fields(Size)))
    ctypes.CDLL(None).prctl(_ADOPT, 1)  # or the time of processes that outlive their parent is nobody's
    costs = []
    for count in _counts(given.units):
        costs.append(measured(count, size, given.jobs))
        print(_row(costs[-1]), flush=True)
    more = ["", *besides(_counts(given.beside), size)] if given.beside else []
    more += ["", *extrapolated(costs, given.extrapolate)] if given.extrapolate else []
    told = "\n".join([*table(costs, size, given.jobs), *more])
    if given.write:
        begin, end = _BEGIN.format(given.write), _END.format(given.write)
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(begin)
        PAGE.write_text(f"{before}{begin}\n{told}\n{end}{rest.partition(end)[2]}", encoding="utf-8")
    print(f"\n{told}")


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
            again_wall=again.wall / count,
            sealed=sealed / 2**20,
            bundle=(folder / "bundle.zip").stat().st_size / 2**20,
        )


def beside(count: int, size: Size) -> str:
    """What so many units take that is none of theirs, as a row: milliseconds of the processor."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(1, count + 1):
            write_suite(suite(size, number=number), folder / "units" / f"xa-{number:03d}")
        units: list[Unit] = []
        finding = _milliseconds(lambda: units.extend(units_of([str(folder / "units")], PERIOD)))
        found = Found(errors=1, accepted=0, warnings=2, notes=3)
        outcomes = [outcome_with(u, found, str(u.root), f"{u.root}/bao-cao.html", taken=False) for u in units]
        telling = _milliseconds(lambda: _told(outcomes, folder))
        numbers = (finding, telling, _entering(folder / "kho", count))
        return f"| {count} | {' | '.join(map(_number, numbers))} |"


def _counts(given: str) -> list[int]:
    return [int(count) for count in given.split(",")]


def _told(outcomes: Sequence[Outcome], folder: Path) -> None:
    """All that is said of so many units."""
    page(in_order(outcomes), folder / "tong-hop.html")
    json.dumps(as_dict(outcomes))
    print_account(outcomes, Console(file=io.StringIO()))


def _entering(storage: Path, count: int) -> float:
    """Milliseconds of one line more in the register of a storage, a folder, that has one for each unit."""
    storage.mkdir()
    register = SharedRegister(ObjectStore(str(storage)))

    def enter(number: int) -> None:
        told = {"unit": "xã", "open_errors": 0, "accepted": 0, "manifest": "0" * 64, "package": f"{number:064x}"}
        register.enter(now_by_me(run=f"2031-H1-{number:012x}", **told))

    for number in range(count):
        enter(number)
    return _milliseconds(lambda: enter(count))


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return 1000 * (time.process_time() - began)


def table(costs: Sequence[Cost], size: Size, jobs: int) -> Iterator[str]:
    """What was measured, as the page has it."""
    load, cores = os.getloadavg()[1], os.cpu_count() or 1
    busy = (
        f"; máy đang bận việc khác (tải {_number(load)}), nên thời gian chờ dài hơn thường" if load > 2 * cores else ""
    )
    yield f"Mỗi đơn vị {size.sections} mục, {size.figures} số liệu, {size.workbooks} biểu; {jobs} đơn vị cùng lúc."
    yield f"{platform.machine()}, {cores} bộ xử lý, Python {platform.python_version()}{busy}."
    yield ""
    yield f"| {' | '.join(_HEADS)} |"
    yield f"|{'---|' * len(_HEADS)}"
    yield from map(_row, costs)


def besides(counts: Sequence[int], size: Size) -> Iterator[str]:
    """What grows with the number of units, as the page has it."""
    yield "Ngoài phần của từng đơn vị, cả lệnh còn tốn (mili giây CPU):"
    yield ""
    yield f"| {' | '.join(_BESIDE)} |"
    yield f"|{'---|' * len(_BESIDE)}"
    yield from (beside(count, size) for count in counts)


def extrapolated(costs: Sequence[Cost], units: int) -> Iterator[str]:
    """What so many units cost on clusters, each worker a thread with a processor of its own.

    What a run-all costs once is known from two numbers of units: the rest is what one unit more costs.
    """
    least, most = costs[0], costs[-1]
    more = most.units - least.units
    cpu = (most.cpu * most.units - least.cpu * least.units) / more if more else most.cpu
    hours, space = units * cpu / 3600, units * most.sealed / 1024
    yield f"Thêm một đơn vị tốn {_number(cpu)} giây CPU. {_number(units)} đơn vị:"
    yield ""
    yield "| Máy lập | Thời gian, phút | Đường truyền của kho, MB/giây |"
    yield "|---|---|---|"
    for workers in _WORKERS:
        seconds = units * cpu / workers
        yield f"| {workers} | {_number(seconds / 60)} | {_number(units * most.traffic / seconds)} |"
    yield ""
    yield f"Cả thảy {_number(hours)} giờ CPU, {_number(space)} GB lần chạy đã niêm phong trong kho."


def _row(cost: Cost) -> str:
    first = (cost.cpu, cost.wall, cost.memory, cost.counting, cost.sealed, cost.traffic)
    numbers = (*first, cost.again, cost.again_wall)
    return f"| {cost.units} | {' | '.join(map(_number, numbers))} |"


def _number(value: float) -> str:
    """As the language writes it: «3.321», «4,2»."""
    text = f"{value:,.0f}" if value >= 100 or isinstance(value, int) else f"{value:.1f}"
    return text.replace(".", ";").replace(",", ".").replace(";", ",")


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
