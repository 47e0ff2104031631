"""What a notebook shows stands in the report, in every medium, or is named at the end of the run."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from PIL import Image
from pypdf import PdfReader

from archive.roots import thidua, tiny_root, write_notebook
from publish.small import DOCUMENT
from thidua.publish.document import Part
from thidua.publish.outputs import left_out, shown
from thidua.publish.paper import paper_html, write_pdf
from thidua.publish.stitch import Stitched, stitch
from thidua.publish.word import write_docx
from workbooks import params_file

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><rect width="60" height="20" fill="#036"/></svg>'


def png(colour: str = "red", kind: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (40, 20), colour).save(stream, kind)
    return stream.getvalue()


def letters(content: bytes) -> str:
    return base64.b64encode(content).decode()


def cell(data: dict[str, Any], source: str = "ô nào đó", **more: Any) -> Any:
    return new_code_cell(source, outputs=[new_output("display_data", data, **more)])


def report(*cells: Any) -> Stitched:
    return stitch([Part(1, "Mục", new_notebook(cells=list(cells)), "a", "section")], DOCUMENT)


def told(*cells: Any) -> list[str]:
    return left_out(new_notebook(cells=list(cells)))


def media(document: Stitched, folder: Path) -> tuple[BeautifulSoup, PdfReader, zipfile.ZipFile]:
    write_pdf(paper_html(document, DOCUMENT), DOCUMENT, {}, folder / "a.pdf")
    write_docx(document, DOCUMENT, folder / "a.docx")
    soup = BeautifulSoup(document.body, "html.parser")
    return soup, PdfReader(folder / "a.pdf"), zipfile.ZipFile(folder / "a.docx")


def test_markdown_that_code_shows_reads_like_a_markdown_cell(tmp_path: Path) -> None:
    document = report(cell({"text/markdown": "## Nhỏ\n\nĐOẠN **QUAN TRỌNG**", "text/plain": "<Markdown object>"}))
    html, pdf, docx = media(document, tmp_path)
    assert [h.plain for h in document.headings] == ["Mục", "Nhỏ"]
    assert "ĐOẠN QUAN TRỌNG" in html.get_text()
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
    assert [image["alt"] for image in html.select("figure.picture img")] == ["Hình minh họa"]
    drawn = len(pdf.pages[0].images) or pdf.pages[0].get_contents().get_data().count(b" re\nf")  # type: ignore[union-attr]
    assert drawn == 1
    assert len([name for name in docx.namelist() if name.startswith("word/media/")]) == 1
    assert told(shown) == []


def test_pictures_of_markdown_cells_stand_in_all_three_media(tmp_path: Path) -> None:
    attached = new_markdown_cell(
        "Bản đồ: ![Bản đồ thôn](<attachment:bản đồ.png>)", attachments={"bản đồ.png": {"image/png": letters(png())}}
    )
    inside = new_markdown_cell(f"![Trong địa chỉ](data:image/svg+xml;base64,{letters(SVG.encode())})")
    html, pdf, docx = media(report(attached, inside), tmp_path)
    assert [image["alt"] for image in html.select("img")] == ["Bản đồ thôn", "Trong địa chỉ"]
    assert all(str(image["src"]).startswith("data:image/") for image in html.select("img"))
    assert len(pdf.pages[0].images) == 1
    assert len([name for name in docx.namelist() if name.startswith("word/media/")]) == 2
    assert told(attached, inside) == []


@pytest.mark.parametrize("address", ["không-có.png", "https://vi.du/anh.png", "attachment:mất.png", "/etc/anh.png"])
def test_a_picture_that_is_not_there_is_named_and_ends_nothing(tmp_path: Path, address: str) -> None:
    markdown = new_markdown_cell(f"# Mục\n\nTrước ![]({address}) sau")
    html, pdf, _ = media(report(markdown), tmp_path)
    assert html.select("img") == [] and "Trước  sau" in html.get_text() and len(pdf.pages) == 1
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
    assert list(shown(node)) == []


def test_formulas_tags_and_raw_cells_that_the_report_does_not_set_are_named() -> None:
    formula, tag = new_markdown_cell("Diện tích $a^2 + b$ là"), new_markdown_cell("Xuống<br>dòng")
    assert "công thức «$a^2 + b$» in nguyên như chữ" in told(formula)[0]
    assert "thẻ HTML «<br…»" in told(tag)[0]
    assert "ô dạng Raw" in told(new_raw_cell("chữ"))[0]
    plain = "Giá 5$ và 6 $, tỷ lệ (5/6); `<br>` là mã, `$a$` cũng vậy"
    assert told(new_markdown_cell(plain)) == []


def test_loose_text_of_an_html_output_stays(tmp_path: Path) -> None:
    document = report(cell({"text/html": "ĐOẠN <b>ĐẬM</b> và<p>đoạn sau</p>đuôi"}))
    html, pdf, docx = media(document, tmp_path)
    assert [p.get_text() for p in html.select("p")] == ["ĐOẠN ĐẬM và", "đoạn sau", "đuôi"]
    assert "ĐOẠN ĐẬM và" in pdf.pages[0].extract_text()
    assert "đuôi" in docx.read("word/document.xml").decode()


def test_a_drawing_within_html_keeps_its_names_and_harms_no_other() -> None:
    html = report(cell({"text/html": f"<div>Hình {SVG.replace('<rect', '<clipPath id=a /><rect')}</div>"})).body
    letters = re.search(r"svg\+xml;base64,([^\"]+)", html)
    assert letters is not None and b"<clipPath" in base64.b64decode(letters[1])
    assert "<svg" not in html


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
            "%%prose\nCấy được {{ ind.lua | amount }} lúa. ![Bản đồ](<hình/bản đồ.png>)",
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
    run = Path(done.stdout.strip().splitlines()[-1])
    page = BeautifulSoup((run / "data" / "bao-cao.html").read_text(encoding="utf-8"), "html.parser")
    assert "ĐOẠN QUAN TRỌNG" in page.get_text()
    assert [image["alt"] for image in page.select("main img")] == ["Bản đồ xã", "Hình minh họa", "Bản đồ"]
    assert (run / "data" / "inputs" / "notebooks" / "hình" / "bản đồ.png").is_file()
    again = thidua("reproduce", run, "--json")
    assert json.loads(again.stdout)["outcome"] == "identical", again.stdout
