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

from thidua.checks.finding import SEVERITY_NAMES
from thidua.contracts import FigureRecord, FindingRecord, Place
from thidua.document.disputes import NONE, Disputes
from thidua.document.document import Properties
from thidua.document.marks import sign
from thidua.intake.cells import as_formula
from thidua.intake.sheets import is_info
from thidua.intake.xlsx.raw import RawSheet
from thidua.intake.xlsx.workbook import RawWorkbook
from thidua.publish.audit.audit_sheet import LINK, RULED, AuditSheet, Names
from thidua.publish.audit.submitted_sheet import copy_sheet
from thidua.tables.printed_sheet import LANGUAGE, number_format, options

FIGURES, FINDINGS, SHEETS = "Số liệu", "Phát hiện", "Các biểu"
_VALUE, _LETTER = 2, "C"  # column of the live formula
_LONGEST_NAME = 31
_NUMBER = {**RULED, "align": "right", "num_format": f"{LANGUAGE}General"}
# With the marks of a draft as wide as a page that lies, printed at eight points.
_FIGURE_COLUMNS = (
    ("Nội dung", 36.0), ("Đơn vị tính", 10.0), ("Giá trị", 13.0), ("Số in trong báo cáo", 11.0),
    ("Ô gốc hoặc cách tính", 26.0), ("Mục của báo cáo", 27.0), ("Mã số liệu", 20.0),
)  # fmt: skip
_MARKS = ("Dấu", 7.0)
_FINDING_COLUMNS = (
    ("Mức", 8.0), ("Nội dung", 45.0), ("Có thể do", 23.0), ("Đã ghi", 11.0), ("Tính lại", 11.0), ("Ô liên quan", 17.0),
    ("Chấp nhận", 14.0), ("Mã phát hiện", 14.0),
)  # fmt: skip


def write_audit(
    books: Sequence[RawWorkbook],
    figures: Sequence[FigureRecord],
    findings: Sequence[FindingRecord],
    document: Properties,
    path: Path,
    headings: Mapping[str, str] | None = None,
    disputes: Disputes = NONE,
) -> None:
    """Write so-lieu.xlsx.

    «Số liệu» with a row per figure: unit, live formula, the number as printed, where it comes from, the section that
    prints it (by the name that ``headings`` have for it); «Phát hiện» with links to the cells, or their names where no
    book has the sheet; «Các biểu» with a link to each sheet of ``books``, whose cells stand where they stood. The sheet
    that says whose workbook it is stands there only where a figure or finding names it. Every formula carries its
    value, every sheet is set up for A4. Where ``disputes`` make the report a draft, both lists say so and have their
    marks. The bytes depend on the arguments alone.
    """
    book = xlsxwriter.Workbook(str(path), options())
    book.set_properties(
        {"title": document.title, "author": document.author, "created": dt.datetime.combine(document.date, dt.time())}
    )
    cited = {(c.file, c.sheet) for f in findings for c in f.cells} | {
        (f.source.file, f.source.sheet) for f in figures if f.source
    }
    copied = [(b.file, s) for b in books for s in b.sheets if not is_info(s) or (b.file, s.title) in cited]
    names = _sheet_names(copied)
    formats: dict[frozenset[tuple[str, Any]], Any] = {}
    made = {name: AuditSheet(book, book.add_worksheet(name), formats) for name in (FIGURES, FINDINGS, SHEETS)}
    for file, sheet in copied:
        copy_sheet(AuditSheet(book, book.add_worksheet(names[file, sheet.title]), formats), file, sheet)
    sheets = {(file, sheet.title): sheet for file, sheet in copied}
    _write_figures(made[FIGURES], figures, lambda s: _source_formula(s, names, sheets), names, headings or {}, disputes)
    _write_findings(made[FINDINGS], findings, names, disputes)
    runs = {figure.source.file: figure.run for figure in figures if figure.source and figure.run}
    _write_sheets(made[SHEETS], copied, names, runs)
    book.close()


