"""The Word edition, as Word and as LibreOffice see it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from pypdf import PdfReader

from document import sample
from once import once
from publish.office import convert
from thidua.document.block import Paragraph
from thidua.document.stitch import Part, stitch
from thidua.publish.drawings import Drawings
from thidua.publish.word.edition import write_docx


@pytest.fixture(scope="session")
def word(run: Path) -> Word:
    return docx.Document(str(run / "bao-cao.docx"))


@pytest.fixture(scope="session")
def printed(run: Path, tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    """The pages that LibreOffice prints."""
    return PdfReader(once(tmp_path_factory, "word", lambda folder: convert(run / "bao-cao.docx", "pdf", folder)))


def part(run: Path, name: str) -> str:
    with zipfile.ZipFile(run / "bao-cao.docx") as package:
        return package.read(name).decode()


def styles(word: Word) -> dict[str, str]:
    return {p.text.replace("\n", " "): p.style.name for p in word.paragraphs if p.style is not None and p.text.strip()}


def test_footnotes_are_footnotes(run: Path) -> None:
    notes = part(run, "word/footnotes.xml")
    assert "Đoạn đầu." in notes
    assert "Đoạn rau &lt;b&gt;." in notes
    assert part(run, "word/document.xml").count("<w:footnoteReference ") == 20


def test_head_and_signature_are_centred_as_their_styles_say(word: Word) -> None:
    (signed,) = [row.cells[1] for table in word.tables for row in table.rows if "Trần Văn Mẫu" in row.cells[-1].text]
    cells = [*word.tables[0].rows[0].cells, signed]
    for paragraph in [p for cell in cells for p in cell.paragraphs]:
        assert paragraph.alignment is None
        assert paragraph.style is not None
        assert paragraph.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER


def test_headings_have_word_s_own_heading_styles(word: Word) -> None:
    found = styles(word)
    assert found["Phần I KẾT QUẢ THỰC HIỆN"] == "Heading 1"
    assert found["I. CÁC LĨNH VỰC"] == "Heading 2"
    assert found["1. Kinh tế"] == "Heading 3"
    assert found["1.1. Ngô"] == "Heading 4"


def test_looks_come_from_styles_alone(word: Word) -> None:
    for paragraph in word.paragraphs:
        for run in paragraph.runs:
            assert (run.font.size, run.font.name, run.font.color.rgb) == (None, None, None), run.text


def test_the_header_rows_of_a_table_are_repeated(word: Word) -> None:
    (awards,) = [t for t in word.tables if "Danh hiệu thi đua" in t.rows[0].cells[1].text]
    heads = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in awards.rows]
    assert heads[:4] == [True, True, True, False]


def test_no_row_is_torn_and_a_group_stays_with_its_first_row(run: Path, word: Word) -> None:
    text = part(run, "word/document.xml")
    assert text.count("<w:tr>") == text.count("<w:cantSplit/>")
    (awards,) = [t for t in word.tables if "Danh hiệu thi đua" in t.rows[0].cells[1].text]
    (group,) = [row for row in awards.rows if row.cells[1].text == "Khen thưởng cấp tỉnh"]
    style = group.cells[1].paragraphs[0].style
    assert style is not None
    assert style.name == "Group Row"
    assert style.paragraph_format.keep_with_next


def test_the_signature_is_not_alone_on_its_page(word: Word) -> None:
    closing = [(p, p.style) for p in word.paragraphs if p.style is not None and p.style.name == "Closing"]
    ((last, style),) = closing
    assert last.text
    assert last.paragraph_format.keep_with_next or style.paragraph_format.keep_with_next


def test_no_column_is_too_narrow_for_two_digits(word: Word) -> None:
    for table in word.tables:
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.iter(qn("w:gridCol"))]
        assert min(widths) >= 0.05 * sum(widths)


def test_merged_header_cells_stay_merged(word: Word) -> None:
    (awards,) = [t for t in word.tables if "Danh hiệu thi đua" in t.rows[0].cells[1].text]
    top = awards.rows[0].cells
    assert top[2]._tc is top[4]._tc
    assert awards.rows[1].cells[0]._tc is top[0]._tc


def test_a_chart_is_a_picture_with_its_description(word: Word) -> None:
    (picture,) = word.element.body.iter(qn("wp:docPr"))
    assert "Diện tích ngô đã trồng (107,33%)" in picture.get("descr")


def test_the_appendix_lies_across_the_page_and_the_rest_does_not(word: Word) -> None:
    sizes = [(s.page_width or 0) > (s.page_height or 0) for s in word.sections]
    assert sizes == [False, True, False]


def test_pages_are_numbered_from_the_second_and_those_of_an_appendix_anew(word: Word, printed: PdfReader) -> None:
    assert all(section.different_first_page_header_footer for section in word.sections)
    firsts = [page.extract_text().split()[0] for page in printed.pages]
    appendix = firsts.index("Phụ")
    assert firsts[1:appendix] == [str(n) for n in range(2, appendix + 1)]
    assert all("Dự thảo" in page.extract_text() for page in printed.pages[1:appendix])
    disputes = firsts.index("SỐ")
    assert firsts[appendix + 1 : disputes] == [str(n) for n in range(2, disputes - appendix + 1)]


def test_libreoffice_prints_all_of_it(printed: PdfReader) -> None:
    text = " ".join(" ".join(page.extract_text().split()) for page in printed.pages)
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Bảng 1. Tiến độ",
        "Biểu đồ 1. Biểu đồ tiến độ",
        "Trần Văn Mẫu",
    ):
        assert words in text
    lying = [page.mediabox.width > page.mediabox.height for page in printed.pages]
    assert (lying[0], any(lying), lying[-1]) == (False, True, False)


def test_it_names_title_and_author_and_nobody_else(word: Word) -> None:
    properties = word.core_properties
    assert properties.title == "Dự thảo báo cáo: Sơ kết phong trào thi đua quý II năm 2031"
    assert properties.author == "UBND xã Bình An"
    assert not properties.last_modified_by


def test_text_of_a_department_stays_text(word: Word) -> None:
    assert any("Diện tích rau <các loại>" in cell.text for t in word.tables for row in t.rows for cell in row.cells)


def test_neither_another_pandoc_nor_a_user_s_own_template_changes_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = stitch(
        [Part(1, "Kinh tế", "10_kinh_te", "section", (Paragraph(runs=(sample.words("28 ha."),)),))], sample.PROPERTIES
    )
    write_docx(document, Drawings(), tmp_path / "one.docx")
    own = tmp_path / "pandoc" / "templates" / "default.openxml"
    own.parent.mkdir(parents=True)
    own.write_text("<?xml version='1.0'?><w:document/>")
    later = tmp_path / "bin" / "pandoc"
    later.parent.mkdir()
    later.write_text("#!/bin/sh\necho pandoc 99.0\n")
    later.chmod(0o755)
    monkeypatch.setenv("PATH", str(later.parent), prepend=":")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    write_docx(document, Drawings(), tmp_path / "other.docx")
    assert (tmp_path / "other.docx").read_bytes() == (tmp_path / "one.docx").read_bytes()
