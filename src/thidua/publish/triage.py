"""The findings as a reviewer sorts them: who has to answer, which sections they touch, and how many of each kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from thidua.contracts import FindingRecord
from thidua.document.block import Chart
from thidua.document.disputes import COMPILERS, Dispute, Disputes, who_answers
from thidua.document.document import Section
from thidua.document.walking import runs_of
from thidua.publish.evidence import Evidence
from thidua.settings.acceptance_line import acceptance_line

# What a finding counts as: its severity while it is open.
STATES = {"error": "Lỗi", "warning": "Cảnh báo", "note": "Ghi nhận", "accepted": "Đã chấp nhận"}


@dataclass(frozen=True)
class Triaged:
    """A finding with the department that has to answer for it and the names of the sections that it touches."""

    finding: FindingRecord
    department: str
    sections: tuple[str, ...]

    @property
    def state(self) -> str:
        """A key of STATES."""
        return "accepted" if self.finding.accepted else self.finding.severity

    @property
    def line(self) -> str:
        """The line by which params accept it."""
        return acceptance_line(self.finding.id, self.finding.values)


def triaged(evidence: Evidence, sections: Iterable[Section]) -> list[Triaged]:
    """The findings in their order. A section is touched where it shows a figure or text that rests on their cells."""
    names = {file.casefold(): who for file, who in evidence.workbooks.items()}
    owned = [Dispute(finding, "", who_answers(finding, names)) for finding in evidence.findings]
    known = Disputes(tuple(owned), {f.id: f for f in evidence.figures})
    touched: dict[str, list[str]] = {finding.id: [] for finding in evidence.findings}
    for section in sections:
        for id in dict.fromkeys(d.finding.id for d in _within(section, known)):
            touched[id].append(section.slug)
    return [Triaged(d.finding, d.department, tuple(touched[d.finding.id])) for d in owned]


def counts(found: Sequence[Triaged]) -> dict[str, int]:
    """How many there are in each state, by the keys of STATES."""
    return {state: sum(f.state == state for f in found) for state in STATES}


def by_department(found: Sequence[Triaged], order: Iterable[str]) -> dict[str, list[Triaged]]:
    """The findings of each department that has any, in the order of the departments."""
    names = dict.fromkeys([*order, COMPILERS])
    grouped = {name: [f for f in found if f.department == name] for name in names}
    return {name: findings for name, findings in grouped.items() if findings}


def _within(section: Section, known: Disputes) -> Iterable[Dispute]:
    """What concerns the figures and texts that a section shows."""
    for block in section.blocks:
        for run in runs_of(block):
            yield from known.of_run(run)
        if isinstance(block, Chart):
            for id in block.figures:
                yield from known.of_figure(id)
