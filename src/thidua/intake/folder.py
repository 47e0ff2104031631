"""The files of a period's raw folder: which there are, and that none of them leads out of the report's folder."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from thidua.errors import Problem
from thidua.language.text import nearest_hint


def raw_folder(root: Path, period: str) -> Path:
    """Where the workbooks of a period are put."""
    return root / "data" / "raw" / period


def submitted_files(root: Path, period: str) -> tuple[dict[str, Path], list[Problem]]:
    """The files of data/raw/<period> by name (NFC, as params write it), and what is wrong with the folder itself.

    Those in a folder within, where sub-units of a department submit, are named with it: «y-te/xa-a.xlsx».
    A link that leaves ``root`` is a problem and no file: what is archived must be what stands in the folder.
    """
    folder = raw_folder(root, period)
    shown = f"data/raw/{period}"
    if not folder.is_dir():
        hint = nearest_hint(period, [p.name for p in folder.parent.glob("*") if p.is_dir()])
        found = f"không có thư mục số liệu {shown}"
        return {}, [Problem("", "", "", found, f"thư mục {shown} chứa biểu của các đơn vị{hint}")]
    if not is_inside(folder, root):
        found = f"thư mục {shown} là liên kết dẫn ra ngoài bộ báo cáo"
        return {}, [Problem("", "", "", found, "một thư mục thật, chép các biểu vào đó")]
    try:
        entries = _entries(folder)
        entries += [e for path in entries if _is_folder(path, root) for e in _entries(path)]
    except OSError as error:
        found = f"không đọc được thư mục {shown} ({error.strerror})"
        return {}, [Problem("", "", "", found, "một thư mục đọc được")]
    files: dict[str, Path] = {}
    problems = []
    for path in entries:
        name = unicodedata.normalize("NFC", path.relative_to(folder).as_posix())
        if path.is_symlink() and not is_inside(path, root):
            found = "tệp là liên kết dẫn ra ngoài bộ báo cáo hoặc liên kết hỏng"
            problems.append(Problem(name, "", "", found, f"tệp thật, chép vào {shown}"))
        elif path.is_file() and name in files:
            found = "hai tệp cùng tên này, viết bằng hai kiểu Unicode (dựng sẵn và tổ hợp)"
            problems.append(Problem(name, "", "", found, "một tệp; xóa hoặc đổi tên tệp kia"))
        elif path.is_file():
            files[name] = path
    return files, problems


def _entries(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.iterdir()) if not _is_leftover(path.name)]


def _is_folder(path: Path, root: Path) -> bool:
    return path.is_dir() and is_inside(path, root)


def _is_leftover(name: str) -> bool:
    """Excel and LibreOffice leave lock files beside an open workbook; systems leave files of their own."""
    return name.startswith(("~$", ".")) or name.casefold() in ("thumbs.db", "desktop.ini")


def is_inside(path: Path, root: Path) -> bool:
    """Whether a path, its links followed, ends within ``root``."""
    try:
        return path.resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False
