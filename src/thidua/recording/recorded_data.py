"""A period's data that remember what they were asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from thidua.dataset import Dataset, Lookup
from thidua.recording.questions import ALL, CODES, FRAME, GROUPS, HAS, LISTS, LOOKUPS, ROW

Ask = Callable[..., Any]


class _Lookup(Lookup[Any]):
    def __init__(self, name: str, data: Dataset, ask: Ask):
        self._name = name
        self._data = data
        self._ask = ask

    def __getitem__(self, code: str) -> Any:
        return self._ask(self._name, ROW, code)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._ask(self._name, ALL))

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and bool(self._ask(self._name, HAS, code))

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def codes(self) -> list[str]:
        codes: list[str] = self._ask(self._name, CODES)
        return codes


class RecordedDataset(Dataset):
    """``data`` behind a function that asks them a question of ``questions`` and records the answer."""

    def __init__(self, data: Dataset, ask: Ask):
        self._plain = data
        self._ask = ask
        for name in LOOKUPS:
            setattr(self, name, _Lookup(name, data, ask))

    def __getattribute__(self, name: str) -> Any:
        ask = super().__getattribute__
        if name in LISTS:
            return ask("_ask")(name)
        if name in (*GROUPS, FRAME):
            return lambda asked: ask("_ask")(name, asked)
        return ask(name)

    @property
    def slips(self) -> list[str]:
        """What was asked for by a slip of the finger, in words."""
        return self._plain.slips

    @property
    def absent(self) -> list[str]:
        """The other codes that were asked for and that no workbook has."""
        return self._plain.absent

    def missed(self, name: str, codes: Sequence[str]) -> None:
        """Tell a slip of what the answers before gave."""
        self._plain.missed(name, codes)
