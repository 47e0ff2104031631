"""Where the time of a run goes: `python benchmarks/stages.py [PERIOD]`.

Prints for each stage of a run, the outputs of publishing one by one, the time of the processor in this process and in
those that it started, and the wall time. A stage that another one calls is counted in both. Outputs are made side by
side: of those, the time is that of the thread that makes them.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import resource
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

STAGES = {
    "intake": "thidua.commands.making.read_inputs",
    "checks": "thidua.run.pipeline.check",
    "sections": "thidua.run.pipeline.execute",
    "composing": "thidua.run.pipeline.compose",
    "workbooks behind it": "thidua.run.pipeline.books_behind",
    "publishing": "thidua.run.pipeline.publish_report",
    "  slip": "thidua.publish.publish.slip_of",
    "  summary": "thidua.publish.preview.on_one_page",
    "  HTML": "thidua.publish.preview.screen_html",
    "  audit workbook": "thidua.publish.publish.write_audit",
    "  appendix workbooks": "thidua.publish.publish.write_appendix",
    "  PDF, both": "thidua.publish.printing.set_apart",
    "  Word": "thidua.publish.publish.write_docx",
    "  review": "thidua.publish.publish.write_review",
    "  legibility": "thidua.publish.publish.unreadable",
    "record of the run": "thidua.run.pipeline.write_crate",
    "sealing": "thidua.run.pipeline.seal",
    "placing": "thidua.run.pipeline.place",
    "comparing": "thidua.archive.comparison.earlier.write_changes",
}
# On other systems than Linux, threads are not told apart.
OUTPUT = getattr(resource, "RUSAGE_THREAD", resource.RUSAGE_SELF)


class Clock:
    """What stages took, summed over their calls."""

    def __init__(self) -> None:
        self.sums: dict[str, list[float]] = {}

    def timed(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        own = OUTPUT if stage.startswith(" ") else resource.RUSAGE_SELF

        def run(*args: Any, **options: Any) -> Any:
            before = self.now(own)
            try:
                return work(*args, **options)
            finally:
                took = [b - a for a, b in zip(before, self.now(own), strict=True)]
                self.sums[stage] = [a + b for a, b in zip(self.sums.get(stage, [0.0] * 3), took, strict=True)]

        return run

    @staticmethod
    def now(own: int) -> list[float]:
        """Time of the processor here (``own``: all threads, or this one) and in processes that ended, and wall time."""
        usage = [resource.getrusage(who) for who in (own, resource.RUSAGE_CHILDREN)]
        return [*(u.ru_utime + u.ru_stime for u in usage), time.monotonic()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("period", nargs="?", default="2024-H1")
    period = parser.parse_args().period
    clock = Clock()

    def command() -> None:
        cli = import_module("thidua.cli")
        for stage, place in STAGES.items():
            module, _, name = place.rpartition(".")
            try:
                owner: Any = import_module(module)
            except ModuleNotFoundError:  # a method
                module, _, kind = module.rpartition(".")
                owner = getattr(import_module(module), kind)
            setattr(owner, name, clock.timed(stage, getattr(owner, name)))
        with tempfile.TemporaryDirectory() as output, contextlib.redirect_stdout(io.StringIO()):
            cli.main(["run", period, "--output", output, "--fresh"])

    clock.timed("the whole command", command)()
    print(f"\n{'':20} {'here':>7} {'started':>8} {'wall':>7}")
    for stage in ("the whole command", *STAGES):
        here, started, wall = clock.sums.get(stage, [0.0] * 3)
        print(f"{stage:20} {here:7.2f} {started:8.2f} {wall:7.2f}")


if __name__ == "__main__":
    main()
