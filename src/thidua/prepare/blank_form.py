"""The sheet of one form in a blank workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_rowcol_to_cell

from thidua.forms.schema import Column, SheetSchema
from thidua.prepare.entry_rules import entry_rule
from thidua.prepare.looks import LINE, SIZE, Looks, protected
from thidua.tables.measure import line_count

if TYPE_CHECKING:
    from thidua.prepare.blank import Given

# Above the header: whose sheet it is, what it is, for when, what for.
_ABOVE = 5
_WIDTHS = {"text": 30, "formula": 22, "slugs": 30, "slug": 24, "number": 13, "percent": 11, "date": 13, "choice": 11}
_KEY_WIDTHS = {"name": 42, "content": 48, "title": 48, "result": 36, "unit": 12, "number": 16, "tt": 7, "place": 18}
_REMARK = {"x_scale": 2.2, "y_scale": 0.8, "author": "thidua"}


class FormSheet:
    """One sheet: banner, header, the rows that are given, room for more."""

    def __init__(self, book: Any, looks: Looks, schema: SheetSchema, rows: Sequence[Mapping[str, Given]], room: int):
        self._sheet = book.add_worksheet(schema.title)
        self._looks, self._schema, self._rows = looks, schema, rows
        self._columns, self._shown = _arranged(schema)
        self._depth = max(len(_levels(c)) for c in self._columns)
        self._first = _ABOVE + self._depth
        self._last = self._first + len(rows) + room - 1

    def write(self, department: str, period_name: str, offered: Mapping[str, str]) -> None:
        """Write all of it; ``offered`` gives the range that the drop-down of a column takes its codes from."""
        above = (department.upper(), self._schema.title.upper(), period_name)
        for row, text in enumerate(above):
            self._sheet.write_string(row, 0, text, self._looks.title)
        self._sheet.write_string(len(above), 0, self._schema.about, self._looks.hint)
        self._write_header()
        for position, column in enumerate(self._columns):
            self._sheet.set_column(position, position, _width(column))
            self._write_column(position, column)
            self._guide(position, column, offered.get(column.key, ""))
        self._finish()

    def _write_header(self) -> None:
        """The header, and the height of rows whose texts wrap, which no two programs agree on."""
        top = _ABOVE
        for first_row, left, last_row, right, text in _header([_levels(c) for c in self._columns], self._depth):
            if (first_row, left) != (last_row, right):
                self._sheet.merge_range(top + first_row, left, top + last_row, right, "", self._looks.header)
            self._sheet.write_string(top + first_row, left, text, self._looks.header)
        for row in range(top, self._first):
            self._sheet.set_row(row, LINE * (3 if self._depth == 1 else 2))
        for row, cells in enumerate(self._rows, self._first):
            texts = [(c, str(cells[c.key].value)) for c in self._columns[: self._shown] if c.key in cells]
            long = [(c, text) for c, text in texts if len(text) > _width(c) / 2]  # measuring takes its time
            lines = max((line_count(text, _width(column), SIZE) for column, text in long), default=1)
            if lines > 1:
                self._sheet.set_row(row, LINE * lines)

    def _write_column(self, position: int, column: Column) -> None:
        kind = column.type
        is_wanted = column.must_exist or column.role in ("actual", "cumulative", "plan", "last")
        open_look = self._looks.wanted(kind) if is_wanted else self._looks.welcome(kind)
        for row in range(self._first, self._last + 1):
            self._sheet.write_blank(row, position, None, open_look)
        for row, cells in enumerate(self._rows, self._first):
            given = cells.get(column.key)
            if given is None:
                continue
            look = open_look
            if column.key in self._schema.lasting:
                look = self._looks.fixed(kind) if column.key in self._schema.keeps else self._looks.named(kind)
            if isinstance(given.value, Decimal):
                self._sheet.write_number(row, position, float(given.value), look)
            else:
                self._sheet.write_string(row, position, given.value, look)
            if given.remark:
                self._sheet.write_comment(row, position, given.remark, _REMARK)

    def _guide(self, position: int, column: Column, offered: str) -> None:
        """What a column's cells take, and how it says so."""
        area = (self._first, position, self._last, position)
        if rule := entry_rule(column, offered, *area):
            self._sheet.data_validation(*area, rule)
        if column.type in ("number", "percent"):
            cell = xl_rowcol_to_cell(self._first, position)
            for test, look in ((f"{cell}=INT({cell})", self._looks.whole), (f"{cell}<>0", self._looks.broken)):
                criteria = f"=AND(ISNUMBER({cell}),{test})"
                self._sheet.conditional_format(
                    *area, {"type": "formula", "criteria": criteria, "format": look, "stop_if_true": True}
                )

    def _finish(self) -> None:
        sheet = self._sheet
        names = [n for n, c in enumerate(self._columns) if c.key == "name"]
        sheet.freeze_panes(self._first, names[0] + 1 if self._schema.keeps and names else 0)
        sheet.repeat_rows(_ABOVE, self._first - 1)
        sheet.print_area(0, 0, self._last, self._shown - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(0.5, 0.5, 0.6, 0.6)
        sheet.set_footer('&R&"Times New Roman"&10&A, trang &P/&N')
        sheet.fit_to_pages(1, 0)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(self._last, len(self._columns))}"})
        protected(sheet, rows=not self._rows)


def _arranged(schema: SheetSchema) -> tuple[list[Column], int]:
    """The columns as they are filled in, and how many of them are printed: behind the numbers stands what is kept.

    Codes of totals, formulas and groups would stand between a row's name and its numbers.
    """
    lasting = [c.key in schema.lasting for c in schema.columns]
    lead = lasting.index(False)
    behind = [c for c in schema.columns[lead:] if c.key in schema.lasting]
    asked = [c for c in schema.columns[lead:] if c.key not in schema.lasting]
    return [*schema.columns[:lead], *asked, *behind], lead + len(asked)


def _header(paths: Sequence[Sequence[str]], depth: int) -> Iterator[tuple[int, int, int, int, str]]:
    """The header's cells with their corners: a level shared by neighbours is one cell, the last one reaches down."""
    for position, path in enumerate(paths):
        for level, text in enumerate(path):
            if level == len(path) - 1:
                yield level, position, depth - 1, position, text
            elif position == 0 or paths[position - 1][: level + 1] != path[: level + 1]:
                alike = [p[: level + 1] == path[: level + 1] for p in paths[position:]]
                yield level, position, level, position + [*alike, False].index(False) - 1, text


def _width(column: Column) -> int:
    return _KEY_WIDTHS.get(column.key) or _WIDTHS[column.type]


def _levels(column: Column) -> list[str]:
    return column.header[0].split(" / ")
