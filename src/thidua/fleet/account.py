"""One account of all units: a table for the terminal, a page, what a machine reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from os.path import relpath
from pathlib import Path, PurePath
from typing import Any

import jinja2
from rich.console import Console
from rich.table import Table

from thidua.archive.storage.object_store import is_address
from thidua.fleet.outcome import NAMES, Found, Outcome, code_of
from thidua.language.text import fold
from thidua.publish.html.screen import asset
from thidua.publish.page_templates import page_templates
from thidua.settings.period import Period, is_period

# Wide enough for a row where nobody looks at a terminal: a script reads whole names.
_NO_TERMINAL = 200
_HEADS = ("Đơn vị", "Tình trạng", "Phát hiện", "Thời gian", "Báo cáo")
# Units and states keep their words together beside long lists of what is wrong; sentences keep their lines.
_STYLE = """
.said { white-space: pre-wrap; } details ol { margin: 0.25rem 0; padding-left: 1.5rem; } summary { cursor: pointer; }
@media (min-width: 48.01rem) { #bang-don-vi :is(th, td):nth-child(-n+4) { min-width: 6rem; }
  #bang-don-vi :is(th, td):nth-child(-n+2) { min-width: 11rem; } #bang-don-vi td:last-child { width: 50%; } }
"""


def in_order(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """By the names of the units."""
    return sorted(outcomes, key=lambda o: (fold(o.unit), o.params))


def as_dict(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """For JSON: the exit code and every unit."""
    return {"code": code_of(outcomes), "units": [{"code": o.code, **o.model_dump()} for o in outcomes]}


def print_account(outcomes: Sequence[Outcome], console: Console) -> None:
    """The table, a row for each unit."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in _HEADS:
        table.add_column(name, overflow="fold")
    for each in outcomes:
        where = _near(each.report or each.run) or f"{len(each.problems)} lỗi, kể riêng"
        table.add_row(each.unit, state_of(each), findings_of(each.found), duration(each.seconds), where)
    if not console.is_terminal:
        console.width = _NO_TERMINAL
    console.print(table, highlight=False, markup=False)


def troubles(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """What stood in the way of each unit that has no report, all of it."""
    for each in outcomes:
        if each.problems:
            yield f"{each.unit} ({each.params}):"
            yield from (f"  {n}. {problem}" for n, problem in enumerate(each.problems, 1))


def summary(outcomes: Sequence[Outcome]) -> str:
    """«60 đơn vị; ký được: 55 (đã có sẵn 40); dự thảo, có lỗi số liệu: 3; không lập được: 2.»."""
    parts = []
    for state, name in NAMES.items():
        of_state = [o for o in outcomes if o.state == state]
        taken = sum(o.taken for o in of_state)
        if of_state:
            parts.append(f"{name}: {len(of_state)}" + (f" (đã có sẵn {taken})" if taken else ""))
    return f"{len(outcomes)} đơn vị; {'; '.join(parts)}."


def page(outcomes: Sequence[Outcome], place: Path) -> str:
    """The same as a page of its own, to stand at ``place``; sorted and narrowed down by state in the browser."""
    environment = page_templates(
        jinja2.ChoiceLoader([jinja2.PackageLoader("thidua.fleet"), jinja2.PackageLoader("thidua.archive.comparison")])
    )
    environment.filters |= {"state": state_of, "findings": findings_of, "duration": duration}
    environment.filters["address"] = lambda report: _address(report, place)
    style = asset("styles/pages.css") + asset("styles/colours.css") + _STYLE
    return environment.get_template("units.html.j2").render(
        outcomes=outcomes,
        title=", ".join(["Báo cáo của các đơn vị", *_periods(outcomes)]),
        summary=summary(outcomes),
        states=[(s, name) for s, name in NAMES.items() if any(o.state == s for o in outcomes)],
        heads=_HEADS,
        links=(),
        style=style,
        script=asset("scripts/tables.js"),
    )


def _periods(outcomes: Sequence[Outcome]) -> list[str]:
    """The names of the periods reported on, as the params are called."""
    ids = {PurePath(o.params).stem for o in outcomes}
    return [Period.parse(id).name for id in sorted(filter(is_period, ids))]


def state_of(outcome: Outcome) -> str:
    """The state in words, with how it came about."""
    more = [", đã có sẵn"] if outcome.taken else []
    more += [f", chạy lần thứ {outcome.tries}"] if outcome.tries > 1 else []
    return NAMES[outcome.state] + "".join(more)


def findings_of(found: Found | None) -> str:
    """The counts in words, those that are nought or unknown left out."""
    if found is None:
        return ""
    counts = ((found.errors, "lỗi"), (found.accepted, "đã chấp nhận"), (found.warnings, "cảnh báo"))
    return ", ".join(f"{n} {name}" for n, name in (*counts, (found.notes, "ghi nhận")) if n) or "không"


def duration(seconds: float) -> str:
    """«12 giây», «3 phút 5 giây»."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} phút {rest} giây" if minutes else f"{rest} giây"


def _near(path: str) -> str:
    """A path from here, where that is shorter; addresses of a storage as they are."""
    if not path or is_address(path):
        return path
    return min(relpath(path), path, key=len)


def _address(report: str, place: Path) -> str:
    """How a page at a place leads to a report: by the way from there, so that all can be moved together."""
    return Path(relpath(report, place.resolve().parent)).as_posix()
