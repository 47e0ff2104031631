"""The draft of a report: its head says so, what is in dispute is marked in place, and a last page lists who answers.

A report that is fit to sign passes through unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from thidua.contracts import FigureRecord, Place
from thidua.document.block import (
    Block,
    Cell,
    Chart,
    Heading,
    Letterhead,
    Mark,
    Number,
    Paragraph,
    Row,
    Run,
    Runs,
    Table,
    Text,
)
from thidua.document.changed import changed
from thidua.document.disputes import CALLED, Dispute, Disputes
from thidua.document.document import Document, Section
from thidua.document.numbering import CHAPTER, PART, POINT
from thidua.document.walking import runs_of
from thidua.figures.units import PERCENT
from thidua.language.text import first_of

SLUG = "can-lam-ro"
TITLE = "Số liệu cần làm rõ"
_DRAFT = "DỰ THẢO"
_NBSP = "\u00a0"
_HEADER = ("Dấu", "Số liệu trong báo cáo", "Đã nộp", "Tính lại", "Nội dung cần làm rõ")
_WIDTHS = (8.5, 44, 18.5, 18.5, 72.5)
_MOST_FIGURES = 3
_MOST_PLACES = 2
# So many cells are named; checks.json has them all.
_MOST_CELLS = 12
_NOT_PRINTED = "chưa in"
_UNNUMBERED = {"front": "phần mở đầu", "back": "phần cuối"}
_ASKED = (
    "Đề nghị các đơn vị đối chiếu bản gốc, sửa biểu đã nộp hoặc giải trình từng nội dung dưới đây. "
    "Số, chữ có liên quan được đánh cùng dấu trong báo cáo."
)


def as_draft(document: Document, disputes: Disputes) -> Document:
    """The document as a draft; the same where nothing keeps it from being signed."""
    if not disputes.all:
        return document
    places = _Places(disputes)
    sections = []
    is_first = True
    for section in document.sections:
        blocks = [marked for block in section.blocks for marked in _marked(block, disputes)]
        # The summary is a page of its own, and no place of the report.
        if section.kind != "summary":
            places.read(section, blocks)
            blocks = [*_headed(blocks, disputes)] if is_first else blocks
            is_first = False
        sections.append(replace(section, blocks=tuple(blocks)))
    title = f"Dự thảo {document.properties.title[:1].lower()}{document.properties.title[1:]}"
    properties = replace(document.properties, draft=True, title=title)
    return Document(properties, (*sections, _last_page(disputes, places)))


def _headed(blocks: Iterable[Block], disputes: Disputes) -> Iterator[Block]:
    """The first section with the state in its head, and below it what the marks mean."""
    legend = Paragraph(style="remark", runs=(Text(text=_legend(disputes)),))
    first, *rest = blocks
    if isinstance(first, Letterhead):
        yield first.model_copy(update={"draft": _DRAFT})
        yield legend
    else:
        yield from (legend, first)
    yield from rest


def _legend(disputes: Disputes) -> str:
    counts = {s: [d for d in disputes.all if d.finding.severity == s] for s in CALLED}
    found = {s: ds for s, ds in counts.items() if ds}
    told = " và ".join(f"{len(ds)} {CALLED[s]}" for s, ds in found.items())
    signs = "; ".join(f"[{ds[0].label[0]}] kèm số thứ tự đứng sau số liệu có {CALLED[s]}" for s, ds in found.items())
    return f"Bản dự thảo, còn {told} chưa được giải quyết. Dấu {signs}. Từng dấu được giải thích ở trang cuối."


def _marked(block: Block, disputes: Disputes) -> Iterator[Block]:
    """The block with marks on what is in dispute; a chart with the disputed figures below it."""

    def run(before: Run) -> Run:
        found = disputes.of_run(before)
        return before.model_copy(update={"marks": tuple(d.mark for d in found)}) if found else before

    yield changed(block, run)
    if isinstance(block, Chart) and (said := list(_in_chart(block, disputes))):
        runs: list[Run] = [Text(text="Số đang được làm rõ trong biểu đồ: ")]
        for number, figure in enumerate(said):
            runs += [Text(text="; ")] * bool(number)
            runs += _stated(figure, tuple(d.mark for d in disputes.of_figure(figure.id)))
        yield Paragraph(style="remark", runs=(*runs, Text(text=".")))


def _in_chart(chart: Chart, disputes: Disputes) -> Iterator[FigureRecord]:
    known = (disputes.figures[id] for id in dict.fromkeys(chart.figures) if id in disputes.figures)
    return (figure for figure in known if disputes.of_figure(figure.id))


def _stated(figure: FigureRecord, marks: tuple[Mark, ...] = (), since: str = "") -> Runs:
    """«Diện tích ngô, trong kỳ: 80,5 ha»: a figure with its name; of one like ``since`` only what comes after."""
    pieces = (figure.label or figure.id).split(", ")
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(pieces[:-1], since.split(", "), strict=False))))
    label = ", ".join(pieces[shared:])
    text = _NOT_PRINTED if figure.value is None else figure.printed
    number = Number(figure=figure.id, text=text, value=figure.value, missing=figure.value is None, marks=marks)
    name = Text(text=f"{label}: ")
    if figure.value is None or not figure.unit:
        return name, number
    return name, number, Text(text=figure.unit if figure.unit == PERCENT else f"{_NBSP}{figure.unit}")


class _Places:
    """Where each dispute shows in the report: its figures with their places, and the places of its texts."""

    def __init__(self, disputes: Disputes):
        self._numbers: dict[str, dict[str, list[str]]] = {d.finding.id: {} for d in disputes.all}
        self._texts: dict[str, list[str]] = {d.finding.id: [] for d in disputes.all}
        self._path: dict[int, str] = {}

    def read(self, section: Section, blocks: Iterable[Block]) -> None:
        """Take in the marks of a section in their order."""
        before: Block | None = None
        for block in blocks:
            if isinstance(block, Heading) and block.number:
                self._path = {level: n for level, n in self._path.items() if level < block.level}
                self._path[block.level] = block.number.rstrip(".)")
            # What is in dispute in a chart stands below it.
            below = isinstance(before, Chart) and isinstance(block, Paragraph) and block.style == "remark"
            exhibit = before if below else block
            number = exhibit.number if isinstance(exhibit, Table | Chart) else ""
            place = number or self._here() or _UNNUMBERED.get(section.kind, section.slug)
            for run in runs_of(block):
                if isinstance(run, Number | Text):
                    self._note(run, place)
            before = block

    def _here(self) -> str:
        """«Phần I, II.2.2.1.a», «Phụ lục II»."""
        part = self._path.get(PART, "")
        item = max((level for level in self._path if CHAPTER < level < POINT), default=0)
        steps = [self._path[level] for level in (CHAPTER, item, POINT) if level in self._path]
        return ", ".join(filter(None, (part, ".".join(steps))))

    def _note(self, run: Number | Text, place: str) -> None:
        for mark in run.marks:
            if isinstance(run, Number):
                found = self._numbers[mark.finding].setdefault(run.figure, [])
            else:
                found = self._texts[mark.finding]
            if place not in found:
                found.append(place)

    def numbers(self, finding: str) -> dict[str, list[str]]:
        """The figures that a finding disputes, each with the places that print it."""
        return self._numbers[finding]

    def texts(self, finding: str) -> list[str]:
        """The places of the texts that it disputes."""
        return self._texts[finding]


def _last_page(disputes: Disputes, places: _Places) -> Section:
    """What is in dispute, by the department that has to answer."""
    header = tuple(Cell(runs=(Text(text=name),), header=True, align="center") for name in _HEADER)
    rows: list[Row] = []
    for department, own in groupby(disputes.all, key=lambda d: d.department):
        name = Cell(runs=(Text(text=department),), header=True, columns=len(_HEADER))
        rows += [Row(style="group", cells=(name,)), *(Row(cells=_row(d, disputes, places)) for d in own)]
    table = Table(key="can_lam_ro", name=TITLE, header=(header,), body=tuple(rows), widths=_WIDTHS)
    title = Heading(level=1, runs=(Text(text=TITLE),), anchor=SLUG)
    return Section(SLUG, "disputes", (title, Paragraph(runs=(Text(text=_ASKED),)), table))


def _row(dispute: Dispute, disputes: Disputes, places: _Places) -> tuple[Cell, ...]:
    finding = dispute.finding
    answer = f"{finding.message}."
    if finding.cause:
        answer += f" Có thể do {finding.cause}."
    if finding.withheld:
        answer += f" Báo cáo chưa in {'; '.join(finding.withheld)}."
    unnamed = [c for c in finding.cells if not _is_named(c, finding.message)]
    rest = len(unnamed) - _MOST_CELLS
    if cells := ", ".join(_cells(unnamed[:_MOST_CELLS] if rest > 1 else unnamed)):
        answer += f" Ô {cells}{f' … và {rest} ô khác' if rest > 1 else ''}."
    return (
        Cell(runs=(Text(text=dispute.label),), align="center", header=True),
        Cell(runs=_shown(dispute, disputes, places)),
        Cell(runs=(Text(text=finding.printed),) if finding.printed else (), align="center"),
        Cell(runs=(Text(text=finding.recomputed),) if finding.recomputed else (), align="center"),
        Cell(runs=(Text(text=answer),)),
    )


def _shown(dispute: Dispute, disputes: Disputes, places: _Places) -> Runs:
    """The first figures as the report prints them with their places, then the places of texts.

    What neighbours share, the beginning of the name or the places, is said once.
    """
    lines: list[Runs] = []
    numbers = [(disputes.figures[id], where) for id, where in places.numbers(dispute.finding.id).items()]
    rest = len(numbers) - _MOST_FIGURES
    if rest > 1:  # one more costs no more room than the words that say so
        del numbers[_MOST_FIGURES:]
    before = ""
    for number, (figure, where) in enumerate(numbers):
        after = numbers[number + 1][1] if number + 1 < len(numbers) else None
        told = () if where == after else (Text(text=f" ({_listed(where)})"),)
        lines.append((*_stated(figure, since=before), *told))
        before = figure.label
    if rest > 1:
        lines.append((Text(text=f"và {rest} số khác tính từ các ô này"),))
    if found := places.texts(dispute.finding.id):
        lines.append((Text(text=f"{'lời văn' if lines else 'Lời văn'} tại {_listed(found)}"),))
    if not lines:
        return (Text(text="Không có trong báo cáo"),)
    return tuple(run for n, line in enumerate(lines) for run in ((Text(text="; "), *line) if n else line))


def _listed(places: Sequence[str]) -> str:
    return first_of(places, _MOST_PLACES, "chỗ")


def _is_named(cell: Place, message: str) -> bool:
    return bool(re.search(rf"{re.escape(f'{cell.file} › {cell.sheet} › {cell.cell}')}\b", message))


def _cells(cells: Iterable[Place]) -> Iterator[str]:
    """«y-te.xlsx › Chỉ tiêu: M8, H8», a piece for each sheet."""
    sheets: dict[tuple[str, str], list[str]] = {}
    for cell in cells:
        sheets.setdefault((cell.file, cell.sheet), []).append(cell.cell)
    return (f"{file} › {sheet} › {', '.join(found)}" for (file, sheet), found in sheets.items())
