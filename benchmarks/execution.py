"""Our execution of notebooks beside the papermill command in a loop: `python benchmarks/execution.py [PERIOD]`.

Prints wall time and time of the processor of both, in one run over the same copy of the suite, and their ratio; ours
from the start of a process to its end. Ends with status 1 where the two make different notebooks.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat

from thidua.execute.picture_files import embed_pictures
from thidua.execute.runner import Job, run_notebooks
from thidua.execute.sources import read_notebooks
from thidua.execute.tidying import tidied

REPOSITORY = Path(__file__).parents[1]


@dataclass(frozen=True)
class Took:
    wall: float
    processor: float


def took(work: Callable[[], object]) -> Took:
    start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(time.monotonic() - start, processor)


def by_papermill(root: Path, period: str, out: Path) -> None:
    for path in notebooks(root):
        command = [
            sys.executable,
            "-m",
            "papermill",
            "-p",
            "period",
            period,
            "--no-progress-bar",
            path,
            out / path.name,
        ]
        subprocess.run(command, cwd=root, check=True, stderr=subprocess.DEVNULL, timeout=300)


def by_thidua(root: Path, period: str, out: Path) -> None:
    subprocess.run([sys.executable, __file__, period, root, out], cwd=root, check=True, timeout=900)


def execute(root: Path, period: str, out: Path) -> None:
    """What the process of ours does."""
    sources = read_notebooks({path.stem: path for path in notebooks(root)})
    jobs = [Job(name, source, root / "notebooks", out / f"{name}.ipynb") for name, source in sources.items()]
    run_notebooks(jobs, {"period": period}, root, os.cpu_count() or 1, lambda *_: None)


def notebooks(root: Path) -> list[Path]:
    return sorted((root / "notebooks").glob("*.ipynb"))


def same(ours: Path, stock: Path, folder: Path) -> bool:
    """Whether two executed notebooks are the same bytes, once the stock one is tidied as ours is."""
    node = tidied(nbformat.read(stock, as_version=4))
    embed_pictures(node, folder)
    nbformat.write(node, stock)
    return ours.read_bytes() == stock.read_bytes()


def main() -> int:
    period = sys.argv[1] if len(sys.argv) > 1 else "2024-H1"
    if len(sys.argv) > 2:
        execute(Path(sys.argv[2]), period, Path(sys.argv[3]))
        return 0
    with tempfile.TemporaryDirectory() as name:
        root, ours, stock = Path(name, "root"), Path(name, "ours"), Path(name, "stock")
        for part in ("params", "data/raw", "notebooks"):
            shutil.copytree(REPOSITORY / part, root / part)
        ours.mkdir()
        stock.mkdir()
        by_thidua(root, period, ours)  # the tables are read and judged once, for both
        here = took(lambda: by_thidua(root, period, ours))
        there = took(lambda: by_papermill(root, period, stock))
        for what, each in (("papermill in a loop", there), ("thidua", here)):
            print(f"{what:20} {each.wall:7.1f} s wall, {each.processor:7.1f} s of the processor")
        print(f"ratio {there.wall / here.wall:.1f} wall, {there.processor / here.processor:.1f} processor")
        differ = [p.name for p in notebooks(root) if not same(ours / p.name, stock / p.name, root / "notebooks")]
    print(f"different: {', '.join(differ)}" if differ else "the same notebooks")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
