"""Params: every fault is named, with its line and the nearest valid name, before anything else happens."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import Any

import pytest

from plain_yaml import dumped
from sections import lent
from thidua.cli import main
from thidua.errors import InputError
from thidua.report import open_report
from thidua.settings.params_file import load
from workbooks import FILE, PERIOD, RICE, department, indicators, params, params_file, problems, raw, write_root

GOOD = dumped(params())


def faults(folder: Path, text: str, name: str = f"{PERIOD}.yaml") -> list[tuple[str, str, str]]:
    """(line, found, expected) of everything wrong with a params file of this text."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    try:
        load(file)
    except InputError as error:
        assert all(p.file == name and not p.sheet for p in error.problems)
        return [(p.cell, p.found, p.expected) for p in error.problems]
    return []


def fault(folder: Path, text: str, name: str = f"{PERIOD}.yaml") -> tuple[str, str, str]:
    found = faults(folder, text, name)
    assert len(found) == 1, found
    return found[0]


def without(*path: str | int, **changes: Any) -> str:
    """The good params without the value at a path, and with other values beside it."""
    settings = params()
    around: Any = settings
    for step in path[:-1]:
        around = around[step]
    del around[path[-1]]
    around.update(changes)
    return dumped(settings)


def test_good_params_are_read(tmp_path: Path) -> None:
    assert faults(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("text", "name", "near"),
    [
        (GOOD.replace("short_name:", "shortname:"), "unit.shortname", "short_name"),
        (GOOD.replace("unit:", "units:"), "units", "unit"),
        (GOOD.replace("  signer:\n    title:", "  signer:\n    tilte:"), "document.signer.tilte", "title"),
        (GOOD.replace("  name: Phòng Kinh tế", "  nmae: Phòng Kinh tế"), "departments[1].nmae", "name"),
        (GOOD.replace("  sheets:", "  sheet:"), "departments[1].sheet", "sheets"),
        (GOOD.replace("kind: front", "kindd: front"), "sections[1].kindd", "kind"),
        (GOOD + "acepted: []\n", "acepted", "accepted"),
        (
            GOOD.replace("- notebook: 01_mo_dau\n  kind: front", "- heading: A\n  sections:\n  - notebok: x"),
            "sections[1].sections[1].notebok",
            "notebook",
        ),
    ],
)
def test_an_unknown_name_is_said_once_with_the_nearest_valid_one(
    tmp_path: Path, text: str, name: str, near: str
) -> None:
    found = [f for f in faults(tmp_path, text) if "không có tham số" in f[1] or "thiếu" in f[1]]
    assert len(found) == 1, found
    line, what, expected = found[0]
    assert what == f"không có tham số nào tên «{name}»"
    assert expected.startswith("một trong các tên ")
    assert expected.endswith(f"gần nhất là «{near}»")
    key = name.rpartition(".")[2]
    assert _standing_at(text, line).startswith(f"{key}:")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (("period",), "period"),
        (("unit", "name"), "unit.name"),
        (("document", "signer", "name"), "document.signer.name"),
        (("departments", 0, "file"), "departments[1].file"),
        (("sections",), "sections"),
    ],
)
def test_a_missing_name_is_named(tmp_path: Path, path: tuple[str | int, ...], name: str) -> None:
    _, found, expected = fault(tmp_path, without(*path))
    assert found == f"thiếu tham số «{name}»"
    assert expected == "một giá trị cho tham số này, vì nó bắt buộc"


