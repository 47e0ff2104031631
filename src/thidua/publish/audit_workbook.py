"""The audit workbook: every figure of the report as a live formula, down to the submitted cells.

Any spreadsheet program recalculates the whole report from it, without this library.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

from thidua.contracts import FigureRecord, FindingRecord, Place
from thidua.document.document import Properties
from thidua.intake.cells import as_formula
from thidua.intake.xlsx.number_format import section_for
from thidua.intake.xlsx.workbook import RawCell, RawWorkbook

FIGURES, FINDINGS = "Số liệu", "Phát hiện"
_HEAD = 2  # rows above the first figure: title and header
_VALUE = 4  # column of the live formula
_SEVERITIES = {"error": "Lỗi", "warning": "Cảnh báo", "note": "Ghi nhận"}
_LONGEST_NAME = 31
_LIKE_ESCAPE = re.compile(r"(?<=_)(?=x[0-9A-Fa-f]+_)")
_MOMENTS = dt.date | dt.time | dt.timedelta
_BASE = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}


def write_audit(
    books: Sequence[RawWorkbook],
    figures: Sequence[FigureRecord],
    findings: Sequence[FindingRecord],
    document: Properties,
    path: Path,
) -> None:
    """Write so-lieu.xlsx.

    A sheet for each sheet of ``books`` with its cells where they stood; «Số liệu» with a row per figure: where it is
    printed, unit, live formula, the number as printed; «Phát hiện» with links to the cells, or their names where no
    book has the sheet. Every formula carries its value. The bytes depend on the arguments alone.
    """
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "use_future_functions": True,
    }
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties(
        {"title": document.title, "author": document.author, "created": dt.datetime.combine(document.date, dt.time())}
    )
    names = _sheet_names(books)
    summary, problems = book.add_worksheet(FIGURES), book.add_worksheet(FINDINGS)
    cells: dict[tuple[str, str, str], RawCell] = {}
    for raw in books:
        for sheet in raw.sheets:
            _copy_sheet(book, book.add_worksheet(names[raw.file, sheet.title]), list(sheet.cells.values()))
            cells |= {(raw.file, sheet.title, c.address): c for c in sheet.cells.values()}
    _write_figures(book, summary, figures, lambda s: _source_formula(s, names, cells), names)
    _write_findings(book, problems, findings, names)
    book.close()


def _sheet_names(books: Sequence[RawWorkbook]) -> dict[tuple[str, str], str]:
    """A name for each sheet: period where it is an earlier one, workbook, title; cut to what is allowed, each once."""
    names: dict[tuple[str, str], str] = {}
    for raw in books:
        for sheet in raw.sheets:
            # «2031-Q1/kinh-te.xlsx» becomes «2031-Q1_kinh-te»; rather the workbook's name is cut than the sheet's.
            stem = raw.file.rpartition(".")[0][: max(1, _LONGEST_NAME - 1 - len(sheet.title))]
            whole = f"{stem}.{sheet.title}"
            name = "".join("_" if c in "[]:*?/\\'" else c for c in whole)[:_LONGEST_NAME]
            number = 2
            while name.casefold() in {n.casefold() for n in names.values()}:
                name, number = f"{name[: _LONGEST_NAME - 3]}~{number}", number + 1
            names[raw.file, sheet.title] = name
    return names


def _copy_sheet(book: xlsxwriter.Workbook, sheet: Any, cells: Sequence[RawCell]) -> None:
    """The submitted cells where they stood, text as text."""
    formats: dict[str, Any] = {}
    widths: dict[int, int] = {}
    for cell in cells:
        row, column = cell.row - 1, cell.column - 1
        pattern = _pattern(cell)
        if pattern not in formats:
            formats[pattern] = book.add_format({**_BASE, "num_format": pattern, "text_wrap": True})
        form = formats[pattern]
        if isinstance(cell.value, bool):
            sheet.write_boolean(row, column, cell.value, form)
        elif isinstance(cell.value, int | float | Decimal):
            sheet.write_number(row, column, float(cell.value), form)
        elif isinstance(cell.value, _MOMENTS):
            sheet.write_datetime(row, column, cell.value, form)
        elif cell.value is not None:
            _write_text(sheet, row, column, str(cell.value), form)
        widths[column] = max(widths.get(column, 0), min(50, len(str(cell.value or "")) if row > 3 else 0))
    for column, width in widths.items():
        sheet.set_column(column, column, max(9, width))


def _pattern(cell: RawCell) -> str:
    """The cell's own number format; a date that was stored as one may stand in a format for numbers."""
    section = section_for(cell.number_format, 1) if isinstance(cell.value, _MOMENTS) else None
    return "dd/mm/yyyy" if section is not None and section.kind not in ("date", "elapsed") else cell.number_format


def _write_text(sheet: Any, row: int, column: int, text: str, form: Any) -> None:
    """Text as text. LibreOffice would read «_xa_» as the escape of a line break; two runs of one cell it leaves."""
    pieces = _LIKE_ESCAPE.split(text)
    if len(pieces) == 1:
        sheet.write_string(row, column, text, form)
    else:
        sheet.write_rich_string(row, column, *(part for piece in pieces for part in (form, piece)), form)


