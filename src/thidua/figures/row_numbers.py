"""The numbers of an indicator's row by its columns, as notebooks read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from thidua.figures.figure import Figure


class RowNumbers(Mapping[str, Figure]):
    """Figures by the columns of the form, to be read only.

    Whether one workbook states the row or it is put together of several, a notebook can do the same with it: ``copy()``
    and ``|`` give a dictionary of its own.

    >>> cattle = report.group("vat_nuoi")[0]
    >>> cattle.values["plan"], cattle.values | {"plan": cattle.last}
    """

    __slots__ = ()

    def copy(self) -> dict[str, Figure]:
        """A dictionary of its own, with all columns."""
        return dict(self)

    def __or__(self, other: Mapping[str, Any]) -> dict[str, Any]:
        return dict(self) | dict(other) if isinstance(other, Mapping) else NotImplemented

    def __ror__(self, other: Mapping[str, Any]) -> dict[str, Any]:
        return dict(other) | dict(self) if isinstance(other, Mapping) else NotImplemented

    def __reversed__(self) -> Iterator[str]:
        return iter([*self][::-1])

    def __repr__(self) -> str:
        return repr(dict(self))

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """What a notebook shows of them: a line for each."""
        printer.pretty(dict(self))


class MadeNumbers(RowNumbers):
    """Figures that are made already, such as those put together of several rows."""

    __slots__ = ("_figures",)

    def __init__(self, figures: Mapping[str, Figure]):
        self._figures = dict(figures)

    def __getitem__(self, key: str) -> Figure:
        return self._figures[key]

    def __contains__(self, key: object) -> bool:
        return key in self._figures

    def __iter__(self) -> Iterator[str]:
        return iter(self._figures)

    def __len__(self) -> int:
        return len(self._figures)
