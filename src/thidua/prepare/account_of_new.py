"""What ``thidua new`` tells: what was made, all that was carried over, and all that was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from thidua.forms.schema import schema_titled
from thidua.intake.records import Record
from thidua.machine.to_type import as_typed
from thidua.prepare.blank import Given
from thidua.prepare.carried_over import Carried
from thidua.prepare.new import Begun, Book


def in_words(begun: Begun, root: Path) -> str:
    """The account for whoever sends the workbooks out, counted by department and sheet."""
    return "\n".join(_lines(begun, root))


def as_dict(begun: Begun) -> dict[str, Any]:
    """The account for programs, each row and cell by itself."""
    return {
        "period": begun.new.id,
        "from": begun.old.id,
        "params": {
            "file": f"params/{begun.new.id}.yaml",
            "carried": list(begun.params.kept),
            "cleared": [{"name": name, "value": value} for name, value in begun.params.cleared],
            "outdated": [{"name": name, "value": value} for name, value in begun.params.outdated],
        },
        "last_year": begun.source or None,
        "workbooks": [_book(book, begun) for book in begun.books],
        "notes": list(begun.notes),
    }


def _book(book: Book, begun: Begun) -> dict[str, Any]:
    return {
        "file": f"data/raw/{begun.new.id}/{book.file}",
        "department": book.who,
        "carried": [{"sheet": s.sheet, "cells": _cells(row)} for s in book.sheets for row in s.rows],
        "not_carried": [
            *(_place(r, key) for s in book.sheets for r, key in s.left),
            *({**_place(r, key), "why": why} for s in book.sheets for r, why in s.gone for key in r.values),
        ],
        "look_again": [{"sheet": r.sheet, "cell": r.cells["name"], "why": w} for s in book.sheets for r, w in s.again],
    }


def _cells(row: Mapping[str, Given]) -> dict[str, Any]:
    return {k: {"value": str(g.value), "from": g.remark} if g.remark else str(g.value) for k, g in row.items()}


def _place(record: Record, key: str) -> dict[str, Any]:
    return {"sheet": record.sheet, "cell": record.cells[key], "column": _header(record.sheet, key)}


def _lines(begun: Begun, root: Path) -> Iterator[str]:
    new, old = begun.new, begun.old
    yield f"Đã lập kỳ {new.name} theo kỳ {old.name}:"
    yield f"  params/{new.id}.yaml và {len(begun.books)} biểu trống trong data/raw/{new.id}/"
    if begun.source:
        yield f"  số cùng kỳ lấy từ {begun.source}"
    else:
        yield f"  số cùng kỳ để trống: chưa có lần chạy hay biểu nào của kỳ {new.last_year.id}"
    for note in begun.notes:
        yield f"  {note}"
    yield ""
    yield "Đã chép sang:"
    yield f"  tham số: {', '.join(begun.params.kept)}"
    for book in begun.books:
        if told := "; ".join(filter(None, map(_carried, book.sheets))):
            yield f"  {book.file}: {told}"
    yield ""
    yield "Không chép:"
    for name, value in begun.params.cleared:
        yield f"  tham số {name}: {value}"
    for book in begun.books:
        if told := "; ".join(filter(None, map(_left, book.sheets))):
            yield f"  {book.file}: {told}"
    yield from _again(begun)
    yield ""
    check = as_typed("check", new.id, root=root)
    yield f"Gửi các biểu cho đơn vị điền, lưu đè vào data/raw/{new.id}/ rồi gõ: {check}"


def _carried(sheet: Carried) -> str:
    if not sheet.rows:
        return ""
    counts = {"kế hoạch": sheet.count("plan"), "cùng kỳ": sheet.count("last")}
    numbers = "".join(f", {n} số {name}" for name, n in counts.items() if n)
    return f"{sheet.sheet} {len(sheet.rows)} dòng{numbers}"


def _left(sheet: Carried) -> str:
    told = []
    if counts := Counter(_header(r.sheet, key) for r, key in sheet.left):
        told.append(f"{sheet.sheet} " + ", ".join(f"«{header}» {n} ô" for header, n in counts.items()))
    told += [f"{sheet.sheet} {n} dòng ({why})" for why, n in Counter(why for _, why in sheet.gone).items()]
    return "; ".join(told)


def _again(begun: Begun) -> Iterator[str]:
    """What the machine leaves to a person: words that name a time gone by."""
    found = [f"tham số {name} ghi thẳng một kỳ khác: «{line}»" for name, line in begun.params.outdated]
    found += [
        f"{book.file}, {sheet.sheet}, «{record.text('name')}»: {why}"
        for book in begun.books
        for sheet in book.sheets
        for record, why in sheet.again
    ]
    if found:
        yield ""
        yield "Cần xem lại (ô trong biểu có ghi chú):"
        yield from (f"  {line}" for line in found)


def _header(sheet: str, key: str) -> str:
    schema = schema_titled(sheet)
    assert schema is not None
    return schema.column(key).header[0]
