"""What can be wrong in a line of the rules that a unit declares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from thidua.errors.thidua_error import ThiduaError
from thidua.language.text import nearest_hint


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
    return f"{lead} {', '.join(names)}{nearest_hint(name, names)}"


class RuleError(ThiduaError):
    """A line of a declared rule that is not of the rules' language. Carries every fault."""

    def __init__(self, text: str, faults: Sequence[RuleFault]):
        self.faults = list(faults)
        super().__init__("; ".join(f"«{text}»: {f.found}. Cần: {f.expected}" for f in faults))
