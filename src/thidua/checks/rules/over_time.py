"""An indicator beside its own past: a unit that changed, a value a thousand times off, growth that it never had."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, pairwise
from statistics import median

from thidua.checks.finding import Finding
from thidua.checks.given import Given
from thidua.checks.in_words import amount, stated
from thidua.checks.past import Past
from thidua.checks.rule import FindingRule, ValueRule
from thidua.figures import Cell, Figure, Indicator
from thidua.figures.numbers import format_number
from thidua.figures.unit_sizes import factor_between
from thidua.figures.units import PERCENT, is_count
from thidua.forms.bounds import bound_for
from thidua.forms.roles import bases
from thidua.gathered import by_code
from thidua.intake.records import Record
from thidua.language.text import fold

# Between these a value is a thousand times another but for what it grew.
_THOUSAND = (Decimal(300), Decimal(3000))
# So many earlier values tell how an indicator usually moves.
_HISTORY = 3
# An indicator goes on moving as it used to, up to so many times as far; less than this is never worth a question.
_AS_USUAL, _LEAST_FACTOR, _LEAST_POINTS = 4, Decimal("1.5"), Decimal(10)


@dataclass(frozen=True)
class Reported:
    """What an indicator stated in an earlier period, or what it is compared with: the value in today's unit, its figure
    as it stands there, and whose it is, «cùng kỳ», «6 tháng đầu năm 2031»."""

    value: Decimal
    figure: Figure
    whose: str

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The submitted cells that it rests on."""
        return self.figure.cells


class UnitChanged(FindingRule):
    """A row of an earlier period under another unit, whose numbers did not follow, or cannot be compared."""

    id = "doi-don-vi-tinh"
    holds = "Một chỉ tiêu giữ đơn vị tính như kỳ trước; đổi đơn vị tính thì số phải đổi theo"
    severities = ("warning", "error")

    def find(self, given: Given) -> Iterator[Finding]:
        """An error where the number is still that of the old unit, a warning where the two cannot be compared."""
        for code, rows in by_code(r for r in given.data.records if r.kind == "indicators").items():
            row = rows[0]
            before = next((past for past in _nearest(given) if code in past), None)
            if before is not None and fold(unit := before.data.indicators[code].unit) != fold(row.text("unit")):
                factor = factor_between(unit, row.text("unit"))
                if factor != 1:
                    yield from self._changed(given.data.indicators[code], row, before, unit, factor)

    def _changed(
        self, indicator: Indicator, row: Record, before: Past, unit: str, factor: Decimal | None
    ) -> Iterator[Finding]:
        then = before.figure(indicator.code)
        now = indicator.submitted
        says = f"«{indicator.name}» đổi đơn vị tính từ {unit} ({before.period.name}) sang {indicator.unit}"
        kept = factor is not None
        if factor is None:
            says += ": không so với kỳ trước được"
        elif now.value is None or not then.value or not _as_it_was(now.value, then.value, factor):
            return
        else:
            says += f" nhưng số ghi {stated(now)} vẫn như theo đơn vị cũ (kỳ ấy {stated(then)})"
        yield self.finding(
            says,
            (row.cell("unit"), *now.cells, *then.cells),
            (indicator.code, "unit"),
            severity="error" if kept else None,
            printed=indicator.unit,
            recomputed=unit,
            suspects=now.cells if kept else (),
            figures=(now.id,),
            weight=Decimal(1),
        )


class Thousandfold(ValueRule):
    """A value that is a thousand times, or a thousandth of, its plan or what it was: tỷ under triệu, a lost mark."""

    id = "gap-nghin-lan"
    holds = "Số ghi không thể gấp nghìn lần, bằng một phần nghìn kế hoạch, cùng kỳ hoặc số kỳ trước"

    def find(self, given: Given) -> Iterator[Finding]:
        """One finding for each value, beside the nearest that shows it."""
        for indicator in given.data.indicators:
            yield from self._of(indicator, given)

    def _of(self, indicator: Indicator, given: Given) -> Iterator[Finding]:
        now = indicator.submitted
        beside = [*_beside(indicator, plans=True), *_past(indicator, given)]
        for other in beside if now.value else ():
            assert now.value is not None
            if not thousandfold(now.value, other.value, indicator.unit, is_plan=other.whose == "kế hoạch"):
                continue
            far = "gấp khoảng nghìn lần" if abs(now.value) > abs(other.value) else "chỉ bằng khoảng một phần nghìn"
            yield self.finding(
                f"{indicator.name}: ghi {stated(now)}, {far} {other.whose} "
                f"({amount(other.value, indicator.unit)}, ô {other.cells[0]})",
                (*now.cells, *other.cells),
                (indicator.code,),
                printed=stated(now),
                cause="nhầm đơn vị tính, hoặc dấu thập phân đọc thành dấu phân cách hàng nghìn",
                suspects=now.cells,
                figures=(now.id,),
                weight=Decimal(10),
            )
            return


