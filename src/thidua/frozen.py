"""Values that cannot change and of which a run holds hundreds of thousands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

_UNTOLD: frozenset[str] = frozenset()


class Frozen(BaseModel):
    """Base of immutable records with no field that is not named.

    Which fields were given and which have their default is not kept: a set of names in each takes as much room as all
    else.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_post_init(self, _: Any, /) -> None:
        """Forget which fields were given."""
        object.__setattr__(self, "__pydantic_fields_set__", _UNTOLD)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """The same but for what ``update`` names, which is not checked."""
        copied = self.__deepcopy__() if deep else self.__copy__()
        copied.__dict__.update(update or {})
        return copied
