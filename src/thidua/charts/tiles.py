"""Headline tiles: key figures at a glance, each with what it is measured against and how far it got."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from thidua.document.block import Run, Text, Tile, TileGroup, Tiles
from thidua.document.runs import number, opening, with_unit
from thidua.document.show import show
from thidua.figures import Figure, Indicator, magnitude, missing
from thidua.figures.units import PERCENT
from thidua.forms.roles import bases

Item = Indicator | Figure


def headline_tiles(items: Iterable[Item] | Mapping[str, Iterable[Item]], *, title: str, key: str) -> None:
    """Key figures as tiles under a title, or in groups where ``items`` maps a group's name to its figures.

    A tile has a name, the number, and a bar against the plan; without a plan it says the change over last year, and a
    percentage has a bar of its own. Figures without a value or of nought are left out, as are groups and tiles without
    any.

    >>> headline_tiles({"Kinh tế": report.group("tong_quan_kinh_te")}, title="Tổng quan", key="tong_quan")
    """
    named = items if isinstance(items, Mapping) else {"": items}
    groups, figures = [], []
    for name, chosen in named.items():
        shown = [i for i in chosen if _tells(i)]
        figures += [f for i in shown for f in _printed(i)]
        groups += [TileGroup(name=name, tiles=tuple(_tile(i) for i in shown))] if shown else []
    if groups:
        show([Tiles(key=key, title=title, groups=tuple(groups))], figures)


def _tells(item: Item) -> bool:
    """Whether there is something to see at a glance."""
    figure, ratio = _figure(item), _ratio(item)[0]
    return not ratio.missing if figure.missing else figure.value != 0


def _tile(item: Item) -> Tile:
    """Name, number, bar and what the bar measures; the ratio itself where only that was submitted."""
    figure, (ratio, base) = _figure(item), _ratio(item)
    name = item.name if isinstance(item, Indicator) else item.label
    main = ratio if figure.missing else figure
    quality = f" ({main.quality})" if main.quality else ""
    lead = (opening(name), *([Text(text=quality)] if quality else []))
    told: tuple[Run, ...] = ()
    reached = None
    if not ratio.missing:
        told = (*(() if figure.missing else (*with_unit(ratio), Text(text=" "))), Text(text=base))
        reached = _reached(ratio)
    elif figure.unit == PERCENT:
        reached = _reached(figure)
    elif (change := _change(item)) is not None:
        told = _moved(*change)
    return Tile(name=lead, number=_with_unit(main), base=told, reached=reached)


def _with_unit(figure: Figure) -> tuple[Run, ...]:
    """Number and unit. A tile is narrow: a long unit may go on in a second line."""
    space = "" if figure.unit == PERCENT else " "
    return number(figure), Text(text=f"{space}{figure.unit}")


def _printed(item: Item) -> list[Figure]:
    found = [_figure(item), _ratio(item)[0]]
    found += [magnitude(change[0])] if (change := _change(item)) is not None else []
    return [f for f in found if not f.missing]


def _moved(change: Figure, base: str) -> tuple[Run, ...]:
    """«tăng 7,25% so với cùng kỳ»."""
    if not change.value:
        return (Text(text=f"không thay đổi so với {base}"),)
    word = "tăng" if change.value > 0 else "giảm"
    return Text(text=f"{word} "), number(magnitude(change)), Text(text=f"% so với {base}")


def _reached(ratio: Figure) -> float:
    return round(max(0.0, float(ratio.value or 0)), 1)


def _figure(item: Item) -> Figure:
    return item.done if isinstance(item, Indicator) else item


def _ratio(item: Item) -> tuple[Figure, str]:
    """The share of the plan that is reached and the plan's name; missing where there is no plan."""
    if isinstance(item, Indicator):
        for base in bases():
            if base.is_plan and not (ratio := item.ratio(base)).missing:
                return ratio, base.measure.phrase
    return missing("", PERCENT), ""


def _change(item: Item) -> tuple[Figure, str] | None:
    """The change over an earlier period and what it is called; None where none is known."""
    if isinstance(item, Indicator):
        for base in bases():
            if base.change and not (change := item.change(base)).missing:
                return change, base.measure.phrase
    return None
