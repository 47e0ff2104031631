"""What an earlier run made is taken again where all that it follows from is the same, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from checks.periods import indicator
from document.sample import PROPERTIES, SPEC, words
from thidua.contracts import FigureRecord, FindingRecord, Place
from thidua.document.block import Chart, Paragraph, written
from thidua.document.disputes import disputes_of
from thidua.document.document import Document
from thidua.document.stitch import Part, stitch
from thidua.intake.xlsx.workbook import RawWorkbook, open_workbook
from thidua.publish.evidence import Evidence
from thidua.publish.html.screen import Beside
from thidua.publish.kept_outputs import NOTHING_KEPT, KeptOutputs
from thidua.publish.preview import Preview
from thidua.publish.publish import audited
from thidua.publish.submitted_books import Remembered, SubmittedBooks
from workbooks import FILE, indicators

SOURCE = Place(file=FILE, sheet="Chỉ tiêu", cell="D2")
FIGURE = FigureRecord(
    id="lua.actual", label="Lúa", value="28", printed="28", unit="ha", formula=None, operator=None, inputs=(),
    source=SOURCE, why=None, section="10_kinh_te", cell="a",
)  # fmt: skip
FINDING = FindingRecord(
    id="x", rule="ty-le", severity="error", accepted=False, accepted_by=None, accepted_why=None, message="Lệch",
    cause=None, effects=(), withheld=(), printed="1", recomputed="2", cells=(SOURCE,), figures=("lua.actual",),
)  # fmt: skip


@dataclass(frozen=True)
class Report:
    """What the kept outputs are made of."""

    file: Path
    title: str = "Kinh tế"
    sentence: str = "Cấy được 28 ha."
    chart: str = "Lúa"
    figure: FigureRecord = FIGURE
    finding: FindingRecord = FINDING
    who: str = "Phòng Kinh tế"

    def outputs(self, kept: KeptOutputs) -> tuple[bytes, str]:
        """The audit workbook, and the page with drawings and the submitted sheets."""
        spec = {**SPEC, "data": {"values": [{"a": self.chart, "b": 28}, {"a": "Ngô", "b": 55}]}}
        chart = Chart(key="dien_tich", title="Diện tích", alt="Lúa 28 ha.", spec=written(spec))
        blocks = (Paragraph(runs=(words(self.sentence),)), chart)
        document: Document = stitch([Part(1, self.title, "10_kinh_te", "section", blocks)], PROPERTIES)
        figures, findings, workbooks = [self.figure], [self.finding], {FILE: self.who}
        disputes = disputes_of(findings, figures, workbooks)
        evidence = Evidence(figures, findings, disputes=disputes, workbooks=workbooks)
        cited = {(SOURCE.file, SOURCE.sheet)}
        books = SubmittedBooks({FILE: self.file}, {}, cited)
        audit = audited(document, evidence, books, self.file.with_name("so-lieu.xlsx"), kept)
        return audit, "".join(Preview(kept).html(document, evidence, Beside((), "review/", books)))


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    indicators(indicator("lua", 28, "ha")).save(tmp_path / FILE)
    return Report(tmp_path / FILE)


def another_cell(report: Report) -> Report:
    book = load_workbook(report.file)
    book["Chỉ tiêu"]["D2"] = 29
    book.save(report.file)
    return report


@pytest.mark.parametrize("change", [
    another_cell,
    lambda report: replace(report, title="Nông nghiệp"),
    lambda report: replace(report, sentence="Cấy được 28 ha lúa."),
    lambda report: replace(report, chart="Lạc"),
    lambda report: replace(report, figure=FIGURE.model_copy(update={"label": "Lúa nước"})),
    lambda report: replace(report, figure=FIGURE.model_copy(update={"section": "20_xa_hoi"})),
    lambda report: replace(report, finding=FINDING.model_copy(update={"message": "Không khớp"})),
    lambda report: replace(report, finding=FINDING.model_copy(update={"accepted": True, "accepted_why": "đúng"})),
    lambda report: replace(report, who="Phòng Văn hóa"),
])  # fmt: skip
def test_after_any_change_all_is_as_if_nothing_had_been_kept(
    report: Report, change: Callable[[Report], Report]
) -> None:
    kept = KeptOutputs("thidua 1")
    assert report.outputs(kept) == report.outputs(kept) == report.outputs(NOTHING_KEPT)
    changed = change(report)
    assert changed.outputs(kept) == changed.outputs(NOTHING_KEPT)


def test_what_is_the_same_is_not_made_again_but_by_other_software_or_afresh(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = report.outputs(KeptOutputs("thidua 1"))

    def opened(*_: object) -> object:
        raise AssertionError

    monkeypatch.setattr("thidua.publish.submitted_books.SubmittedBooks._all", opened)
    assert report.outputs(KeptOutputs("thidua 1")) == whole
    for others in (KeptOutputs("thidua 2"), KeptOutputs("thidua 1", fresh=True), NOTHING_KEPT):
        with pytest.raises(AssertionError):
            report.outputs(others)


def test_what_was_made_of_an_input_that_was_saved_meanwhile_is_not_kept(report: Report) -> None:
    kept = KeptOutputs("thidua 1")

    def make() -> bytes:
        another_cell(report)
        return report.file.read_bytes()

    follows_from = SubmittedBooks({FILE: report.file}, {}, ())
    before = report.file.read_bytes()
    after = kept.taken("x", lambda: follows_from.identity, make)
    report.file.write_bytes(before)
    assert kept.taken("x", lambda: follows_from.identity, lambda: b"made anew") == b"made anew" != after


def test_a_workbook_is_opened_again_where_it_is_another_and_only_there(report: Report) -> None:
    opening = Remembered()
    first = opening(report.file, FILE)
    assert opening(report.file, FILE) is first
    another_cell(report)
    assert opening(report.file, FILE) == open_workbook(report.file, FILE) != first
    report.file.write_bytes(b"")
    assert not isinstance(opening(report.file, FILE), RawWorkbook)
