"""A report in three volumes, small as it is: what each is set from, and the files of both editions."""

from __future__ import annotations

from pathlib import Path

from document.sample import PROPERTIES, SIGNATURE, cell, words
from thidua.document.block import Block, Heading, Note, Paragraph, Reference, Row, Table
from thidua.document.document import Document
from thidua.document.stitch import Part, stitch
from thidua.publish.drawings import Drawings
from thidua.publish.printing import write_volumes
from thidua.publish.volumes import volumes

_LETTERS = 12_000
OF_THE_APPENDIX = Paragraph(runs=(words("Văn bản thứ nhất."),))


def _section(number: int) -> tuple[Block, ...]:
    table = Table(
        key=f"bang_{number}",
        name="Tiến độ",
        title=f"Tiến độ {number}",
        header=((cell(words("Chỉ tiêu")), cell(words("Thực hiện"))),),
        body=(Row(cells=(cell(words("Lúa"), header=True), cell(words("28")))),),
    )
    note = Note(runs=(words(f"Theo báo cáo thứ {number}."),))
    text = words(f"Việc thứ {number}: " + "Nhân dân các thôn tham gia đều. " * 60)
    referring = Paragraph(runs=(words("Xem "), Reference(key="bang_1"), words(".")))
    return Heading(level=1, runs=(words(f"Lĩnh vực {number}"),)), Paragraph(runs=(text, note)), table, referring


def report() -> Document:
    """A report of two parts, twelve sections with a note and a table each, a signature and an appendix."""
    sections = [Part(3, None, f"muc_{n}", "section", _section(n)) for n in range(1, 13)]
    parts = [
        Part(1, "Kết quả thực hiện", "phan_1", "section"), Part(2, "Các lĩnh vực", "chuong_1", "section"), *sections,
        Part(1, "Nhiệm vụ", "phan_2", "section", (Paragraph(runs=(words("Tiếp tục thực hiện./."),)),)),
        Part(0, None, "ky", "back", (SIGNATURE,)),
        Part(0, None, "phu_luc", "appendix", (Heading(level=1, runs=(words("Danh mục"),)), OF_THE_APPENDIX)),
    ]  # fmt: skip
    return stitch(parts, PROPERTIES)


def bound(folder: Path) -> Path:
    """Write the volumes on paper and for Word, and a file that the first of them carries."""
    (folder / "kem.txt").write_text("số liệu", encoding="utf-8")
    parts = volumes(report(), _LETTERS)
    assert len(parts) == 3
    assert not write_volumes(parts, Drawings(), lambda: {folder / "kem.txt": "Số liệu"}, folder)
    return folder
