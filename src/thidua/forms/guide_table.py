"""The forms as the officer's guide tells them, column by column; `make guide` writes it there."""

from __future__ import annotations

from thidua.forms.schema import Column, SheetSchema

HEAD = "| Cột | Cũng nhận | Phải có | Ghi gì |\n|---|---|---|---|\n"


def in_markdown(schema: SheetSchema) -> str:
    """The table of a form: each column's header, other headers, whether it must be there, what to write."""
    return HEAD + "\n".join(_line(column) for column in schema.columns)


def _line(column: Column) -> str:
    must = "mỗi dòng" if column.required else "cần cột" if column.column_required else ""
    cells = (column.header[0], ", ".join(column.header[1:]), must, column.filled_with)
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"
