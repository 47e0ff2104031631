"""What one level or one season has must not be spelled where a report of another would say it."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from thidua.lint.lint import Fault, KnownNames, lint

LEVEL, SEASON = "chữ của một cấp", "thời điểm của một kỳ"


def found(folder: Path, source: str = "", library: str = "", file: str = "tables/table.py") -> list[Fault]:
    (folder / "notebooks").mkdir()
    cell = nbformat.v4.new_code_cell(source)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / "notebooks" / "01_thu.ipynb")
    module = folder / "package" / file
    module.parent.mkdir(parents=True)
    module.write_text(library, encoding="utf-8")
    return lint(folder, folder / "package", KnownNames(frozenset()))


@pytest.mark.parametrize(
    ("source", "kind", "word"),
    [
        ("%%prose\nVốn ngân sách huyện quản lý {von}.", LEVEL, "huyện"),
        ("%%prose\nTại các xã, phường có nhiều việc.", LEVEL, "xã"),
        ("%%prose\nHội đồng các cấp họp.", LEVEL, "các cấp"),
        ("%%prose\n## Khen thưởng cấp tỉnh", LEVEL, "tỉnh"),
        ('table(title="Kết quả tại các tổ dân phố")', LEVEL, "tổ dân phố"),
        ("%%prose\nTừ đầu năm đến nay đã tiếp nhận {ho_so}.", SEASON, "Từ đầu năm đến nay"),
        ("%%prose\nGiá tăng dịp trước Tết.", SEASON, "Tết"),
    ],
)
def test_words_of_a_level_or_season_are_refused_in_notebooks(source: str, kind: str, word: str, tmp_path: Path) -> None:
    assert (kind, word) in [(fault.kind, fault.found) for fault in found(tmp_path, source)]


@pytest.mark.parametrize(
    "source",
    [
        "%%prose\nKinh tế - xã hội, hợp tác xã, nông thôn mới của {unit.level}; {hs_huyen_tiep_nhan}.",
        'report.group("ket_qua_xa")',
    ],
)
def test_what_speaks_of_no_level_and_names_of_the_data_may_stand(source: str, tmp_path: Path) -> None:
    assert found(tmp_path, source) == []


def test_the_library_says_no_level_in_a_report_and_may_explain_with_one(tmp_path: Path) -> None:
    library = '"""As «các xã» reads."""\nTITLE = "Kết quả tại các xã"\n'
    assert [(f.kind, f.found, f.place) for f in found(tmp_path, library=library)] == [(LEVEL, "xã", "dòng 2")]


def test_messages_to_the_officer_may_name_levels(tmp_path: Path) -> None:
    assert found(tmp_path, library='HELP = "xã, phường, tỉnh"\n', file="prepare/starting.py") == []
