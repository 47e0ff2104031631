"""What changed since earlier runs, written beside the run.

The pages cannot stand inside the run: its bytes follow from its inputs alone, not from what else the folder holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from thidua.archive.comparison.compare import compare
from thidua.archive.comparison.page import comparison_page
from thidua.archive.comparison.sealed import sealed_run
from thidua.archive.register import locked
from thidua.period import Period
from thidua.process import uninterrupted

FOLDER = "so-sanh"


_KINDS = {
    "": "Chưa có lần chạy nào trước đó của cùng kỳ báo cáo trong thư mục này.",
    "-cung-ky": "Chưa có lần chạy nào của cùng kỳ năm trước trong thư mục này.",
}


def write_changes(output: Path, run: Path, period: Period) -> list[Path]:
    """Compare a finished run with the one before it of its period, and with the last of the same period last year.

    Writes ``so-sanh/<run>.html`` and ``so-sanh/<run>-cung-ky.html`` into the output folder, which the run's reviewer's
    page links to; where there is no such earlier run the page says so. Returns the pages with a comparison.
    """
    earlier = dict(_earlier(output, run, period))
    (output / FOLDER).mkdir(exist_ok=True)
    compared = []
    for ending, absence in _KINDS.items():
        path = output / FOLDER / f"{run.name}{ending}.html"
        if ending in earlier:
            with sealed_run(earlier[ending]) as old, sealed_run(run) as new:
                page = comparison_page(compare(old, new))
            compared.append(path)
        else:
            page = f'<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>So sánh</title><p>{absence}</p></html>'
        with uninterrupted():
            path.write_text(page, encoding="utf-8", newline="\n")
    return compared


def _earlier(output: Path, run: Path, period: Period) -> Iterator[tuple[str, Path]]:
    """The newest other run of the period and of last year's, in the order of the register, that still stand."""
    with locked(output) as register:
        names = list(dict.fromkeys(entry.run for entry in reversed(register.read()[0])))
    for ending, wanted in zip(_KINDS, (period, period.last_year), strict=True):
        for name in names:
            path = output / name
            if name != run.name and name.startswith(f"{wanted.id}-") and path.is_dir():
                yield ending, path
                break