class Growth(ValueRule):
    """A value further from that of last year than the form allows its unit, or than it ever moved by itself."""

    id = "tang-giam-bat-thuong"
    holds = "Số tăng, giảm so với cùng kỳ trong mức biểu mẫu khai (bounds) hoặc mức các năm trước của chính chỉ tiêu"
    severities = ("warning",)

    def find(self, given: Given) -> Iterator[Finding]:
        """One finding for each value, with the cells of both periods."""
        for indicator in given.data.indicators:
            now = indicator.submitted
            history = _history(indicator, given)
            beside = history[:1] or list(_beside(indicator, plans=False))
            if now.value is None or not beside:
                continue
            then = beside[0]
            if thousandfold(now.value, then.value, indicator.unit, is_plan=False):
                continue
            if said := unusual(now.value, [h.value for h in history] or [then.value], indicator.unit):
                yield self.finding(
                    f"{indicator.name}: ghi {stated(now)}, {then.whose} {amount(then.value, indicator.unit)} "
                    f"({'; '.join(map(str, then.cells))}); {said}",
                    (*now.cells, *then.cells),
                    (indicator.code,),
                    printed=stated(now),
                    figures=(now.id,),
                    weight=min(_apart(now.value, then.value), Decimal(10)),
                )


def thousandfold(now: Decimal, other: Decimal, unit: str, *, is_plan: bool) -> bool:
    """Whether a value is about a thousand times another or a thousandth of it.

    Of what is counted in whole things, a plan of a thousand may have been begun with one; measures are not so begun.
    """
    if not now or not other or unit == PERCENT:
        return False
    low, high = _THOUSAND
    ratio = abs(now / other)
    return low <= ratio <= high or (low <= 1 / ratio <= high and not (is_plan and is_count(unit)))


def unusual(now: Decimal, earlier: Sequence[Decimal], unit: str) -> str:
    """Why a value is further from the latest of earlier ones than is usual; empty where it is not.

    With several earlier values their own moves tell, the middle one of them, so that one odd year counts for nothing;
    a value within the range of the earlier ones is none. Else the form's bound for the unit holds.
    """
    then = earlier[0]
    if len(earlier) >= _HISTORY and min(earlier) <= now <= max(earlier):
        return ""
    if unit == PERCENT:
        usual = median(abs(a - b) for a, b in pairwise(earlier)) if len(earlier) >= _HISTORY else None
        points = bound_for(unit) if usual is None else max(_AS_USUAL * usual, _LEAST_POINTS)
        moved = abs(now - then)
        far = moved > points
        said, most = f"cách nhau {format_number(moved)} điểm phần trăm", f"{format_number(points)} điểm phần trăm"
    else:
        if not now or not then or now * then < 0 or _by_chance(now, then, unit):
            return ""
        factors = [_apart(a, b) for a, b in pairwise(earlier) if a and b]
        usual = median(factors) if len(earlier) >= _HISTORY and factors else None
        bound = bound_for(unit) if usual is None else max(1 + _AS_USUAL * (usual - 1), _LEAST_FACTOR)
        far = _apart(now, then) > bound
        said = f"{'gấp' if abs(now) > abs(then) else 'kém'} {format_number(_apart(now, then), 1)} lần"
        most = f"{format_number(bound, 1)} lần"
    if not far:
        return ""
    return f"{said}, quá mức {most} {'mà biểu mẫu khai' if usual is None else 'suy từ các năm trước'}"


def _by_chance(now: Decimal, then: Decimal, unit: str) -> bool:
    """Whether two counts are as far apart as chance alone may bring them: two accidents one year, seven the next."""
    return is_count(unit) and abs(now - then) ** 2 <= 25 * max(abs(now), abs(then))


def _as_it_was(now: Decimal, then: Decimal, factor: Decimal) -> bool:
    """Whether a number is nearer to what stood there in another unit than to what that comes to in this one."""
    return factor != 1 and _apart(now, then) < _apart(now, then * factor)


def _apart(one: Decimal, other: Decimal) -> Decimal:
    """How many times the greater is the lesser."""
    if not one or not other:
        return Decimal("Infinity")
    ratio = abs(one / other)
    return max(ratio, 1 / ratio)


def _nearest(given: Given) -> list[Past]:
    """The kept periods, that of last year first, then the latest."""
    others = sorted(given.past.values(), key=lambda p: (p.period.end, p.period.start), reverse=True)
    return [*given.history, *(p for p in others if p not in given.history)]


def _history(indicator: Indicator, given: Given) -> list[Reported]:
    """What it stated in the same period of earlier years, the newest first."""
    return [found for past in given.history if (found := _reported(indicator, past, past.period.name))]


def _past(indicator: Indicator, given: Given) -> list[Reported]:
    """What it stated in the nearest kept period that has it."""
    found = (_reported(indicator, past, f"số {past.period.name}") for past in _nearest(given))
    return list(islice((f for f in found if f), 1))


def _reported(indicator: Indicator, past: Past, whose: str) -> Reported | None:
    """What it stated then; none where it measures something else, or by its number still does: that is told as such."""
    now, figure = indicator.submitted.value, past.reported(indicator.code, indicator.unit)
    if figure is None or figure.value is None or past.is_of_others(indicator):
        return None
    then = past.figure(indicator.code)
    factor = factor_between(then.unit, indicator.unit)
    kept = now is not None and then.value is not None and factor is not None and _as_it_was(now, then.value, factor)
    return None if kept else Reported(figure.value, figure, whose)


def _beside(indicator: Indicator, *, plans: bool) -> Iterator[Reported]:
    """What its own row compares it with."""
    for base in bases():
        figure = indicator.values[base.key]
        if figure.value is not None and (plans or not base.is_plan):
            yield Reported(figure.value, figure, "kế hoạch" if base.is_plan else base.measure.phrase)
