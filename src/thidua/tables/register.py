"""The appendix that lists the documents issued in the period."""

from __future__ import annotations

from collections.abc import Iterable

from thidua.entries import Entry
from thidua.language.text import written_date
from thidua.tables.appendix import Column, RowStyle, Value, show_appendix, sourced

_COLUMNS = (
    Column(("TT",), 4, "center"),
    Column(("Số, ký hiệu, ngày, tháng ban hành văn bản",), 19),
    Column(("Trích yếu nội dung văn bản",), 45),
    Column(("Ghi chú",), 7),
)


def appendix_register(register: Iterable[Entry]) -> None:
    """The register of directive documents, one row each, in the order submitted.

    >>> appendix_register(report.register)
    """
    rows = [_row(number, entry) for number, entry in enumerate(register, 1)]
    show_appendix("danh_muc_van_ban", "Danh mục văn bản", _COLUMNS, rows)


def _row(number: int, entry: Entry) -> tuple[RowStyle, list[str | Value | None]]:
    written = f"{entry.number} ngày {written_date(entry.date)}"  # type: ignore[arg-type]  # the form requires both
    title, note = entry.title or "", entry.note or ""
    return "row", [f"{number:02d}", sourced(written, entry.number), title, note]  # type: ignore[list-item]
