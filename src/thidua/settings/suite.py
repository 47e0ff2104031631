"""Where a report lies: the folder of its suite, and of the periods that the suite has the params of one."""

from __future__ import annotations

from pathlib import Path

from thidua.errors import InputError, Problem
from thidua.settings.asked_period import wrong_period
from thidua.settings.period import Period


def suite_around(start: Path) -> Path:
    """The nearest folder, from ``start`` up, that holds params/ and data/. InputError where there is none."""
    for folder in (start, *start.parents):
        if (folder / "params").is_dir() and (folder / "data").is_dir():
            return folder
    problem = Problem(
        "",
        "",
        "",
        f"không thấy thư mục params/ và data/ ở {start.name} hay các thư mục trên",
        "mở notebook trong thư mục của bộ báo cáo",
    )
    raise InputError([problem])


def params_file_of(root: Path, period: str | None) -> Path:
    """Where the params of a period are, without one those of the latest that the suite has.

    InputError where that is no period, or the suite has none.
    """
    folder = root / "params"
    if not period:
        return _latest(folder)
    if not Period.is_id(period.strip()):
        raise InputError([wrong_period(period)])
    return folder / f"{period.strip()}.yaml"


def _latest(folder: Path) -> Path:
    periods = []
    for file in folder.glob("*.yaml"):
        try:
            period = Period.parse(file.stem)
        except ValueError:
            continue
        periods.append((period.end, period.start, file))
    if not periods:
        raise InputError([Problem("params", "", "", "chưa có tệp tham số nào", "một tệp params/<kỳ>.yaml")])
    # Of periods that end on one day the longest is the latest: a year outranks its last quarter.
    return max(periods, key=lambda p: (p[0], -p[1].toordinal()))[2]