def _write_figures(
    book: xlsxwriter.Workbook,
    sheet: Any,
    figures: Sequence[FigureRecord],
    source_formula: Callable[[Place], str],
    names: Mapping[tuple[str, str], str],
) -> None:
    header = ("Mã số liệu", "Nội dung", "Mục", "Đơn vị tính", "Giá trị", "Số in trong báo cáo", "Nguồn", "Ghi chú")
    _title(book, sheet, "SỐ LIỆU CỦA BÁO CÁO VÀ CÁCH TÍNH", header, (34, 60, 26, 14, 18, 16, 40, 40))
    text = book.add_format({**_BASE, "text_wrap": True})
    link = book.add_format({**_BASE, "font_color": "#0b4f8a", "underline": 1})
    exact = book.add_format({**_BASE, "num_format": "General"})
    rows = {record.id: n for n, record in enumerate(figures, _HEAD)}
    printed: dict[int, Any] = {}
    for record in figures:
        row = rows[record.id]
        for column, key in enumerate(("id", "label", "section", "unit")):
            _write_text(sheet, row, column, getattr(record, key), text)
        if record.value is None:
            _write_text(sheet, row, _VALUE, record.printed, text)
            _write_text(sheet, row, 7, record.why or "", text)
            continue
        value = float(Decimal(record.value))
        source = record.source
        formula = source_formula(source) if source else _expression(record, rows)
        if formula:
            sheet.write_formula(row, _VALUE, f"={formula}", exact, value)
        else:
            sheet.write_number(row, _VALUE, value, exact)
        places = len(record.printed.partition(",")[2])
        if places not in printed:
            printed[places] = book.add_format({**_BASE, "num_format": "#,##0" + ("." + "0" * places if places else "")})
        shown = _number(record.printed)
        sheet.write_formula(row, 5, f"=ROUND({_cell(row)},{places})", printed[places], shown)
        if source:
            target = f"internal:'{names[source.file, source.sheet]}'!{source.cell}"
            sheet.write_url(row, 6, target, link, f"{source.file} › {source.sheet} › {source.cell}")
    sheet.autofilter(_HEAD - 1, 0, _HEAD - 1 + len(figures), len(header) - 1)


def _write_findings(
    book: xlsxwriter.Workbook, sheet: Any, findings: Sequence[FindingRecord], names: Mapping[tuple[str, str], str]
) -> None:
    header = ("Mức", "Mã", "Nội dung", "Có thể do", "Đã ghi", "Tính lại", "Chấp nhận", "Ô liên quan")
    _title(book, sheet, "KẾT QUẢ KIỂM TRA SỐ LIỆU", header, (11, 26, 70, 50, 16, 16, 30, 34))
    text = book.add_format({**_BASE, "text_wrap": True})
    link = book.add_format({**_BASE, "font_color": "#0b4f8a", "underline": 1})
    for row, finding in enumerate(findings, _HEAD):
        accepted = finding.accepted_why or "" if finding.accepted else ""
        values = (
            _SEVERITIES[finding.severity],
            finding.id or "",
            finding.message,
            finding.cause or "",
            finding.printed,
            finding.recomputed,
            accepted,
        )
        for column, value in enumerate(values):
            _write_text(sheet, row, column, value or "", text)
        for column, cell in enumerate(finding.cells, len(values)):
            place = f"{cell.file} › {cell.sheet} › {cell.cell}"
            name = names.get((cell.file, cell.sheet))
            if name is None:
                _write_text(sheet, row, column, place, text)
            else:
                sheet.write_url(row, column, f"internal:'{name}'!{cell.cell}", link, place)


def _title(book: xlsxwriter.Workbook, sheet: Any, title: str, header: Sequence[str], widths: Sequence[int]) -> None:
    sheet.write_string(0, 0, title, book.add_format({**_BASE, "bold": True, "font_size": 14}))
    head = book.add_format({**_BASE, "bold": True, "border": 1, "bg_color": "#DDE6EE", "text_wrap": True})
    for column, (name, width) in enumerate(zip(header, widths, strict=True)):
        sheet.write_string(_HEAD - 1, column, name, head)
        sheet.set_column(column, column, width)
    sheet.freeze_panes(_HEAD, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD - 1)


def _source_formula(
    source: Place, names: Mapping[tuple[str, str], str], cells: Mapping[tuple[str, str, str], RawCell]
) -> str:
    """The submitted cell as the number that intake read from it."""
    cell = cells[source.file, source.sheet, source.cell]
    return as_formula(cell, f"'{names[source.file, source.sheet]}'!{_absolute(source.cell)}")


def _expression(record: FigureRecord, rows: Mapping[str, int]) -> str:
    """The figure's formula over the cells of its inputs; empty for a constant."""
    places = [_cell(rows[id]) for id in record.inputs]
    match record.operator:
        case None:
            return ""
        case "percent":
            return f"100*{places[0]}/{places[1]}"
        case "change":
            return f"100*({places[0]}-{places[1]})/{places[1]}"
        case "abs":
            return f"ABS({places[0]})"
        case "sum":
            return "+".join(places)
        case operator:
            return f"{places[0]}{operator}{places[1]}"


def _cell(row: int) -> str:
    return f"E{row + 1}"


def _absolute(address: str) -> str:
    row, column = xl_cell_to_rowcol(address)
    letters = address.rstrip("0123456789")
    return f"${letters}${row + 1}" if column >= 0 else address


def _number(printed: str) -> float:
    return float(printed.replace(".", "").replace(",", ".").replace("−", "-"))
