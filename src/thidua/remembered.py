"""Functions that remember what they gave of a period's texts and numbers, until the room is needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")
_remembering: list[Any] = []


def remembered(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Have a function remember so many answers.

    Answers about thousands of names lie scattered among all that was made while they were looked for, and keep its
    place from being free.
    """

    def remembering(function: Callable[P, T]) -> Callable[P, T]:
        found = lru_cache(maxsize=most)(function)
        _remembering.append(found)
        return cast(Callable[P, T], found)

    return remembering


def forget() -> None:
    """Forget all of them: they are worked out anew where they are asked for again."""
    for function in _remembering:
        function.cache_clear()
