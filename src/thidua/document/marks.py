"""How the marks of a draft read: as a sign behind a figure, and as words for whoever hears the text."""

from __future__ import annotations

from collections.abc import Sequence

from thidua.document.block import Mark

_SPOKEN = {"error": "số liệu có lỗi", "warning": "số liệu có cảnh báo"}


def sign(marks: Sequence[Mark]) -> str:
    """«[L3, C1]»: what is printed, small and raised; letters tell errors from warnings without any colour."""
    return f"[{', '.join(mark.label for mark in marks)}]"


def spoken(marks: Sequence[Mark]) -> str:
    """«số liệu có lỗi, xem L3, C1 ở trang cuối»."""
    return f"{_SPOKEN[gravest(marks)]}, xem {', '.join(mark.label for mark in marks)} ở trang cuối"


def gravest(marks: Sequence[Mark]) -> str:
    """The severity of the gravest mark."""
    return min(marks, key=lambda mark: mark.severity == "warning").severity
