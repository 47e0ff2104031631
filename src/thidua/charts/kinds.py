"""The kinds of chart that a report uses, as words for notebooks.

Each takes indicators, drops those without a value, labels every mark with the figure as it is printed, and shows
nothing where no value is left. Altair is loaded only when a chart is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from thidua.charts.chart import lines_of, show_chart, wrapped
from thidua.charts.theme import DARK, INK, LIGHT, SERIES, WIDTH
from thidua.errors import ChartError
from thidua.figures import Figure, Indicator
from thidua.text import capitalised

_BASES = {
    "plan": ("to_plan", "So với kế hoạch"),
    "upper": ("to_upper", "So với cấp trên giao"),
    "last": ("to_last", "So với cùng kỳ"),
}
_MEASURES = {
    "done": "Thực hiện",
    "plan": "Kế hoạch",
    "plan_upper": "Cấp trên giao",
    "last": "Cùng kỳ năm trước",
}
_LINE, _GAP = 16, 12


@dataclass(frozen=True)
class _Mark:
    """One mark of a chart: its row, its series, the figure it shows and its label."""

    row: str
    series: str
    figure: Figure
    label: str

    def record(self) -> dict[str, Any]:
        return {"row": self.row, "series": self.series, "value": _number(self.figure), "label": self.label}


def progress_chart(
    indicators: Iterable[Indicator], *, title: str, key: str, against: str | Sequence[str] = "plan"
) -> None:
    """Percent of a base per indicator, with a line at one hundred.

    ``against`` names the base or bases: «plan», «upper» (set by the superior level), «last» (same period last year).
    """
    bases = [against] if isinstance(against, str) else list(against)
    unknown = [b for b in bases if b not in _BASES]
    if unknown:
        raise ChartError(f"không có gốc so sánh «{unknown[0]}»; hãy dùng một trong: {', '.join(_BASES)}")
    marks = []
    for indicator in indicators:
        for base in bases:
            attribute, series = _BASES[base]
            ratio: Figure = getattr(indicator, attribute)
            if not ratio.missing:
                marks.append(_Mark(_name(indicator), series, ratio, f"{ratio.printed}%"))
    _bars(marks, title, key, "Tỷ lệ (%)", reference=100, against_one=len(bases) == 1)


def change_chart(indicators: Iterable[Indicator], *, title: str, key: str) -> None:
    """Growth over the same period last year per indicator: bars to the right of zero rise, to the left fall."""
    grown = [i for i in indicators if not i.growth.missing]
    marks = [_Mark(_name(i), "", i.growth, _signed(i.growth)) for i in grown]
    _bars(marks, title, key, "Tăng, giảm so với cùng kỳ (%)", reference=0, against_one=True)


def compare_chart(
    indicators: Iterable[Indicator], *, title: str, key: str, measures: Sequence[str] = ("done", "plan", "last")
) -> None:
    """What was done beside the plan and last year's value, in one unit."""
    chosen = list(indicators)
    units = sorted({i.unit for i in chosen if not i.done.missing})
    if len(units) > 1:
        raise ChartError(f"biểu đồ so sánh cần một đơn vị tính, ở đây có: {', '.join(units)}")
    unknown = [m for m in measures if m not in _MEASURES]
    if unknown:
        raise ChartError(f"không có đại lượng «{unknown[0]}»; hãy dùng một trong: {', '.join(_MEASURES)}")
    marks = []
    for indicator in chosen:
        for measure in measures:
            figure: Figure = getattr(indicator, measure)
            if not indicator.done.missing and not figure.missing:
                marks.append(_Mark(_name(indicator), _MEASURES[measure], figure, figure.printed))
    _bars(marks, title, key, capitalised(units[0]) if units else "", reference=None, against_one=False)


def composition_chart(rows: Mapping[str, Sequence[Indicator]], *, parts: Sequence[str], title: str, key: str) -> None:
    """How totals are made up: a bar of one hundred percent per row, a segment per part, the counts as labels.

    ``rows`` maps a row's label to its parts in the order of ``parts``, the names in the legend.
    """
    import altair as alt

    marks = []
    for row, indicators in rows.items():
        if len(indicators) != len(parts):
            raise ChartError(f"hàng «{row}» có {len(indicators)} phần, chú giải có {len(parts)} phần")
        for part, indicator in zip(parts, indicators, strict=True):
            figure = indicator.done
            if figure.value is not None and figure.value > 0:
                marks.append(_Mark(wrapped(row, 18), part, figure, figure.printed))
    if not marks:
        return
    totals = {m.row: sum(n.figure.value or 0 for n in marks if n.row == m.row) for m in marks}
    records = []
    for mark in marks:
        before = sum(n.figure.value or 0 for n in marks[: marks.index(mark)] if n.row == mark.row)
        share = float((mark.figure.value or 0) / totals[mark.row])
        start = float(before / totals[mark.row])
        dark = list(parts).index(mark.series) in (0, 3)
        inside = mark.label if share > 0.012 * (len(mark.label) + 1) else ""
        records.append(
            {**mark.record(), "start": start, "end": start + share, "middle": start + share / 2}
            | {"inside": inside, "ink": "#ffffff" if dark else INK}
        )
    shown = [p for p in parts if any(m.series == p for m in marks)]
    colours = [SERIES[list(parts).index(p) % len(SERIES)] for p in shown]
    base = alt.Chart(alt.Data(values=records)).encode(y=_row_axis(alt, marks))
    bars = base.mark_bar(stroke="white", height=26).encode(
        x=alt.X("start:Q", title="Cơ cấu (%)", axis=alt.Axis(format=".0%", grid=False), scale=alt.Scale(domain=[0, 1])),
        x2="end:Q",
        color=alt.Color(
            "series:N", scale=alt.Scale(domain=shown, range=colours), legend=alt.Legend(columns=len(shown))
        ),
        tooltip=_tooltip(alt),
    )
    labels = base.mark_text(baseline="middle").encode(
        x="middle:Q", text="inside:N", color=alt.Color("ink:N", scale=None)
    )
    chart = (bars + labels).properties(width=WIDTH - 150, height=max(1, len(totals)) * 44)
    show_chart(chart, [m.figure for m in marks], title=title, key=key, alt=_alt(title, marks))


