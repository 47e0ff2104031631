"""What an officer reads where a prose cell is wrong: Vietnamese, every mistake, its place, the nearest name."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from archive.roots import tiny_root, write_notebook
from prose.told import told
from thidua.errors import NotebooksFaulty, ProseError
from thidua.inputs import read_inputs
from thidua.progress.progress import NOBODY
from thidua.prose.checking import check_notebooks
from thidua.prose.render import render
from thidua.report import Report, open_report
from thidua.run.made import make
from thidua.settings.templates import render_line
from workbooks import FILE, PERIOD, RICE, add_form, department, new_book, params_file, write_root


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    book = new_book()
    add_form(book, "Chỉ tiêu", [RICE])
    add_form(book, "Sự kiện", [{"topic": "van_hoa", "content": "Hội thi"}])
    add_form(book, "Phong trào thi đua", [{"code": "van_hoa", "name": "Văn hóa"}])
    folder = tmp_path_factory.mktemp("xa") / "goc"
    sheets = ("Chỉ tiêu", "Sự kiện", "Phong trào thi đua")
    return open_report(PERIOD, write_root(folder, {FILE: book}, departments=[department(FILE, *sheets)]))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("{đat lua}", "không có từ dẫn «đat»; gần nhất là «đạt»"),
        ("{viện dận lua}", "không có từ dẫn «viện dận»; gần nhất là «viện dẫn»"),
        ("{dat lua}", "không có từ dẫn «dat»; gần nhất là «đạt»"),
        ("{đạt lúa}", "«lúa» không phải là mã; các mã cách nhau bằng dấu phẩy"),
        ("{đạt lua ngo}", "«lua ngo» không phải là mã; các mã cách nhau bằng dấu phẩy"),
        ("{đạt}", "«đạt» cần một mã; ví dụ {đạt giai_ngan}"),
        ("{đạt lua, ngo}", "«đạt» chỉ nhận một mã"),
        ("{số trên tổng lua, ngo, sắn}", "«sắn» không phải là mã"),
        ("{số trên tổng lua, ngo, san}", "«số trên tổng» chỉ nhận hai mã"),
        ("{đạt unit.name}", "«unit.name» không phải là mã"),
        ("{điển hình lua | a}", "«điển hình» không kèm mã; ví dụ {điển hình | nghèo}"),
        ("{lua | kế hoạch}", "không có từ dẫn nên không có lựa chọn sau dấu |"),
        ("{kê lua | tên gon}", "«kê» không có lựa chọn «tên gon»; gần nhất là «tên gọn»"),
        ("{tiến độ lua | dự toán}", "«tiến độ» không có lựa chọn «dự toán»"),
        ("{đạt lua | dự toán | kế hoạch}", "«đạt» không có lựa chọn «kế hoạch»"),
        ("{đạt lua | dự toán {lua}}", "trong lựa chọn chỉ dùng được tham số, ví dụ {unit.level}"),
        ("{mỗi van_hoa | không van_hoa}a {nội dung}.", "lựa chọn của «mỗi» viết «trừ mã, mã»"),
        ("A {mỗi van_hoa}.", "«mỗi» phải mở đầu một câu"),
        ("A {gạch đầu dòng van_hoa}.", "«gạch đầu dòng» phải đứng riêng một đoạn"),
        ("A {nội dung}.", "«nội dung» cần một mã"),
        ("{unit.nme}", "«unit» không có «nme»; gần nhất là «name»"),
        ("{period.nxt.name}", "«period» không có «nxt»; gần nhất là «next»"),
        ("{period.next}", "«period.next» không in thẳng ra được; hãy ghi rõ thêm, ví dụ {period.next.name}"),
        ("{perod.name}", "không có tên «perod»; gần nhất là «period»"),
        ("{document.signer.titel}", "«document.signer» không có «titel»; gần nhất là «title»"),
        ("{unit.name, lua}", "«unit.name» không đứng chung với mã khác"),
        ("{}", "ngoặc { } chưa ghi gì"),
        ("{lua", "dấu { chưa có dấu đóng }"),
        ("lua}", "dấu } không khớp với dấu mở nào; muốn in ra thì viết \\}"),
        ("[a", "dấu [ chưa có dấu đóng ]"),
        ("a]", "dấu ] không khớp với dấu mở nào; muốn in ra thì viết \\]"),
        ("a^[b", "dấu ^[ chưa có dấu đóng ]"),
        ("[a\n\nb]", "dấu [ chưa có dấu đóng ]"),
        ("a {= 1", "dấu {= chưa có dấu đóng =}"),
        ("a {= 1 + =}", "biểu thức viết sai"),
        ("[a[b[c[d]]]]", "ngoặc lồng quá 3 tầng; hãy tách thành câu riêng"),
        ("{= indd.lua =}", "không có tên «indd»; gần nhất là «ind»"),
        ("{= ind.lua.to_pln =}", "chỉ tiêu không có «to_pln»; gần nhất là «to_plan»"),
        ("{= events('van_hoa')[0].contnt =}", "dòng của biểu không có «contnt»; gần nhất là «content»"),
        ("{= events('van_hoa') =}", "không in thẳng ra được danh sách"),
        ("{= events('van_hoa')[0] =}", "một dòng của biểu không in thẳng ra được"),
        ("{= ind =}", "không in thẳng ra được bảng tra theo mã"),
        ("{= 1 / 0 =}", "không tính được biểu thức"),
        ("{= 'a' + 1 =}", "không tính được biểu thức"),
        ("{= unit.__class__ =}", "không được phép trong câu văn"),
        ("{= ''.__class__.__mro__ =}", "không được phép trong câu văn"),
        ("{lĩnh vực van_hoa}", "trang «Phong trào thi đua» không có cột «field»"),
    ],
)
def test_a_mistake_is_told_in_vietnamese_with_the_nearest_name(report: Report, source: str, message: str) -> None:
    with pytest.raises(ProseError) as caught:
        render(source, report)
    assert message in str(caught.value)


def test_a_mistake_names_line_and_column_with_the_excerpt_and_a_caret(report: Report) -> None:
    source = f"## Lúa\n\n{'Lời dẫn rất dài ' * 5}có {{đạtt\nlua}}, tốt."
    with pytest.raises(ProseError) as caught:
        render(source, report, first_line=2)
    told, excerpt, caret = str(caught.value).split("\n")
    assert told == "dòng 4, cột 84: không có từ dẫn «đạtt»; gần nhất là «đạt»"
    assert excerpt.startswith("    …") and excerpt.endswith("có {đạtt")
    assert excerpt[caret.index("^")] == "{"


def test_all_mistakes_of_a_cell_are_told_at_once_in_their_order(report: Report) -> None:
    with pytest.raises(ProseError) as caught:
        render("{đạtt lua} ]\n\n{lua | a} {unit.nme}", report)
    assert [(f.line, f.column) for f in caught.value.faults] == [(1, 1), (1, 12), (3, 1), (3, 11)]
    assert str(caught.value).startswith("Ô lời văn có 4 lỗi:\n  1. dòng 1, cột 1: ")


def test_all_mistakes_of_all_notebooks_are_told_before_one_is_run(tmp_path: Path) -> None:
    cells = ["period = None", "%%prose\nTốt {unit.name}.", "%%prose\n\nLúa {đạtt lua}.", "%%prose\nA ]"]
    for name in ("01_a", "02_b"):
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
        nbformat.write(book, tmp_path / f"{name}.ipynb")
    with pytest.raises(NotebooksFaulty) as caught:
        check_notebooks({p.stem: nbformat.read(p, as_version=4) for p in sorted(tmp_path.glob("*.ipynb"))})
    told = str(caught.value)
    assert told.startswith("Có 4 lỗi trong lời văn của các notebook, chưa chạy gì:\n  1. 01_a, ô 3, dòng 3, cột 5: ")
    assert "  4. 02_b, ô 4, dòng 2, cột 3: dấu ] không khớp" in told


def test_a_report_is_not_begun_over_prose_with_mistakes(tmp_path: Path) -> None:
    root = tiny_root(tmp_path / "xa")
    write_notebook(root, "10_kinh_te", ["%%prose\nLúa {đạtt lua}."])
    with pytest.raises(NotebooksFaulty, match="10_kinh_te, ô 4, dòng 2, cột 5: không có từ dẫn «đạtt»"):
        make(read_inputs(root, params_file(root)), root / "output", 1, NOBODY)
    assert not (root / "output").exists()


def test_a_heading_in_params_says_which_one_is_wrong(report: Report) -> None:
    assert render_line("Kết quả {{ period.name }}", report.names) == "Kết quả quý II năm 2031"
    with pytest.raises(ProseError) as caught:
        render_line("Kết quả {{ perod }}", report.names)
    assert str(caught.value).startswith("không dựng được «Kết quả {{ perod }}»: không có tên «perod»")


def test_a_code_that_no_workbook_has_is_missing_and_not_a_mistake(report: Report) -> None:
    assert told(report, "Lúa tốt[, {tiến độ luaa}].") == "Lúa tốt."
    assert "mã không có trong số liệu của kỳ: «luaa»; gần nhất là «lua»" in report.data.slips
