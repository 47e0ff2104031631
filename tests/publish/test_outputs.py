"""What a notebook shows stands in the report, in every medium, or is named at the end of the run."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from PIL import Image
from pypdf import PdfReader

from archive.roots import made_by, thidua, tiny_root, write_notebook
from document.sample import PROPERTIES
from thidua.charts.chart import MIME, specification
from thidua.charts.library import altair
from thidua.document.block import Paragraph, Picture, Table, plain
from thidua.document.document import Document
from thidua.document.lines import text_of
from thidua.document.stitch import Part, stitch
from thidua.publish.drawings import Drawings
from thidua.publish.html.page_writer import PageWriter
from thidua.publish.outputs import left_out, shown
from thidua.publish.pdf.typesetting import ACCESSIBLE, pdf_of
from thidua.publish.word.edition import write_docx
from workbooks import params_file

pytestmark = pytest.mark.slow

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><rect width="60" height="20" fill="#036"/></svg>'


def png(colour: str = "red", kind: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (40, 20), colour).save(stream, kind)
    return stream.getvalue()


def letters(content: bytes) -> str:
    return base64.b64encode(content).decode()


def cell(data: dict[str, Any], source: str = "ô nào đó", **more: Any) -> Any:
    return new_code_cell(source, outputs=[new_output("display_data", data, **more)])


def report(*cells: Any) -> Document:
    return stitch([Part(1, "Mục", "a", "section", shown(new_notebook(cells=list(cells))))], PROPERTIES)


def told(*cells: Any) -> list[str]:
    return left_out(new_notebook(cells=list(cells)))


def media(document: Document, folder: Path) -> tuple[str, PdfReader, zipfile.ZipFile]:
    (folder / "a.pdf").write_bytes(pdf_of(document, Drawings(), ACCESSIBLE))
    write_docx(document, Drawings(), folder / "a.docx")
    html = "\n".join(PageWriter(lambda _: "").sections(document))
    return html, PdfReader(folder / "a.pdf"), zipfile.ZipFile(folder / "a.docx")


def figures(pdf: PdfReader) -> int:
    """The pictures that the PDF tells a screen reader of."""
    numbers = range(1, int(pdf.trailer["/Size"]))  # type: ignore[call-overload]
    objects = [pdf.get_object(n) for n in numbers]
    return sum(isinstance(o, dict) and o.get("/S") == "/Figure" for o in objects)


def alts(html: str) -> list[str]:
    return re.findall(r'<img [^>]*alt="([^"]*)"', html)


def test_markdown_that_code_shows_reads_like_a_markdown_cell(tmp_path: Path) -> None:
    document = report(cell({"text/markdown": "## Nhỏ\n\nĐOẠN **QUAN TRỌNG**", "text/plain": "<Markdown object>"}))
    html, pdf, docx = media(document, tmp_path)
    assert [plain(h.runs) for h in document.headings] == ["Mục", "Nhỏ"]
    assert "ĐOẠN <strong>QUAN TRỌNG</strong>" in html
    assert "ĐOẠN QUAN TRỌNG" in pdf.pages[0].extract_text()
    assert "QUAN TRỌNG" in docx.read("word/document.xml").decode()


PICTURES = {
    "image/png": letters(png()),
    "image/jpeg": letters(png(kind="JPEG")),
    "image/gif": letters(png(kind="GIF")),
    "image/svg+xml": SVG,
}


@pytest.mark.parametrize("mime", PICTURES)
def test_a_picture_stands_in_all_three_media(tmp_path: Path, mime: str) -> None:
    shown = cell({mime: PICTURES[mime], "text/plain": "<Figure size 640x480>"})
    html, pdf, docx = media(report(shown), tmp_path)
    assert alts(html) == ["Hình minh họa"]
    assert figures(pdf) == 1
    assert len([name for name in docx.namelist() if name.startswith("word/media/")]) == 1
    assert told(shown) == []


def test_pictures_of_markdown_cells_stand_in_all_three_media(tmp_path: Path) -> None:
    attached = new_markdown_cell(
        "Bản đồ: ![Bản đồ thôn](<attachment:bản đồ.png>)", attachments={"bản đồ.png": {"image/png": letters(png())}}
    )
    inside = new_markdown_cell(f"![Trong địa chỉ](data:image/svg+xml;base64,{letters(SVG.encode())})")
    html, pdf, docx = media(report(attached, inside), tmp_path)
    assert alts(html) == ["Bản đồ thôn", "Trong địa chỉ"]
    assert html.count('<img src="data:image/') == 2
    assert figures(pdf) == 2
    assert len([name for name in docx.namelist() if name.startswith("word/media/")]) == 2
    assert told(attached, inside) == []


@pytest.mark.parametrize("address", ["không-có.png", "https://vi.du/anh.png", "attachment:mất.png", "/etc/anh.png"])
def test_a_picture_that_is_not_there_is_named_and_ends_nothing(tmp_path: Path, address: str) -> None:
    markdown = new_markdown_cell(f"# Mục\n\nTrước ![]({address}) sau")
    html, pdf, _ = media(report(markdown), tmp_path)
    assert "<img" not in html and "Trước  sau" in html and len(pdf.pages) == 1
    assert told(markdown) == [
        f"ô 1 («# Mục…»): ảnh «{address}» không nằm trong notebook hay thư mục notebooks/ nên bị bỏ"
    ]


LEFT_OUT = {
    "giá trị «2» chỉ hiện trong notebook": new_output("execute_result", {"text/plain": "2"}),
    "công thức LaTeX «$x^2$» chỉ hiện trong notebook": new_output(
        "display_data", {"text/latex": "$x^2$", "text/plain": "x**2"}
    ),
    "dữ liệu JSON «{'a': 1}» chỉ hiện trong notebook": new_output(
        "display_data", {"application/json": {"a": 1}, "text/plain": "<JSON object>"}
    ),
    "chữ in ra «một…» chỉ hiện trong notebook": new_output("stream", name="stdout", text="một\nhai\n"),
    "chữ in ra «Cảnh báo» chỉ hiện trong notebook": new_output("stream", name="stderr", text="\nCảnh báo\n"),
    "ô báo lỗi «hỏng»": new_output("error", ename="ValueError", evalue="hỏng", traceback=[]),
    "đầu ra dạng application/pdf chỉ hiện trong notebook": new_output("display_data", {"application/pdf": "JVB"}),
    "phần <script> của đầu ra HTML chỉ chạy được trên màn hình": new_output(
        "display_data", {"text/html": "<style>a{}</style><div id='x'></div><script>draw()</script>"}
    ),
}


@pytest.mark.parametrize("words", LEFT_OUT)
def test_what_has_no_place_in_a_report_is_named_with_its_cell(words: str) -> None:
    node = new_notebook(
        cells=[
            new_code_cell("period = None", metadata={"tags": ["parameters"]}),
            new_code_cell("# Parameters", metadata={"tags": ["injected-parameters"]}),
            new_code_cell("tính()\nhiện()", outputs=[LEFT_OUT[words]]),
        ]
    )
    assert left_out(node) == [f"ô 2 («tính()…»): {words}"]
    assert shown(node) == ()


def test_a_chart_of_altair_s_own_showing_is_named_with_the_word_that_carries_it() -> None:
    bars = altair().Chart(pd.DataFrame({"a": [1, 2]})).mark_bar().encode(x="a")
    shown_alone: dict[str, Any] = bars._repr_mimebundle_()
    for data in (shown_alone, {MIME: bars.to_dict(), "text/plain": "<Chart>"}):
        (what,) = told(cell(data))
        assert what.endswith("biểu đồ Altair chỉ hiện trong notebook; muốn vào báo cáo thì gọi show_chart(…)")
    assert told(cell({MIME: specification(bars, "cot", "Hai cột."), "text/plain": "Hai cột."})) == []


def test_formulas_tags_and_raw_cells_that_the_report_does_not_set_are_named() -> None:
    formula, tag = new_markdown_cell("Diện tích $a^2 + b$ là"), new_markdown_cell("Xuống<br>dòng")
    assert "công thức «$a^2 + b$» in nguyên như chữ" in told(formula)[0]
    assert "thẻ HTML «<br…»" in told(tag)[0]
    assert "ô dạng Raw" in told(new_raw_cell("chữ"))[0]
    plain = "Giá 5$ và 6 $, tỷ lệ (5/6); `<br>` là mã, `$a$` cũng vậy"
    assert told(new_markdown_cell(plain)) == []


def test_loose_text_of_an_html_output_stays(tmp_path: Path) -> None:
    document = report(cell({"text/html": "ĐOẠN <b>ĐẬM</b> và<p>đoạn sau</p>đuôi<!-- bỏ -->"}))
    _, pdf, docx = media(document, tmp_path)
    assert [plain(b.runs) for b in document.blocks() if isinstance(b, Paragraph)] == ["ĐOẠN ĐẬM và", "đoạn sau", "đuôi"]
    assert "ĐOẠN ĐẬM và" in pdf.pages[0].extract_text()
    assert "đuôi" in docx.read("word/document.xml").decode()


def test_a_table_of_another_library_is_a_table_in_every_medium(tmp_path: Path) -> None:
    html = "<style>td{color:red}</style><table><thead><tr><th colspan=2>Năm</th></tr></thead>"
    html += "<tbody><tr><th>Ngô</th><td>80</td></tr><tr><td colspan='2'>cả <i>xã</i></td></tr></tbody></table>"
    document = report(cell({"text/html": html, "text/plain": "..."}))
    (found,) = [b for b in document.blocks() if isinstance(b, Table)]
    rows = (*found.header, *(r.cells for r in found.body))
    assert [[(plain(c.runs), c.columns, c.header) for c in row] for row in rows] == [
        [("Năm", 2, True)], [("Ngô", 1, True), ("80", 1, False)], [("cả xã", 2, False)],
    ]  # fmt: skip
    page, pdf, docx = media(document, tmp_path)
    assert "color:red" not in page + text_of(document.blocks())
    for text in (pdf.pages[0].extract_text(), docx.read("word/document.xml").decode()):
        assert text.index("Ngô") < text.index("80") < text.index("cả")


def test_a_drawing_within_html_keeps_its_names_and_harms_no_other() -> None:
    drawn = SVG.replace("<rect", '<clipPath id="a"><rect width="1" height="1"/></clipPath><rect')
    document = report(cell({"text/html": f"<div>Hình {drawn}</div>"}))
    (picture,) = [b for b in document.blocks() if isinstance(b, Picture)]
    assert b"<clipPath" in base64.b64decode(picture.data)
    assert "<svg" not in "\n".join(PageWriter(lambda _: "").sections(document))


def test_a_run_shows_or_names_everything_and_again_gives_the_same_bytes(tmp_path: Path) -> None:
    root = tiny_root(tmp_path / "root")
    (root / "notebooks" / "hình").mkdir()
    (root / "notebooks" / "hình" / "bản đồ.png").write_bytes(png("blue"))
    write_notebook(
        root,
        "10_kinh_te",
        [
            "from IPython.display import SVG, Markdown, display\n"
            f"display(Markdown('ĐOẠN QUAN TRỌNG'))\ndisplay(SVG('{SVG}'))\nprint(object())\n1 + 1",
            "%%prose\nCấy được {lua} lúa.",
            "%%prose\nTrồng ngô.",
        ],
    )
    path = root / "notebooks" / "10_kinh_te.ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"][0]["source"] = "# Kinh tế\n\n![Bản đồ xã](<hình/bản đồ.png>) ![Mất](mat.png)"
    path.write_text(json.dumps(content), encoding="utf-8")
    done = thidua("run", params_file(root), "--root", root)
    assert done.returncode == 1, done.stderr
    notes = [line for line in done.stderr.splitlines() if line.startswith("Lưu ý: 10_kinh_te")]
    assert len(notes) == 3
    assert "10_kinh_te, ô 1 («# Kinh tế…»): ảnh «mat.png»" in notes[0]
    assert "chữ in ra «<object object at 0x…>»" in notes[1] and "giá trị «2»" in notes[2]
    run = made_by(done)
    page = (run / "data" / "bao-cao.html").read_text(encoding="utf-8")
    assert "ĐOẠN QUAN TRỌNG" in page
    assert alts(page) == ["Bản đồ xã", "Hình minh họa"]
    assert (run / "data" / "inputs" / "notebooks" / "hình" / "bản đồ.png").is_file()
    again = thidua("reproduce", run, "--json")
    assert json.loads(again.stdout)["outcome"] == "identical", again.stdout
