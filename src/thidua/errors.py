"""What can go wrong, as a small vocabulary. Every text that a user reads about a fault is made here."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from thidua.language.text import nearest

_ADDRESS = re.compile(r"([A-Z]{1,3})(\d+)")
_NUMBERS = re.compile(r"\d+")
# How many characters of a line are shown before a mistake and from it on.
_BEFORE, _BEHIND = 40, 60


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with the input: where it stands, what was found, what is expected.

    ``file``, ``sheet`` and ``cell`` are empty where the problem concerns the whole of the level above. ``cell`` is an
    address such as «G14», or a line or row in words, «dòng 12».
    """

    file: str
    sheet: str
    cell: str
    found: str
    expected: str

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        return f"{place}{self.found}. Cần: {self.expected}."

    @property
    def place(self) -> str:
        """Where it stands, in words; empty where it concerns no file."""
        where = [self.file] if self.file else []
        if self.sheet:
            where.append(f"trang «{self.sheet}»")
        if self.cell:
            where.append(f"ô {self.cell}" if _ADDRESS.fullmatch(self.cell) else self.cell)
        return ", ".join(where)

    @property
    def position(self) -> tuple[str, str, int, int, str]:
        """Where it stands, in the order of reading: file, sheet, row, column."""
        if address := _ADDRESS.fullmatch(self.cell):
            return self.file, self.sheet, int(address[2]), len(address[1]), address[1]
        line, column = (*map(int, _NUMBERS.findall(self.cell)[:2]), 0, 0)[:2]
        return self.file, self.sheet, line, column, ""

    def as_dict(self) -> dict[str, str]:
        """For JSON: the five fields, empty where the problem has no such place."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "cell": self.cell,
            "found": self.found,
            "expected": self.expected,
        }


# How a command ends: unusable input, or a notebook, the machine or the program failed.
UNUSABLE, FAILED = 2, 3


class ThiduaError(Exception):
    """Base of all errors that the command line and notebooks show as a message instead of a traceback.

    ``status`` is how a command ends that such an error stopped.
    """

    status = FAILED

    def _render_traceback_(self) -> list[str]:
        # IPython asks an exception for its own rendering: an officer needs the sentence, not the stack.
        return [str(self)]


class InputError(ThiduaError):
    """The input cannot be used. Carries every problem found, sorted by place."""

    status = UNUSABLE

    def __init__(self, problems: Sequence[Problem]):
        self.problems = sorted(set(problems), key=lambda p: (p.position, p))
        super().__init__(f"Có {len(self.problems)} lỗi dữ liệu đầu vào")

    def __str__(self) -> str:
        lines = [f"Có {len(self.problems)} lỗi dữ liệu đầu vào, chưa ghi kết quả nào:"]
        return "\n".join([*lines, *(f"  {n}. {p}" for n, p in enumerate(self.problems, 1))])

    def __reduce__(self) -> tuple[type, tuple[list[Problem]]]:
        return (type(self), (self.problems,))


class NoRoot(ThiduaError):
    """No suite of reports here nor in any folder above."""

    status = UNUSABLE

    def __init__(self, here: Path):
        super().__init__(
            f"Không thấy bộ báo cáo (thư mục có notebooks/, params/, data/) ở «{here}» và các thư mục bên trên. "
            "Hãy chuyển vào thư mục của bộ báo cáo, hoặc thêm --root THƯ_MỤC."
        )


class Miscalled(ThiduaError):
    """A command line that is none: what is wrong with it, and the command whose help says how it goes."""

    status = UNUSABLE

    def __init__(self, what: str, command: str):
        super().__init__(f"{what}. Xem cách dùng: {' '.join(filter(None, ('thidua', command, '--help')))}")


@dataclass(frozen=True)
class RuleFault:
    """What is wrong in a line of a declared rule, and the number of the visible character where it stands, from 0."""

    found: str
    expected: str
    at: int = 0

    @classmethod
    def syntax(cls, at: int) -> RuleFault:
        """No equation, where the reader of Python stumbles."""
        return cls("đẳng thức sai cú pháp", f"đẳng thức viết {_AS_TAUGHT}", at)

    @classmethod
    def length(cls, most: int) -> RuleFault:
        """Longer than ``most`` characters."""
        return cls(f"đẳng thức dài trên {most} ký tự", "đẳng thức ngắn hơn, hoặc tách thành nhiều dòng")

    @classmethod
    def part(cls, text: str, at: int) -> RuleFault:
        """Python that equations do not know: ``text`` as typed."""
        return cls(f"đẳng thức có phần không hiểu được: «{text}»", f"mã, số, phép tính, hàm {_AS_TAUGHT}", at)

    @classmethod
    def relation(cls) -> RuleFault:
        """No relation between two sides, and no ``share`` of its own."""
        return cls(
            "đẳng thức cần một dấu =, <= hoặc >= giữa hai vế", "hai vế so với nhau, hoặc share(p, n) đứng một mình"
        )

    @classmethod
    def path(cls, text: str, at: int) -> RuleFault:
        """A dotted name that is of no known form."""
        return cls(f"không hiểu được «{text}»", "mã.cột, awards.mã.cột, previous.mã hoặc last_year.mã", at)

    @classmethod
    def function(cls, name: str, valid: Iterable[str], at: int) -> RuleFault:
        """A function that is not among the ``valid`` ones, of which the nearest is named."""
        return cls(f"không có hàm «{name}»", _one_of("một trong các hàm", name, valid), at)

    @classmethod
    def arguments(cls, name: str, count: int, at: int) -> RuleFault:
        """A function with more or fewer than ``count`` values."""
        return cls(f"hàm {name} cần {count} giá trị", f"{name}(…) {_AS_TAUGHT}", at)

    @classmethod
    def alone(cls, name: str, at: int) -> RuleFault:
        """A function within a side that is a whole line by itself."""
        return cls(f"hàm {name} nằm trong một vế", f"{name}(…) đứng một mình cả dòng", at)

    @classmethod
    def form(cls, kind: str, valid: Iterable[str], at: int) -> RuleFault:
        """A kind of form that is not among the ``valid`` ones, of which the nearest is named."""
        return cls(f"không có loại biểu «{kind}»", _one_of("một trong các loại", kind, valid), at)

    @classmethod
    def column(cls, name: str, column: str, valid: Iterable[str], at: int) -> RuleFault:
        """A column of ``name`` that is not among the ``valid`` ones, of which the nearest is named."""
        return cls(f"«{name}»: không có cột số «{column}»", _one_of("một trong các cột", column, valid), at)


_AS_TAUGHT = "như hướng dẫn ở đầu tệp"


def _one_of(lead: str, name: str, valid: Iterable[str]) -> str:
    names = list(valid)
    near = nearest(name, names)
    return f"{lead} {', '.join(names)}" + (f"; gần nhất là «{near}»" if near else "")


class RuleError(ThiduaError):
    """A line of a declared rule that is not of the rules' language. Carries every fault."""

    def __init__(self, text: str, faults: Sequence[RuleFault]):
        self.faults = list(faults)
        super().__init__("; ".join(f"«{text}»: {f.found}. Cần: {f.expected}" for f in faults))


