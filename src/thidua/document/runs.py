"""Runs made from figures and submitted texts: what a number tells on hover, where a text comes from."""

from __future__ import annotations

from thidua.document.block import Number, Run, Source, Text
from thidua.entries import SourceText
from thidua.figures import Figure
from thidua.figures.figure_record import exact
from thidua.figures.formula import hover
from thidua.figures.units import PERCENT
from thidua.language.text import capitalised

NBSP = "\u00a0"
# «hộ gia đình, cá nhân, tổ chức» in one piece would tear its line apart.
_LONG_UNIT = 16


def number(figure: Figure, text: str = "") -> Number:
    """A figure without its unit, as its unit asks or as ``text``."""
    return Number(
        figure=figure.id,
        text=text or figure.printed,
        title=hover(figure),
        value=exact(figure.value),
        missing=figure.missing,
    )


def words(text: str, style: str = "") -> Text:
    """A text, traced where it comes from a submitted cell."""
    cell = text.cell if isinstance(text, SourceText) else None
    source = Source(file=cell.file, sheet=cell.sheet, cell=cell.address) if cell else None
    return Text.model_validate({"text": str(text), "style": style, "source": source})


def opening(text: str) -> Text:
    """A text that opens a cell: with a capital, traced where it comes from a submitted cell."""
    run = words(text)
    return run.model_copy(update={"text": capitalised(run.text)})


def stated(figure: Figure) -> tuple[Run, ...]:
    """A number behind the word that says how exact it is: «khoảng 4.200», «trên 60»."""
    return (words(f"{figure.quality} "), number(figure)) if figure.quality else (number(figure),)


def with_unit(figure: Figure) -> tuple[Run, ...]:
    """«1.200,5 ha», «96,02%»: number and unit, never on two lines; of a long unit, the number and its first word."""
    if figure.missing or not figure.unit:
        return (number(figure),)
    space = "" if figure.unit == PERCENT else NBSP
    unit = figure.unit if len(figure.unit) > _LONG_UNIT else figure.unit.replace(" ", NBSP)
    return number(figure), Text(text=f"{space}{unit}")
