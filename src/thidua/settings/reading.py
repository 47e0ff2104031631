"""The words by which texts are understood, of departments and of the report itself, as reading.yaml has them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from thidua.language.own_data import own_data


class Reading(BaseModel):
    """The file: lists of words in small letters; what each is for stands there."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    clause_starts: tuple[str, ...]
    far_aims: tuple[str, ...]
    near_aims: tuple[str, ...]
    spans_of_years: tuple[str, ...]
    plans: tuple[str, ...]
    no_shares: tuple[str, ...]
    changed_plans: tuple[str, ...]
    standing_documents: tuple[str, ...]


@cache
def reading() -> Reading:
    """The words of reading.yaml."""
    text = files("thidua.settings").joinpath("reading.yaml").read_text(encoding="utf-8")
    return Reading.model_validate(own_data(text))


def any_of(words: Iterable[str]) -> str:
    """A pattern that one of some words fulfils."""
    return f"(?:{'|'.join(map(re.escape, words))})"
