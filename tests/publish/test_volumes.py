"""A report too long to be set at once is bound in volumes that read as one report."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

from once import once
from publish.bound import bound, report
from thidua.publish.volumes import volumes


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "tap", bound)


def pages(folder: Path, file: str = "bao-cao") -> list[list[str]]:
    """Of each volume, what stands on its pages."""
    files = sorted(folder.glob(f"{file}.pdf")) + sorted(folder.glob(f"{file}-tap-?.pdf"))
    return [[" ".join(page.extract_text().split()) for page in PdfReader(path).pages] for path in files]


def test_numbers_of_pages_notes_and_tables_go_on_from_volume_to_volume(folder: Path) -> None:
    first, second, third = pages(folder)
    assert second[0].startswith(f"{len(first) + 1} (Tập 2 của báo cáo thử, tiếp theo tập 1.)")
    # An appendix counts its own pages, as it does in a report of one volume.
    assert third[0].startswith(f"{len(first) + len(second) + 1} (Tập 3") and third[-1].startswith(
        "PHỤ LỤC I".title()[:3]
    )
    text = " ".join(" ".join(volume) for volume in (first, second, third))
    assert [int(n) for n in re.findall(r"(\d+) ?Theo báo cáo thứ", text)] == list(range(1, 13))
    assert re.findall(r"Bảng (\d+)\. Tiến độ", text) == [str(n) for n in range(1, 13)]
    assert text.count("Xem Bảng 1.") == 12


def test_a_volume_says_below_which_headings_it_goes_on_and_that_another_follows(folder: Path) -> None:
    first, second, third = pages(folder)
    assert "(Hết tập 1, xem tiếp tập 2.)" in first[-1] and "(Hết tập 2, xem tiếp tập 3.)" in second[-1]
    assert re.search(r"Phần I KẾT QUẢ THỰC HIỆN \(TIẾP THEO\) I\. CÁC LĨNH VỰC \(TIẾP THEO\) \d+\. Lĩnh vực", second[0])
    assert "Hết tập" not in " ".join(third)


def test_the_signature_stays_with_the_last_lines_and_a_heading_with_its_text(folder: Path) -> None:
    *_, third = pages(folder)
    signed = next(page for page in third if "Trần Văn Mẫu" in page)
    assert "Tiếp tục thực hiện./." in signed
    assert [v.document.sections[-1].blocks[-1].kind for v in volumes(report(), 1_000)].count("heading") == 0


def test_volumes_in_word_go_on_as_those_on_paper_do_and_refer_to_each_other_in_words(folder: Path) -> None:
    with zipfile.ZipFile(folder / "bao-cao-tap-2.docx") as package:
        xml = package.read("word/document.xml").decode()
    first, *_ = pages(folder)
    assert f'<w:pgNumType w:start="{len(first) + 1}"/>' in xml
    assert f'<w:footnotePr><w:numStart w:val="{" ".join(first).count("Theo báo cáo") + 1}"/>' in xml
    assert "(TIẾP THEO)" in xml and "REF bb_bang_1 " not in xml and "Bảng 1" in xml


def test_the_first_volume_carries_the_files(folder: Path) -> None:
    names = ("bao-cao", "bao-cao-tap-2", "bao-cao-tap-3", "bao-cao-luu-tru")
    assert [bool(PdfReader(folder / f"{name}.pdf").attachments) for name in names] == [True, False, False, False]


def test_a_report_that_can_be_set_at_once_is_one_and_unchanged() -> None:
    (volume,) = volumes(report())
    assert volume.document == report() and volume.name("bao-cao.pdf") == "bao-cao.pdf"
