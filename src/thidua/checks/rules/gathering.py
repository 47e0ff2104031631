"""What several sub-units or units below state of one row: what cannot be put together, what one of them lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from thidua.checks.finding import Finding
from thidua.checks.given import Given
from thidua.checks.rule import FindingRule
from thidua.figures import Cell
from thidua.figures.lacking import named
from thidua.figures.unit_sizes import factor_into
from thidua.forms.roles import STATED, measures
from thidua.gathered import are_apart, by_code, way_of
from thidua.intake.records import Record
from thidua.language.text import first_of, fold

# How many rows a finding names.
_NAMED = 4


class GatheredRate(FindingRule):
    """Rates that sub-units state each for itself: neither their sum nor their mean is the whole's rate."""

    id = "gop-ty-le"
    holds = "Tỷ lệ mà nhiều đơn vị cùng nộp phải có «Cách gộp» (bình quân theo quyền số, mới nhất) hoặc «Cách tính»"
    severities = ("warning",)

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each row that has several values and no way to make one of them."""
        for row in _several(given):
            if way_of(row.first) or row.first.text("formula"):
                continue
            cells = [cell for record in row.parts for cell in _stated(record).values()]
            if cells:
                yield self.finding(
                    f"{row.first.text('name')} ({row.first.text('unit')}): {len(row.parts)} đơn vị cùng nộp, chưa có "
                    "cách gộp, nên báo cáo không nêu số chung",
                    cells,
                    (row.code,),
                )


class LacksItsPart(FindingRule):
    """What is added up from several sub-units lacks the part of one that left its cells empty.

    Of the units below those are asked whose level has the row (``AskedUnits``). Who states the column that most state
    not, but another one, is told too: the two are not added up.
    """

    id = "gop-thieu"
    holds = "Số gộp từ nhiều đơn vị phải có phần của từng đơn vị, ghi ở cùng một cột; đơn vị không có thì ghi 0"
    severities = ("warning",)

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each sub-unit, with the rows that others have and it has not."""
        rows = _several(given)
        among = {who: group for row in rows for who, group in row.groups.items()}
        called = {m.key: m.noun for m in measures()}
        codes = _codes_by_name(given)
        lacking: dict[str, list[tuple[str, str, Cell | None]]] = defaultdict(list)
        for row in rows:
            stated = {key for record in row.parts for key in _stated(record)}
            groups = set(row.groups.values())
            if row.below:
                asked = sorted(given.data.asked.of(row.by_who.keys()) & given.data.asked.reporting)
            else:
                asked = [who for who, group in among.items() if group in groups]
            for who in asked:
                own = row.by_who.get(who, [])
                theirs = {key for record in own for key in _stated(record)}
                if missed := [called[m.key] for m in measures() if m.key in stated - theirs]:
                    name = f"«{row.first.text('name')}»"
                    if theirs:
                        name += f" ({', '.join(missed)})"
                    elif row.below and (other := _renamed(row, who, codes)):
                        name += f" (có ở dòng mang mã khác: {other})"
                    lacking[who].append((row.code, name, own[0].cell("name") if own else None))
        for who, found in lacking.items():
            names = first_of([name for _, name, _ in found], _NAMED, "chỉ tiêu")
            yield self.finding(
                f"{given.params.submitter(who) or who} để trống số mà đơn vị khác có, số gộp chưa có phần này: {names}",
                [cell for _, _, cell in found if cell],
                (who, *(code for code, _, _ in found)),
            )


class OtherMeasure(FindingRule):
    """What a unit below counts in something that cannot be turned into what the others count in."""

    id = "gop-don-vi-tinh"
    holds = "Các đơn vị tính một chỉ tiêu bằng đơn vị tính quy đổi được ra nhau (ha và m2, tấn và kg)"

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each row and unit of measure that are left out for it, with the units below."""
        for code, same in by_code(r for r in given.data.records if r.kind == "indicators").items():
            if are_apart(same, given.data.asked.names):
                continue
            unit = same[0].text("unit")
            other: dict[str, list[Record]] = defaultdict(list)
            for record in same:
                if given.unit(record.file) and factor_into(record.text("unit"), unit) is None:
                    other[record.text("unit")].append(record)
            for theirs, records in other.items():
                who = list(dict.fromkeys(given.unit(r.file) for r in records))
                yield self.finding(
                    f"{records[0].text('name')}: {named(who, _NAMED)} tính bằng «{theirs}», không quy ra «{unit}» "
                    "được, nên số gộp chưa có phần này",
                    [cell for r in records for cell in (r.cell("unit"), *_stated(r).values())],
                    (*who, code),
                )


@dataclass(frozen=True)
class _Row:
    """A row that several state: its code, who they are, whether they are units below; the first row says what it is."""

    code: str
    first: Record
    parts: tuple[Record, ...]
    unit: Callable[[str], str]

    @property
    def below(self) -> bool:
        return bool(self.unit(self.parts[0].file))

    @cached_property
    def by_who(self) -> dict[str, list[Record]]:
        """The rows of each who states it: a unit below, else a workbook of sub-units."""
        found: dict[str, list[Record]] = defaultdict(list)
        for record in self.parts:
            found[self.unit(record.file) or record.file].append(record)
        return dict(found)

    @cached_property
    def groups(self) -> dict[str, str]:
        """Who states it, each with what holds those together that are asked for the same rows."""
        return {who: "" if self.below else rows[0].folder for who, rows in self.by_who.items()}


def _several(given: Given) -> list[_Row]:
    """The rows that are put together; where a department states the whole itself, nothing is."""
    found = []
    for code, same in by_code(r for r in given.data.records if r.kind == "indicators").items():
        own = [r for r in same if not given.unit(r.file)]
        theirs = [r for r in same if given.unit(r.file)]
        if theirs and any(key in _stated(r) for r in own for key in _whole()):
            continue
        parts = tuple(theirs or own)
        if code and len(parts) > 1 and not are_apart(same, given.data.asked.names):
            found.append(_Row(code, same[0], parts, given.unit))
    return found


def _codes_by_name(given: Given) -> dict[str, dict[str, set[str]]]:
    """The codes that the units below have under each name, as it is compared, and who has them."""
    folded = cache(fold)
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for record in given.data.records:
        if record.kind == "indicators" and (who := given.unit(record.file)):
            found[folded(record.text("name"))][record.text("code")].add(who)
    return found


def _renamed(row: _Row, who: str, codes: Mapping[str, Mapping[str, set[str]]]) -> str:
    """The code under which a unit below has a row that it lacks: of the same name, and nobody has both."""
    others = row.by_who.keys() - {who}
    known = codes[fold(row.first.text("name"))]
    return next((c for c, units in known.items() if c != row.code and who in units and units.isdisjoint(others)), "")


def _whole() -> list[str]:
    return [m.key for m in measures() if m.role in STATED]


def _stated(row: Record) -> dict[str, Cell]:
    """The cells of a row that state something, by the column."""
    return {m.key: row.cell(m.key) for m in measures() if m.key in row.values}
