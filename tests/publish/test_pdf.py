"""The report on paper, page by page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from document.sample import SIGNATURE, document
from once import once
from publish.bound import bound
from publish.verapdf import validate
from thidua.document.block import Cell, Paragraph, Row, Table, Text
from thidua.document.document import Document
from thidua.document.stitch import Part, stitch
from thidua.publish.drawings import Drawings
from thidua.publish.pdf.typesetting import ACCESSIBLE, ARCHIVAL, pdf_of

_A4 = (595, 842)


@pytest.fixture(scope="session")
def pdf(run: Path) -> PdfReader:
    return PdfReader(run / "bao-cao.pdf")


@pytest.fixture(scope="session")
def pages(run: Path) -> list[list[str]]:
    """The lines of each page, as they stand on it from top to bottom."""
    command: list[str | Path] = ["pdftotext", "-layout", run / "bao-cao.pdf", "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [[line for line in page.splitlines() if line.strip()] for page in text.split("\f")[:-1]]


def titles(items: Any, depth: int = 0) -> list[tuple[int, str]]:
    """The bookmarks with their depth."""
    found: list[tuple[int, str]] = []
    for item in items:
        found += titles(item, depth + 1) if isinstance(item, list) else [(depth, " ".join(item.title.split()))]
    return found


def test_every_face_in_it_is_embedded_and_has_the_vietnamese_letters(run: Path) -> None:
    done = subprocess.run(["pdffonts", run / "bao-cao.pdf"], capture_output=True, text=True, check=True)
    faces = [line.split() for line in done.stdout.splitlines()[2:]]
    assert {name.partition("+")[2].split("-Bold")[0].split("-Italic")[0] for name, *_ in faces} == {"LiberationSerif"}
    assert all(face[-5:-2] == ["yes", "yes", "yes"] for face in faces)


def test_it_is_a_tagged_archive_document_in_vietnamese_with_title_and_author(pdf: PdfReader) -> None:
    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == "vi"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Dự thảo báo cáo: Sơ kết phong trào thi đua quý II năm 2031"
    assert pdf.metadata.author == "UBND xã Bình An"
    packet = root["/Metadata"].get_data().decode()
    assert re.search(r"part[=>]\W*3\b", packet)
    assert re.search(r"conformance[=>]\W*A\b", packet)


@pytest.mark.slow
def test_all_editions_a_further_volume_and_every_kind_of_block_hold_before_the_validator(
    run: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    volumes = once(tmp_path_factory, "tap", bound)
    for name, standards in (("a", ACCESSIBLE), ("b", ARCHIVAL)):
        (tmp_path / f"{name}.pdf").write_bytes(pdf_of(document(), Drawings(), standards))
    accessible = [run / f"{name}.pdf" for name in ("bao-cao", "phieu-trinh", "tom-tat")]
    accessible += [volumes / "bao-cao-tap-2.pdf", tmp_path / "a.pdf"]
    archival = [run / "bao-cao-luu-tru.pdf", volumes / "bao-cao-luu-tru-tap-2.pdf", tmp_path / "b.pdf"]
    checks = [
        *((standard, pdf) for pdf in accessible for standard in ("3a", "ua1")),
        *(("1a", pdf) for pdf in archival),
    ]
    assert validate(*checks).splitlines() == [f"{standard} PASS" for standard, _ in checks]


def test_the_bookmarks_are_the_headings(pdf: PdfReader) -> None:
    marks = titles(pdf.outline)
    assert [t for t in marks if "Nội dung" not in t[1]] == [
        (0, "Phần I Kết quả thực hiện"), (1, "I. Các lĩnh vực"), (2, "1. Kinh tế"), (3, "1.1. Ngô"),
        (3, "1.2. Rau"), (2, "2. Đời sống"), (0, "Phụ lục I Tổng hợp khen thưởng"), (0, "Số liệu cần làm rõ"),
    ]  # fmt: skip


def test_pages_are_numbered_from_the_second_and_those_of_an_appendix_anew(pages: list[list[str]]) -> None:
    firsts = [page[0].strip().partition(" " * 3)[0] for page in pages]
    appendix = next(n for n, first in enumerate(firsts) if first == "Phụ lục I")
    assert not firsts[0].isdigit()
    assert firsts[1:appendix] == [str(n) for n in range(2, appendix + 1)]
    disputes = firsts.index("SỐ LIỆU CẦN LÀM RÕ")
    assert firsts[appendix + 1 : disputes] == [str(n) for n in range(2, disputes - appendix + 1)]
    assert all(page[0].rstrip().endswith("Dự thảo") for page in pages if page[0].strip()[0].isdigit())


def test_each_footnote_stands_on_the_page_that_calls_it(pages: list[list[str]]) -> None:
    called: list[int] = []
    for page in pages:
        text = " ".join(page)
        # The calls follow their sentence without a space. Each note ends with its place among those that are called so:
        # where its own number stands in the extracted text depends on the heights of what is above.
        calls = [int(n) for n in re.findall(r"tham\s+gia\.\s*(\d+) ", text)]
        notes = [int(n) for n in re.findall(r"cách tổng hợp (\d+)", text)]
        assert notes == list(range(len(called) + 1, len(called) + len(calls) + 1))
        called += calls
    assert called == list(range(called[0], called[0] + 18))


def test_no_heading_is_the_last_line_of_a_page(pdf: PdfReader, pages: list[list[str]]) -> None:
    headings = {title.casefold() for _, title in titles(pdf.outline)}
    for page in pages:
        body = [line for line in page if not re.match(r"\d+\. (Chú thích|Đoạn)", line)]
        assert body[-1].strip().casefold() not in headings


def test_a_wide_appendix_is_set_across_the_page_with_its_header_on_every_page(pdf: PdfReader) -> None:
    sizes = [(round(p.mediabox.width), round(p.mediabox.height)) for p in pdf.pages]
    wide = [n for n, size in enumerate(sizes) if size == _A4[::-1]]
    assert len(wide) >= 2
    assert wide == list(range(wide[0], wide[-1] + 1))
    for number in wide[:-1]:
        assert "Danh hiệu thi đua" in " ".join(pdf.pages[number].extract_text().split())


def test_each_thing_that_stands_apart_counts_its_pages_after_another_too(tmp_path: Path) -> None:
    text = tuple(Paragraph(runs=(Text(text=f"Việc thứ {n} đã xong."),)) for n in range(60))
    parts = [Part(1, "Kết quả", "a", "section", text), *(Part(0, name, name, "appendix", text) for name in "bcd")]
    (tmp_path / "a.pdf").write_bytes(pdf_of(stitch(parts, document().properties), Drawings(), ACCESSIBLE))
    firsts = [page.extract_text().split()[0] for page in PdfReader(tmp_path / "a.pdf").pages]
    assert firsts == ["Phần", "2", "b", "2", "c", "2", "d", "2"]


def test_the_name_of_a_group_is_on_the_page_of_its_first_row_and_no_row_is_torn(tmp_path: Path) -> None:
    def row(text: str, style: str = "row") -> Row:
        cells = (
            Cell(runs=(Text(text=text),), columns=2 if style == "group" else 1),
            Cell(runs=(Text(text="Việc " * 60 + "hết"),)),
        )
        return Row(style=style, cells=cells[: 1 if style == "group" else 2])  # type: ignore[arg-type]

    rows = [row(f"{'Nhóm' if n % 3 == 0 else 'Dòng'} {n}.", "group" if n % 3 == 0 else "row") for n in range(60)]
    head = tuple(Cell(runs=(Text(text=name),), header=True) for name in ("Tên", "Nội dung"))
    table = Table(key="bang", name="Bảng", title="Bảng", header=(head,), body=tuple(rows), widths=(1, 2))
    made = pdf_of(stitch([Part(1, "A", "a", "section", (table,))], document().properties), Drawings(), ACCESSIBLE)
    (tmp_path / "a.pdf").write_bytes(made)
    pages = [page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages]
    assert len(pages) > 4
    for page in pages:
        assert not re.search(r"Nhóm \d+\.\s*$", page)
        assert len(re.findall(r"Dòng \d+\.", page)) == page.count("hết")


def plain_document(lines: int) -> Document:
    text = tuple(Paragraph(runs=(Text(text=f"Việc thứ {n} đã xong."),)) for n in range(lines))
    parts = [Part(1, "Kết quả", "a", "section", text), Part(0, None, "b", "back", (SIGNATURE,))]
    return stitch(parts, document().properties)


@pytest.mark.parametrize("lines", range(18, 34))
def test_the_signature_is_never_alone_on_its_page(tmp_path: Path, lines: int) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf_of(plain_document(lines), Drawings(), ACCESSIBLE))
    last = PdfReader(tmp_path / "a.pdf").pages[-1].extract_text()
    assert "Trần Văn Mẫu" in last
    assert "Việc thứ" in last


def test_a_number_stays_with_its_unit_and_a_slashed_number_whole() -> None:
    words = Text(text="104/137 thôn, số 74/KH-UBND, ")
    block = Paragraph(runs=(words,) * 60)
    made = pdf_of(stitch([Part(1, "A", "a", "section", (block,))], document().properties), Drawings(), ACCESSIBLE)
    command = ["pdftotext", "-layout", "-", "-"]
    text = subprocess.run(command, input=made, capture_output=True, check=True).stdout.decode()
    assert text.count("104/137") == text.count("74/KH-UBND") == 60


_WRITE = """
import sys
from pathlib import Path
from document.sample import document
from thidua.publish.drawings import Drawings
from thidua.publish.pdf.typesetting import ACCESSIBLE, pdf_of
Path(sys.argv[1]).write_bytes(pdf_of(document(), Drawings(), ACCESSIBLE))
"""


def test_a_process_with_another_clock_zone_and_hash_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    zone = "Asia/Ho_Chi_Minh" if os.environ.get("TZ") != "Asia/Ho_Chi_Minh" else "America/New_York"
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "7"
    settings = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])}
    command: list[str | Path] = [sys.executable, "-c", _WRITE, tmp_path / "khac.pdf"]
    done = subprocess.run(command, env=settings, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "khac.pdf").read_bytes() == pdf_of(document(), Drawings(), ACCESSIBLE)
