"""What an officer reads where a prose cell is wrong: Vietnamese, with the nearest name that exists."""

from __future__ import annotations

import pytest

from thidua.errors import ProseError
from thidua.prose.template import render, render_line
from thidua.report import Report, open_report
from workbooks import FILE, PERIOD, RICE, add_form, department, new_book, write_root


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    book = new_book()
    add_form(book, "Chỉ tiêu", [RICE])
    add_form(book, "Sự kiện", [{"topic": "van_hoa", "content": "Hội thi"}])
    folder = tmp_path_factory.mktemp("xa") / "goc"
    return open_report(PERIOD, write_root(folder, {FILE: book}, departments=[department(FILE, "Chỉ tiêu", "Sự kiện")]))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("{{ indd.lua }}", "không có tên «indd»; gần nhất là «ind»"),
        ("{% if perriod %}a{% endif %}", "không có tên «perriod»; gần nhất là «period»"),
        ("{{ unit.nme }}", "nhóm tham số không có «nme»; gần nhất là «name»"),
        ("{{ document.signer.titel }}", "nhóm tham số không có «titel»; gần nhất là «title»"),
        ("{{ ind.lua.to_pln }}", "chỉ tiêu không có «to_pln»; gần nhất là «to_plan»"),
        ("{{ ind.lua.done.valu }}", "số liệu không có «valu»; gần nhất là «value»"),
        ("{{ events('van_hoa')[0].contnt }}", "dòng của biểu không có «contnt»; gần nhất là «content»"),
        ("{{ docs.khong.titl }}", "dòng của biểu không có «titl»; gần nhất là «title»"),
        ("{{ period.nam }}", "không có «nam»; gần nhất là «name»"),
        ("{{ ind.lua | progres }}", "cú pháp sai ở dòng 1 của ô: không có bộ lọc «progres»; gần nhất là «progress»"),
        ("a\n{% if ind.lua is presen %}x{% endif %}", "không có phép thử «presen»; gần nhất là «present»"),
        ("{% if 1 %}{{ ind.lua | progres }}{% endif %}", "không có bộ lọc «progres»; gần nhất là «progress»"),
        ("{{ ind.lua", "cú pháp sai ở dòng 1 của ô: thiếu dấu đóng }}"),
        ("{% if x %}a", "cú pháp sai ở dòng 1 của ô: thiếu dấu đóng }} hoặc %}, hoặc thiếu {% endif %}"),
        ("{{ ind. }}", "cú pháp sai ở dòng 1 của ô: biểu thức {{ … }}"),
        ("{{ ind.lua.done | progress }}", "bộ lọc «progress» không dùng được với số liệu"),
        ("{{ ind.lua | pct }}", "bộ lọc «pct» không dùng được với chỉ tiêu"),
        ("{{ ind.lua.done | pct }}", "«lua.actual» không phải tỷ lệ phần trăm"),
        ("{{ unit.name | cite }}", "bộ lọc «cite» không dùng được với một đoạn chữ"),
        ("{{ events('van_hoa') | series }}", "bộ lọc «series» không dùng được với danh sách"),
        ("{{ ind.lua | of_plan(1, 2, 3) }}", "bộ lọc «of_plan» không dùng được với chỉ tiêu hoặc tham số đã ghi"),
        ("{{ ind.pick('lua') | series('progres') }}", "không có cụm từ nào tên «progres»; gần nhất là «progress»"),
        ("{{ ind.pick('lua') | series('_shown') }}", "không có cụm từ nào tên «_shown»"),
        ("{{ events('van_hoa') }}", "không in thẳng ra được danh sách"),
        ("{{ events('van_hoa')[0] }}", "một dòng của biểu không in thẳng ra được"),
        ("{{ ind }}", "không in thẳng ra được bảng tra theo mã"),
        ("{{ 1 == 1 }}", "không in thẳng ra được giá trị True"),
        ("{{ 1.5 }}", "không in thẳng ra được giá trị 1.5"),
        ("{{ 1 / 0 }}", "không tính được một biểu thức của ô"),
        ("{{ 'a' + 1 }}", "không tính được một biểu thức của ô"),
        ("{{ ind.lua.done + ind.lua }}", "không tính được một biểu thức của ô"),
        ("{% if ind.lua.done %}a{% endif %}", "Không thể hỏi «lua.actual» là đúng hay sai"),
        ("{{ unit.__class__ }}", "không được phép trong câu văn"),
        ("{{ ''.__class__.__mro__ }}", "không được phép trong câu văn"),
        ("[[a", "dấu [[ chưa có dấu đóng ]]"),
    ],
)
def test_a_mistake_is_told_in_vietnamese_with_the_nearest_name(report: Report, source: str, message: str) -> None:
    with pytest.raises(ProseError) as caught:
        render(source, report.names)
    assert message in str(caught.value)


def test_a_heading_in_params_says_which_one_is_wrong(report: Report) -> None:
    assert render_line("Kết quả {{ period.name }}", report.names) == "Kết quả quý II năm 2031"
    with pytest.raises(ProseError) as caught:
        render_line("Kết quả {{ perod }}", report.names)
    assert str(caught.value).startswith("không dựng được «Kết quả {{ perod }}»: không có tên «perod»")


def test_a_code_that_no_workbook_has_is_missing_and_not_a_mistake(report: Report) -> None:
    assert render("Lúa tốt[[, {{ ind.luaa | progress }}]].", report.names).text == "Lúa tốt."
    assert "mã không có trong số liệu của kỳ: «luaa»; gần nhất là «lua»" in report.data.unknown