class FigureError(ThiduaError):
    """Figures combined in a way that has no meaning, such as hectares plus tonnes."""


@dataclass(frozen=True, order=True)
class ProseFault:
    """One mistake in a prose cell: line and column (from 1), what is wrong, and the line that it stands in."""

    line: int
    column: int
    what: str
    text: str

    def __str__(self) -> str:
        excerpt, caret = self._excerpt()
        return f"dòng {self.line}, cột {self.column}: {self.what}\n    {excerpt}\n    {' ' * caret}^"

    def _excerpt(self) -> tuple[str, int]:
        """The part of the line around the mistake, and where in it the mistake begins."""
        at = self.column - 1
        start, end = max(0, at - _BEFORE), at + _BEHIND
        lead = "…" if start else ""
        tail = "…" if end < len(self.text) else ""
        return f"{lead}{self.text[start:end]}{tail}", at - start + len(lead)


class ProseError(ThiduaError):
    """A prose cell that cannot be rendered: every mistake in it, or a sentence on why, in Vietnamese."""

    def __init__(self, what: str | Sequence[ProseFault]):
        self.faults = [] if isinstance(what, str) else sorted(set(what))
        if isinstance(what, str):
            message = what
        elif len(self.faults) == 1:
            message = str(self.faults[0])
        else:
            told = "\n".join(f"  {n}. {fault}" for n, fault in enumerate(self.faults, 1))
            message = f"Ô lời văn có {len(self.faults)} lỗi:\n{told}"
        super().__init__(message)


