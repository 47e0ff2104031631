"""What charts say in words: alternative texts, tooltips, sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby

from thidua.charts.entry import Entry
from thidua.figures import Figure
from thidua.figures.numbers import format_number
from thidua.figures.units import PERCENT
from thidua.language.capitals import uncapitalised
from thidua.language.text import capitalised


def alternative(
    title: str, entries: Sequence[Entry], *, ranked: Sequence[Entry], remark: str = "", absent: Sequence[str] = ()
) -> str:
    """What a reader who cannot see the chart is told: how many rows, which is highest and lowest, then every value.

    ``ranked`` are the entries of which the highest and the lowest are named; ``absent`` the rows left out.
    """
    groups = [list(group) for _, group in groupby(entries, key=lambda e: e.row)]
    told = [f"Biểu đồ gồm {count(len(groups))} mục: {uncapitalised(title)}"]
    if len(ranked) > 2:
        high, low = max(ranked, key=lambda e: e.value), min(ranked, key=lambda e: e.value)
        told.append(f"Cao nhất: {high.name} ({high.label}); thấp nhất: {low.name} ({low.label})")
    if remark:
        told.append(remark)
    told.append("Cụ thể: " + "; ".join(_row(group) for group in groups))
    if absent:
        told.append(f"Chưa có số liệu: {', '.join(absent)}")
    return ". ".join(told) + "."


def short_names(names: Sequence[str]) -> list[str]:
    """Names without the words that all of them begin with: «Đơn đã giải quyết», «Đơn tồn» as «Đã giải quyết», «Tồn»."""
    words = [name.split() for name in names]
    common = 0
    while len(names) > 1 and all(len(w) > common + 1 for w in words) and len({w[common] for w in words}) == 1:
        common += 1
    return [capitalised(" ".join(w[common:])) for w in words]


def amount(figure: Figure) -> str:
    """A figure with its qualifier and its unit."""
    if figure.missing or not figure.unit:
        return stated(figure)
    return f"{stated(figure)}{'' if figure.unit == PERCENT else ' '}{figure.unit}"


def stated(figure: Figure) -> str:
    """A figure behind the word that says how exact it is: «khoảng 4.200»."""
    return f"{figure.quality} {figure.printed}" if figure.quality and not figure.missing else figure.printed


def count(number: int) -> str:
    """A count as officials write it."""
    return format_number(Decimal(number), 0, pad=True)


def source(figures: Iterable[Figure]) -> str:
    """The cells that figures rest on, sheet by sheet: «y-te.xlsx › Chỉ tiêu › D6, F6»."""
    cells: dict[tuple[str, str], list[str]] = {}
    for figure in figures:
        for part in figure.walk():
            if part.cell and not part.missing:
                addresses = cells.setdefault((part.cell.file, part.cell.sheet), [])
                if part.cell.address not in addresses:
                    addresses.append(part.cell.address)
    return "; ".join(f"{file} › {sheet} › {', '.join(at)}" for (file, sheet), at in cells.items())


def _row(group: Sequence[Entry]) -> str:
    if not group[0].series:
        return _with_label(group[0].name, group[0].label)
    return f"{group[0].name}: " + ", ".join(_with_label(uncapitalised(e.series), e.label) for e in group)


def _with_label(name: str, label: str) -> str:
    """A name that ends in a number is kept apart from its amount: «Đợt 2 là 96%»."""
    return f"{name}{' là ' if name[-1:].isdigit() else ' '}{label}"
