"""Headline numbers at a glance: tiles with a name, one large number and how far the plan is met.

Colours are borders, not backgrounds: browsers leave backgrounds out when they print.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from thidua.charts.theme import THEME
from thidua.display import show
from thidua.figures import Figure, Indicator, magnitude
from thidua.figures.units import PERCENT
from thidua.prose.tokens import Tokens
from thidua.text import capitalised

_GRID = "display:grid;grid-template-columns:repeat({columns},1fr);gap:8pt;list-style:none;margin:0;padding:0"
_TILE = f"border:0.75pt solid {THEME.line};padding:6pt 8pt;break-inside:avoid;text-align:left;line-height:1.25"
_BAR = "border-top:5pt solid {colour};width:{width:.1f}%"


def headline_tiles(indicators: Iterable[Indicator], *, key: str, title: str) -> None:
    """Show a tile per indicator: name, value with unit, percent of plan with a bar, growth over last year.

    An indicator without a value has no tile, and a tile leaves out what its indicator does not have.
    """
    known = [i for i in indicators if not i.done.missing]
    tokens = Tokens()
    tiles = "\n".join(_tile(indicator, tokens) for indicator in known)
    if not known:
        return
    grid = _GRID.format(columns=min(len(known), 2 if len(known) in (2, 4) else 3))
    html = (
        f'<figure class="tiles" data-key="{escape(key)}" style="margin:8pt 0 12pt">\n'
        f'<figcaption style="margin-bottom:6pt">{escape(title)}</figcaption>\n'
        f'<ul style="{grid}">\n{tiles}\n</ul>\n</figure>\n'
    )
    text = f"{title}: " + "; ".join(f"{_name(i)} {i.done.printed} {i.unit}".rstrip() for i in known)
    show(tokens.fill(html), text, tokens.figures)


def _tile(indicator: Indicator, tokens: Tokens) -> str:
    done, ratio, growth = indicator.done, indicator.to_plan, indicator.growth
    unit = PERCENT if done.unit == PERCENT else f" {escape(done.unit)}"
    lines = [
        f'<div style="font-size:0.85em">{escape(_name(indicator))}</div>',
        f'<div style="margin:2pt 0"><strong style="font-size:1.5em">{tokens.figure(done)}</strong>{unit}</div>',
    ]
    if ratio.value is not None:
        lines += [_bar(ratio), _line(f"đạt {tokens.figure(ratio)}% kế hoạch")]
    # The growth of a rate in percent of itself would be taken for percentage points.
    if growth.value is not None and done.unit != PERCENT:
        word = "tăng" if growth.value > 0 else "giảm"
        words = f"{word} {tokens.figure(magnitude(growth))}%" if growth.value else "không thay đổi"
        lines.append(_line(f"{words} so với cùng kỳ"))
    return f'<li style="{_TILE}">' + "".join(lines) + "</li>"


def _bar(ratio: Figure) -> str:
    """The part of the plan that is met; beyond the plan, the plan as a part of what is done."""
    value = max(0.0, float(ratio.value or 0))
    whole = THEME.over if value > 100 else THEME.track
    done = _BAR.format(colour=THEME.done, width=value if value <= 100 else 10000 / value)
    return (
        f'<div aria-hidden="true" style="margin:3pt 0"><div style="{_BAR.format(colour=whole, width=100)}"></div>'
        f'<div style="margin-top:-5pt;{done}"></div></div>'
    )


def _line(content: str) -> str:
    return f'<div style="font-size:0.8em">{content}</div>'


def _name(indicator: Indicator) -> str:
    return capitalised(indicator.name)
