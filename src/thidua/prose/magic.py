"""The ``%%prose`` cell magic: an officer writes sentences, runs the cell and sees the finished text."""

from __future__ import annotations

import sys
from typing import Any

from IPython.core.magic import Magics, cell_magic, magics_class
from IPython.display import display

from thidua.errors import ProseError
from thidua.figures.record import MIME, bundle
from thidua.prose.template import render
from thidua.report import Report

# How a cell begins what it tells the officer beside its text.
NOTE = "Lưu ý: "


@magics_class
class ProseMagics(Magics):  # type: ignore[misc]
    """Registered by ``%load_ext thidua``. Needs a variable ``report`` made by ``open_report``."""

    @cell_magic  # type: ignore[untyped-decorator]
    def prose(self, line: str, cell: str) -> None:
        """Render the cell with the report's data and show it; a paragraph without content shows nothing."""
        report = self.shell.user_ns.get("report")
        if not isinstance(report, Report):
            raise ProseError("chưa mở báo cáo: hãy chạy ô có report = open_report(period) trước")
        known = set(report.data.unknown)
        names = {k: v for k, v in self.shell.user_ns.items() if not k.startswith("_")}
        prose = render(cell, {**names, **report.names})
        for unknown in report.data.unknown:
            if unknown not in known:
                print(f"{NOTE}{unknown}", file=sys.stderr)
        if prose.html:
            display(mime(prose.html, prose.text, prose.figures), raw=True)


def mime(html: str, text: str, figures: Any) -> dict[str, Any]:
    """The MIME bundle of something that prints figures."""
    return {"text/html": html, "text/plain": text, MIME: bundle(figures)}
