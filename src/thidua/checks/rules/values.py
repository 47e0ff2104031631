"""Values that cannot be, whatever the other numbers say: negative counts, shares above the whole, slipped decimals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from thidua.checks.finding import Finding, Severity
from thidua.checks.given import Given
from thidua.checks.in_words import stated
from thidua.checks.placed import SHARES
from thidua.checks.rule import ValueRule
from thidua.figures import Figure, Indicator
from thidua.figures.award import Award
from thidua.figures.numbers import format_number
from thidua.figures.units import PERCENT, is_count
from thidua.forms.roles import bases, indicator_form, measures
from thidua.intake.cells import Number
from thidua.language.text import fold
from thidua.settings.reading import reading

# Percentages of a plan or of last year outside this band are hardly ever meant; most are a decimal mark that slipped.
_UNUSUAL = (Decimal(3), Decimal(300))


class _OneValue(ValueRule):
    """A rule about one figure by itself, whose finding says what it states and why that cannot be.

    ``at_fault`` is whether the value itself is the cause, so that nothing can be worked out from it.
    """

    at_fault = True

    def of(self, figure: Figure, why: str, severity: Severity | None = None, said: str = "") -> Finding:
        cells = figure.cells
        return self.finding(
            f"{said or f'{figure.label}: ghi {stated(figure)}'}, {why}",
            cells,
            (figure.id,),
            severity=severity,
            printed=stated(figure),
            suspects=cells if self.at_fault else (),
            figures=(figure.id,),
            weight=Decimal(1),
        )


class Negative(_OneValue):
    """A number below nought where nothing can be, or a fall by more than all."""

    id = "so-am"
    holds = "Số lượng và tỷ lệ không thể âm, trừ dòng đếm mức tăng, giảm; không gì giảm quá 100%"

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each number or percentage below zero, and each change below -100 %."""
        for indicator in given.data.indicators:
            for figure, value in _with_values(*_numbers(indicator)):
                if value < 0 and not indicator_form().signed.covers(indicator.name):
                    yield self.of(figure, "số này không thể âm; chỉ dòng đếm mức tăng, giảm được ghi số âm")
            for figure, value in _with_values(*_percentages(indicator)):
                if value < 0:
                    yield self.of(figure, "tỷ lệ không thể âm")
            for figure, value in _with_values(*_changes(indicator)):
                if value < -100:
                    yield self.of(figure, "không thể giảm quá 100%")
        for award in given.data.awards:
            for figure, value in _with_values(*_counts(award)):
                if value < 0:
                    yield self.of(figure, "số này không thể âm")


class Fraction(_OneValue):
    """A part of something that is only counted whole."""

    id = "so-dem-le"
    holds = "Số đếm (người, hộ, hồ sơ và các thứ như vậy) không có phần lẻ"
    severities = ("warning", "error")

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each count with decimals that are not zero; of awards an error."""
        for indicator in given.data.indicators:
            for figure, value in _with_values(*_numbers(indicator)) if is_count(indicator.unit) else ():
                if value != value.to_integral_value():
                    yield self.of(figure, f"nhưng {indicator.unit} là số đếm, không có phần lẻ")
        for award in given.data.awards:
            for figure, value in _with_values(*_counts(award)):
                if value != value.to_integral_value():
                    yield self.of(figure, "nhưng đây là số đếm, không có phần lẻ", "error")


class BeyondWhole(_OneValue):
    """A share that is more than the whole."""

    id = "ty-le-qua-100"
    holds = "Một tỷ lệ trên tổng thể không thể quá 100%"

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each share above 100 %, of indicators in percent and of awards."""
        for indicator in given.data.indicators:
            whole = indicator.unit == PERCENT and not any(word in fold(indicator.name) for word in reading().no_shares)
            for figure, value in _with_values(*_numbers(indicator)) if whole else ():
                if value > 100:
                    yield self.of(figure, "một tỷ lệ trên tổng thể không thể quá 100%")
        for award in given.data.awards:
            for share, value in _with_values(*(award.values[printed] for _, _, printed, _ in SHARES)):
                if value > 100:
                    said = f"{award.name}: tỷ lệ cơ sở, lao động trực tiếp ghi {stated(share)}"
                    yield self.of(share, "không thể quá 100%", said=said)


class Unusual(_OneValue):
    """A ratio so far from what is usual that a slip is likelier."""

    id = "ty-le-bat-thuong"
    holds = f"Tỷ lệ so với kế hoạch, so với cùng kỳ thường từ {_UNUSUAL[0]}% đến {_UNUSUAL[1]}%"
    severities = ("warning",)
    at_fault = False

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each percentage far below or far above what plans and comparisons come to."""
        least, most = _UNUSUAL
        for indicator in given.data.indicators:
            for figure, value in _with_values(*_percentages(indicator)):
                if 0 < value < least or value > most:
                    yield self._of(figure)
            for figure, value in _with_values(*_changes(indicator)):
                if value > most:
                    yield self._of(figure)

    def _of(self, figure: Figure) -> Finding:
        return self.of(figure, "mức ít gặp; có thể dấu thập phân bị trượt")


class NoValue(_OneValue):
    """A percentage of a plan alone tells neither what was done nor what was planned."""

    id = "thieu-so-thuc-hien"
    holds = "Có tỷ lệ so với kế hoạch thì phải có số thực hiện"
    severities = ("note",)
    at_fault = False

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each percentage of a plan in a row that has no value: it may be the value itself."""
        for indicator in given.data.indicators:
            bare = indicator.submitted.missing and not any(indicator.values[b.key].value for b in bases())
            for figure, _ in _with_values(indicator.printed_to_plan) if bare else ():
                yield self.of(
                    figure,
                    f"không có số thực hiện và kế hoạch; cũng có thể {stated(figure)} là chính mức thực hiện",
                    said=f"{indicator.name}: chỉ ghi đạt {stated(figure)} kế hoạch",
                )


class ReversedRange(ValueRule):
    """A range's lower end above its upper one, where a form has columns «…_from» and «…_to»."""

    id = "khoang-nguoc"
    holds = "Đầu dưới của một khoảng không thể lớn hơn đầu trên"

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each pair of columns ``…_from`` and ``…_to`` whose first value is the greater."""
        for record in given.data.records:
            for key, low in record.values.items():
                other = f"{key.removesuffix('_from')}_to"
                high = record.values.get(other) if key.endswith("_from") else None
                if isinstance(low, Number) and isinstance(high, Number) and low.value > high.value:
                    low_text, high_text = (format_number(n.value, n.decimals) for n in (low, high))
                    yield self.finding(
                        f"{record.text('name')}: khoảng từ {low_text} đến {high_text} có đầu dưới lớn hơn đầu trên",
                        (record.cell(key), record.cell(other)),
                        (record.kind, record.text("code") or record.text("name"), key),
                        printed=low_text,
                    )


def _numbers(row: Indicator) -> tuple[Figure, ...]:
    return tuple(row.values[m.key] for m in measures())


def _percentages(row: Indicator) -> tuple[Figure, ...]:
    return tuple(row.values[b.printed_ratio] for b in bases() if b.printed_ratio)


def _changes(row: Indicator) -> tuple[Figure, ...]:
    return tuple(row.values[b.printed_change] for b in bases() if b.printed_change)


def _counts(row: Award) -> tuple[Figure, ...]:
    return row.counts


def _with_values(*figures: Figure) -> Iterator[tuple[Figure, Decimal]]:
    return ((f, f.value) for f in figures if f.value is not None)
