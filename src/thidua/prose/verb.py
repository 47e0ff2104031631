"""A verb of prose: what it takes, what it gives, an example."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from thidua.prose.phrases import Say

# indicators: codes of indicators; documents: codes or groups of documents; movements: codes or groups of movements, or
# whole forms; rows: groups of rows or whole forms; notes: indicators or groups; any: whatever has a code; key: the key
# of a table or chart; nothing: no codes.
Kind = Literal["indicators", "documents", "movements", "rows", "notes", "any", "key", "nothing"]


@dataclass(frozen=True)
class Verb:
    """A verb.

    ``most`` is how many codes it takes, nought for any number. ``flags`` are its fixed options with their meaning,
    ``wording`` is what a free option is. ``say`` makes the words of what the codes stand for. ``of_form``: made from a
    column of the form.
    """

    name: str
    kind: Kind
    gives: str
    example: str
    say: Say = field(repr=False)
    most: int = 0
    flags: dict[str, str] = field(default_factory=dict)
    wording: str = ""
    of_form: bool = False


def options_of(verb: Verb) -> str:
    """A verb's options in words, as the guide tells them."""
    told = [f"`| {flag}`: {meaning}" for flag, meaning in verb.flags.items()]
    return "; ".join([verb.wording, *told] if verb.wording else told)
