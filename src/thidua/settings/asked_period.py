"""A period as somebody asks for it: its params file, or what to type instead where there is none."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from thidua.errors import Problem
from thidua.language.text import nearest
from thidua.machine.to_type import as_typed
from thidua.settings.named_periods import named_periods
from thidua.settings.period import FORMS, Period

_PART = r"(?P<part>H[12]|FY|Q[1-4]|9M|M(?:0?[1-9]|1[0-2]))"
_YEAR = r"(?P<year>(?:19|20|21)[0-9]{2})"
# How many periods are named of those that there are.
_NAMED = 4
_LOOSE = tuple(
    re.compile(rf"(?<!\w){one}[\W_]*{other}(?!\w)", re.IGNORECASE) for one, other in ((_YEAR, _PART), (_PART, _YEAR))
)


def no_params(file: Path) -> Problem:
    """What is said of a period whose params file is not there: how to begin it, or which one may have been meant."""
    return Problem(file.name, "", "", "không tìm thấy tệp tham số", _instead(file.stem, file.parent))


def no_period(typed: str, params: Path) -> Problem:
    """What is said of something typed for a period that is neither one of those in ``params`` nor a params file."""
    if Period.is_id(typed):
        return Problem("", "", "", f"kỳ {typed} chưa có tệp tham số params/{typed}.yaml", _instead(typed, params))
    if typed and Path(typed).is_dir():
        kept = _kept(params)
        wanted = f"một kỳ, ví dụ {kept[-1].id}, hoặc tệp tham số của kỳ" if kept else FORMS
        return Problem("", "", "", f"«{typed}» là thư mục", f"{wanted}; chọn bộ báo cáo khác thì thêm --root")
    period = meant(typed)
    return replace(wrong_period(typed), expected=_instead(period.id if period else Path(typed).stem, params))


def wrong_period(typed: str) -> Problem:
    """What is said of something typed for a period that is none, whichever periods there are."""
    period = meant(typed)
    return Problem("", "", "", f"«{typed}» không phải một kỳ báo cáo", f"ghi là «{period.id}»" if period else FORMS)


def not_begun(period: Period, params: Path) -> Problem:
    """What is said of a period without params where one that has them is wanted."""
    kept = ", ".join(p.id for p in _kept(params)[-_NAMED:])
    found = f"kỳ {period.id} chưa có tệp tham số params/{period.id}.yaml"
    return Problem("", "", "", found, f"một kỳ đã có: {kept}" if kept else "một kỳ có tệp trong params/")


def meant(text: str) -> Period | None:
    """The period that a text means which is no id: «2031-h1», «H1/2031», «2031-H1.yml», «6 tháng đầu năm 2031».

    None where it means none, or only a year.
    """
    for form in _LOOSE:
        if hit := form.search(text):
            part = hit["part"].upper()
            return Period(int(hit["year"]), f"M{int(part[1:]):02d}" if part[0] == "M" else part)
    named = next((n for n in named_periods(text) if n.exact and not n.open_year and not n.whole_year), None)
    if named is None:
        return None
    parts = ("H1", "H2", "9M", *(f"Q{n}" for n in range(1, 5)), *(f"M{n:02d}" for n in range(1, 13)))
    return next((p for part in parts if named.is_period(p := Period(named.first.year, part))), None)


def _instead(name: str, params: Path) -> str:
    """What to do where a period has no params: begin it, or name one that has."""
    kept = _kept(params)
    if Period.is_id(name):
        asked = Period.parse(name)
        if asked in kept:
            return f"ghi là «{asked.id}»"
        if not kept:
            return "một tệp params/<kỳ>.yaml có thật"
        before = [p for p in kept if p.end < asked.end] or kept
        command = as_typed("new", name, "--from", before[-1].id, root=params.parent)
        return f"lập tham số của kỳ mới bằng lệnh: {command}; các kỳ đã có: {', '.join(p.id for p in kept[-_NAMED:])}"
    if (period := meant(name)) is not None:
        return f"ghi là «{period.id}»"
    near = nearest(name, [p.id for p in kept])
    return f"{FORMS}; gần nhất là «{near}»" if near else FORMS


def _kept(params: Path) -> list[Period]:
    """The periods that have a params file, by when they end."""
    periods = (Period.parse(p.stem) for p in params.glob("*.yaml") if Period.is_id(p.stem))
    return sorted(periods, key=lambda p: (p.end, -p.start.toordinal()))
