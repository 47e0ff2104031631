"""A world's report: its rows as a dataset, its notebooks run in this process, one document, and the account of cells.

Nothing is drawn and no kernel starts; all else is as in a whole run.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nbformat
from nbformat import NotebookNode

import thidua.notebook
from checks.periods import merge_awards
from generated.periods import ROOT, Row, World
from plain_yaml import dumped
from thidua.charts import chart, picture
from thidua.checks.engine import check
from thidua.checks.rules_file import common_rules
from thidua.contracts import FigureRecord
from thidua.dataset import Dataset
from thidua.document import show
from thidua.document.document import Document
from thidua.document.stitch import stitch
from thidua.forms.schema import schemas
from thidua.intake.cells import Number
from thidua.intake.records import Record
from thidua.intake.xlsx.raw import letters
from thidua.prose import render as rendering
from thidua.prose.checking import MAGIC, read
from thidua.prose.render import render
from thidua.report import Report
from thidua.run.collect import carried, fallen, figures
from thidua.run.outline import parts_of, properties_of
from thidua.run.untold import Account, account
from thidua.settings.params import Params
from thidua.settings.params_file import load
from thidua.stated_row import UNJUDGED, Judgement
from workbooks import add_form, columns_of, new_book

_FIRST_ROW = 2


@dataclass(frozen=True)
class Made:
    """What a world's report says, and the account of what it does not."""

    world: World
    report: Report
    document: Document
    figures: list[FigureRecord]
    account: Account


def made(world: World, *, judged: bool = False) -> Made:
    """A world's report; ``judged``: what rests on numbers that the checks put in doubt is withheld."""
    params, records = params_of(world), records_of(world)
    judgement = _judgement(params, records) if judged else UNJUDGED
    report = Report(params, Dataset(records, judgement))
    executed = {name: executed_over(report, name) for name in report.params.notebooks}
    sections = {name: carried(node) for name, node in executed.items()}
    parts = parts_of(report.params, {name: section.blocks for name, section in sections.items()})
    told = figures(sections)
    document = stitch(parts, properties_of(report.params, f"{world.period.id}-0"), told)
    counted = account(report.data.records, told, list(document.report.blocks()), fallen(sections))
    return Made(world, report, document, told, counted)


def _judgement(params: Params, records: list[Record]) -> Judgement:
    return check(Dataset(records), params, common_rules(), {}).judgement


def params_of(world: World) -> Params:
    """The params as they are read from a file."""
    with tempfile.TemporaryDirectory() as folder:
        return load(write_params(world, Path(folder)))


def write_params(world: World, folder: Path) -> Path:
    path = folder / f"{world.period.id}.yaml"
    path.write_text(dumped(world.params), encoding="utf-8")
    return path


def records_of(world: World) -> list[Record]:
    """A world's rows as intake gives them."""
    return rows_as_read(world.books)


def write_books(world: World, folder: Path) -> None:
    """The rows as workbooks."""
    for file, forms in world.books.items():
        book = new_book(world.params["unit"]["name"], world.period.id)
        for title, rows in forms.items():
            merge_awards(add_form(book, title, rows), "awards" if title == "Khen thưởng" else "")
        book.save(folder / file)


def rows_as_read(books: dict[str, dict[str, list[Row]]]) -> list[Record]:
    """The rows of workbooks, by form, as intake gives them."""
    return [r for file, forms in books.items() for title, rows in forms.items() for r in _read(file, title, rows)]


def _read(file: str, title: str, rows: list[Row]) -> Iterator[Record]:
    schema = schemas()[title]
    columns = {key: letters(number) for number, key in enumerate(columns_of(schema, rows), 1)}
    for number, row in enumerate(rows, _FIRST_ROW):
        given: dict[str, Any] = {
            key: Number(value, None) if schema.column(key).type in ("number", "percent") else value
            for key, value in row.items()
        }
        cells = {key: f"{columns[key]}{number}" for key in row}
        yield Record(schema.kind, file, title, number, "0" * 64, given, cells)


def executed_over(report: Report, name: str) -> NotebookNode:
    """A notebook with what its cells show over a report."""
    names: dict[str, Any] = {}
    node = NotebookNode(cells=[])
    with patch.object(thidua.notebook, "open_report", lambda *_: report), patch.object(rendering, "read", _read_cell):
        for number, (kind, source, code) in enumerate(_cells(name)):
            if kind == "markdown":
                node.cells.append(NotebookNode(cell_type="markdown", source=source, metadata={}))
                continue
            outputs: list[Any] = []

            def display(data: dict[str, Any], *, raw: bool, into: list[Any] = outputs) -> None:
                into.append(NotebookNode(output_type="display_data", data=data))

            with (
                patch.object(show, "display", display),
                patch.object(show, "page_of", lambda *_: ""),
                patch.object(chart, "display"),
                patch.object(picture, "draw", lambda _: b""),
            ):
                if code is None:
                    own = {k: v for k, v in names.items() if not k.startswith("_") and k != "report"}
                    prose = render(source, report, own)
                    show.show(prose.blocks, prose.figures, map(str, prose.fallen))
                else:
                    exec(code, names)
            node.cells.append(
                NotebookNode(cell_type="code", id=f"o{number}", source=source, outputs=outputs, metadata={})
            )
    return node


# A cell's tree is the same over all data.
_read_cell = cache(read)


@cache
def _cells(name: str) -> list[tuple[str, str, Any]]:
    """The cells of a notebook: kind, source, and of Python the compiled code."""
    cells: list[tuple[str, str, Any]] = []
    for number, cell in enumerate(nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells):
        source = cell.source
        if cell.cell_type == "code" and source.startswith(MAGIC):
            cells.append(("prose", source.partition("\n")[2], None))
        elif cell.cell_type == "code":
            lines = (line for line in source.split("\n") if not line.startswith("%"))
            cells.append(("code", source, compile("\n".join(lines), f"{name}, cell {number}", "exec")))
        else:
            cells.append(("markdown", source, None))
    return cells
