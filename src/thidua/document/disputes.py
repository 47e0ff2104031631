"""What of a report is in dispute: the open findings that make it a draft, and the figures and texts they concern."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, cast

from thidua.contracts import FigureRecord, FindingRecord, Place, open_errors
from thidua.document.block import Mark, Number, Run, Source, Text

# Who answers for what lies in no department's workbook.
COMPILERS = "Bộ phận lập báo cáo"
_LETTERS = {"error": "L", "warning": "C"}
# What findings that can be in dispute are called in a sentence, the gravest first.
CALLED: Mapping[Literal["error", "warning"], str] = {"error": "lỗi", "warning": "cảnh báo"}


@dataclass(frozen=True)
class Dispute:
    """An open finding of a draft: what marks call it there («L3»), and who has to answer for it."""

    finding: FindingRecord
    label: str
    department: str

    @property
    def mark(self) -> Mark:
        """What stands behind the figures and texts that it concerns."""
        severity = cast(Literal["error", "warning"], self.finding.severity)
        return Mark(finding=self.finding.id, severity=severity, label=self.label)


@dataclass(frozen=True)
class Disputes:
    """The open errors and warnings of a draft, in the order of the departments; none where a report is fit to sign."""

    all: tuple[Dispute, ...] = ()
    figures: Mapping[str, FigureRecord] = field(default_factory=dict)

    def of_figure(self, id: str) -> tuple[Dispute, ...]:
        """Those that name the cell of a figure, or a cell that it is computed from."""
        return self._of_cells(self._cells(id))

    def of_source(self, source: Source) -> tuple[Dispute, ...]:
        """Those that name the cell that a text was typed in."""
        return self._of_cells({Place(file=source.file, sheet=source.sheet, cell=source.cell)})

    def of_run(self, run: Run) -> tuple[Dispute, ...]:
        """Those that concern what a run shows: a number, or a text from a workbook."""
        if isinstance(run, Number) and run.figure:
            return self.of_figure(run.figure)
        if isinstance(run, Text) and run.source is not None:
            return self.of_source(run.source)
        return ()

    def _of_cells(self, cells: Iterable[Place]) -> tuple[Dispute, ...]:
        numbers = {number for cell in cells for number in self._at.get(cell, ())}
        return tuple(self.all[number] for number in sorted(numbers))

    @cached_property
    def _at(self) -> Mapping[Place, list[int]]:
        found: dict[Place, list[int]] = {}
        for number, dispute in enumerate(self.all):
            for cell in dispute.finding.cells:
                found.setdefault(cell, []).append(number)
        return found

    def _cells(self, id: str) -> frozenset[Place]:
        """The submitted cells that a figure rests on."""
        found: set[Place] = set()
        seen, waiting = {id}, [id]
        while waiting:
            figure = self.figures.get(waiting.pop())
            if figure is None:
                continue
            if figure.source is not None:
                found.add(figure.source)
            waiting += (more := set(figure.inputs) - seen)
            seen |= more
        return frozenset(found)


NONE = Disputes()


def who_answers(finding: FindingRecord, names: Mapping[str, str]) -> str:
    """Whose cell a finding names first; ``names`` says who submits, by the workbook's name in small letters.

    What several sub-units or units below come to together is no one's of them: whoever put it together answers.
    """
    asked = [(cell.file, names[cell.file.casefold()]) for cell in finding.cells if cell.file.casefold() in names]
    together = len({who for _, who in asked}) > 1 and all("/" in file for file, _ in asked)
    return COMPILERS if together or not asked else asked[0][1]


def disputes_of(
    findings: Sequence[FindingRecord], figures: Iterable[FigureRecord], workbooks: Mapping[str, str]
) -> Disputes:
    """The disputes of a report; none unless its findings make it a draft.

    ``workbooks`` says who submits, by the workbook's name, in the order of the departments. Whose cell a finding names
    first has to answer.
    """
    if not open_errors(findings):
        return NONE
    names = {file.casefold(): who for file, who in workbooks.items()}
    order = {who: number for number, who in enumerate([*dict.fromkeys(names.values()), COMPILERS])}
    asked: list[tuple[str, FindingRecord]] = []
    for finding in findings:
        if finding.severity != "note" and not finding.accepted:
            asked.append((who_answers(finding, names), finding))
    asked.sort(key=lambda pair: order[pair[0]])
    counts = dict.fromkeys(_LETTERS, 0)
    found = []
    for department, finding in asked:
        counts[finding.severity] += 1
        found.append(Dispute(finding, f"{_LETTERS[finding.severity]}{counts[finding.severity]}", department))
    return Disputes(tuple(found), {f.id: f for f in figures})
