"""What the officer is told at the end of a run of the codes that the period's data lack."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from document.sample import PROPERTIES
from thidua.document.document import Document
from thidua.document.show import NOTE
from thidua.run.collect import carried, notes
from thidua.stated import ABSENT


@pytest.mark.parametrize(
    ("code", "meant", "source", "told"),
    [
        ("tiep_dan_luot_xa", "tiep_dan_luot", "Tiếp {tiep_dan_luot}[, ở xã {tiep_dan_luot_xa}].", False),
        ("tiep_dan_luot_xa", "tiep_dan_luot", "Tiếp {tiep_dan_luot_xa}.", False),
        ("tiep_dan_luot", "tiep_dan_lan", "Tiếp {tiep_dan_luot}.", True),
        ("lua_xuam", "lua_xuan", "Cấy {lua_xuan}, {lua_xuam}.", True),
    ],
    ids=["another unit's code", "a word more", "nobody asks for the one that is there", "a slip of the finger"],
)
def test_a_code_is_told_with_the_one_meant_where_it_looks_misspelt(
    code: str, meant: str, source: str, told: bool
) -> None:
    warned = new_output("stream", name="stderr", text=f"{NOTE}{ABSENT}: «{code}»; gần nhất là «{meant}»\n")
    cell = new_code_cell(f"%%prose\n{source}", outputs=[warned])
    node = new_notebook(cells=[cell])
    said = notes([node], {"22_tiep_dan": carried(node)}, Document(PROPERTIES, ()), ())
    assert [line.partition(":")[0] for line in said] == (["22_tiep_dan"] if told else [])


def test_codes_are_told_that_the_period_before_had() -> None:
    warned = new_output("stream", name="stderr", text=f"{NOTE}{ABSENT}: lua_xuan, ngo_xuan\n")
    node = new_notebook(cells=[new_code_cell("%%prose\n{lua_xuan} {ngo_xuan}", outputs=[warned])])
    said = notes([node], {"10_kinh_te": carried(node)}, Document(PROPERTIES, ()), {"lua_xuan", "lua_mua"})
    assert said == ["1 mã kỳ trước có, kỳ này không, nên câu, vế câu dùng đến không in: lua_xuan"]