def _sheet_names(copied: Sequence[tuple[str, RawSheet]]) -> Names:
    """A name for each sheet: period where it is an earlier one, workbook, title; cut to what is allowed, each once."""
    names: dict[tuple[str, str], str] = {}
    used = {name.casefold() for name in (FIGURES, FINDINGS, SHEETS)}
    for file, sheet in copied:
        # «2031-Q1/kinh-te.xlsx» becomes «2031-Q1_kinh-te»; rather the workbook's name is cut than the sheet's.
        stem = file.rpartition(".")[0][: max(1, _LONGEST_NAME - 1 - len(sheet.title))]
        whole = f"{stem}.{sheet.title}"
        name = "".join("_" if c in "[]:*?/\\'" else c for c in whole)[:_LONGEST_NAME]
        number = 2
        while name.casefold() in used:
            name, number = f"{name[: _LONGEST_NAME - 3]}~{number}", number + 1
        used.add(name.casefold())
        names[file, sheet.title] = name
    return names


def _write_figures(
    made: AuditSheet,
    figures: Sequence[FigureRecord],
    source_formula: Callable[[Place], str],
    names: Names,
    headings: Mapping[str, str],
    disputes: Disputes,
) -> None:
    remark = "Mỗi giá trị là một công thức, dẫn qua các dòng khác của trang này đến ô mà đơn vị đã nộp."
    columns = (*_FIGURE_COLUMNS, *([_MARKS] if disputes.all else []))
    first = made.list_head("SỐ LIỆU CỦA BÁO CÁO VÀ CÁCH TÍNH", columns, _state(disputes) + remark)
    rows = {record.id: row for row, record in enumerate(figures, first)}

    def printed(id: str) -> str:
        return figures[rows[id] - first].printed

    for record in figures:
        row, source = rows[record.id], record.source
        section = headings.get(record.section, record.section)
        origin = record.why if record.value is None else _in_numbers(record, printed)
        if not source:
            origin = _with_parts(origin or "", record)
        texts = (record.label, record.unit, "", "", str(source) if source else origin or "", section, record.id)
        made.fit_row(row, [(text, width) for text, (_, width) in zip(texts, _FIGURE_COLUMNS, strict=True)])
        for column in (0, 1, 3, 4, 5, 6):
            made.text(row, column, texts[column])
        if disputes.all:
            found = [dispute.mark for dispute in disputes.of_figure(record.id)]
            made.text(row, len(_FIGURE_COLUMNS), sign(found) if found else "")
        if record.value is None:
            made.text(row, _VALUE, record.printed)
            continue
        value, exact = float(Decimal(record.value)), made.look(_NUMBER)
        formula = source_formula(source) if source else _expression(record, rows)
        if formula:
            made.sheet.write_formula(row, _VALUE, f"={formula}", exact, value)
        else:
            made.sheet.write_number(row, _VALUE, value, exact)
        places = len(record.printed.partition(",")[2])
        shown = made.look({**_NUMBER, "num_format": number_format(places)})
        made.sheet.write_formula(row, 3, f"=ROUND({_cell(row)},{places})", shown, _number(record.printed))
        if source:
            made.link(row, 4, source, names)
    made.list_page(len(figures), len(columns), FIGURES)


def _state(disputes: Disputes) -> str:
    errors = sum(d.finding.severity == "error" for d in disputes.all)
    return f"Báo cáo còn là dự thảo, còn {errors} lỗi chưa được giải quyết. " if errors else ""


def _in_numbers(record: FigureRecord, printed: Callable[[str], str]) -> str:
    """The formula with the numbers that it takes: «100 × 1.120,5 ÷ 1.500»."""
    ids = "|".join(re.escape(id) for id in sorted(record.inputs, key=len, reverse=True))
    pattern = rf"(?<![\w./])(?:{ids})(?![\w./])"
    return re.sub(pattern, lambda found: printed(found[0]), record.formula or "") if ids else record.formula or ""


def _with_parts(origin: str, record: FigureRecord) -> str:
    """How a figure was worked out, with the units below that it has not, or those whom alone it has."""
    told = [("Riêng số liệu của", record.only), ("Chưa có số liệu của", record.lacks)]
    return ". ".join([origin, *(f"{how}: {', '.join(names)}" for how, names in told if names)])


