"""The report on paper, page by page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from pypdf import PdfReader

from publish.small import DOCUMENT
from thidua.publish.document import Part
from thidua.publish.paper import paper_html, write_pdf
from thidua.publish.stitch import stitch

_A4 = (595, 842)


@pytest.fixture(scope="session")
def pdf(run: Path) -> PdfReader:
    return PdfReader(run / "bao-cao.pdf")


@pytest.fixture(scope="session")
def pages(run: Path) -> list[list[str]]:
    """The lines of each page, as they stand on it from top to bottom."""
    command = ["pdftotext", "-layout", run / "bao-cao.pdf", "-"]
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
    assert {name.partition("+")[2].split("-Bold")[0].split("-Italic")[0] for name, *_ in faces} == {"Liberation-Serif"}
    assert all(face[-5:-2] == ["yes", "yes", "yes"] for face in faces)


def test_it_is_a_tagged_archive_document_in_vietnamese_with_title_and_author(pdf: PdfReader) -> None:
    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == "vi"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Báo cáo: Sơ kết phong trào thi đua quý II năm 2031"
    assert pdf.metadata.author == "UBND xã Bình An"
    packet = root["/Metadata"].get_data().decode()
    assert re.search(r"part[=>]\W*3\b", packet)
    assert re.search(r"conformance[=>]\W*A\b", packet)


def test_the_bookmarks_are_the_headings(pdf: PdfReader) -> None:
    marks = titles(pdf.outline)
    assert marks[0][1].startswith("BÁO CÁO")
    assert [t for t in marks if "Nội dung" not in t[1]][1:] == [
        (0, "Phần thứ nhất Kết quả thực hiện"), (1, "I. Các lĩnh vực"), (2, "1. Kinh tế"), (3, "1.1. Ngô"),
        (3, "1.2. Rau"), (2, "2. Đời sống"), (0, "Phụ lục I Tổng hợp khen thưởng"),
    ]  # fmt: skip


def test_pages_are_numbered_from_the_second(pages: list[list[str]]) -> None:
    assert not pages[0][0].strip().isdigit()
    assert [page[0].strip() for page in pages[1:]] == [str(n) for n in range(2, len(pages) + 1)]


def test_each_footnote_stands_on_the_page_that_calls_it(pages: list[list[str]]) -> None:
    found = 0
    for page in pages:
        text = " ".join(page)
        # The calls follow their sentence without a space; the notes start with number and stop.
        calls = re.findall(r"tham\s+gia\.\s*(\d+) ", text)
        notes = re.findall(r"(\d+)\. Chú thích của đoạn này", text)
        assert calls == notes
        found += len(notes)
    assert found == 18


def test_no_heading_is_the_last_line_of_a_page(pdf: PdfReader, pages: list[list[str]]) -> None:
    headings = {title.casefold() for _, title in titles(pdf.outline)}
    for page in pages:
        body = [line for line in page if not re.match(r"\d+\. (Chú thích|Đoạn)", line)]
        assert body[-1].strip().casefold() not in headings


def test_a_wide_appendix_is_set_across_the_page_with_its_header_on_every_page(pdf: PdfReader) -> None:
    sizes = [(round(p.mediabox.width), round(p.mediabox.height)) for p in pdf.pages]
    wide = [n for n, size in enumerate(sizes) if size == _A4[::-1]]
    assert len(wide) >= 2
    assert wide == list(range(wide[0], len(sizes)))
    assert set(sizes[: wide[0]]) == {_A4}
    for number in wide:
        assert "Danh hiệu thi đua" in " ".join(pdf.pages[number].extract_text().split())


@pytest.mark.parametrize("lines", [25, 27, 29])
def test_the_signature_is_never_alone_on_its_page(tmp_path: Path, lines: int) -> None:
    sign = '<div class="nd30-sign"><div class="recipients"><p>Nơi nhận:</p></div><div class="signer"><p>CHỦ TỊCH</p>'
    sign += '<p class="name">Trần Văn Mẫu</p></div></div>'
    text = new_notebook(cells=[new_markdown_cell("\n\n".join(f"Việc thứ {n} đã xong." for n in range(lines)))])
    back = new_notebook(cells=[new_code_cell(outputs=[new_output("display_data", {"text/html": sign})])])
    parts = [Part(1, "Kết quả", text, "a", "section"), Part(0, None, back, "b", "back")]
    write_pdf(paper_html(stitch(parts, DOCUMENT), DOCUMENT), DOCUMENT, {}, tmp_path / "a.pdf")
    last = PdfReader(tmp_path / "a.pdf").pages[-1].extract_text()
    assert "Trần Văn Mẫu" in last
    assert "Việc thứ" in last


_WRITE = """
import sys
from pathlib import Path
from publish.test_pdf import small_pdf
small_pdf(Path(sys.argv[1]))
"""


def small_pdf(path: Path) -> None:
    part = Part(1, None, new_notebook(cells=[new_markdown_cell("# Đầu\n\n**Chữ** *nghiêng* có dấu.")]), "a", "section")
    write_pdf(paper_html(stitch([part], DOCUMENT), DOCUMENT), DOCUMENT, {}, path)


def test_two_processes_write_the_same_bytes_whatever_the_clock_zone_and_hash_seed(tmp_path: Path) -> None:
    made = []
    for name, zone, seed in (("a", "Asia/Ho_Chi_Minh", "1"), ("b", "America/New_York", "7")):
        folder = tmp_path / name
        folder.mkdir()
        settings = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])}
        command = [sys.executable, "-c", _WRITE, folder / f"{name}.pdf"]
        done = subprocess.run(command, env=settings, cwd=folder, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        made.append((folder / f"{name}.pdf").read_bytes())
    assert made[0] == made[1]
