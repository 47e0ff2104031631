"""What stands twice: a value in two rows where nothing makes them equal, a whole row, a name with two values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from thidua.checks.agreement import step_of
from thidua.checks.causes.repair import Web
from thidua.checks.finding import Finding
from thidua.checks.given import Given
from thidua.checks.grid import Grid, Place
from thidua.checks.identities.identity import AT_LEAST
from thidua.checks.in_words import amount, stated
from thidua.checks.rule import FindingRule, FollowingRule
from thidua.figures import Cell, Figure, Indicator
from thidua.figures.unit_sizes import factor_between
from thidua.figures.units import PERCENT
from thidua.forms.roles import STATED, measures
from thidua.intake.cells import Number
from thidua.intake.records import Record
from thidua.language.text import fold

_DIGITS = 3
# Cells of an identity that binds each to each.
_FEW = 12
# What a copied row gets anew.
_OWN = frozenset(("code", "tt", "place"))


class EqualValues(FollowingRule):
    """Equal values of one unit in neighbouring rows, or of one form, that no identity binds and no finding names."""

    id = "trung-gia-tri"
    holds = f"Hai dòng cùng cột, cùng đơn vị tính thường không trùng một số có từ {_DIGITS} chữ số"
    severities = ("note",)

    def follow(self, given: Given, web: Web, findings: Sequence[Finding]) -> list[Finding]:
        """The findings, then one for each value of a column that stands at several places, however many."""
        known = {cell for f in findings for cell in f.cells}
        found = list(findings)
        for places in _columns(given.grid):
            same: dict[object, list[Place]] = defaultdict(list)
            for place in places:
                if _digits(place) >= _DIGITS:
                    same[place.number.value].append(place)
            for group in same.values():
                alike: dict[Cell, Place] = {}
                for first, second in pairwise(group):
                    one, other = first.cell, second.cell
                    if one not in known and other not in known and not _are_bound(one, other, web):
                        alike |= {one: first, other: second}
                if alike:
                    found.append(self._copied(list(alike.values())))
        return found

    def _copied(self, places: list[Place]) -> Finding:
        first = places[0]
        value = amount(first.number.value, first.record.text("unit"), first.number.decimals)
        near = all(below.record.row - above.record.row <= 2 for above, below in pairwise(places))
        *names, last = (f"«{p.row_name}»" for p in reversed(places))
        return self.finding(
            f"{', '.join(names)} và {last} cùng ghi {value}; nếu không phải trùng hợp thì một số đã chép nhầm",
            (p.cell for p in places),
            (*(p.record.text("code") for p in places), first.column.key),
            printed=value,
            cause="chép từ dòng trên" if near else "",
            suspects=(p.cell for p in places[1:]) if near else (),
        )


class RowTwice(FindingRule):
    """Rows of a sheet that say the same in every column but their code, their number and their place.

    The list of documents has a rule of its own.
    """

    id = "lap-dong"
    holds = "Mỗi việc, mỗi chỉ tiêu đứng một dòng trong trang"
    severities = ("warning",)

    def find(self, given: Given) -> Iterator[Finding]:
        """One finding for all rows that say the same."""
        same: dict[object, list[Record]] = defaultdict(list)
        title = ""
        for record in (r for r in given.data.records if r.kind != "register"):
            # The kinds of a title stand below it and are told apart by it.
            title = record.text("name") if record.text("tt") and record.text("tt") != "-" else title
            above = title if record.kind == "awards" else ""
            if said := tuple((k, _plain(v)) for k, v in sorted(record.values.items()) if k not in _OWN):
                same[record.file, record.sheet, record.kind, above, said].append(record)
        for rows in same.values():
            # A name alone may head several groups.
            if len(rows) > 1 and (len(rows[0].values.keys() - _OWN) > 1 or rows[0].kind != "awards"):
                name = rows[0].text("name") or rows[0].text("content") or rows[0].text("title")
                key = next(k for k in ("name", "content", "title") if rows[0].text(k))
                yield self.finding(
                    f"«{name}» ghi {len(rows)} dòng giống hệt nhau, dòng {', '.join(str(r.row) for r in rows)} "
                    f"trang {rows[0].sheet} ({rows[0].file})",
                    (r.cell(key) for r in rows),
                    (rows[0].kind, *(r.text("code") for r in rows), name),
                )


class OneNameTwoValues(FollowingRule):
    """Indicators of one name and of units that measure the same, with other values in two workbooks, where no other
    finding tells of the two already."""

    id = "mot-ten-hai-so"
    holds = "Một chỉ tiêu hai đơn vị cùng báo cáo thì hai số phải như nhau"
    severities = ("warning",)

    def follow(self, given: Given, web: Web, findings: Sequence[Finding]) -> list[Finding]:
        """The findings so far, and one for each pair of values."""
        found = list(findings)
        told = [set(f.cells) for f in findings]
        named: dict[tuple[str, ...], list[Indicator]] = defaultdict(list)
        for indicator in given.data.indicators:
            above = given.data.indicators[indicator.parent].name if indicator.parent in given.data.indicators else ""
            named[fold(indicator.name), fold(above)].append(indicator)
        for rows in named.values():
            for first, second in combinations(rows, 2):
                if first.department != second.department and not _of_parts(first, second):
                    found += self._of(first, second, told)
        return found

    def _of(self, first: Indicator, second: Indicator, told: list[set[Cell]]) -> Iterator[Finding]:
        factor = factor_between(second.unit, first.unit)
        pairs = [(first.submitted, second.submitted)]
        pairs += [(first.values[m.key], second.values[m.key]) for m in measures() if m.role not in STATED]
        for one, other in pairs if factor is not None else ():
            if one.value is None or other.value is None or {one.quality, other.quality} & set(AT_LEAST):
                continue
            assert factor is not None
            steps = step_of(one.value, one.decimals), step_of(other.value, other.decimals) * factor
            apart = abs(one.value - other.value * factor)
            if (apart <= max(steps) / 2 if steps[0] != steps[1] else not apart) or any(
                {*one.cells, *other.cells} <= t for t in told
            ):
                continue
            yield self.finding(
                f"«{first.name}» ghi {stated(one)} ({_places(one)}) và {stated(other)} ({_places(other)}); "
                "nếu khác phạm vi thì tên chỉ tiêu phải nói rõ",
                (*one.cells, *other.cells),
                (first.code, second.code, one.id.rpartition(".")[2]),
                printed=stated(one),
                recomputed=stated(other),
                figures=(one.id, other.id),
            )


def _of_parts(first: Indicator, second: Indicator) -> bool:
    """Whether units below state the two, and not the same ones: each is a part then, and they need not agree."""
    return bool(first.done_by or second.done_by) and set(first.done_by) != set(second.done_by)


def _places(figure: Figure) -> str:
    """The cell of a submitted value; of one put together, the first and how many more."""
    first, *others = figure.cells
    return f"{first} và {len(others)} ô khác" if others else str(first)


def _plain(value: object) -> object:
    return value.value if isinstance(value, Number) else fold(str(value))


def _columns(grid: Grid) -> Iterable[list[Place]]:
    """The numbers of each column of indicators that are of one unit, percentages left out."""
    columns: dict[tuple[str, ...], list[Place]] = defaultdict(list)
    for place in grid:
        unit = place.record.text("unit")
        if place.record.kind == "indicators" and unit != PERCENT and place.column.type == "number":
            columns[place.cell.file, place.cell.sheet, place.column.key, unit].append(place)
    return columns.values()


def _are_bound(one: Cell, other: Cell, web: Web) -> bool:
    """Whether some identity of few cells binds the two: their being equal is no accident."""
    return any(other in identity.cells and len(identity.cells) <= _FEW for identity in web.at(one))


def _digits(place: Place) -> int:
    return len(place.number.value.normalize().as_tuple().digits)
