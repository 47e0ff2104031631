"""Rules about printed percentages and computed rows: each against the numbers it is made of."""

from __future__ import annotations

from collections.abc import Iterator

from thidua.checks.agreement import agreement
from thidua.checks.finding import Finding, Severity
from thidua.dataset import Award, Dataset
from thidua.figures import Cell, Figure, Indicator, change, percent
from thidua.figures.numbers import format_quantity

_WORDING = {"truncated": "bị cắt bớt chữ số thay vì làm tròn", "different": "không khớp"}


def printed_percentages(data: Dataset) -> Iterator[Finding]:
    """Every percentage that a department worked out, against its own numerator and denominator."""
    for indicator in data.indicators:
        for printed, exact, base in _ratios(indicator):
            yield from _compare("ty-le", printed, exact, indicator.name, base)
    for award in data.awards:
        yield from _award_shares(award)


def computed_rows(data: Dataset) -> Iterator[Finding]:
    """Every row for which the form gives a formula, against that formula."""
    for indicator in data.indicators:
        if indicator.computed is not None:
            yield from _compare(
                "cach-tinh", indicator.submitted, indicator.computed, indicator.name, "cách tính của biểu"
            )


def _ratios(indicator: Indicator) -> Iterator[tuple[Figure, Figure, str]]:
    done = indicator.submitted
    yield indicator.printed_to_plan, percent(done, indicator.plan), "kế hoạch"
    yield indicator.printed_to_upper, percent(done, indicator.plan_upper), "kế hoạch cấp trên giao"
    yield indicator.printed_to_last, percent(done, indicator.last), "cùng kỳ"
    yield indicator.printed_change, change(done, indicator.last), "cùng kỳ"


def _award_shares(award: Award) -> Iterator[Finding]:
    yield from _compare("ty-le", award.printed_share_collective, award.share_collective, award.name, "số tập thể")
    yield from _compare("ty-le", award.printed_share_individual, award.share_individual, award.name, "số cá nhân")


def _compare(rule: str, printed: Figure, exact: Figure, name: str, base: str) -> Iterator[Finding]:
    if printed.value is None or exact.value is None:
        return
    verdict = agreement(printed, exact)
    if verdict == "same":
        return
    severity: Severity = "note" if verdict == "truncated" else "error"
    # A value that rounds to what is printed would look right: show as many decimals as tell them apart.
    recomputed = format_quantity(exact.value, exact.unit, max(printed.decimals or 0, 2))
    message = (
        f"{name}: đơn vị ghi {printed.printed}{_unit(printed)} so với {base}, {_WORDING[verdict]}; "
        f"tính lại được {recomputed}{_unit(printed)} ({_basis(exact)})"
    )
    yield Finding(rule, severity, message, printed.printed, recomputed, _cells(printed, exact))


def _unit(figure: Figure) -> str:
    return figure.unit if figure.unit == "%" else f" {figure.unit}"


def _basis(exact: Figure) -> str:
    return "; ".join(f"{f.label} = {f.printed}" for f in exact.walk() if f.cell is not None)


def _cells(*figures: Figure) -> tuple[Cell, ...]:
    found = [part.cell for figure in figures for part in figure.walk() if part.cell is not None]
    return tuple(dict.fromkeys(found))
