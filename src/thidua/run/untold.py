"""What was submitted and the report does not tell: nothing goes unseen.

A cell is told when a number on the page rests on it or a text on the page comes from it. What only says of another
cell what it is (codes, units, headings, dates of a row) is told with that cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from thidua.contracts import FigureRecord, UntoldRecord
from thidua.document.block import Block, Text
from thidua.document.walking import printed, runs_of
from thidua.figures import Figure
from thidua.figures.numbers import format_number
from thidua.forms.roles import bases
from thidua.forms.schema import form
from thidua.intake.cells import Number
from thidua.intake.records import Record

# Columns that place a row or say what it is; they are told with the row's other cells.
_ABOUT = frozenset(("tt", "place", "unit", "quality", "relation", "type", "issuer", "phase", "level", "field", "date"))
_NAMES = frozenset(("name", "number"))
_NUMBERED = frozenset(("indicators", "awards"))
_CITED = frozenset(("documents", "register"))
_NOT_ASKED = "chưa có notebook nào nêu"
_IN_PART = "dòng này đã nêu, riêng ô này thì chưa"
_REMARK = "ghi chú của đơn vị lập; chỉ vào báo cáo khi lời văn dùng {ghi chú …}"
_OF_THEN = "số cùng kỳ, đã báo cáo ở kỳ ấy; chỉ vào báo cáo khi lời văn, bảng so với cùng kỳ"

Place = tuple[str, str, str]


@dataclass(frozen=True)
class Account:
    """How many cells with something to tell were submitted, and those that the report does not tell.

    ``rows`` counts the rows of which it tells no cell at all.
    """

    submitted: int
    untold: tuple[UntoldRecord, ...]
    rows: int

    @property
    def sentences(self) -> tuple[str, ...]:
        """The account in one line, as the end of a run gives it; none where nobody has submitted anything."""
        return (self._sentence,) if self.submitted else ()

    @property
    def _sentence(self) -> str:
        if not self.untold:
            return f"đã nộp {_count(self.submitted)} ô, báo cáo nêu đủ"
        named = {"ô ghi chú": _REMARK, "ô số cùng kỳ": _OF_THEN}
        counts = {name: sum(u.why == why for u in self.untold) for name, why in named.items()}
        parts = [f"{_count(self.rows)} dòng chưa nêu ô nào"] if self.rows else []
        parts += [f"{_count(number)} {name}" for name, number in counts.items() if number]
        some = f" (có {', '.join(parts)})" if parts else ""
        counted = f"đã nộp {_count(self.submitted)} ô, chưa nêu {_count(len(self.untold))} ô{some}"
        return f"{counted}; danh sách theo đơn vị ở trang thẩm định, mục «Chưa nêu»"

    def by_department(self, names: Mapping[str, str]) -> dict[str, tuple[UntoldRecord, ...]]:
        """What each department, sub-unit or unit below submitted and the report does not tell, in their order.

        ``names`` says who submitted each workbook, by its name.
        """
        found: dict[str, list[UntoldRecord]] = {name: [] for name in names.values()}
        for record in self.untold:
            found.setdefault(names.get(record.file, record.file), []).append(record)
        return {name: tuple(records) for name, records in found.items() if records}


def account(
    records: Iterable[Record],
    figures: Sequence[FigureRecord],
    blocks: Sequence[Block],
    fallen: Sequence[str],
    known: Callable[[Record], str] = lambda _: "",
) -> Account:
    """The account of a run: what the ``blocks`` of the report tell of the period's ``records``.

    ``fallen`` says which clauses fell away, and why; a cell that such a clause would have told names that reason. A row
    of which it is ``known`` why it cannot be told names that.
    """
    shown = set(printed(blocks))
    texts = _texts(blocks)
    places = _places(figures, shown) | set(texts.values())
    counted = rows = 0
    untold: list[UntoldRecord] = []
    said = "\n".join(texts)
    for record in records:
        cells = {key: record.cell(key) for key in record.values}
        found = {key: (c.file, c.sheet, c.address) in places for key, c in cells.items()}
        if record.kind in _CITED:
            # A document that a text cites by its number is told, and so is one that two departments list.
            found["number"] = found.get("number", False) or _is_cited(record.text("number"), said)
        before = len(untold)
        for key in _telling(record):
            counted += 1
            if found[key] or _worked_out_anew(record, key, shown) or (key in _NAMES and any(found.values())):
                continue
            if _plain(str(record.values[key])) in texts and any(found.values()):
                continue  # rows with one result tell it once
            cell = cells[key]
            value = _written(record.values[key])
            why = _in_part(record, key) if any(found.values()) else known(record) or _why(record, fallen)
            place = {"file": cell.file, "sheet": cell.sheet, "cell": cell.address}
            untold.append(UntoldRecord(**place, what=_what(record, key), value=value, why=why))
        rows += len(untold) > before and not any(found.values())
    return Account(counted, tuple(sorted(untold, key=_in_the_sheet)), rows)


def _is_cited(number: str, said: str) -> bool:
    return bool(number) and re.search(rf"(?<![\w/]){re.escape(_plain(number))}(?![\w/])", said) is not None


def _what(record: Record, key: str) -> str:
    """The row's name, where it has one besides the cell itself, and the column's."""
    column = form(record.kind).column(key).header[0]
    name = next((record.text(n) for n in ("name", "code", "topic") if n != key and record.text(n)), "")
    return f"{name}, {column}" if name else column


def _in_the_sheet(record: UntoldRecord) -> tuple[str, str, int, str]:
    column = record.cell.rstrip("0123456789")
    return record.file, record.sheet, int(record.cell[len(column) :] or 0), f"{len(column)}{column}"


def _telling(record: Record) -> Iterator[str]:
    """The columns of a row that hold something to tell."""
    for key in record.values:
        is_code = form(record.kind).column(key).type in ("slug", "slugs", "formula", "choice")
        # The name of an indicator or an award is told with its numbers; without any it says nothing of the period.
        is_label = record.kind in _NUMBERED and key == "name"
        if not is_code and key not in _ABOUT and not is_label:
            yield key


def _places(figures: Iterable[FigureRecord], shown: set[str]) -> set[Place]:
    """The cells that the printed figures rest on."""
    known: Mapping[str, FigureRecord] = {f.id: f for f in figures}
    found: set[Place] = set()
    seen: set[str] = set()
    waiting = list(shown)
    while waiting:
        id = waiting.pop()
        if id in seen or id not in known:
            continue
        seen.add(id)
        source = known[id].source
        if source is not None:
            found.add((source.file, source.sheet, source.cell))
        waiting += known[id].inputs
    return found


def _texts(blocks: Iterable[Block]) -> dict[str, Place]:
    """The submitted texts that the blocks tell, by what they say, and more than one place for what is said twice."""
    found: dict[str, Place] = {}
    for run in (r for b in blocks for r in runs_of(b) if isinstance(r, Text)):
        if run.source is not None:
            place = (run.source.file, run.source.sheet, run.source.cell)
            said = _plain(run.text)
            while found.get(said, place) != place:
                said += "\0"
            found[said] = place
    return found


def _plain(text: str) -> str:
    """A text without what a sentence takes from it: its capital and its stop."""
    return text.strip(" .;,:").casefold()


def _worked_out_anew(record: Record, key: str, shown: set[str]) -> bool:
    """Whether a value that a department worked out itself is told by the one that the report works out."""
    code, printed = record.text("code"), form(record.kind).column(key).printed
    if printed is None:
        return bool(record.text("formula")) and f"{code}.computed" in shown
    ids = {f"{code}.{printed.gives}", f"{record.kind}.{code}.{printed.gives}"}
    ids.update(id for base in bases() if key in (base.printed_ratio, base.printed_change) for id in base.told_as(code))
    return any(id in shown or f"abs({id})" in shown for id in ids)


def _in_part(record: Record, key: str) -> str:
    """Why a cell is untold whose row is told."""
    if key == "note":
        return _REMARK
    return _OF_THEN if form(record.kind).column(key).role == "last" else _IN_PART


def _why(record: Record, fallen: Iterable[str]) -> str:
    names = [n for n in (record.text("code"), record.text("topic"), *record.text("group").split(", ")) if n]
    lost = next((reason for reason in fallen if any(name in reason for name in names)), "")
    if lost:
        return f"câu, vế câu có nó đã mất: {lost}"
    return f"{_NOT_ASKED} «{names[0]}»" if names else f"{_NOT_ASKED} dòng này"


def _written(value: object) -> str:
    if isinstance(value, Number):
        return f"{value.value:f}"
    return value.printed if isinstance(value, Figure) else str(value)


def _count(number: int) -> str:
    return format_number(Decimal(number))
