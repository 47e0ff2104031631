"""Of a long report nothing is held that is as large as the report, but its records, and those are small."""

from __future__ import annotations

import gc
import tracemalloc
from pathlib import Path
from weakref import ref

import pytest

from document.sample import PROPERTIES
from thidua import contracts
from thidua.dataset import Dataset
from thidua.document import block
from thidua.document.block import Number, Paragraph
from thidua.document.document import Document, Section
from thidua.frozen import Frozen
from thidua.publish.evidence import Evidence
from thidua.publish.preview import Preview
from thidua.stated_row import UNJUDGED, Judgement
from workbooks import FILE, indicators, inputs, write_root


def test_the_page_is_written_in_pieces_that_do_not_grow_with_the_report() -> None:
    def longest(sections: int) -> int:
        numbers = tuple(
            Number(figure=f"so_{n}", text=f"{n}", title="Diện tích lúa đã cấy", value="1") for n in range(99)
        )
        parts = (Section(f"{n}", "section", (Paragraph(runs=numbers),) * 40) for n in range(sections))
        pieces = Preview().html(Document(PROPERTIES, tuple(parts)), Evidence())
        return max(len(piece) for piece in pieces if "so_1" in piece)

    assert longest(2) == longest(4) > 100_000


def test_no_block_and_no_record_has_a_dictionary() -> None:
    named = [*vars(block).values(), *vars(contracts).values()]
    kinds = {kind for kind in named if isinstance(kind, type) and issubclass(kind, Frozen)}
    assert {block.Number, block.Cell, contracts.FigureRecord, contracts.Place} <= kinds
    assert [kind for kind in kinds if kind.__dictoffset__] == []


def test_rows_are_gone_once_they_are_let_go(tmp_path: Path) -> None:
    stated = {"code": "lua", "name": "Diện tích lúa", "unit": "ha", "group": "cay_trong", "actual": 10}
    department = {"file": FILE, "name": "Phòng Kinh tế", "sheets": ["Chỉ tiêu"]}
    root = write_root(tmp_path / "xa", {FILE: indicators(stated)}, departments=[department])
    given = inputs(root)
    row = ref(given.data.records[0])
    given.let_go()
    gc.collect()
    assert row() is None
    with pytest.raises(AttributeError):
        _ = given.data.records


def test_figures_are_made_of_the_rows_that_are_asked_for_and_those_a_declared_rule_names(tmp_path: Path) -> None:
    given = [
        {"code": f"cay_{n}", "name": f"Cây {n}", "unit": "ha", "actual": n, "printed_to_plan": 7} for n in range(1, 60)
    ]
    records = inputs(write_root(tmp_path, {FILE: indicators(*given)})).data.records
    share, part, whole = records[0].cell("printed_to_plan"), records[0].cell("actual"), records[1].cell("actual")
    held: list[Dataset] = []

    def room(judgement: Judgement) -> int:
        tracemalloc.start()
        held.append(Dataset(records, judgement))
        taken = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        return taken

    declared = Judgement(bases={share: (part, whole)})
    room(declared)  # what is looked up once
    assert room(declared) < 1.3 * room(UNJUDGED)
    assert held[1].indicators.cay_1.to_plan.printed == "50"
