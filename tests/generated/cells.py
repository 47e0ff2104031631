"""An account of cells apart from the program's own: what was submitted, and what the report shows of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from generated.reports import Made
from thidua.document.block import Number, Text
from thidua.document.lines import text_of
from thidua.document.walking import printed, runs_of
from thidua.forms.schema import form
from thidua.intake.cells import Number as Submitted
from thidua.intake.records import Record

Place = tuple[str, str, str]
_WRONG = {True: "told and named", False: "neither told nor named"}
# Columns of text that say something by themselves; the others place a row, name it or say what it is.
_TELLING = {
    "events": ("content",),
    "documents": ("title",),
    "movements": ("content", "result"),
    "role_models": ("name", "content", "address"),
    "assessments": ("content",),
    "tasks": ("content",),
    "register": ("title",),
}


def wrong_accounts(made: Made) -> Iterator[str]:
    """Where the report's account of cells is not what its pages show."""
    untold = Counter((u.file, u.sheet, u.cell) for u in made.account.untold)
    yield from (f"named {times} times: {place}" for place, times in untold.items() if times > 1)
    submitted = {place for record in made.report.data.records for place in _places(record)}
    yield from (f"named and not submitted: {place}" for place in untold if place not in submitted)
    blocks = list(made.document.report.blocks())
    shown = text_of(blocks).replace("\u00a0", " ").casefold()
    figures = {f.id: f for f in made.figures}
    resting: set[Place] = set()
    waiting = list(printed(blocks))
    waiting += [run.figure for block in blocks for run in runs_of(block) if isinstance(run, Number)]
    seen: set[str] = set()
    while waiting:
        figure = figures.get(waiting.pop())
        if figure is None or figure.id in seen:
            continue
        seen.add(figure.id)
        waiting += figure.inputs
        if figure.source:
            resting.add((figure.source.file, figure.source.sheet, figure.source.cell))
    sources = [run.source for block in blocks for run in runs_of(block) if isinstance(run, Text) and run.source]
    resting |= {(source.file, source.sheet, source.cell) for source in sources}
    for record in made.report.data.records:
        for key, value in record.values.items():
            place = (record.file, record.sheet, record.cell(key).address)
            if isinstance(value, Submitted):
                is_printed = form(record.kind).column(key).printed is not None
                if not is_printed and (place in resting) == (place in untold):
                    yield f"{_WRONG[place in untold]}: {place} {value.value:f}"
            elif key in _TELLING.get(record.kind, ()):
                is_told = place in resting or bool(
                    re.search(re.escape(str(value).strip(" .;,:").casefold()) + r"(?! \d)", shown)
                )
                if is_told == (place in untold):
                    yield f"{_WRONG[is_told]}: {place} {value}"


def _places(record: Record) -> Iterator[Place]:
    for key in record.values:
        yield record.file, record.sheet, record.cell(key).address
