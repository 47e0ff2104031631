"""The tidy tables: what was read comes back whole, and only for the very inputs that it was read from."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thidua.errors import ThiduaError
from thidua.forms.schema import schemas
from thidua.intake.cells import Number
from thidua.intake.records import Record
from thidua.intake.tidy import STAMP, read_tables, write_tables
from thidua.language.text import clean
from workbooks import FILE, PERIOD, RICE, indicators, number, raw, records, write_root

TEXTS = st.text(max_size=40).map(clean).filter(bool)
NUMBERS = st.builds(Number, st.decimals(-(10**15), 10**15, places=4), st.one_of(st.none(), st.integers(0, 6)))
COLUMNS: dict[str, st.SearchStrategy[Number | dt.date | str]] = {
    "text": TEXTS,
    "slug": st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True),
    "slugs": st.from_regex(r"[a-z][a-z0-9_]{0,8}(, [a-z][a-z0-9_]{0,8})?", fullmatch=True),
    "choice": TEXTS,
    "formula": TEXTS,
    "number": NUMBERS,
    "percent": NUMBERS,
    "date": st.dates(),
}


@st.composite
def any_records(draw: st.DrawFn) -> list[Record]:
    found = []
    for schema in schemas().values():
        for row in range(draw(st.integers(0, 2))):
            keys = draw(st.sets(st.sampled_from(schema.keys)))
            columns = [c for c in schema.columns if c.key in keys]
            values = {c.key: draw(COLUMNS[c.type]) for c in columns}
            cells = dict.fromkeys(values, f"C{row + 2}")
            found.append(Record(schema.kind, draw(TEXTS), schema.title, row + 2, "ab" * 32, values, cells))
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=any_records())
def test_records_come_back_from_the_tables_as_they_went_in(tmp_path: Path, found: list[Record]) -> None:
    write_tables(found, tmp_path, "a" * 64)
    back = read_tables(tmp_path, "a" * 64)
    assert back == found


def test_tables_of_other_inputs_are_not_used(tmp_path: Path) -> None:
    root = write_root(tmp_path)
    assert records(root)[0].values["actual"] == Number(Decimal(120), None)
    indicators({**RICE, "actual": 121}).save(raw(root))
    assert records(root)[0].values["actual"] == Number(Decimal(121), None)


def test_tables_that_somebody_changed_are_not_believed_and_made_again(tmp_path: Path) -> None:
    root = write_root(tmp_path)
    records(root)
    table = root / "data" / "processed" / PERIOD / "indicators.csv"
    made = table.read_text(encoding="utf-8")
    table.write_text(made.replace("120", "999"), encoding="utf-8")
    assert number(records(root)[0], "actual").value == 120
    assert table.read_text(encoding="utf-8") == made


@pytest.mark.parametrize("name", ["indicators.csv", "tasks.csv", STAMP])
def test_a_table_that_is_missing_is_made_again(tmp_path: Path, name: str) -> None:
    root = write_root(tmp_path)
    records(root)
    (root / "data" / "processed" / PERIOD / name).unlink()
    assert len(records(root)) == 1
    assert (root / "data" / "processed" / PERIOD / name).is_file()


def test_a_lock_file_beside_the_workbook_changes_nothing(tmp_path: Path) -> None:
    root = write_root(tmp_path)
    records(root)
    stamp = (root / "data" / "processed" / PERIOD / STAMP).read_text()
    raw(root, f"~${FILE}").write_bytes(b"x")
    records(root)
    assert (root / "data" / "processed" / PERIOD / STAMP).read_text() == stamp


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    root = write_root(tmp_path)
    (root / "data" / "processed").write_text("")
    with pytest.raises(ThiduaError, match="Không ghi được bảng số liệu"):
        records(root)


def test_each_value_stands_beside_its_cell(tmp_path: Path) -> None:
    root = write_root(tmp_path, {FILE: indicators(RICE, top=4)})
    records(root)
    lines = (root / "data" / "processed" / PERIOD / "indicators.csv").read_text(encoding="utf-8").splitlines()
    row = dict(zip(lines[0].split(","), lines[1].split(","), strict=True))
    assert (row["file"], row["sheet"], row["row"]) == (FILE, "Chỉ tiêu", "5")
    assert (row["actual"], row["actual_cell"], row["plan"], row["plan_cell"]) == ("120", "D5", "", "")


def test_nothing_but_tables_and_stamp_is_left(tmp_path: Path) -> None:
    root = write_root(tmp_path)
    records(root)
    left = {p.name for p in (root / "data" / "processed" / PERIOD).iterdir()}
    assert left == {STAMP, "banners.csv", *(f"{s.kind}.csv" for s in schemas().values())}
