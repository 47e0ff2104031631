"""The sealed runs of the units below: which could not be taken, and what is open in those that were.

What is accepted of a run is accepted of that very run: its name goes into the finding's id.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from thidua.checks.causes.repair import Web
from thidua.checks.finding import Finding
from thidua.checks.given import Given
from thidua.checks.grid import Grid
from thidua.checks.identities.identity import Identity, Sentence
from thidua.checks.identities.identity_sentences import summed
from thidua.checks.rule import FindingRule, FollowingRule, IdentityRule
from thidua.contracts import Place
from thidua.figures import Cell
from thidua.figures.lacking import named
from thidua.forms.roles import STATED, measures
from thidua.gathered import SUM, are_apart, by_code, way_of
from thidua.intake.unit_runs import UnitFinding, UnitRun
from thidua.language.text import first_of

_NAMED = 3


class UnitNotTaken(FindingRule):
    """One for each unit of which nothing could be taken, so that each can be waited for, or let go by acceptance."""

    id = "don-vi-chua-co"
    holds = "Mỗi đơn vị khai ở gathered có lần chạy đã niêm phong, nguyên vẹn, của đúng kỳ, đúng đơn vị"

    def find(self, given: Given) -> Iterator[Finding]:
        """A unit without a run of the period, with an altered one, or with one that is not of a unit below."""
        for unit in given.data.units:
            if not unit.taken:
                yield self.finding(_not_taken(unit, given.period.name), (), (unit.name, unit.state, unit.run))


class UnitDraft(FindingRule):
    """A unit whose report is a draft still: its numbers are taken as they stand."""

    id = "don-vi-du-thao"
    holds = "Báo cáo của mỗi đơn vị khai ở gathered không còn là bản dự thảo"
    severities = ("warning",)

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each such unit, with how many errors are open there."""
        for unit in given.data.units:
            if unit.state == "draft":
                message = f"Báo cáo của {unit.name} còn là bản dự thảo, có {unit.errors} lỗi chưa được giải quyết"
                yield self.finding(f"{message} (lần chạy {unit.run})", (), (unit.name, unit.run))


class UnitInDoubt(FindingRule):
    """A unit of which there may be more, or another one, than was taken."""

    id = "don-vi-chua-ro"
    holds = "Lần chạy đã lấy là tất cả số liệu của đơn vị ấy, không lẫn với đơn vị khác cùng tên"
    severities = ("warning",)

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each such unit, and one for what is in doubt of several."""
        units = given.data.units
        who = {doubt: [u.name for u in units if doubt in u.doubts] for u in units for doubt in u.doubts}
        for unit in units:
            if alone := [doubt for doubt in unit.doubts if len(who[doubt]) == 1]:
                yield self.finding(f"{unit.name}: {'; '.join(alone)}", (), (unit.name, unit.run))
        for doubt, names in who.items():
            if len(names) > 1:
                yield self.finding(f"{named(names, _NAMED)}: {doubt}", (), (doubt,))


class UnitOtherForm(FindingRule):
    """A unit whose workbooks this version of the forms reads otherwise than the version that its report was made by."""

    id = "don-vi-khac-mau"
    holds = "Biểu của mỗi đơn vị khai ở gathered đọc được theo mẫu biểu hiện nay, ra đúng số mà báo cáo của đơn vị nêu"

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each such unit, with the first differences."""
        for unit in given.data.units:
            if unit.unlike:
                told = first_of([u.rstrip(".") for u in unit.unlike], _NAMED, "chỗ")
                yield self.finding(f"{unit.name} dùng mẫu biểu khác mẫu hiện nay: {told}", (), (unit.name, unit.run))


class UnitErrors(FollowingRule):
    """What a unit's own checks found and is open there is open here; what the unit accepted is accepted here too."""

    id = "don-vi-con-loi"
    holds = "Lỗi trong số liệu của mỗi đơn vị khai ở gathered đã được giải quyết ở báo cáo của đơn vị"
    severities = ("error", "warning")

    def follow(self, given: Given, web: Web, findings: Sequence[Finding]) -> list[Finding]:
        """The findings, those accepted that a unit accepted; then what units found and these do not tell already."""
        found = list(findings)
        for unit in given.data.units:
            for theirs in unit.findings:
                cells = frozenset(map(_cell, theirs.cells))
                same = [n for n, f in enumerate(found) if f.rule == theirs.rule and _tells(f, cells, unit, given)]
                if theirs.accepted_by:
                    by = f"{theirs.accepted_by} ({unit.name})"
                    for n in (n for n in same if set(found[n].cells) <= cells):
                        found[n] = replace(found[n], accepted=True, accepted_by=by, accepted_why=theirs.accepted_why)
                elif not same:
                    found += self._passed_on(unit, theirs)
                elif not any(found[n].suspects for n in same):
                    # Whatever is found here again, what the unit withheld stays withheld.
                    found[same[0]] = replace(found[same[0]], suspects=tuple(map(_cell, theirs.doubts)))
        return found

    def _passed_on(self, unit: UnitRun, theirs: UnitFinding) -> Iterator[Finding]:
        if theirs.severity == "error" or theirs.doubts:
            yield self.finding(
                f"{unit.name} chưa giải quyết trong báo cáo của mình: {theirs.message}",
                map(_cell, theirs.cells),
                (unit.name, theirs.id),
                severity="error" if theirs.severity == "error" else "warning",
                suspects=map(_cell, theirs.doubts),
            )


class DepartmentAndUnits(IdentityRule):
    """A number that a department states for the whole, against what the units below come to."""

    id = "gop-khac-so"
    holds = "Số mà cơ quan của đơn vị nêu cho toàn địa bàn phải bằng số của các đơn vị khai ở gathered cộng lại"
    severities = ("warning",)

    def identities(self, given: Given) -> Iterator[Identity]:
        """One for each column of a row that is added up, where every unit's run was taken and states it."""
        if not given.data.units or not all(unit.taken for unit in given.data.units):
            return
        rows = by_code(r for r in given.data.records if r.kind == "indicators")
        for indicator in given.data.indicators:
            below = given.data.put_together(indicator.code)
            if (
                below is None
                or are_apart(rows[indicator.code], given.data.asked.names)
                or way_of(rows[indicator.code][0]) != SUM
            ):
                continue
            for measure in measures():
                own, theirs = indicator.values[measure.key], below.values[measure.key]
                if own.cell and not theirs.missing and len(theirs.cells) >= len(given.data.units):
                    codes = (indicator.code, measure.key)
                    about = [indicator.name, *([] if measure.role in STATED else [measure.noun])]
                    yield self.identity("sum", codes, own, "=", theirs, ", ".join(about))

    def said(self, identity: Identity, grid: Grid) -> Sentence:
        """What the department states and what the units come to."""
        return summed(identity, "các đơn vị")


def _tells(finding: Finding, cells: frozenset[Cell], unit: UnitRun, given: Given) -> bool:
    """Whether a finding is about cells of these, and of no other unit."""
    return bool(cells & set(finding.cells)) and all(given.unit(cell.file) == unit.name for cell in finding.cells)


def _not_taken(unit: UnitRun, period: str) -> str:
    if unit.state == "altered":
        return f"{unit.name}: lần chạy {unit.run} không còn nguyên vẹn ({unit.why}), chưa lấy số nào của đơn vị này"
    if unit.state == "other":
        return f"{unit.name}: không lấy lần chạy {unit.run} vì {unit.why}"
    return f"{unit.name} chưa có báo cáo {period}: {unit.why}"


def _cell(place: Place) -> Cell:
    return Cell(place.file, place.sheet, place.cell)