@pytest.mark.parametrize(
    ("old", "new", "found", "expected"),
    [
        ("name: xã Bình An", "name:", "tham số «unit.name» để trống", "một dòng chữ"),
        ("name: xã Bình An", "name: '  '", "tham số «unit.name» để trống", "không để trống"),
        ("name: xã Bình An", "name: [a, b]", "tham số «unit.name» là một danh sách", "một dòng chữ"),
        ("name: xã Bình An", "name: {a: b}", "tham số «unit.name» là một nhóm tham số con", "một dòng chữ"),
        ("kind: front", "kind: fron", "«sections[1].kind» có giá trị «fron»", "'front'"),
        (f"file: {FILE}", "file: ../../etc/passwd.xlsx", "giá trị «../../etc/passwd.xlsx»", "không kèm đường dẫn"),
        (f"file: {FILE}", "file: C:\\a.xlsx", "giá trị «C:\\a.xlsx»", "không kèm đường dẫn"),
        (f"file: {FILE}", "file: .an.xlsx", "giá trị «.an.xlsx»", "không kèm đường dẫn"),
        (f"file: {FILE}", "file: kinh-te.xls", "giá trị «kinh-te.xls»", "tên một tệp .xlsx"),
        ("notebook: 01_mo_dau", "notebook: ../01_mo_dau", "giá trị «../01_mo_dau»", "không kèm đường dẫn"),
        ("- Chỉ tiêu", "- Chi tiêu", "giá trị «Chi tiêu»", "gần nhất là «Chỉ tiêu»"),
        ("\n  - Chỉ tiêu", " []", "tham số «departments[1].sheets» là một danh sách", "ít nhất một mục"),
        ("  symbol:", "  date: 31/02/2031\n  symbol:", "giá trị «31/02/2031»", "một ngày có thật"),
        ("  symbol:", "  date: sắp ký\n  symbol:", "giá trị «sắp ký»", "một ngày có thật"),
        ("period: 2031-Q2", "period: 2031-Q5", "tham số «period» có giá trị «2031-Q5»", "NĂM-Q1 đến NĂM-Q4"),
        ("period: 2031-Q2", "period: ../2031-Q2", "«period» có giá trị «../2031-Q2»", "kỳ dạng NĂM-H1"),
        ("kind: front", "heading: A", "sections[1]", "đúng một trong hai: notebook hoặc heading"),
        ("document:\n", "document: x\nthua:\n", "tham số «document» có giá trị «x»", "một nhóm tham số con"),
    ],
)
def test_a_wrong_value_says_what_is_expected(tmp_path: Path, old: str, new: str, found: str, expected: str) -> None:
    assert old in GOOD
    told = faults(tmp_path, GOOD.replace(old, new, 1))
    assert any(found in f[1] and expected in f[2] for f in told), told


def test_two_departments_never_share_a_file(tmp_path: Path) -> None:
    text = dumped(params(departments=[department("a.xlsx"), department("A.xlsx")]), sort_keys=True)
    assert "«a.xlsx» khai hai lần" in fault(tmp_path, text)[2]


def test_a_notebook_stands_in_one_section(tmp_path: Path) -> None:
    sections = [{"notebook": "a"}, {"heading": "B", "sections": [{"notebook": "a"}]}]
    text = dumped(params(sections=sections), sort_keys=True)
    assert "«a» khai hai lần" in fault(tmp_path, text)[2]


def test_the_period_is_that_of_the_file_name(tmp_path: Path) -> None:
    line, found, expected = fault(tmp_path, GOOD, "2031-Q3.yaml")
    assert (line, found) == ("dòng 1, cột 1", "tham số «period» là «2031-Q2» nhưng tên tệp là «2031-Q3.yaml»")
    assert expected.endswith("tệp của kỳ này phải tên là «2031-Q2.yaml»")


def test_the_period_is_that_of_the_data_folder(tmp_path: Path) -> None:
    root = write_root(tmp_path)
    raw(root).parent.rename(raw(root).parent.with_name("2031-Q1"))
    (found,) = problems(root)
    assert found.found == "không có thư mục số liệu data/raw/2031-Q2"


def test_a_file_that_does_not_exist_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "2031-Q2.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load(tmp_path / "2031-Qq2.yaml")
    assert "gần nhất là «2031-Q2»" in str(caught.value)


