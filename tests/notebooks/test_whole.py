"""The report of the real sections as one document, where part of the data or of the outline is not there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from notebooks.sections import changed, period
from notebooks.whole import document_of, text_of
from thidua.dataset import Dataset
from thidua.document.block import Chart, Heading, Table, plain
from thidua.document.document import Document
from thidua.intake.records import Record
from thidua.report import Report
from thidua.settings.params import Params

pytestmark = pytest.mark.slow


def without(drop: Callable[[Record], bool]) -> Document:
    return document_of(changed(lambda n: n, lambda r: not drop(r)))


def headings(document: Document) -> list[str]:
    return [f"{h.number} {plain(h.runs)}" for h in document.headings]


def keys(document: Document) -> set[str]:
    return {b.key for b in document.blocks() if isinstance(b, Table | Chart)}


def test_a_report_of_nothing_opens_closes_and_is_signed_and_has_nothing_between() -> None:
    document = document_of(Report(period().params, Dataset([])))
    assert headings(document) == []
    assert [s.kind for s in document.report.sections] == ["front", "section", "back"]
    (closing,) = next(s for s in document.sections if s.kind == "section").blocks
    assert plain(closing.runs).endswith("./.")  # type: ignore[union-attr]


def test_a_movement_that_a_unit_has_not_takes_its_subsection_through_all_cells() -> None:
    whole, document = document_of(period()), without(lambda r: r.text("code") == "nong_thon_moi")
    own = "tieu_chi_nong_thon_moi"
    assert own in keys(whole) and own not in keys(document)
    assert len(document.headings) == len(whole.headings) - 1
    text = "\n".join(text_of(document))
    assert "xã phấn đấu đạt chuẩn" not in text and "chung sức ủng hộ" not in text.partition("Phần II")[0].lower()


def test_where_the_outline_has_no_appendix_nothing_is_said_of_one() -> None:
    kept = [s for s in period().params.sections if s.kind != "appendix"]
    params = Params.model_validate({**period().params.model_dump(), "sections": [s.model_dump() for s in kept]})
    assert "phụ lục" in "\n".join(text_of(document_of(period()))).casefold()
    assert "phụ lục" not in "\n".join(text_of(document_of(period(), params))).casefold()


def test_an_indicator_of_a_unit_s_own_appears_by_its_group() -> None:
    rice = next(r for r in period().data.records if r.text("code") == "lua_xuan")
    tea = rice.values | {"code": "che", "name": "Diện tích chè", "group": "cay_trong, cay_luong_thuc"}
    records = [*period().data.records, type(rice)(**{**vars(rice), "values": tea, "row": 999})]
    text = text_of(document_of(Report(period().params, Dataset(records))))
    assert any(line.startswith("Diện tích chè |") for line in text)
    assert any("diện tích chè đạt 1.919,1 ha, bằng 96,19% kế hoạch" in line for line in text)


def test_without_any_number_no_table_has_an_empty_row_or_column() -> None:
    document = document_of(changed(lambda _n: None))
    # An appendix is a form: it keeps its columns.
    for table in (b for b in document.blocks() if isinstance(b, Table) and b.title):
        rows = [[plain(c.runs) for c in row.cells] for row in table.body if row.style != "group"]
        assert all(any(row[1:]) for row in rows), table.key
        assert all(any(column) for column in zip(*rows, strict=True)), table.key
    assert all(isinstance(h, Heading) for h in document.headings)
