"""Headline tiles: key figures at a glance, each with a small bar of what is reached.

HTML and not a drawing, so that every number is the traced element that prose prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape

from thidua.display import show
from thidua.figures import Figure, Indicator, missing
from thidua.figures.units import PERCENT
from thidua.prose.filters import Filters
from thidua.prose.tokens import Tokens

Item = Indicator | Figure
_BASES = (("to_plan", "kế hoạch"), ("to_upper", "kế hoạch cấp trên giao"))


def headline_tiles(items: Iterable[Item] | Mapping[str, Iterable[Item]], *, title: str, key: str) -> None:
    """Key figures as tiles under a title, or in groups where ``items`` maps a group's name to its figures.

    A tile has a name, the number, and a bar against the plan; without a plan it says the change over last year, and a
    percentage has a bar of its own. Figures without a value are left out, as are groups and tiles without any.
    """
    groups = items if isinstance(items, Mapping) else {"": items}
    page = _Page()
    html = "".join(page.group(name, list(chosen)) for name, chosen in groups.items())
    if html:
        html = f'<section class="tiles" data-key="{escape(key)}">\n<h2>{escape(title)}</h2>\n{html}</section>\n'
    show(html, f"{title}: {page.count} số liệu", page.tokens.figures)


@dataclass
class _Page:
    """The tiles of one output, and the figures that they print."""

    tokens: Tokens = field(default_factory=Tokens)
    count: int = 0

    def group(self, name: str, items: list[Item]) -> str:
        """A row of tiles under its name; nothing where no figure has a value."""
        tiles = [self.tile(i) for i in items if not _figure(i).missing or not _ratio(i)[0].missing]
        head = f"<h3>{escape(name)}</h3>\n" if name else ""
        return f'{head}<div class="row">\n{"".join(tiles)}</div>\n' if tiles else ""

    def tile(self, item: Item) -> str:
        """Name, number, bar and what the bar measures; the ratio itself where only that was submitted."""
        self.count += 1
        words = Filters(self.tokens)
        figure, (ratio, base) = _figure(item), _ratio(item)
        name = item.name if isinstance(item, Indicator) else item.label
        number = ratio if figure.missing else figure
        quality = f" ({self.tokens.text(number.quality)})" if number.quality else ""
        lines = [f'<p class="name">{self.tokens.text(name)}{quality}</p>', self.number(number)]
        if not ratio.missing:
            told = "" if figure.missing else f"{words.with_unit(ratio)} "
            lines += [_bar(ratio), f'<p class="base">{told}{escape(base)}</p>']
        elif figure.unit == PERCENT:
            lines.append(_bar(figure))
        elif isinstance(item, Indicator) and not item.growth.missing:
            lines.append(f'<p class="base">{words.moved(item.growth, "cùng kỳ")}</p>')
        return f'<div class="tile">{self.tokens.fill("".join(lines))}</div>\n'

    def number(self, figure: Figure) -> str:
        """The number large, its unit small beside it."""
        unit = figure.unit
        if unit not in ("", PERCENT):
            unit = f' <span class="unit">{self.tokens.text(unit)}</span>'
        return f'<p class="number"><b>{self.tokens.figure(figure)}</b>{unit}</p>'


def _figure(item: Item) -> Figure:
    return item.done if isinstance(item, Indicator) else item


def _ratio(item: Item) -> tuple[Figure, str]:
    """The share of the plan that is reached and the plan's name; missing where there is no plan."""
    if isinstance(item, Indicator):
        for attribute, name in _BASES:
            ratio: Figure = getattr(item, attribute)
            if not ratio.missing:
                return ratio, name
    return missing("", PERCENT), ""


def _bar(ratio: Figure) -> str:
    """A bar as long as the percentage; beyond one hundred its full length is what is done, the plan a mark in it."""
    value = max(ratio.value or Decimal(0), Decimal(0))
    if value <= 100:
        return f'<div class="bar" aria-hidden="true"><i style="width:{value:.1f}%"></i></div>'
    return f'<div class="bar over" aria-hidden="true"><i style="width:{10000 / value:.1f}%"></i></div>'