def test_a_name_given_twice_names_both_lines(tmp_path: Path) -> None:
    text = GOOD.replace("  place: Bình An\n", "  place: Bình An\n  place: Bình Minh\n")
    line, found, expected = fault(tmp_path, text)
    assert _standing_at(text, line) == "place: Bình Minh"
    assert found.startswith("tham số «place» ghi hai lần, lần đầu ở dòng ")
    assert expected == "mỗi tham số một lần"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("unit: &u {name: a}\nperiod: *u\n", "dùng bí danh (dấu *) của YAML"),
        ("a: &a [x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\n", "dùng bí danh (dấu *) của YAML"),
        ("period: !!python/object/apply:os.system [ls]\n", "dùng thẻ tag:yaml.org,2002:python/object/apply:os.system"),
        ("period: !mau x\n", "dùng thẻ !mau của YAML"),
        ("period: !!binary aGVsbG8=\n", "dùng thẻ tag:yaml.org,2002:binary"),
        ("period: [1, 2\n", "sai cú pháp YAML"),
        ("accepted: []\n  - {id: a}\n", "mục nằm dưới dòng 1, dòng ấy ghi «[]» là không có mục nào"),
        ("\tperiod: x\n", "sai cú pháp YAML"),
        ("? [a, b]\n: c\n", "tên tham số không phải là chữ"),
        ("period: a\n---\nperiod: b\n", "sai cú pháp YAML"),
        ("", "tệp tham số không có nội dung dạng tên: giá trị"),
        ("- a\n- b\n", "tệp tham số không có nội dung dạng tên: giá trị"),
        ("chỉ có chữ", "tệp tham số không có nội dung dạng tên: giá trị"),
        ("x: " + "[" * 200 + "]" * 200, "lồng nhau trên 30 cấp"),
        ("x: " + "[" * 50_000, "tệp có trên 1000 dấu ngoặc"),
        ("x: \x00", "có ký tự lạ"),
        ("x: " + "a" * 2_000_000, "tệp lớn trên 1000 kB"),
    ],
)
def test_what_settings_have_no_use_for_is_refused_soon(tmp_path: Path, text: str, found: str) -> None:
    start = time.process_time()
    told = faults(tmp_path, text)
    assert time.process_time() - start < 2
    assert any(found in f[1] for f in told), told


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / f"{PERIOD}.yaml").write_bytes(GOOD.encode("utf-16"))
    with pytest.raises(InputError, match="không ở mã UTF-8"):
        load(tmp_path / f"{PERIOD}.yaml")


def test_values_are_what_was_typed(tmp_path: Path) -> None:
    typed = "  number: 015\n  date: 5/2/2031\n  type: no\n  symbol: 12:30\n"
    text = GOOD.replace("  symbol: BC-UBND\n", typed).replace("place: Bình An", "place: 1_000")
    (tmp_path / f"{PERIOD}.yaml").write_text("\ufeff" + text, encoding="utf-8")
    found = load(tmp_path / f"{PERIOD}.yaml")
    assert (found.document.number, found.document.type, found.document.symbol) == ("015", "no", "12:30")
    assert (found.document.date, found.unit.place) == (dt.date(2031, 2, 5), "1_000")


@pytest.mark.parametrize("empty", ["null", "~", ""])
def test_an_optional_value_may_be_left_empty(tmp_path: Path, empty: str) -> None:
    text = GOOD.replace("  symbol:", f"  number: {empty}\n  symbol:")
    assert faults(tmp_path, text) == []


def test_faults_of_params_and_workbooks_come_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write_root(tmp_path, {FILE: indicators({**RICE, "actual": "nhiều"})})
    file = params_file(root)
    text = file.read_text(encoding="utf-8").replace("short_name:", "shortname:").replace("kind: front", "kind: fron")
    file.write_text(text, encoding="utf-8")
    found = problems(root)
    assert [p.file for p in found] == [f"{PERIOD}.yaml", f"{PERIOD}.yaml", FILE]
    assert main(["check", str(file), "--root", str(root), "--json"]) == 2
    assert '"cell": "D2"' in capsys.readouterr().out


