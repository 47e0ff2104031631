"""Values that cannot change and of which a run holds hundreds of thousands."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Self, TypeVar, cast, dataclass_transform

from pydantic import ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass

T = TypeVar("T")


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(Field,))
def record(kind: type[T]) -> type[T]:
    """Make a class of ``Frozen`` one of records: immutable, given by name, with no field that is not named.

    Its values stand in slots: a dictionary in each takes four times the room.
    """
    made: Any = dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))(kind)
    return cast(type[T], made)


class Frozen:
    """Base of records, which say of themselves what pydantic's models do."""

    __slots__ = ()

    @classmethod
    def model_validate(cls, content: Mapping[str, Any]) -> Self:
        """The record of some content. ValidationError where it is none."""
        made: Self = adapter(cls).validate_python(content)
        return made

    def model_dump(self, **how: Any) -> dict[str, Any]:
        """The content as a dictionary."""
        content: dict[str, Any] = adapter(type(self)).dump_python(self, **how)
        return content

    def model_dump_json(self, **how: Any) -> str:
        """The content as JSON."""
        return adapter(type(self)).dump_json(self, **how).decode()

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """The same but for what ``update`` names, which is not checked."""
        copied = object.__new__(type(self))
        for name in fields_of(type(self)):
            object.__setattr__(copied, name, update[name] if name in update else getattr(self, name))
        return copied


def adapter(kind: type) -> TypeAdapter[Any]:
    """What reads and writes records of a class."""
    return _adapter(kind)


def fields_of(kind: type) -> dict[str, Any]:
    """The defaults of a class of records, by the names of its fields, in their order."""
    return _fields(kind)


_adapter = cache(TypeAdapter[Any])


@cache
def _fields(kind: Any) -> dict[str, Any]:
    return {name: field.default for name, field in kind.__pydantic_fields__.items()}
