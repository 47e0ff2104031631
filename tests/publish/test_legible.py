"""Every word of the report can be read on its pages; what cannot is told, whatever program set them."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook, new_output
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject

from archive.roots import thidua, tiny_root
from publish.small import DOCUMENT
from thidua import fonts
from thidua.figures.record import MIME
from thidua.publish.document import Part
from thidua.publish.legible import unreadable
from thidua.publish.paper import paper_html, write_pdf
from thidua.publish.stitch import stitch
from workbooks import FILE, indicators, params_file

ADDRESS = "https://dichvucong.vi.du/" + "van-ban".replace("-", "") * 25


def paper(folder: Path, body: str) -> tuple[str, Path]:
    """A report with this body under one heading: its HTML for paper, and the PDF."""
    data = {"text/html": body, MIME: {"printed": [], "figures": []}}
    node = new_notebook(cells=[new_code_cell(outputs=[new_output("display_data", data)])])
    html = paper_html(stitch([Part(1, "Kết quả", node, "a", "section")], DOCUMENT), DOCUMENT)
    write_pdf(html, DOCUMENT, {}, folder / "a.pdf")
    return html, folder / "a.pdf"


def text(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True)
    return done.stdout


def table(*rows: tuple[str, ...]) -> str:
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    return f'<table class="data" data-key="a"><caption>Văn bản</caption><tbody>{cells}</tbody></table>'


def test_nothing_is_told_of_a_report_that_can_be_read(run: Path) -> None:
    page = BeautifulSoup((run / "bao-cao.html").read_text(encoding="utf-8"), "html.parser")
    for only_on_the_screen in page.select("nav, a.skip, a.back, .notes-title, [role=dialog]"):
        only_on_the_screen.decompose()
    assert unreadable(str(page), run / "bao-cao.pdf") == []


def test_a_long_address_breaks_at_the_margin_of_the_page_and_of_its_column(tmp_path: Path) -> None:
    rows = [(str(n), f"Tên {n}", ADDRESS if n == 5 else "", f"Cột cuối {n}") for n in range(1, 20)]
    note = f'<span class="fn">{ADDRESS}</span>'
    html, pdf = paper(tmp_path, f"<p>Xem {ADDRESS} để biết{note}.</p>{table(*rows)}")
    assert unreadable(html, pdf) == []
    assert text(pdf).count("cuối") == len(rows)


def test_ordinary_words_of_a_table_stay_whole(tmp_path: Path) -> None:
    _, pdf = paper(tmp_path, table(("TT", "Phường", "Tổng hợp kết quả thực hiện phong trào " * 20)))
    assert "TT" in text(pdf) and "Phường" in text(pdf)


def test_a_note_of_sixty_documents_goes_on_over_the_pages_and_the_next_keeps_its_number(tmp_path: Path) -> None:
    documents = "; ".join(f"<b>Kế hoạch</b> số {n}/KH-UBND về phong trào thi đua yêu nước của xã" for n in range(1, 61))
    body = f'<p>Văn bản<span class="fn">{documents * 2}</span>, một<span class="fn">sau cùng</span>.</p>'
    html, pdf = paper(tmp_path, body + "<p>Đoạn sau.</p>" * 60)
    assert unreadable(html, pdf) == []
    assert "Văn bản1, một2." in text(pdf) and "2. sau cùng" in text(pdf)


def test_signs_that_the_text_face_lacks_are_printed(tmp_path: Path) -> None:
    html, pdf = paper(tmp_path, "<p>✓ ☑ ➢ ➤ ■ □ ● ○ ◆ ★ → ⇒ ≤ ≥ ≠ ≈ ∑ √ ① ② ☎ ✔ ✗ ❖ ► ▪ α β µ Ω</p>")
    assert unreadable(html, pdf) == []


def test_a_letter_that_no_face_has_is_told_with_its_place(tmp_path: Path) -> None:
    html, pdf = paper(tmp_path, f"<p>Được.</p>{table(('Quảng Tây (广西) 😀',))}")
    assert unreadable(html, pdf) == ["bản in không có phông chữ cho «广 西 😀» ở «Bảng 1. Văn bản»"]


@pytest.mark.parametrize("style", ["margin-left:30cm", "position:absolute;top:-5cm", "display:none"])
def test_words_beyond_the_page_or_not_set_at_all_are_told(tmp_path: Path, style: str) -> None:
    html, pdf = paper(tmp_path, f'<p>Còn đây.</p><p style="{style}">Việc quan trọng</p><p>Còn kia.</p>')
    (told,) = unreadable(html, pdf)
    assert told.startswith("bản in mất chữ (")
    assert "quan, trọng" in told and told.endswith("ở mục «Phần thứ nhất Kết quả»: «Việc quan trọng»")


def test_one_of_many_like_words_that_is_lost_is_told_where_it_stood(tmp_path: Path) -> None:
    rows = [
        (f"{n}", "Xã Bình An", f"<span style='{'display:none' if n == 7 else ''}'>Xã Bình An</span>") for n in range(9)
    ]
    told = unreadable(*paper(tmp_path, table(*rows)))
    assert told == ["bản in mất chữ (xã, bình, an) ở «Bảng 1. Văn bản»: «Xã Bình An»"]


def test_many_faults_are_told_in_a_few_lines(tmp_path: Path) -> None:
    told = unreadable(*paper(tmp_path, "".join(f"<p style='display:none'>mất{n} rồi</p>" for n in range(50))))
    assert len(told) == 9 and told[-1] == "bản in còn mất chữ ở 42 chỗ khác"


def test_the_box_that_a_face_draws_for_what_it_lacks_is_no_letter(tmp_path: Path) -> None:
    pdf = tmp_path / "hộp.pdf"
    _boxed(pdf, "✓")
    assert "✓" in PdfReader(pdf).pages[0].extract_text()
    assert unreadable("<p>✓</p>", pdf) == ["bản in mất chữ (✓) ở đầu văn bản: «✓»"]


def _dictionary(content: dict[str, Any]) -> DictionaryObject:
    return DictionaryObject({NameObject(key): value for key, value in content.items()})


def _boxed(path: Path, letter: str) -> None:
    """A page that shows glyph 0 of the text face and says that it is this letter, as some typesetters do."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 100)

    def stream(content: bytes) -> StreamObject:
        made = StreamObject()
        made.set_data(content)
        return made

    program = writer._add_object(stream((fonts.directory() / "LiberationSerif-Regular.ttf").read_bytes()))
    name, none = NameObject("/Hop"), ArrayObject([NumberObject(0)] * 4)
    about = {"/Type": NameObject("/FontDescriptor"), "/FontName": name, "/Flags": NumberObject(4), "/FontBBox": none}
    about |= {f"/{key}": NumberObject(0) for key in ("ItalicAngle", "Ascent", "Descent", "CapHeight", "StemV")}
    descriptor = _dictionary({**about, "/FontFile2": program})
    system = {"/Registry": TextStringObject("Adobe"), "/Ordering": TextStringObject("Identity")}
    face = {
        "/Type": NameObject("/Font"),
        "/Subtype": NameObject("/CIDFontType2"),
        "/BaseFont": name,
        "/CIDToGIDMap": NameObject("/Identity"),
        "/FontDescriptor": writer._add_object(descriptor),
        "/CIDSystemInfo": _dictionary({**system, "/Supplement": NumberObject(0)}),
    }
    code = f"<0000> <{letter.encode('utf-16-be').hex()}>"
    cmap = f"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar {code} endbfchar endcmap"
    font = {
        "/Type": NameObject("/Font"),
        "/Subtype": NameObject("/Type0"),
        "/BaseFont": name,
        "/Encoding": NameObject("/Identity-H"),
        "/DescendantFonts": ArrayObject([writer._add_object(_dictionary(face))]),
        "/ToUnicode": writer._add_object(stream(cmap.encode())),
    }
    resources = _dictionary({"/Font": _dictionary({"/F": writer._add_object(_dictionary(font))})})
    page[NameObject("/Resources")] = resources
    page[NameObject("/Contents")] = writer._add_object(stream(b"BT /F 20 Tf 20 50 Td <0000> Tj ET"))
    writer.write(path)


def test_the_run_says_at_its_end_what_its_pages_do_not_show(tmp_path: Path) -> None:
    rows = [{"code": "lua", "name": "Lúa 稻", "unit": "ha", "actual": 120, "plan": 150}]
    rows.append({"code": "ngo", "name": "Ngô", "unit": "ha", "actual": 80, "plan": 90})
    root = tiny_root(tmp_path / "root")
    indicators(*rows).save(root / "data" / "raw" / params_file(root).stem / FILE)
    done = thidua("run", params_file(root), "--root", root)
    assert done.returncode in (0, 1), done.stderr
    assert "Lưu ý: bản in không có phông chữ cho «稻» ở «Bảng 1. Tiến độ»" in done.stderr
