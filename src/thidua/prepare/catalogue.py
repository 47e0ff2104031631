"""What a new unit's blank workbooks ask for: the indicators, groups and sheets of each office, by level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict

from thidua.document.numbering import roman
from thidua.forms.schema import schemas
from thidua.language.own_data import own_data
from thidua.prepare.blank import BlankSheet, Given
from thidua.settings.levels import filled

Words = Mapping[str, Any]
# The columns of an indicator's row that a catalogue gives.
_KEYS = ("code", "name", "unit", "parent", "relation", "formula", "opens", "combine", "group")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Indicator(_Model):
    """A row of the indicator form; only for some levels where ``levels`` names them."""

    code: str
    name: str
    unit: str
    parent: str = ""
    relation: str = ""
    formula: str = ""
    opens: str = ""
    combine: str = ""
    group: str = ""
    levels: tuple[str, ...] = ()


class Theme(_Model):
    """A field of work: what it counts, the groups that its texts, documents and movements can belong to, its further
    sheets."""

    indicators: tuple[Indicator, ...] = ()
    events: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    movements: tuple[str, ...] = ()
    assessments: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()


class Award(_Model):
    """An award, with the kinds that are counted apart."""

    code: str
    name: str
    kinds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()


class Rung(_Model):
    """The awards of a level."""

    title: str
    awards: tuple[Award, ...]


class Catalogue(_Model):
    """The file: fields of work, the ladder of awards from the top, the kinds of awards in words."""

    kinds: dict[str, tuple[str, ...]]
    themes: dict[str, Theme]
    awards: tuple[Rung, ...]
    award_kinds: dict[str, str]


@cache
def catalogue() -> Catalogue:
    """The catalogue as the library has it."""
    text = files("thidua.prepare").joinpath("catalogue.yaml").read_text(encoding="utf-8")
    return Catalogue.model_validate(own_data(text))


def blank_sheets(themes: Iterable[str], words: Words) -> list[BlankSheet]:
    """The sheets of an office that has these fields of work, for a unit with these words, what is asked of most first.

    A sheet is there where a field of work has something for it; a field that no level of the unit has gives nothing.
    """
    own = [t for t in (catalogue().themes[name] for name in themes) if _is_for(t.levels, words)]
    codes = {key: sorted({code for theme in own for code in getattr(theme, key)}) for key in _OFFERS}
    sheets = {"Chỉ tiêu": BlankSheet("Chỉ tiêu", _indicators(own, words))}
    sheets |= {title: BlankSheet(title, offered={_OFFERS[key][1]: codes[key]}) for key, (title, _) in _OFFERS.items()}
    sheets |= {title: sheets.get(title, BlankSheet(title)) for theme in own for title in theme.sheets}
    wanted = {title for theme in own for title in theme.sheets}
    wanted |= {title for key, (title, _) in _OFFERS.items() if codes[key]}
    wanted |= {"Chỉ tiêu"} if sheets["Chỉ tiêu"].rows else set()
    if "Khen thưởng" in wanted:
        sheets["Khen thưởng"] = BlankSheet("Khen thưởng", list(_awards(words)))
    return [sheets[title] for title in (*_FIRST, *(t for t in schemas() if t not in _FIRST)) if title in wanted]


_FIRST = ("Chỉ tiêu", "Sự kiện", "Văn bản")
# For each list of codes the sheet that offers them, and in which column.
_OFFERS = {
    "events": ("Sự kiện", "topic"),
    "documents": ("Văn bản", "topic"),
    "movements": ("Phong trào thi đua", "code"),
    "assessments": ("Đánh giá", "topic"),
    "tasks": ("Nhiệm vụ", "topic"),
}


def _indicators(themes: Iterable[Theme], words: Words) -> list[dict[str, Given]]:
    """The rows that the unit has; one whose name speaks of what the unit has not is none."""
    rows = [r for theme in themes for r in theme.indicators if _is_for(r.levels, words) and filled(r.name, words)]
    codes = {r.code for r in rows}
    return [_cells(_row(r, codes, words)) for r in rows]


def _row(row: Indicator, codes: set[str], words: Words) -> dict[str, str]:
    found = {key: filled(getattr(row, key), words) or "" for key in _KEYS}
    if row.parent not in codes:
        found |= {"parent": "", "relation": ""}
    return found


def _awards(words: Words) -> Iterator[dict[str, Given]]:
    """The rows of the ladder of awards; two rungs that are one for the unit stand under one heading."""
    number = place = 0
    before = ""
    for rung in catalogue().awards:
        title = filled(rung.title, words) or ""
        if title != before:
            number, place, before = number + 1, 0, title
            yield _cells({"tt": roman(number), "name": title})
        for award in rung.awards:
            if not _is_for(award.levels, words):
                continue
            place += 1
            yield _cells({"tt": str(place), "code": award.code, "name": filled(award.name, words) or ""})
            for kind in award.kinds:
                yield _cells({"tt": "-", "code": f"{award.code}_{kind}", "name": catalogue().award_kinds[kind]})


def _is_for(levels: tuple[str, ...], words: Words) -> bool:
    return not levels or words["level"] in levels


def _cells(row: Mapping[str, str]) -> dict[str, Given]:
    return {key: Given(value) for key, value in row.items() if value}
