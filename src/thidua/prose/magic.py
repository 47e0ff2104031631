"""The ``%%prose`` cell magic: an officer writes sentences, runs the cell and sees the finished text."""

from __future__ import annotations

import sys
from typing import Any

from IPython.core.magic import Magics, cell_magic, magics_class

from thidua.document.show import NOTE, show
from thidua.errors import ProseError
from thidua.prose.render import render
from thidua.report import Report
from thidua.stated import ABSENT


@magics_class
class ProseMagics(Magics):  # type: ignore[misc]
    """Registered by ``%load_ext thidua``. Needs a variable ``report`` made by ``open_report``."""

    @cell_magic  # type: ignore[untyped-decorator]
    def prose(self, line: str, cell: str) -> None:
        """Render the cell with the report's data and show it; a paragraph without content shows nothing."""
        report, own = opened(self.shell)
        if report is None:
            raise ProseError("chưa mở báo cáo: hãy chạy ô có report = open_report(period) trước")
        slips, absent = set(report.data.slips), set(report.data.absent)
        # The line of the magic is the cell's first.
        prose = render(cell, report, own, first_line=2)
        told = [slip for slip in report.data.slips if slip not in slips]
        if lacking := [code for code in report.data.absent if code not in absent]:
            told.append(f"{ABSENT}: {', '.join(lacking)}")
        for line in told:
            print(f"{NOTE}{line}", file=sys.stderr)
        show(prose.blocks, prose.figures, map(str, prose.fallen))


def opened(shell: Any) -> tuple[Report | None, dict[str, Any]]:
    """The report that a shell has open, and the other names of its cells."""
    names = {k: v for k, v in shell.user_ns.items() if not k.startswith("_")}
    report = names.pop("report", None)
    return (report if isinstance(report, Report) else None), names