class NotebooksFaulty(ThiduaError):
    """Prose cells that cannot be rendered, found before anything was run: by notebook and cell."""

    def __init__(self, faults: Sequence[tuple[str, int, ProseFault]]):
        self.faults = list(faults)
        told = "\n".join(f"  {n}. {book}, ô {cell}, {fault}" for n, (book, cell, fault) in enumerate(faults, 1))
        super().__init__(f"Có {len(self.faults)} lỗi trong lời văn của các notebook, chưa chạy gì:\n{told}")


class TableError(ThiduaError):
    """A table that cannot be made as asked."""


class ChartError(ThiduaError):
    """A chart that cannot be drawn as asked."""


@dataclass(frozen=True)
class NotebookFailure:
    """Where one notebook stopped: section, source of the cell, error, and the partly executed notebook.

    ``notebook`` is empty where it is not kept.

    ``cell`` is the cell's place in the notebook as it was written, from 1; 0 where none had begun.
    """

    section: str
    cell: int
    source: str
    error: str
    notebook: str

    def __str__(self) -> str:
        lines = self.source.splitlines()
        shown = lines if len(lines) <= 8 else [*lines[:4], "…", *lines[-3:]]
        where = f"dừng ở ô thứ {self.cell}:" if self.cell else "không chạy được ô nào:"
        return "\n".join(
            [
                f"Mục «{self.section}» {where}",
                *(f"    {line}" for line in shown),
                f"  Lỗi: {self.error}",
                *([f"  Notebook đã chạy dở: {self.notebook}"] if self.notebook else []),
            ]
        )


class NotebooksFailed(ThiduaError):
    """One or more notebooks failed; the others ran to their end."""

    def __init__(self, failures: Sequence[NotebookFailure]):
        self.failures = list(failures)
        super().__init__("\n".join(str(f) for f in self.failures))

    def unkept(self) -> NotebooksFailed:
        """The same failures, of notebooks that nobody will find."""
        return NotebooksFailed([replace(f, notebook="") for f in self.failures])

    def moved(self, folder: Path) -> NotebooksFailed:
        """The same failures, with the notebooks where they are kept."""
        return NotebooksFailed([replace(f, notebook=str(folder / Path(f.notebook).name)) for f in self.failures])


class NotebooksUnreadable(ThiduaError):
    """Files that are no notebooks. Carries every one, before any of them runs."""

    def __init__(self, problems: Sequence[Problem]):
        self.problems = sorted(set(problems))
        super().__init__(f"Có {len(self.problems)} notebook không đọc được")

    def __str__(self) -> str:
        lines = [f"Có {len(self.problems)} notebook không đọc được, chưa chạy mục nào:"]
        return "\n".join([*lines, *(f"  {n}. {p}" for n, p in enumerate(self.problems, 1))])


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


class ClusterError(ThiduaError):
    """A cluster that cannot take work: which one, why and what to do."""

    def __init__(self, address: str, what: str):
        super().__init__(f"Cụm máy «{address}»: {what}.")