def _bars(marks: list[_Mark], title: str, key: str, axis: str, *, reference: int | None, against_one: bool) -> None:
    """Horizontal bars, one row per indicator and one bar per series, each labelled at its end."""
    if not marks:
        return
    import altair as alt

    series = list(dict.fromkeys(m.series for m in marks))
    values = [_number(m.figure) for m in marks] + ([float(reference)] if reference is not None else [])
    low, high = min([0.0, *values]), max([0.0, *values])
    # Room at both ends for the labels, which stand outside the bars.
    room = (high - low or 1) * 0.16
    scale = alt.Scale(domain=[low - (room if low < 0 else 0), high + room], nice=False)
    records = [
        m.record()
        | {"side": "trái" if _number(m.figure) < 0 else "phải", "past": _number(m.figure) >= (reference or 0)}
        for m in marks
    ]
    base = alt.Chart(alt.Data(values=records)).encode(y=_row_axis(alt, marks))
    if not against_one:
        base = base.encode(yOffset=alt.YOffset("series:N", sort=series))
    x = alt.X("value:Q", title=axis, scale=scale, axis=alt.Axis(tickCount=6, format="~f", labelExpr=_VI_NUMBER))
    bars = base.mark_bar(height={"band": 0.8} if not against_one else 15).encode(x=x, tooltip=_tooltip(alt))
    if against_one:
        bars = bars.encode(color=alt.condition("datum.past", alt.value(DARK), alt.value(LIGHT)))
    else:
        colours = alt.Scale(domain=series, range=list(SERIES[: len(series)]))
        bars = bars.encode(color=alt.Color("series:N", sort=series, scale=colours))
    layers = [bars]
    if reference is not None:
        rule = alt.Chart(alt.Data(values=[{"at": reference}])).mark_rule(color=INK, strokeDash=[4, 3], strokeWidth=1.2)
        layers.append(rule.encode(x="at:Q"))
    for side, align, dx in (("phải", "left", 4), ("trái", "right", -4)):
        place = {"align": align, "dx": dx, "dy": 0 if against_one else 4, "baseline": "middle"}
        labels = base.transform_filter(f"datum.side == '{side}'").encode(x=x, text="label:N")
        # A white edge under each label keeps it readable where the reference line passes.
        layers += [labels.mark_text(**place, stroke="white", strokeWidth=4), labels.mark_text(**place)]
    per_row = len(series) if not against_one else 1
    rows = list(dict.fromkeys(m.row for m in marks))
    height = len(rows) * (max(max(lines_of(r) for r in rows) * _LINE, per_row * 20) + _GAP)
    chart = alt.layer(*layers).properties(width=WIDTH - 210, height=height)
    show_chart(chart, [m.figure for m in marks], title=title, key=key, alt=_alt(title, marks))


# Point for thousands and decimal comma on the axis, as in the text.
_VI_NUMBER = "replace(replace(replace(format(datum.value, ',~f'), /,/g, '_'), '.', ','), /_/g, '.')"


def _row_axis(alt: Any, marks: Sequence[_Mark]) -> Any:
    rows = list(dict.fromkeys(m.row for m in marks))
    axis = alt.Axis(
        labelExpr="split(datum.label, '\\n')", ticks=False, domain=False, labelPadding=6, labelAlign="right"
    )
    return alt.Y("row:N", sort=rows, title=None, axis=axis)


def _tooltip(alt: Any) -> list[Any]:
    return [
        alt.Tooltip("row:N", title="Chỉ tiêu"),
        alt.Tooltip("series:N", title="Nội dung"),
        alt.Tooltip("label:N", title="Giá trị"),
    ]


def _alt(title: str, marks: Sequence[_Mark]) -> str:
    """What a reader who cannot see the chart is told: how many marks, the largest and the smallest, then all."""
    high = max(marks, key=lambda m: _number(m.figure))
    low = min(marks, key=lambda m: _number(m.figure))
    every = "; ".join(f"{_told(m)} {m.label}" for m in marks)
    ends = f" Cao nhất: {_told(high)} {high.label}; thấp nhất: {_told(low)} {low.label}." if len(marks) > 2 else ""
    return f"{title}.{ends} Chi tiết: {every}."


def _told(mark: _Mark) -> str:
    row = mark.row.replace("\n", " ")
    return f"{row} ({mark.series.lower()})" if mark.series else row


def _name(indicator: Indicator) -> str:
    return wrapped(capitalised(indicator.name))


def _number(figure: Figure) -> float:
    return float(figure.value) if figure.value is not None else 0.0


def _signed(growth: Figure) -> str:
    return f"{'+' if growth.value is not None and growth.value > 0 else ''}{growth.printed}%"
