"""What the executed notebooks carry besides their blocks: the records of figures, charts, remarks to the officer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import nbformat

from thidua.contracts import FigureRecord
from thidua.document.block import Block, Chart, Table
from thidua.document.bundled import Shown
from thidua.document.document import Document
from thidua.document.show import NOTE
from thidua.document.walking import printed
from thidua.errors import FigureError
from thidua.figures.figure_record import different
from thidua.inputs import Inputs
from thidua.language.text import slip_of
from thidua.publish.outputs import each
from thidua.stated import ABSENT

_LACKING = f"{ABSENT}: "
_NEAR = re.compile(r"«(\w+)»; gần nhất là «(\w+)»")
_CODE = re.compile(r"\w+")
# Codes named in one line.
_MOST = 10


@dataclass(frozen=True)
class Carried:
    """What an executed notebook carries, read once: the blocks that it shows, the outputs of ours by cell.

    ``noted`` are the remarks to the officer, ``left_out`` says what the report does not show of the cells.
    """

    blocks: tuple[Block, ...]
    outputs: tuple[tuple[str, Shown], ...]
    noted: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def carried(node: nbformat.NotebookNode, known: dict[str, FigureRecord] | None = None) -> Carried:
    """What an executed notebook carries. ``known`` are the records of other sections, by id; this one's are added.

    What several outputs carry of a figure is then one record: a table has those of the sentences once more.
    """
    found = list(each(node))
    records = {} if known is None else known
    return Carried(
        blocks=tuple(block for _, piece in found for block in piece.blocks),
        outputs=tuple((cell.id, _sharing(piece.carried, records)) for cell, piece in found if piece.carried),
        noted=tuple(line.removeprefix(NOTE) for line in _warnings(node) if line.startswith(NOTE)),
        left_out=tuple(what for _, piece in found for what in piece.left_out),
    )


def _sharing(shown: Shown, known: dict[str, FigureRecord]) -> Shown:
    shared = ((known.setdefault(record.id, record), record) for record in shown.figures)
    return replace(shown, figures=tuple(first if first == record else record for first, record in shared))


def figures(notebooks: Mapping[str, Carried]) -> list[FigureRecord]:
    """All figures of the report, each once: the content of figures.json.

    Each says the section and the notebook cell that first print it, or first use it where none prints it.
    """
    found: dict[str, FigureRecord] = {}
    told: set[str] = set()
    for section, cell, output in _outputs(notebooks):
        place = {"section": section, "cell": cell}
        for record in output.figures:
            if (known := found.get(record.id)) is None:
                found[record.id] = record.model_copy(update=place)
            elif different(known, record):
                raise FigureError(f"Mục «{section}»: mã «{record.id}» đã là của một số liệu khác")
        for id in printed(output.blocks):
            if id not in told:
                told.add(id)
                found[id] = found[id].model_copy(update=place)
    return list(found.values())


def notes(
    sources: Iterable[nbformat.NotebookNode],
    sections: Mapping[str, Carried],
    document: Document,
    earlier: Collection[str],
) -> list[str]:
    """What the officer is told of the making: codes that the period's data do not have, what the document left out.

    Another unit has other codes than the notebooks, ``sources``, ask for. So one that the data lack is told where it
    looks misspelt, or where it is among those of ``earlier`` periods. It looks misspelt where it resembles one that
    the data have and no notebook asks for, and is not that with a word more; or where a single letter parts the two.
    """
    told = []
    asked = set(_CODE.findall("\n".join(cell.source for node in sources for cell in node.cells)))
    lacking: set[str] = set()
    for section, notebook in sections.items():
        for line in notebook.noted:
            # A code between quotes stands with the one that was meant.
            code, meant = near.groups() if (near := _NEAR.search(line)) else ("", "")
            if line.startswith(_LACKING) and "«" not in line:
                lacking.update(line.removeprefix(_LACKING).split(", "))
            elif line.startswith(_LACKING) and not _is_misspelt(code, meant, asked):
                lacking.add(code)
            else:
                told.append(f"{section}: {line}")
        told += [f"{section}, {what}" for what in notebook.left_out]
    if gone := sorted(lacking & set(earlier)):
        named = ", ".join(gone[:_MOST]) + ("…" if len(gone) > _MOST else "")
        told.append(f"{len(gone)} mã kỳ trước có, kỳ này không, nên câu, vế câu dùng đến không in: {named}")
    if repeating := _left_out(sections, document):
        titles = ", ".join(f"«{title.partition(': ')[0]}»" for title in repeating)
        told.append(f"không in {titles}: lời văn hay bảng khác cùng mục đã nêu đủ số, hoặc mục không có số liệu")
    return told


def codes_before(inputs: Inputs) -> frozenset[str]:
    """The codes of the period that the unit's reports are like: the same of last year, else the one before."""
    past = inputs.past.get("last_year") or inputs.past.get("previous")
    return frozenset(r.text("code") for r in past.data.records) if past else frozenset()


def _is_misspelt(code: str, meant: str, asked: Collection[str]) -> bool:
    with_more_words = set(code.split("_")) > set(meant.split("_"))
    return slip_of(code, [meant]) is not None or not (meant in asked or with_more_words)


def _left_out(sections: Mapping[str, Carried], document: Document) -> list[str]:
    """The titles of the tables and charts that cells show and the document does not."""
    printed = {b.key for b in document.blocks() if isinstance(b, Table | Chart)}
    blocks = (b for _, _, output in _outputs(sections) for b in output.blocks)
    return [b.title for b in blocks if isinstance(b, Table | Chart) and b.title and b.key not in printed]


def _warnings(node: nbformat.NotebookNode) -> Iterator[str]:
    for cell in node.cells:
        for output in cell.get("outputs", []):
            if output["output_type"] == "stream" and output.get("name") == "stderr":
                yield from output["text"].splitlines()


def fallen(notebooks: Mapping[str, Carried]) -> list[str]:
    """Which clauses fell away, and why, in the order of the report."""
    return [reason for _, _, output in _outputs(notebooks) for reason in output.fallen]


def charts(document: Document) -> dict[str, str]:
    """The charts' specifications by key, as text, those for phones after their own, in the order of the report."""
    found = [b for b in document.blocks() if isinstance(b, Chart)]
    return {c.key: c.spec for chart in found for c in (chart, chart.for_phones) if c is not None}


def _outputs(notebooks: Mapping[str, Carried]) -> Iterator[tuple[str, str, Shown]]:
    """What cells show, with section and cell."""
    for section, notebook in notebooks.items():
        for cell, output in notebook.outputs:
            yield section, cell, output