class NoClusterLibrary(ThiduaError):
    """The library that speaks to clusters is not installed."""

    def __init__(self) -> None:
        super().__init__('Máy này chưa cài phần chạy trên cụm máy. Hãy cài: pip install "thidua[cum,kho]".')


class NoStorageLibrary(ArchiveError):
    """The libraries that speak to storages are not installed."""

    def __init__(self) -> None:
        super().__init__(
            "Máy này chưa cài phần gửi, nhận lần chạy. Hãy chạy scripts/setup, hoặc cài: pip install 'thidua[kho]'."
        )

    def __reduce__(self) -> tuple[type, tuple[()]]:
        return type(self), ()


_SYSTEM_FAULTS = {
    errno.ENOSPC: "hết chỗ trên đĩa; hãy dọn bớt rồi chạy lại",
    errno.EDQUOT: "đã dùng hết dung lượng được cấp; hãy dọn bớt rồi chạy lại",
    errno.EFBIG: "tệp vượt quá cỡ mà hệ thống cho phép",
    errno.EROFS: "nơi này chỉ cho đọc; hãy chọn thư mục khác bằng --output",
    errno.EACCES: "không có quyền; hãy chọn thư mục khác bằng --output hoặc xin quyền ghi",
    errno.EPERM: "hệ thống không cho phép; hãy chọn thư mục khác bằng --output hoặc xin quyền ghi",
    errno.ENOTDIR: "một phần của đường dẫn là tệp, không phải thư mục",
    errno.EEXIST: "đã có tệp trùng tên ở chỗ cần một thư mục",
    errno.ENOENT: "không có tệp hay thư mục này",
    errno.EIO: "đĩa đọc, ghi lỗi; hãy kiểm tra đĩa",
}


class SystemFault(ThiduaError):
    """The system refused to read or write a file: which file and why, in words."""

    def __init__(self, error: OSError, log: Path | None = None):
        reason = _SYSTEM_FAULTS.get(error.errno or 0, error.strerror or str(error))
        # Copying names both files; it is the new one that could not be made.
        file = error.filename2 or error.filename
        where = f" «{file}»" if file else ""
        more = f" Nhật ký: {log}." if log else ""
        super().__init__(f"Không đọc hoặc ghi được{where}: {reason}.{more}")

    @staticmethod
    def refused(error: BaseException) -> bool:
        """Whether the machine refuses: a full disk, a missing right. A file that is not there may be our own fault."""
        return isinstance(error, OSError) and error.errno in _SYSTEM_FAULTS and error.errno != errno.ENOENT


class RunBroken(Exception):
    """A run that ended, by the exception that it comes from, after its notebooks were executed: they lie in ``kept``.

    No ThiduaError: nobody expected it, and it has no sentence of its own.
    """

    def __init__(self, kept: Path):
        self.kept = kept
        super().__init__(str(kept))


_UNEXPECTED = {MemoryError: "hết bộ nhớ", RecursionError: "dữ liệu lồng nhau quá sâu"}


class Unexpected(ThiduaError):
    """What nobody expected: that it happened, where its log is, and where what was executed is kept."""

    def __init__(self, error: BaseException, log: Path | None, kept: Path | None):
        what = next((said for kind, said in _UNEXPECTED.items() if isinstance(error, kind)), type(error).__name__)
        parts = [f"Chương trình dừng vì lỗi ngoài dự kiến ({what})"]
        parts += ["chưa lập báo cáo"] if kept else []
        parts += [f"notebook đã chạy giữ ở {kept}"] if kept else []
        parts += [f"nhật ký để gửi người bảo trì: {log}"] if log else []
        super().__init__("; ".join(parts) + ".")


class Interrupted(ThiduaError):
    """Ctrl-C: whether a result stands all the same."""

    def __init__(self, made: Path | None):
        told = f"báo cáo đã kịp lập xong ở {made}" if made else "chưa ghi kết quả nào"
        super().__init__(f"Đã dừng theo yêu cầu; {told}.")
