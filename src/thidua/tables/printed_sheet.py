"""What every workbook of the report has in common: typeface, page, rows as high as their texts.

A4, margins as on the report's pages, one page wide, header rows repeated on every page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any, NamedTuple

from thidua.settings.page import A4, page_form
from thidua.tables.measure import DIGIT, line_count

FONT: dict[str, Any] = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
# Vietnamese separators in every program that heeds a format's language.
LANGUAGE = "[$-42A]"
# Points that a line of text takes for each point of its size.
_LEADING = 1.3
_INCH = 25.4
_A4 = 9
# By how many characters columns grow.
_STEP = 1.5
# Excel's limit.
_HIGHEST = 409


def options() -> dict[str, Any]:
    """How workbooks are written.

    Text is written as text whatever it starts with: a submitted «=…» must not become a formula. The base font sets what
    a column's width means; the sizes are Excel's for this font, in pixels. XlsxWriter writes into the font's dictionary
    what the next workbook would then begin with: each has its own.
    """
    return {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": dict(FONT),
        "default_column_width": 72,
        "default_row_height": 21,
    }


def room(wide: bool) -> float:
    """Columns that fit on a page within the margins, in characters of the base font; ``wide``: the page lies."""
    form = page_form()
    margins = form.wide_margins if wide else form.margins
    return (A4[1 if wide else 0] - margins.left - margins.right) / _INCH * 72 / DIGIT


def row_height(text: str, width: float, size: float, *, bold: bool = False) -> float:
    """Points that a row needs for a text in a column of ``width`` characters."""
    lines = line_count(text, width, size, bold=bold)
    # Rows have heights in quarters of a point.
    return min(_HIGHEST, float(round(4 * (lines * size * _LEADING + 2))) / 4)


def number_format(decimals: int) -> str:
    """A number as the report prints it."""
    return f"{LANGUAGE}#,##0" + ("." + "0" * decimals if decimals else "")


def set_page(sheet: Any, *, wide: bool, header: tuple[int, int] | None, last: tuple[int, int]) -> None:
    """Set up the page that a sheet is printed on.

    ``wide``: the page lies. ``header``: first and last of the rows that each page repeats, from 0. ``last``: the row
    and column up to which the sheet is printed, from 0.
    """
    form = page_form()
    margins = form.wide_margins if wide else form.margins
    sheet.set_paper(_A4)
    if wide:
        sheet.set_landscape()
    sheet.set_margins(**{side: mm / _INCH for side, mm in margins.model_dump().items()})
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    if header:
        sheet.repeat_rows(*header)
    sheet.print_area(0, 0, *last)


def shared_widths(least: Sequence[float], rows: Sequence[Mapping[int, float]], room: float) -> list[float]:
    """Widths of columns that make the rows low; they add up to ``room`` at most, where the least widths do.

    ``rows``: of each row how wide its texts are in one line, by column. The room goes, a little at a time, to the
    column where the least of it makes rows lower by a line.
    """
    widths = list(least)

    def need(row: Mapping[int, float]) -> _Need | None:
        # What stands in one line will always: widths only grow.
        tall = {column: text for column, text in row.items() if text > widths[column]}
        lines = {column: ceil(text / widths[column]) for column, text in tall.items()}
        most = max(lines.values(), default=0)
        columns = tuple(column for column, count in lines.items() if count == most)
        missing = sum(tall[column] / (most - 1) - widths[column] for column in columns)
        return _Need(tall, columns, 1 / (missing + _STEP)) if tall else None

    needs = [found for row in rows if (found := need(row))]
    while sum(widths) + _STEP <= room and needs:
        gains = [0.0] * len(widths)
        for row in needs:
            for column in row.columns:
                gains[column] += row.gain
        neediest = gains.index(max(gains))
        widths[neediest] += _STEP
        needs = [found for n in needs if (found := need(n.tall) if neediest in n.tall else n)]
    return widths


class _Need(NamedTuple):
    """A row of several lines: its texts that have more than one, the columns of the most, and what widening gains."""

    tall: Mapping[int, float]
    columns: tuple[int, ...]
    gain: float
