"""What changed since earlier runs, written beside the run.

The pages cannot stand inside the run: its bytes follow from its inputs alone, not from what else the folder holds.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from thidua.archive.bag import PAYLOAD
from thidua.archive.comparison.compare import compare
from thidua.archive.comparison.over_periods import over_periods
from thidua.archive.comparison.page_of_changes import (
    Since,
    comparison_page,
    page_of_absence,
    page_of_findings,
    page_over_periods,
)
from thidua.archive.comparison.sealed import sealed_run
from thidua.archive.runs_register import locked
from thidua.errors import ArchiveError
from thidua.language.text import fold
from thidua.machine.process import uninterrupted
from thidua.settings.period import Period

FOLDER = "so-sanh"


@dataclass(frozen=True)
class _Kind:
    """A comparison with another run: how its page's name ends, what it is called, what is said where there is none."""

    ending: str
    name: str
    absence: str


_LAST_RUN = _Kind("", "Lần chạy trước", "Chưa có lần chạy nào trước đó của cùng kỳ báo cáo trong thư mục này.")
_LAST_PERIOD = _Kind("-ky-truoc", "Kỳ trước", "Chưa có lần chạy nào của kỳ trước trong thư mục này.")
_LAST_YEAR = _Kind("-cung-ky", "Cùng kỳ năm trước", "Chưa có lần chạy nào của cùng kỳ năm trước trong thư mục này.")
_PERIODS = _Kind("-cac-ky", "Số liệu qua các kỳ", "Chưa có lần chạy nào của kỳ trước trong thư mục này.")
_FINDINGS = "-phat-hien"


def write_changes(output: Path, run: Path, period: Period) -> list[Path]:
    """Compare a finished run with the one before it of its period, with the last of the period before and of the same
    period last year, and its figures with those of all comparable earlier periods.

    Writes ``so-sanh/<run>.html``, ``…-ky-truoc.html``, ``…-cung-ky.html``, ``…-cac-ky.html``, which the run's
    reviewer's page links to, and ``…-phat-hien.html``, which it shows; where there is no such earlier run the page says
    so. Returns the pages with a comparison.
    """
    newest = _newest(output, run)
    folder = output / FOLDER
    folder.mkdir(exist_ok=True)
    written, since = [], []
    sought = ((_LAST_RUN, period), (_LAST_PERIOD, period.previous), (_LAST_YEAR, period.last_year))
    with sealed_run(run) as new, ExitStack() as stack:
        for kind, wanted in sought:
            path = folder / f"{run.name}{kind.ending}.html"
            found, absence = None, kind.absence
            if wanted in newest:
                try:
                    found = compare(stack.enter_context(sealed_run(newest[wanted])), new)
                except ArchiveError as error:  # an earlier version's, or a broken one: no reason to be without the rest
                    absence = str(error)
            links = _links(run, kind)
            _write(path, comparison_page(found, links) if found else page_of_absence(absence, links))
            written += [path] if found else []
            since.append(Since(kind.name, path.name, found, absence))
        _write(folder / f"{run.name}{_FINDINGS}.html", page_of_findings(since))
        runs = [stack.enter_context(sealed_run(newest[p])) for p in period.comparable(newest)]
        same = [r for r in runs if fold(r.unit) == fold(new.unit) and r.readable]
        path, links = folder / f"{run.name}{_PERIODS.ending}.html", _links(run, _PERIODS)
        page = page_over_periods(over_periods(new, same), links) if same else page_of_absence(_PERIODS.absence, links)
        _write(path, page)
        written += [path] if same else []
    return written


def _links(run: Path, here: _Kind) -> list[tuple[str, str]]:
    """The pages of a run that a comparison leads to, from its own place."""
    payload = f"../{run.name}/{PAYLOAD}"
    own = [("Báo cáo", f"{payload}/bao-cao.html"), ("Trang thẩm định", f"{payload}/review/index.html")]
    others = (k for k in (_LAST_RUN, _LAST_PERIOD, _LAST_YEAR, _PERIODS) if k is not here)
    return own + [(k.name, f"{run.name}{k.ending}.html") for k in others]


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


def _write(path: Path, page: str) -> None:
    with uninterrupted():
        path.write_text(page, encoding="utf-8", newline="\n")
