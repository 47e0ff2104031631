"""Files that the cells of notebooks read besides params and workbooks: inputs of the run like those."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

from thidua.archive.contents import OWN, Contents
from thidua.recording.opened_files import ABSENT
from thidua.run.executing import Executed


def own_files(root: Path, names: Mapping[str, str], contents: Contents) -> Contents:
    """The opened files of the suite that are not among the contents already, by their path in the archive."""
    known = {path.resolve() for path in contents.values()}
    found = {f"{OWN}/{name}": root / name for name, content in names.items() if _can_be_kept(name, content)}
    return {name: path for name, path in found.items() if path.resolve() not in known}


def not_archived(executed: Executed) -> Iterator[str]:
    """What the sections read that no archive of the suite can hold, in words for the officer."""
    for name, content in (executed.opened or {}).items():
        if PurePath(name).is_absolute() and not name.endswith("/") and content != ABSENT:
            yield f"một ô đọc tệp {name} ở ngoài bộ báo cáo: tệp này không được lưu cùng lần chạy; hãy chép vào data/"


def follows_from_files(opened: Mapping[str, str] | None) -> bool:
    """Whether files that can be kept are all that the sections read besides the report."""
    return opened is not None and all(_can_be_kept(name, content) for name, content in opened.items())


def _can_be_kept(name: str, content: str) -> bool:
    return not name.endswith("/") and not PurePath(name).is_absolute() and content != ABSENT
