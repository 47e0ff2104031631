"""Values that cannot be, whatever the other numbers say: negative counts, shares above the whole, slipped decimals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from thidua.checks.finding import Finding, Severity
from thidua.checks.wording import stated
from thidua.dataset import Award, Dataset
from thidua.figures import Figure, Indicator
from thidua.figures.numbers import format_number
from thidua.figures.units import PERCENT, is_count
from thidua.intake.cells import Number
from thidua.intake.records import Record
from thidua.text import fold

# Of these the value itself is the cause, and nothing can be worked out from it.
_WRONG_THEMSELVES = ("so-am", "so-dem-le", "ty-le-qua-100")
# Percentages of a plan or of last year outside this band are hardly ever meant; most are a decimal mark that slipped.
_UNUSUAL = (Decimal(3), Decimal(300))
# Rows in percent whose name has one of these words are no shares of a whole and may exceed a hundred.
_NO_SHARE = ("kế hoạch", "dự toán", "so với", "tăng", "giảm", "chỉ số", "cùng kỳ")


def impossible_values(data: Dataset) -> Iterator[Finding]:
    for indicator in data.indicators:
        for figure in (indicator.actual, indicator.cumulative, indicator.plan, indicator.plan_upper, indicator.last):
            if figure.value is not None:
                yield from _stated(indicator, figure, figure.value)
        for printed in (indicator.printed_to_plan, indicator.printed_to_upper, indicator.printed_to_last):
            if printed.value is not None:
                yield from _percentage(indicator, printed, printed.value)
        yield from _growth(indicator)
        yield from _without_value(indicator)
    for award in data.awards:
        yield from _award(award)
    for record in data.records:
        yield from _ends(record)


def _stated(indicator: Indicator, figure: Figure, value: Decimal) -> Iterator[Finding]:
    if value < 0:
        yield _finding("so-am", "error", figure, f"{figure.label}: ghi {stated(figure)}, số này không thể âm")
    if is_count(indicator.unit) and value != value.to_integral_value():
        message = f"{figure.label}: ghi {stated(figure)}, nhưng {indicator.unit} là số đếm, không có phần lẻ"
        yield _finding("so-dem-le", "warning", figure, message)
    whole = indicator.unit == PERCENT and not any(word in fold(indicator.name) for word in _NO_SHARE)
    if whole and value > 100:
        message = f"{figure.label}: ghi {stated(figure)}, một tỷ lệ trên tổng thể không thể quá 100%"
        yield _finding("ty-le-qua-100", "error", figure, message)


def _percentage(indicator: Indicator, printed: Figure, value: Decimal) -> Iterator[Finding]:
    if value < 0:
        yield _finding("so-am", "error", printed, f"{printed.label}: ghi {stated(printed)}, tỷ lệ không thể âm")
    elif not _UNUSUAL[0] <= value <= _UNUSUAL[1] and value != 0:
        message = f"{printed.label}: ghi {stated(printed)}, mức ít gặp; có thể dấu thập phân bị trượt"
        yield _finding("ty-le-bat-thuong", "warning", printed, message)


def _growth(indicator: Indicator) -> Iterator[Finding]:
    printed = indicator.printed_change
    if printed.value is None:
        return
    if printed.value < -100:
        message = f"{printed.label}: ghi {stated(printed)}, không thể giảm quá 100%"
        yield _finding("so-am", "error", printed, message)
    elif printed.value > _UNUSUAL[1]:
        message = f"{printed.label}: ghi {stated(printed)}, mức ít gặp; có thể dấu thập phân bị trượt"
        yield _finding("ty-le-bat-thuong", "warning", printed, message)


def _without_value(indicator: Indicator) -> Iterator[Finding]:
    """A percentage of a plan alone tells neither what was done nor what was planned."""
    printed = indicator.printed_to_plan
    if printed.value is not None and indicator.submitted.missing:
        message = (
            f"{indicator.name}: chỉ ghi đạt {stated(printed)} kế hoạch, không có số thực hiện và kế hoạch; cũng có thể "
            f"{stated(printed)} là chính mức thực hiện"
        )
        yield _finding("thieu-so-thuc-hien", "note", printed, message)


def _award(award: Award) -> Iterator[Finding]:
    counts = (award.collective, award.individual, award.household, award.base_collective, award.base_individual)
    for figure in counts:
        if figure.value is None:
            continue
        if figure.value < 0:
            yield _finding("so-am", "error", figure, f"{figure.label}: ghi {stated(figure)}, số này không thể âm")
        if figure.value != figure.value.to_integral_value():
            message = f"{figure.label}: ghi {stated(figure)}, nhưng đây là số đếm, không có phần lẻ"
            yield _finding("so-dem-le", "error", figure, message)
    for share in (award.printed_share_collective, award.printed_share_individual):
        if share.value is not None and share.value > 100:
            message = f"{award.name}: tỷ lệ cơ sở, lao động trực tiếp ghi {stated(share)}, không thể quá 100%"
            yield _finding("ty-le-qua-100", "error", share, message)


def _ends(record: Record) -> Iterator[Finding]:
    """A range's lower end above its upper one, where a form has columns «…_from» and «…_to»."""
    for key, low in record.values.items():
        other = f"{key.removesuffix('_from')}_to"
        high = record.values.get(other) if key.endswith("_from") else None
        if isinstance(low, Number) and isinstance(high, Number) and low.value > high.value:
            low_text, high_text = (format_number(n.value, n.decimals) for n in (low, high))
            yield Finding(
                rule="khoang-nguoc",
                severity="error",
                message=f"{record.text('name')}: khoảng từ {low_text} đến {high_text} có đầu dưới lớn hơn đầu trên",
                printed=low_text,
                recomputed="",
                cells=(record.cell(key), record.cell(other)),
                codes=(record.kind, record.text("code") or record.text("name"), key),
            )


def _finding(rule: str, severity: Severity, figure: Figure, message: str) -> Finding:
    cells = (figure.cell,) if figure.cell else ()
    return Finding(
        rule,
        severity,
        message,
        stated(figure),
        "",
        cells,
        codes=(figure.id,),
        suspects=cells if rule in _WRONG_THEMSELVES else (),
        figures=(figure.id,),
        weight=Decimal(1),
    )
