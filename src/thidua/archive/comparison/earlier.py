"""What changed since earlier runs, written beside the run.

The pages cannot stand inside the run: its bytes follow from its inputs alone, not from what else the folder holds.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from thidua.archive.comparison.compare import compare
from thidua.archive.comparison.over_periods import over_periods
from thidua.archive.comparison.page_of_changes import comparison_page, page_over_periods
from thidua.archive.comparison.sealed import sealed_run
from thidua.archive.runs_register import locked
from thidua.language.text import fold
from thidua.machine.process import uninterrupted
from thidua.settings.period import Period

FOLDER = "so-sanh"


_KINDS = {
    "": "Chưa có lần chạy nào trước đó của cùng kỳ báo cáo trong thư mục này.",
    "-cung-ky": "Chưa có lần chạy nào của cùng kỳ năm trước trong thư mục này.",
}
_PERIODS = "-cac-ky"
_NO_PERIODS = "Chưa có lần chạy nào của kỳ trước trong thư mục này."


def write_changes(output: Path, run: Path, period: Period) -> list[Path]:
    """Compare a finished run with the one before it of its period, with the last of the same period last year, and its
    figures with those of all comparable earlier periods.

    Writes ``so-sanh/<run>.html``, ``…-cung-ky.html`` and ``…-cac-ky.html`` into the output folder, which the run's
    reviewer's page links to; where there is no such earlier run the page says so. Returns the pages with a comparison.
    """
    newest = _newest(output, run)
    sought = zip(_KINDS, (period, period.last_year), strict=True)
    earlier = {ending: newest[wanted] for ending, wanted in sought if wanted in newest}
    (output / FOLDER).mkdir(exist_ok=True)
    compared = []
    for ending, absence in _KINDS.items():
        path = output / FOLDER / f"{run.name}{ending}.html"
        if ending in earlier:
            with sealed_run(earlier[ending]) as old, sealed_run(run) as new:
                page = comparison_page(compare(old, new))
            compared.append(path)
        else:
            page = _without(absence)
        _write(path, page)
    path = output / FOLDER / f"{run.name}{_PERIODS}.html"
    with sealed_run(run) as new, ExitStack() as stack:
        runs = [stack.enter_context(sealed_run(newest[p])) for p in period.comparable(newest)]
        same = [r for r in runs if fold(r.unit) == fold(new.unit)]
        _write(path, page_over_periods(over_periods(new, same)) if same else _without(_NO_PERIODS))
        compared += [path] if same else []
    return compared


def _newest(output: Path, run: Path) -> dict[Period, Path]:
    """Of each period the newest other run in the register that still stands."""
    with locked(output) as register:
        names = list(dict.fromkeys(entry.run for entry in reversed(register.read()[0])))
    found: dict[Period, Path] = {}
    for name in names:
        path, id = output / name, name.rpartition("-")[0]
        if name != run.name and Period.is_id(id) and path.is_dir():
            found.setdefault(Period.parse(id), path)
    return found


def _without(absence: str) -> str:
    return f'<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>So sánh</title><p>{absence}</p></html>'


def _write(path: Path, page: str) -> None:
    with uninterrupted():
        path.write_text(page, encoding="utf-8", newline="\n")
