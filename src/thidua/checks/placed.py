"""Whom a title is for, and the awards with each number in the column of its subject."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from thidua.dataset import Dataset
from thidua.figures import Figure
from thidua.figures.award import Award, award_numbers
from thidua.forms.schema import form
from thidua.language.own_data import own_data
from thidua.language.text import capitalised, fold

# Column, that of direct workers among them, that of their printed share, and what the column counts.
SHARES = tuple(
    (c.printed.ratio, c.printed.part, c.key, form("awards").column(c.printed.ratio).unit)
    for c in award_numbers()
    if c.printed
)
_PARTS = frozenset(part for _, part, _, _ in SHARES)
SUBJECTS = {c.key: capitalised(c.unit) for c in award_numbers() if c.type == "number" and c.key not in _PARTS}


@dataclass(frozen=True)
class Misplaced:
    """A title's number in a column that its subjects do not belong to, and the column where it should stand."""

    award: Award
    column: str
    meant: str


@dataclass(frozen=True)
class Placed:
    """The awards with misplaced numbers moved where they belong, so that one slip does not show as several."""

    awards: dict[str, Award]
    misplaced: tuple[Misplaced, ...]


def place(data: Dataset) -> Placed:
    """Move each number that stands in another subject's column, where the right column is empty."""
    awards: dict[str, Award] = {}
    misplaced = []
    for number, row in enumerate(data.awards):
        # A row without a code is known by its place, as in the data set.
        award = row if row.code else replace(row, code=f"row{number}")
        meant = subject_of(award.name)
        for column in SUBJECTS:
            wrong: Figure = getattr(award, column)
            if meant is None or column == meant or not wrong.value:
                continue
            misplaced.append(Misplaced(award, column, meant))
            if getattr(award, meant).missing:
                award = _moved(award, column, meant)
        awards[award.code] = award
    return Placed(awards, tuple(misplaced))


def _moved(award: Award, column: str, meant: str) -> Award:
    wrong: Figure = getattr(award, column)
    moved = {
        meant: replace(wrong, unit=getattr(award, meant).unit),
        column: replace(wrong, value=None, origin=None, why="ghi nhầm cột"),
    }
    return replace(award, values={**award.values, **moved})


def subject_of(name: str) -> str | None:
    """Who the title is for: «collective», «individual», «household», or None where it may be for several."""
    plain = _spelt(name)
    found = {s for s, titles in _subjects().items() if any(_has(plain, t) for t in titles)}
    if "collective" in found:
        # «Tập thể lao động tiên tiến» has the individual title's words in its own.
        found.discard("individual")
    return found.pop() if len(found) == 1 else None


def full_name(award: Award, placed: Placed) -> str:
    """A kind's name with the title it belongs to: «Giấy khen, khen chuyên đề»."""
    if award.kind != "sub" or not award.tt:
        return award.name
    above = ""
    for other in placed.awards.values():
        if other.code == award.code:
            break
        if other.kind == "row":
            above = other.name
    return f"{above} ({award.name.lower()})" if above else award.name


def _spelt(text: str) -> str:
    return re.sub(r"\bsỹ\b", "sĩ", fold(text))


def _has(name: str, title: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(title)}(?!\w)", name) is not None


@cache
def _subjects() -> dict[str, tuple[str, ...]]:
    text = files("thidua.checks").joinpath("subjects.yaml").read_text(encoding="utf-8")
    return {subject: tuple(_spelt(t) for t in titles) for subject, titles in own_data(text).items()}
