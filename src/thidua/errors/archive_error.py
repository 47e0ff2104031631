"""What can go wrong with sealed runs, and with the storages that they are sent to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from thidua.errors.thidua_error import UNUSABLE, ThiduaError
from thidua.language.text import nearest


class ArchiveError(ThiduaError):
    """A run that cannot be sealed, opened, compared or reproduced: what is wrong and what to do."""


class NoRun(ArchiveError):
    """What was named as a run is none: why, which run it is a part of, or which runs may have been meant.

    ``broken`` says what is wrong with a file that may once have been one.
    """

    status = UNUSABLE

    def __init__(
        self,
        path: Path,
        *,
        exists: bool = True,
        part_of: Path | None = None,
        near: Sequence[Path] = (),
        broken: str = "",
    ):
        if broken:
            super().__init__(f"Tệp «{path.name}» {broken}.")
            return
        if part_of is not None:
            what = f"«{path}» không phải một lần chạy mà là" if exists else f"Không có «{path}», nơi này là"
            super().__init__(f"{what} một phần của lần chạy «{part_of}». Hãy dùng thư mục của lần chạy.")
            return
        what = (
            f"«{path}» không phải một lần chạy do thidua niêm phong" if exists else f"Không có lần chạy nào ở «{path}»"
        )
        named = ", ".join(f"«{run}»" for run in near[:10]) + ("…" if len(near) > 10 else "")
        many = "Có thể là một trong các lần chạy" if len(near) > 1 else "Có phải là lần chạy"
        super().__init__(
            f"{what}. {many} {named}?" if near else f"{what}. Lệnh «thidua list» cho biết có những lần nào."
        )


class StorageError(ArchiveError):
    """A storage of runs that refuses, cannot be reached or holds what is not whole: which, and what to do."""

    def __init__(self, url: str, what: str):
        self.url, self.what = url, what
        super().__init__(f"Kho «{url}»: {what}.")

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        return type(self), (self.url, self.what)


class NotAsSent(StorageError):
    """What a storage holds of a run is not what was sent, or no more there."""


class NotStored(ArchiveError):
    """A run that the storage's register does not know, or none named (``run`` empty), and those that it knows."""

    status = UNUSABLE

    def __init__(self, url: str, run: str, known: Sequence[str]):
        self.url, self.run, self.known = url, run, list(known)
        near = nearest(run, known)
        named = "; ".join(known[:10]) + ("…" if len(known) > 10 else "")
        what = f"Kho «{url}» không có lần chạy «{run}»" if run else f"«{url}» chưa chỉ ra lần chạy nào"
        there = f"Gần nhất là «{near}»" if near else f"Kho có: {named}" if known else "Chưa ai gửi gì đến đây"
        super().__init__(f"{what}. {there}.")

    def __reduce__(self) -> tuple[type, tuple[str, str, list[str]]]:
        return type(self), (self.url, self.run, self.known)


class NoStorageLibrary(ArchiveError):
    """The libraries that speak to storages are not installed."""

    def __init__(self) -> None:
        super().__init__(
            "Máy này chưa cài phần gửi, nhận lần chạy. Hãy chạy scripts/setup, hoặc cài: pip install 'thidua[kho]'."
        )

    def __reduce__(self) -> tuple[type, tuple[()]]:
        return type(self), ()