def _write_findings(made: AuditSheet, findings: Sequence[FindingRecord], names: Names, disputes: Disputes) -> None:
    """A row for each finding, the gravest first; to the right of the printed page, a link to each of its cells."""
    remark = "Muốn mở một ô liên quan thì bấm tên ô ở các cột bên phải bảng."
    first = made.list_head("KẾT QUẢ KIỂM TRA SỐ LIỆU", _FINDING_COLUMNS, _state(disputes) + remark)
    signs = {dispute.finding.id: f" {sign([dispute.mark])}" for dispute in disputes.all}
    beyond = len(_FINDING_COLUMNS)
    most = max((len(f.cells) for f in findings), default=0)
    made.sheet.set_column(beyond, beyond + max(most, 1), 34)
    for row, finding in enumerate(findings, first):
        accepted = f"{finding.accepted_why} ({finding.accepted_by})" if finding.accepted else ""
        texts = (
            SEVERITY_NAMES[finding.severity] + signs.get(finding.id, ""),
            ". ".join((finding.message, *finding.effects)) + ".", finding.cause or "",
            finding.printed, finding.recomputed, _places(finding.cells), accepted, finding.id,
        )  # fmt: skip
        made.fit_row(row, [(text, width) for text, (_, width) in zip(texts, _FINDING_COLUMNS, strict=True)])
        for column, text in enumerate(texts):
            made.text(row, column, text)
        for column, cell in enumerate(finding.cells, beyond):
            made.link(row, column, cell, names)
    made.list_page(len(findings), len(_FINDING_COLUMNS), FINDINGS)


def _places(cells: Sequence[Place]) -> str:
    """Cells by sheet, a line for each: «y-te.xlsx › Chỉ tiêu: M8, J8»."""
    sheets: dict[str, list[str]] = {}
    for cell in cells:
        sheets.setdefault(f"{cell.file} › {cell.sheet}", []).append(cell.cell)
    return "\n".join(f"{sheet}: {', '.join(addresses)}" for sheet, addresses in sheets.items())


def _write_sheets(
    made: AuditSheet, copied: Sequence[tuple[str, RawSheet]], names: Names, runs: Mapping[str, str]
) -> None:
    """A row for each sheet; ``runs`` are the sealed runs of units below that have a workbook, by its name."""
    columns = [("Tệp đã nộp", 26.0), ("Trang", 22.0), ("Trang trong sổ này", 28.0)]
    columns += [("Lần chạy của đơn vị", 24.0)] if runs else []
    first = made.list_head("CÁC BIỂU ĐÃ NỘP", columns, "Mỗi trang giữ đúng các ô như đơn vị đã nộp.")
    for row, (file, sheet) in enumerate(copied, first):
        name = names[file, sheet.title]
        texts = (file, sheet.title, name, runs.get(file, ""))
        made.fit_row(row, [(text, width) for text, (_, width) in zip(texts, columns, strict=False)])
        made.text(row, 0, file)
        made.text(row, 1, sheet.title)
        made.sheet.write_url(row, 2, f"internal:'{name}'!A1", made.look(LINK), name)
        if runs:
            made.text(row, 3, runs.get(file, ""))
    made.list_page(len(copied), len(columns), SHEETS, wide=False)


def _source_formula(source: Place, names: Names, sheets: Mapping[tuple[str, str], RawSheet]) -> str:
    """The submitted cell as the number that intake read from it."""
    row, column = xl_cell_to_rowcol(source.cell)
    cell = sheets[source.file, source.sheet].cells[row + 1, column + 1]
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
    return f"{_LETTER}{row + 1}"


def _absolute(address: str) -> str:
    row, column = xl_cell_to_rowcol(address)
    letters = address.rstrip("0123456789")
    return f"${letters}${row + 1}" if column >= 0 else address


def _number(printed: str) -> float:
    return float(printed.replace(".", "").replace(",", ".").replace("−", "-"))
