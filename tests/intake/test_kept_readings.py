"""A workbook is read once: what is kept of it serves while its bytes and what params want of it are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from thidua.intake.book_reading import Reading, Wanted, read_book
from thidua.intake.period_folder import read_period
from thidua.settings.params_file import load
from workbooks import RICE, department, indicators, params_file, problems, raw, records, write_root

OTHER = {**RICE, "code": "ngo", "name": "Ngô"}
DEPARTMENTS = [department("a.xlsx"), department("b.xlsx")]
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The names of the workbooks that are opened and read, with a cache that knows none."""
    names: list[str] = []

    def noted(path: Path, name: str, wanted: Wanted) -> Reading:
        names.append(name)
        return read_book(path, name, wanted)

    monkeypatch.setattr("thidua.intake.kept_readings.read_book", noted)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return names


@pytest.fixture
def root(tmp_path: Path) -> Path:
    books = {"a.xlsx": indicators(RICE, office="Phòng a"), "b.xlsx": indicators(OTHER, office="Phòng b")}
    return write_root(tmp_path / "root", books, departments=DEPARTMENTS)


def test_only_a_workbook_that_changed_is_read_again(root: Path, read: list[str]) -> None:
    before = records(root)
    indicators({**RICE, "actual": 7}, office="Phòng a").save(raw(root, "a.xlsx"))
    after = records(root)
    assert read == ["a.xlsx", "b.xlsx", "a.xlsx"]
    assert [r.values["code"] for r in after] == [r.values["code"] for r in before]
    assert after != before


def test_what_params_want_of_a_workbook_is_asked_of_one_that_is_known(root: Path, read: list[str]) -> None:
    records(root)
    file = params_file(root)
    file.write_text(file.read_text(encoding="utf-8").replace("name: xã Bình An\n", "name: xã Bình Yên\n"), "utf-8")
    assert {(p.file, p.found) for p in problems(root)} == {(name, "«Địa bàn» là «xã Bình An»") for name in read[:2]}


def test_a_workbook_with_mistakes_is_told_each_time(root: Path, read: list[str]) -> None:
    indicators({**RICE, "actual": "nhiều"}, office="Phòng a").save(raw(root, "a.xlsx"))
    told = problems(root)
    assert told and problems(root) == told
    assert read == ["a.xlsx", "b.xlsx", "a.xlsx"]


def test_a_known_workbook_gives_what_it_gave_when_it_was_read(read: list[str]) -> None:
    submission = load(REPOSITORY / "params" / "2024-H1.yaml").submission
    first = read_period(REPOSITORY, submission)
    assert read_period(REPOSITORY, submission) == first
    assert len(read) == len(submission.departments)
    assert {r.kind for r in first} > {"indicators", "documents", "awards"}
