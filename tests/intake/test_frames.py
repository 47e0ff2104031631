"""A form's rows as a table of pandas, as submitted, each value with its cell."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from tables.shown import indicators, report
from thidua.errors import TableError
from thidua.forms.schema import schemas

RICE = {"code": "lua", "name": "lúa", "unit": "ha", "actual": 96.25, "plan": 100, "printed_to_plan": "96,25%"}
MAIZE = {"code": "ngo", "name": "ngô", "unit": "ha", "actual": 50}


def test_a_row_is_an_indicator_and_its_numbers_can_be_counted_with(tmp_path: Path) -> None:
    frame = indicators(tmp_path, RICE, MAIZE).frame("indicators").set_index("code")
    assert list(frame.index) == ["lua", "ngo"]
    assert frame["actual"].sum() == 146.25
    assert frame.loc["lua", "printed_to_plan"] == 96.25
    assert frame.query("plan > 0")["name"].to_list() == ["lúa"]


def test_each_value_names_its_cell_and_what_is_empty_is_missing(tmp_path: Path) -> None:
    lua, ngo = indicators(tmp_path, RICE, MAIZE).frame("indicators").to_dict("records")
    file, sheet, address = lua["actual_cell"].split(" › ")
    assert (file, sheet, lua["row"]) == (lua["file"], "Chỉ tiêu", int(address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")))
    assert pd.isna(ngo["plan"]) and pd.isna(ngo["plan_cell"]) and pd.isna(ngo["note"])


def test_every_form_has_its_table_with_dates_as_dates(tmp_path: Path) -> None:
    document = {"code": "nq", "type": "Nghị quyết", "number": "05/NQ-HĐND", "date": "15/03/2024", "title": "Về phí"}
    opened = report(tmp_path, ("Văn bản", [document]))
    assert opened.frame("documents")["date"].to_list() == [pd.Timestamp("2024-03-15")]
    for schema in schemas().values():
        assert {*schema.keys, *(f"{key}_cell" for key in schema.keys)} <= set(opened.frame(schema.kind).columns)


def test_a_form_that_does_not_exist_is_refused_with_those_that_do(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"«chi_tieu».*indicators"):
        indicators(tmp_path, RICE).frame("chi_tieu")


def test_a_notebook_that_asks_for_no_table_does_not_load_pandas(tmp_path: Path) -> None:
    indicators(tmp_path, RICE)
    opened = "import sys; from thidua.notebook import open_report; open_report(root=sys.argv[1])"
    command = [sys.executable, "-c", f"{opened}; print('pandas' in sys.modules)", str(tmp_path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "False\n"