def test_workbooks_are_read_though_one_department_is_wrong_and_none_is_called_unexpected(tmp_path: Path) -> None:
    departments = [department(FILE), {**department("y-te.xlsx"), "file": "y-te.doc"}]
    books = {FILE: indicators({**RICE, "actual": "nhiều"}), "y-te.xlsx": indicators(RICE)}
    found = problems(write_root(tmp_path, books, departments=departments))
    assert [(p.file, p.cell) for p in found] == [(f"{PERIOD}.yaml", found[0].cell), (FILE, "D2")]


def test_a_period_without_any_workbook_is_refused_before_any_kernel_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_root(tmp_path, {FILE: None})
    with lent():
        assert main(["run", str(params_file(root)), "--root", str(root)]) == 2
    assert f"data/raw/{PERIOD} chưa có biểu nào" in capsys.readouterr().err
    assert not (root / "output").exists()


def test_a_notebook_that_does_not_exist_names_the_nearest(tmp_path: Path) -> None:
    root = write_root(tmp_path)
    (root / "notebooks" / "01_mo_dau.ipynb").rename(root / "notebooks" / "01_modau.ipynb")
    (found,) = problems(root)
    assert found.found == "không có notebook «01_mo_dau»"
    assert "notebook: 01_mo_dau" in _standing_at((root / "params" / f"{PERIOD}.yaml").read_text("utf-8"), found.cell)
    assert found.expected.endswith("gần nhất là «01_modau»")


@pytest.mark.parametrize("period", ["../../etc/passwd", "2031-Q9", "2031-Q2/../2031-Q2", ""])
def test_a_notebook_asks_for_a_period_and_for_no_path(tmp_path: Path, period: str) -> None:
    root = write_root(tmp_path)
    if period:
        with pytest.raises(InputError, match="không phải một kỳ báo cáo"):
            open_report(period, root)
    else:
        assert open_report(period, root).period.id == PERIOD


def test_an_earlier_period_that_cannot_be_read_is_told_and_stands_in_no_ones_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_root(tmp_path)
    (root / "params" / "2031-Q1.yaml").write_text(GOOD.replace("2031-Q2", "2031-Q1"), encoding="utf-8")
    (root / "data" / "raw" / "2031-Q1").mkdir()
    assert main(["check", str(params_file(root)), "--root", str(root)]) == 0
    told = capsys.readouterr().err
    assert "Lưu ý: Không so với kỳ 2031-Q1 được vì dữ liệu kỳ đó có 1 lỗi; data/raw/2031-Q1 chưa có biểu nào." in told


def test_a_period_is_named_by_its_id_or_by_its_params_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = str(write_root(tmp_path / "root"))
    for name in (PERIOD, f"params/{PERIOD}.yaml"):
        assert main(["check", name, "--root", root]) == 0
    assert main(["check", "2031-Q3", "--root", root]) == 2
    assert f"thidua new 2031-Q3 --from {PERIOD}" in capsys.readouterr().err


def test_an_unknown_name_in_a_title_or_heading_is_a_fault_of_its_line(tmp_path: Path) -> None:
    sections = [{"heading": "Kết quả {{ perod.name }}", "sections": [{"notebook": "01_mo_dau"}]}]
    settings = params(sections=sections)
    settings["document"]["title"] = "Sơ kết {{ period.nme }}"
    text = dumped(settings)
    found = faults(tmp_path, text)
    title, heading = (_standing_at(text, place) for place, _, _ in found)
    assert title.startswith("title: Sơ kết")
    assert heading.startswith("heading: Kết quả")
    assert "document.title" in found[0][1]
    assert "period" in found[1][1]


def _standing_at(text: str, place: str) -> str:
    """What of its line stands from the place on that a fault names."""
    line, column = (int(part.split()[1]) for part in place.split(", "))
    return text.splitlines()[line - 1][column - 1 :]
