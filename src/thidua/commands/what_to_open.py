"""What a finished run has for whom, in a few lines on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from thidua.archive.bag import PAYLOAD
from thidua.machine.to_type import as_typed

_READERS = {
    "in, gửi đi": ("bao-cao.pdf", "bao-cao-tap-*.pdf", "bao-cao.docx", "bao-cao-tap-*.docx", "phu-luc-*.xlsx"),
    "người ký": ("phieu-trinh.pdf", "tom-tat.pdf"),
    "thẩm định": ("review/index.html", "so-lieu.xlsx"),
}


def report_page(run: Path) -> Path:
    """What to open first: the report on the screen, which leads to all the rest."""
    return run / PAYLOAD / "bao-cao.html"


def what_to_open(run: Path) -> Iterator[str]:
    """Which of the run's files are for whom, as far as it has them: three lines."""
    files = {
        reader: ", ".join(p.relative_to(run / PAYLOAD).as_posix() for name in names for p in _named(run, name))
        for reader, names in _READERS.items()
    }
    printed, *others = (f"{reader}: {names}" for reader, names in files.items() if names)
    yield "Đọc báo cáo: mở tệp ở dòng cuối bằng trình duyệt. Cùng thư mục ấy có:"
    yield f"  {printed}"
    yield f"  {'; '.join([*others, f'lưu trữ: cả thư mục {run.name}'])}"


def what_next(root: Path, period: str) -> str:
    """What an officer does about errors that nobody accepted."""
    check = as_typed("check", period, root=root)
    return f"Xem từng lỗi: {check}. Sửa biểu, hoặc chép dòng chấp nhận mà lệnh ấy in sẵn vào tham số, rồi chạy lại."


def _named(run: Path, name: str) -> list[Path]:
    return sorted((run / PAYLOAD).glob(name), key=lambda path: (len(path.name), path.name))
