"""Every word of the report can be read on its pages; what cannot is told, whatever program set them."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject

from archive.roots import thidua, tiny_root
from document.sample import PROPERTIES
from thidua import fonts
from thidua.document.block import Block, Cell, Note, Paragraph, Row, Table, Text
from thidua.document.document import Document, Section
from thidua.document.stitch import Part, stitch
from thidua.publish.drawings import Drawings
from thidua.publish.legible import unreadable
from thidua.publish.pdf.typesetting import ACCESSIBLE, pdf_of
from workbooks import FILE, indicators, params_file

ADDRESS = "https://dichvucong.vi.du/" + "van-ban".replace("-", "") * 25


def words(text: str) -> Text:
    return Text(text=text)


def paragraph(*runs: Text | Note | str) -> Paragraph:
    return Paragraph(runs=tuple(words(r) if isinstance(r, str) else r for r in runs))


def report(*blocks: Block) -> Document:
    """A report with these blocks under one heading."""
    return stitch([Part(1, "Kết quả", "a", "section", blocks)], PROPERTIES)


def paper(folder: Path, *blocks: Block) -> tuple[Document, Path]:
    document, pdf = report(*blocks), folder / "a.pdf"
    pdf.write_bytes(pdf_of(document, Drawings(), ACCESSIBLE))
    return document, pdf


def text(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True)
    return done.stdout


def table(*rows: tuple[str, ...]) -> Table:
    body = tuple(Row(cells=tuple(Cell(runs=(words(c),) if c else ()) for c in row)) for row in rows)
    return Table(key="a", name="Văn bản", title="Văn bản", header=(), body=body)


def test_nothing_is_told_of_a_report_that_can_be_read(tmp_path: Path) -> None:
    done = thidua("run", params_file(root := tiny_root(tmp_path / "root")), "--root", root)
    assert "bản in" not in done.stderr


def test_a_long_address_breaks_at_the_margin_of_the_page_and_of_its_column(tmp_path: Path) -> None:
    rows = [(str(n), f"Tên {n}", ADDRESS if n == 5 else "", f"Cột cuối {n}") for n in range(1, 20)]
    document, pdf = paper(
        tmp_path, paragraph(f"Xem {ADDRESS} để biết", Note(runs=(words(ADDRESS),)), "."), table(*rows)
    )
    assert unreadable(document, pdf) == []
    assert text(pdf).count("cuối") == len(rows)


def test_ordinary_words_of_a_table_stay_whole(tmp_path: Path) -> None:
    _, pdf = paper(tmp_path, table(("TT", "Phường", "Tổng hợp kết quả thực hiện phong trào " * 20)))
    assert "TT" in text(pdf) and "Phường" in text(pdf)


def test_a_note_of_sixty_documents_goes_on_over_the_pages_and_the_next_keeps_its_number(tmp_path: Path) -> None:
    documents = "; ".join(f"Kế hoạch số {n}/KH-UBND về phong trào thi đua yêu nước của xã" for n in range(1, 61))
    notes = Note(runs=(words(documents * 2),)), Note(runs=(words("sau cùng"),))
    first = paragraph("Văn bản", notes[0], ", một", notes[1], ".")
    document, pdf = paper(tmp_path, first, *[paragraph("Đoạn sau.")] * 60)
    assert unreadable(document, pdf) == []
    assert "Văn bản1, một2." in text(pdf).replace(" 1", "1")


def test_signs_that_the_text_face_lacks_are_printed(tmp_path: Path) -> None:
    document, pdf = paper(tmp_path, paragraph("✓ ☑ ➢ ➤ ■ □ ● ○ ◆ ★ → ⇒ ≤ ≥ ≠ ≈ ∑ √ ① ② ☎ ✔ ✗ ❖ ► ▪ α β µ Ω"))
    assert unreadable(document, pdf) == []


def test_a_letter_that_no_face_has_is_told_with_its_place(tmp_path: Path) -> None:
    document, pdf = paper(tmp_path, paragraph("Được."), table(("Quảng Tây (广西) 😀",)))
    assert unreadable(document, pdf) == ["bản in không có phông chữ cho «广 西 😀» ở «Bảng 1. Văn bản»"]


def test_words_that_were_not_set_are_told_where_they_stood(tmp_path: Path) -> None:
    _, pdf = paper(tmp_path, paragraph("Còn đây."), paragraph("Còn kia."))
    (told,) = unreadable(report(paragraph("Còn đây."), paragraph("Việc quan trọng"), paragraph("Còn kia.")), pdf)
    assert told.startswith("bản in mất chữ (")
    assert "quan, trọng" in told and told.endswith("ở mục «Phần I Kết quả»: «Việc quan trọng»")


def test_words_beyond_the_page_are_told(tmp_path: Path) -> None:
    document, pdf = paper(tmp_path, paragraph("Việc quan trọng"))
    writer = PdfWriter(clone_from=pdf)
    writer.pages[0].mediabox.lower_left = (0, 700)
    writer.pages[0].mediabox.upper_right = (10, 710)
    writer.write(pdf)
    assert any("quan" in told for told in unreadable(document, pdf))


def test_one_of_many_like_words_that_is_lost_is_told_where_it_stood(tmp_path: Path) -> None:
    rows = [(f"{n}", "Xã Bình An", "Xã Bình An") for n in range(9)]
    _, pdf = paper(tmp_path, table(*((*row[:2], "" if row[0] == "7" else row[2]) for row in rows)))
    assert unreadable(report(table(*rows)), pdf) == ["bản in mất chữ (xã, bình, an) ở «Bảng 1. Văn bản»: «Xã Bình An»"]


def test_many_faults_are_told_in_a_few_lines(tmp_path: Path) -> None:
    _, pdf = paper(tmp_path, paragraph("Còn đây."))
    told = unreadable(report(*(paragraph(f"mất{n} rồi") for n in range(50))), pdf)
    assert len(told) == 9 and told[-1] == "bản in còn mất chữ ở 42 chỗ khác"


def test_the_box_that_a_face_draws_for_what_it_lacks_is_no_letter(tmp_path: Path) -> None:
    pdf = tmp_path / "hộp.pdf"
    _boxed(pdf, "✓")
    assert "✓" in PdfReader(pdf).pages[0].extract_text()
    document = Document(PROPERTIES, (Section("a", "section", (paragraph("✓"),)),))
    assert unreadable(document, pdf) == ["bản in mất chữ (✓) ở đầu văn bản: «✓»"]


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
    rows = [{"code": "lua", "name": "Lúa 稻", "unit": "ha", "actual": 120, "plan": 150, "last": 90}]
    rows.append({"code": "ngo", "name": "Ngô", "unit": "ha", "actual": 80, "plan": 90, "last": 85})
    root = tiny_root(tmp_path / "root")
    indicators(*rows).save(root / "data" / "raw" / params_file(root).stem / FILE)
    done = thidua("run", params_file(root), "--root", root)
    assert done.returncode in (0, 1), done.stderr
    assert "Lưu ý: bản in không có phông chữ cho «稻» ở «Bảng 1. Tiến độ: " in done.stderr
