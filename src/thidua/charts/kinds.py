"""The kinds of chart that a report uses, as words for notebooks.

Each takes indicators, drops those without a value, labels every mark with the figure as the report prints it, and
shows nothing where fewer than four marks are left, or none that is more than nought. Its title goes on with what it
shows, worked out from the figures. The drawing libraries are loaded only when a chart is drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from thidua.charts import points
from thidua.charts.chart import show_drawn
from thidua.charts.entry import Entry, labelled, table
from thidua.charts.theme import THEME
from thidua.charts.wording import alternative, amount, count, short_names, source, stated
from thidua.errors import ChartError
from thidua.figures import WITHHELD, Figure, Indicator, magnitude
from thidua.figures.units import PERCENT
from thidua.forms.roles import DONE, STATED, bases
from thidua.forms.roles import measures as form_measures
from thidua.language.text import capitalised

_SOURCE = "Nguồn"
# Three numbers are said sooner than drawn.
LEAST = 4


def progress_chart(
    indicators: Iterable[Indicator], *, title: str, key: str, alt: str | None = None, against: str = "plan"
) -> None:
    """Percent of a base per indicator, with a line at one hundred and what goes beyond it in another colour.

    ``against`` names the base by its column in the form: «plan», «last» (same period last year).
    ``alt`` replaces the alternative text made from the figures. Raises ChartError for an unknown base.

    >>> progress_chart(report.group("cay_trong"), title="Tiến độ gieo trồng", key="gieo_trong")
    """
    known = {base.key: base for base in bases()}
    if against not in known:
        raise ChartError(f"không có gốc so sánh «{against}»; hãy dùng một trong: {', '.join(known)}")
    base = known[against]
    entries: list[Entry] = []
    absent: list[Indicator] = []
    withheld: list[Indicator] = []
    printed: list[Figure] = []
    # A rate is no amount of which a part is reached.
    given = [i for i in indicators if i.unit != PERCENT]
    for row, indicator in enumerate(given):
        ratio, whole = indicator.ratio(base), indicator.values[base.key]
        if ratio.missing:
            (withheld if ratio.withheld else absent).append(indicator)
            continue
        hints = {"done": amount(indicator.done), "base": amount(whole), "source": source([ratio])}
        entries.append(Entry(row, _name(indicator), ratio, hints=hints))
        printed += [ratio, indicator.done, whole]
    if says_nothing(entries):
        return
    entries = labelled(entries, lambda ratio: f"{ratio.printed}%")
    from thidua.charts import bar_charts

    met = sum(e.value >= 100 for e in entries)
    remark = f"Đạt từ 100% trở lên: {count(met)} mục" if met else "Chưa mục nào đạt 100%"
    titles = {"label": "Tỷ lệ", "done": DONE, "base": base.measure.header, "source": _SOURCE}
    show_drawn(
        lambda width: bar_charts.progress(table(entries), f"{base.measure.header} = 100%", titles, width),
        _present(printed),
        title=points.with_point(title, points.of_progress(given, [base]) if base.is_plan else ""),
        key=key,
        alt=alt or alternative(title, entries, ranked=entries, remark=remark, absent=_names(absent)),
        note=_withheld(withheld),
    )


def change_chart(indicators: Iterable[Indicator], *, title: str, key: str, alt: str | None = None) -> None:
    """Growth over the same period last year per indicator: bars to the right rise, to the left fall.

    >>> change_chart(report.group("vat_nuoi"), title="Đàn vật nuôi so với cùng kỳ", key="vat_nuoi")
    """
    entries: list[Entry] = []
    absent: list[Indicator] = []
    withheld: list[Indicator] = []
    printed: list[Figure] = []
    base = next(b for b in bases() if b.change)
    given = list(indicators)
    for row, indicator in enumerate(given):
        growth, then = indicator.change(base), indicator.values[base.key]
        if growth.value is None:
            (withheld if growth.withheld else absent).append(indicator)
            continue
        hints = {"done": amount(indicator.done), "last": amount(then), "source": source([growth])}
        entries.append(Entry(row, _name(indicator), growth, hints=hints))
        printed += [magnitude(growth), indicator.done, then]
    if says_nothing(entries):
        return
    entries = labelled(entries, _grown)
    from thidua.charts import bar_charts

    counts = {"tăng": sum(e.value > 0 for e in entries), "giảm": sum(e.value < 0 for e in entries)}
    remark = capitalised("; ".join(f"{word} {count(number)} mục" for word, number in counts.items() if number))
    against, then_name = f"So với {base.measure.short}", base.measure.header
    titles = {"label": against, "done": DONE, "last": then_name, "source": _SOURCE}
    show_drawn(
        lambda width: bar_charts.change(table(entries), titles, width),
        _present(printed),
        title=points.with_point(title, points.of_progress(given, [base])),
        key=key,
        alt=alt or alternative(title, entries, ranked=entries, remark=remark, absent=_names(absent)),
        note=_withheld(withheld),
    )


def compare_chart(
    indicators: Iterable[Indicator],
    *,
    title: str,
    key: str,
    alt: str | None = None,
    measures: Sequence[str] = (),
) -> None:
    """What was done beside the form's other columns, such as the plan and last year's value, in one unit.

    ``measures`` chooses among «done» and the columns; without it, all are shown that some indicator has. Of
    indicators in several units those are drawn whose unit most of them have. Raises ChartError for an unknown measure.

    >>> compare_chart(report.group("vat_nuoi"), measures=["done", "last"], title="Đàn vật nuôi", key="vat_nuoi")
    """
    names = {"done": DONE, **{m.key: m.header for m in form_measures() if m.role not in STATED}}
    unknown = [m for m in measures if m not in names]
    if unknown:
        raise ChartError(f"không có đại lượng «{unknown[0]}»; hãy dùng một trong: {', '.join(names)}")
    wanted = measures or tuple(names)
    given = list(indicators)
    units = Counter(i.unit for i in given if not i.done.missing).most_common(1)
    unit = units[0][0] if units else ""
    chosen = [i for i in given if i.unit == unit]
    present = [i for i in chosen if not i.done.missing]
    entries = []
    for row, indicator in enumerate(present):
        for measure in wanted:
            figure: Figure = getattr(indicator, measure)
            if not figure.missing:
                hints = {"source": source([figure])}
                entries.append(Entry(row, _name(indicator), figure, series=names[measure], hints=hints))
    if says_nothing(entries):
        return
    entries = labelled(entries, in_its_unit)
    from thidua.charts import bar_charts

    used = {e.series for e in entries}
    series = {names[m]: colour for m, colour in _colours().items() if m in wanted and names[m] in used}
    titles = {"series": "Nội dung", "label": "Giá trị", "source": _SOURCE}
    ranked = [e for e in entries if e.series == DONE]
    absent = _names(i for i in chosen if i.done.missing)
    remark = f"Đơn vị tính: {unit}"
    show_drawn(
        lambda width: bar_charts.compare(table(entries), unit, series, titles, width),
        [e.figure for e in entries],
        title=title,
        key=key,
        alt=alt or alternative(title, entries, ranked=ranked, remark=remark, absent=absent),
    )


def composition_chart(
    rows: Mapping[str, Iterable[Indicator]],
    *,
    title: str,
    key: str,
    parts: Sequence[str] = (),
    alt: str | None = None,
) -> None:
    """What totals are made of, drawn in proportion; a part that is nought is not drawn.

    ``rows`` maps a row's label to its parts. A part is called by its name without the words that all names of its row
    begin with, or as ``parts`` say in their order; parts of one name in several rows are the same part. A row without
    any indicator is none. Printed are the parts as submitted, neither shares nor totals, which no form declares. Raises
    ChartError where a row has more or fewer parts than names.

    >>> composition_chart({"Hồ sơ": report.group("ket_qua_ho_so_don_vi")}, title="Kết quả giải quyết hồ sơ",
    ...     key="ket_qua_ho_so")
    """
    entries: list[Entry] = []
    heads: dict[int, str] = {}
    absent: list[str] = []
    nought: list[str] = []
    told: dict[str, dict[str, Figure]] = {}
    printed: list[Figure] = []
    for number, (label, found) in enumerate(rows.items()):
        items = list(found)
        if not items:  # the unit has no such row
            continue
        if parts and len(items) != len(parts):
            raise ChartError(f"hàng «{label}» có {len(items)} phần, nhưng có {len(parts)} tên phần")
        called = parts or short_names([i.name for i in items])
        named = list(zip(called, (i.done for i in items), strict=True))
        known = [(part, f) for part, f in named if f.value is not None and f.value > 0]
        gaps = [part for part, f in named if f.missing]
        if not known:
            (absent if gaps else nought).append(label)
            continue
        heads[number] = f"{label} (chưa có số liệu: {', '.join(gaps)})" if gaps else label
        for part, figure in known:
            hints = {"source": source([figure])}
            entries.append(Entry(number, label, figure, series=part, hints=hints))
            printed.append(figure)
        told[label] = dict(named)
    # Of each total one part at most: nothing is made of parts.
    if says_nothing(entries) or len(entries) == len(heads):
        return
    entries = labelled(entries, amount)
    from thidua.charts.composition import composition

    titles = {"label": "Số lượng", "source": _SOURCE}
    drawn = list(dict.fromkeys(e.series for e in entries))
    colours = {part: THEME.parts[n % len(THEME.parts)] for n, part in enumerate(drawn)}
    incomplete = [head for number, head in heads.items() if head != list(rows)[number]]
    remark = "; ".join(incomplete + ([f"không phát sinh: {', '.join(nought)}"] if nought else []))
    show_drawn(
        lambda width: composition(table(entries), heads, colours, titles, width),
        _present(printed),
        title=points.with_point(title, points.of_parts(told)),
        key=key,
        alt=alt or alternative(title, entries, ranked=(), remark=remark, absent=absent),
    )


def says_nothing(entries: Sequence[Entry]) -> bool:
    """Whether there is too little to draw."""
    return len(entries) < LEAST or not any(e.value for e in entries)


def in_its_unit(figure: Figure) -> str:
    """A figure where the chart says the unit once; percent stands behind each number."""
    return amount(figure) if figure.unit == PERCENT else stated(figure)


def _grown(growth: Figure) -> str:
    if not growth.value:
        return "không đổi"
    return f"{'tăng' if growth.value > 0 else 'giảm'} {magnitude(growth).printed}%"


def _colours() -> dict[str, str]:
    """A colour for what was done and for each column, those of its role in turn."""
    found = {"done": THEME.measures["done"][0]}
    for measure in form_measures():
        if measure.role not in STATED:
            own = THEME.measures[measure.role]
            earlier = [m.key for m in form_measures() if m.role == measure.role]
            found[measure.key] = own[earlier.index(measure.key) % len(own)]
    return found


def _name(indicator: Indicator) -> str:
    return capitalised(indicator.name)


def _names(indicators: Iterable[Indicator]) -> list[str]:
    """Names of indicators, without those that the period's workbooks do not even name."""
    return [_name(i) for i in indicators if i.name != i.code]


def _withheld(indicators: Sequence[Indicator]) -> str:
    return f"{WITHHELD}: {', '.join(_name(i) for i in indicators)}" if indicators else ""


def _present(figures: Iterable[Figure]) -> list[Figure]:
    return [f for f in figures if not f.missing]
