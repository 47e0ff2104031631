"""Files that the cells of notebooks read besides params and workbooks: inputs of the run like those."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path, PurePath

import nbformat

from thidua.archive.contents import OWN, Contents
from thidua.recording.opened_files import ABSENT
from thidua.recording.record import Recording
from thidua.recording.recordable import why_unrecorded

# Files that were opened, and what stood in them: of one that was saved meanwhile, each content.
Opened = Collection[tuple[str, str]]


def own_files(root: Path, opened: Opened, contents: Contents) -> Contents:
    """The opened files of the suite that are not among the contents already, by their path in the archive."""
    found = {f"{OWN}/{name}": root / name for name, content in opened if not _lost(name, content)}
    known = _by_place(contents) if found else {}
    return {name: path for name, path in found.items() if path.resolve() not in known}


def as_read(root: Path, opened: Opened, contents: Contents) -> list[tuple[str, str]]:
    """The opened files among the contents, by their path in the archive, with what the sections read in them."""
    kept = [(name, content) for name, content in opened if not _lost(name, content)]
    names = _by_place(contents) if kept else {}
    return [(names[(root / name).resolve()], content) for name, content in kept]


def _by_place(contents: Contents) -> dict[Path, str]:
    return {path.resolve(): name for name, path in contents.items()}


def not_archived(opened: Opened) -> Iterator[str]:
    """What the sections read that no archive of the suite can hold, in words for the officer."""
    for name, content in opened:
        if PurePath(name).is_absolute() and not name.endswith("/") and content != ABSENT:
            yield f"một ô đọc tệp {name} ở ngoài bộ báo cáo: tệp này không được lưu cùng lần chạy; hãy chép vào data/"


def beyond_inputs(source: nbformat.NotebookNode, recording: Recording | None) -> str:
    """Why a section does not follow from the archived inputs alone, in words; empty where it does.

    ``recording`` is None where nobody recorded what it did.
    """
    if why := why_unrecorded(source):
        return why
    if recording is None:
        return "không ghi lại được ô đã hỏi gì"
    return recording.beyond or next((w for name, content in recording.files.items() if (w := _lost(name, content))), "")


def _lost(name: str, content: str) -> str:
    """Why no archive of the suite can hold what was opened, in words; empty where one can."""
    if name.endswith("/"):
        return "kể tên các tệp trong một thư mục"
    if content == ABSENT:
        return "hỏi một tệp không có"
    return "đọc tệp ở ngoài bộ báo cáo" if PurePath(name).is_absolute() else ""
