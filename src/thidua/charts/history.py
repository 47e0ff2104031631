"""Indicators over the periods: what earlier reports stated of them, beside what this one states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from thidua.charts import points
from thidua.charts.chart import show_drawn
from thidua.charts.entry import Entry, labelled, table
from thidua.charts.kinds import in_its_unit, says_nothing
from thidua.charts.theme import THEME
from thidua.charts.wording import alternative, source
from thidua.checks.past import Past
from thidua.figures import Indicator
from thidua.language.text import capitalised
from thidua.report import Report
from thidua.settings.period import Period

# The least height of a bar, and what a row takes besides its bars; further periods than fit a page are left out.
_BAR, _ROW, _HEAD = 12, 6, 52
_LIGHTEST, _DARKEST = (0xC9, 0xD9, 0xE8), (0x0D, 0x3B, 0x6E)


def history_chart(
    report: Report, indicators: Iterable[Indicator], *, title: str, key: str, alt: str | None = None
) -> None:
    """What was done in each kept period: the same one of earlier years, the one before where it is as long, this one.

    Where no earlier period is kept, or none has the indicators, the chart does not appear. Of several units those
    indicators are drawn whose unit most of them have; what was reported in another size of it is converted. Where
    all periods do not fit a page, the newest ones are drawn and a note says so.

    >>> history_chart(report, report.group("vat_nuoi"), title="Đàn vật nuôi qua các kỳ", key="vat_nuoi_cac_ky")
    """
    given = [i for i in indicators if not i.done.missing]
    units = Counter(i.unit for i in given).most_common(1)
    told = [i for i in given if i.unit == units[0][0] and any(past.as_today(i) is not None for past in report.earlier)]
    kept = [past for past in report.earlier if any(past.as_today(i) is not None for i in told)]
    if not kept:
        return
    room = (THEME.page_height - _HEAD - _ROW * len(told)) // (_BAR * len(told))
    drawn = kept[-max(1, room - 1) :]
    names = _names([*(p.period for p in drawn), report.period])
    entries: list[Entry] = []
    for row, indicator in enumerate(told):
        figures = [*(past.as_today(indicator) for past in drawn), indicator.done]
        for name, figure in zip(names, figures, strict=True):
            if figure is not None:
                hints = {"source": source([figure])}
                entries.append(Entry(row, capitalised(indicator.name), figure, series=name, hints=hints))
    if says_nothing(entries):
        return
    entries = labelled(entries, in_its_unit)
    from thidua.charts import bar_charts

    unit = units[0][0]
    titles = {"series": "Kỳ", "label": "Giá trị", "source": "Nguồn"}
    show_drawn(
        lambda width: bar_charts.compare(table(entries), unit, _shades(names), titles, width),
        [e.figure for e in entries],
        title=points.with_point(title, _point(report.period, drawn, told)),
        key=key,
        alt=alt or alternative(title, entries, ranked=(), remark=f"Đơn vị tính: {unit}"),
        note="; ".join(_remarks(report.period, [p.period for p in drawn], len(kept))),
    )


def _point(period: Period, drawn: Sequence[Past], told: Sequence[Indicator]) -> str:
    """How many rose and fell since the newest period of the same part of a year, or the newest of all."""
    alike = [p for p in drawn if p.period.part == period.part] or drawn
    pairs = [(i.done, then) for i in told if (then := alike[-1].as_today(i)) is not None]
    return points.of_changes(pairs, alike[-1].period.name)


def _names(periods: Sequence[Period]) -> list[str]:
    """The periods' years where all are the same of their year, else their names."""
    same = len({p.part for p in periods}) == 1
    return [f"Năm {p.year}" if same else capitalised(p.name) for p in periods]


def _remarks(period: Period, drawn: Sequence[Period], kept: int) -> Iterator[str]:
    """What the years stand for, and how many periods are left out."""
    if period.part != "FY" and all(p.part == period.part for p in drawn):
        yield f"Số liệu {period.span} của các năm"
    if len(drawn) < kept:
        yield f"chỉ vẽ {len(drawn) + 1} kỳ gần nhất trong {kept + 1} kỳ còn số liệu"


def _shades(names: Sequence[str]) -> dict[str, str]:
    """A colour for each period, the darker the newer."""
    steps = max(1, len(names) - 1)
    mixed = (
        [round(a + (b - a) * n / steps) for a, b in zip(_LIGHTEST, _DARKEST, strict=True)] for n in range(len(names))
    )
    return {name: "#" + "".join(f"{part:02x}" for part in mix) for name, mix in zip(names, mixed, strict=True)}
