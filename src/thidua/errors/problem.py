"""Something wrong with the input: where, what was found, what is expected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from thidua.errors.thidua_error import UNUSABLE, ThiduaError
from thidua.language.text import capitalised

_ADDRESS = re.compile(r"([A-Z]{1,3})(\d+)")

_NUMBERS = re.compile(r"\d+")


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


class WronglyAsked(InputError):
    """What a command line asks for is not there, or cannot be: no file is to be mended, but the line itself."""

    def __str__(self) -> str:
        return "\n".join(str(p) if p.place else capitalised(str(p)) for p in self.problems)
