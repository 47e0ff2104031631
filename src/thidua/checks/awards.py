"""The awards table: does each title stand in the column of its subjects, are shares and subtotals right?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from thidua.checks.finding import Finding
from thidua.checks.identities.identity import Identity, combined
from thidua.checks.wording import stated, working
from thidua.dataset import Award, Dataset
from thidua.figures import Cell, Figure, percent
from thidua.text import fold

SUBJECTS = {"collective": "Tập thể", "individual": "Cá nhân", "household": "Gia đình"}
_SHARES = (
    ("collective", "base_collective", "printed_share_collective", "tập thể"),
    ("individual", "base_individual", "printed_share_individual", "cá nhân"),
)


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
    fields: dict[str, Any] = {
        meant: replace(wrong, unit=getattr(award, meant).unit),
        column: replace(wrong, value=None, origin=None, why="ghi nhầm cột"),
    }
    return replace(award, **fields)


def subject_of(name: str) -> str | None:
    """Who the title is for: «collective», «individual», «household», or None where it may be for several."""
    plain = _spelt(name)
    found = {s for s, titles in _subjects().items() if any(_has(plain, t) for t in titles)}
    if "collective" in found:
        # «Tập thể lao động tiên tiến» has the individual title's words in its own.
        found.discard("individual")
    return found.pop() if len(found) == 1 else None


def award_identities(placed: Placed) -> Iterator[Identity]:
    for award in placed.awards.values():
        for whole, base, printed, noun in _SHARES:
            yield Identity(
                rule="ty-le",
                kind="ratio",
                codes=("awards", award.code, printed),
                left=getattr(award, printed),
                relation="=",
                right=percent(getattr(award, base), getattr(award, whole)),
                statement=f"{_full_name(award, placed)}, tỷ lệ {noun} ở cơ sở, lao động trực tiếp",
                printed=True,
                figures=(f"awards.{award.code}.share_{whole}",),
            )
            yield Identity(
                rule="phan-vuot-tong",
                kind="part",
                codes=("awards", award.code, base),
                left=getattr(award, base),
                relation="<=",
                right=getattr(award, whole),
                statement=f"{_full_name(award, placed)}, {noun} ở cơ sở, lao động trực tiếp",
            )
    yield from _subtotals(placed)


def award_findings(placed: Placed) -> Iterator[Finding]:
    """Numbers in the wrong subject's column; direct workers counted where no total is given."""
    for wrong in placed.misplaced:
        yield _misplaced(wrong, placed)
    for award in placed.awards.values():
        for whole, base, _, noun in _SHARES:
            part, total = getattr(award, base), getattr(award, whole)
            if part.value and total.missing and not any(m.award.code == award.code for m in placed.misplaced):
                yield Finding(
                    rule="thieu-tong-so",
                    severity="error",
                    message=f"{_full_name(award, placed)}: có {stated(part)} ở cơ sở, lao động trực tiếp nhưng cột "
                    f"«{SUBJECTS[whole]}» để trống, không có số {noun} được khen để đối chiếu",
                    printed=part.printed,
                    recomputed="",
                    cells=_cells(part),
                    codes=("awards", award.code, base),
                    figures=(part.id, f"awards.{award.code}.share_{whole}"),
                )


def _misplaced(wrong: Misplaced, placed: Placed) -> Finding:
    award = wrong.award
    figure: Figure = getattr(award, wrong.column)
    base: Figure = getattr(award, f"base_{wrong.meant}", figure)
    message = (
        f"{_full_name(award, placed)}: số {working(figure)} đứng ở cột «{SUBJECTS[wrong.column]}», nhưng đây là danh "
        f"hiệu tặng cho {SUBJECTS[wrong.meant].lower()}"
    )
    effects = []
    share: Figure = getattr(award, f"printed_share_{wrong.meant}", figure)
    right: Figure = getattr(placed.awards[award.code], wrong.meant)
    if base is not figure and base.value and share.value is not None and right.cell == figure.cell:
        effects.append(
            f"tỷ lệ {share.printed}% ở cột «{SUBJECTS[wrong.meant]}» được tính từ {working(base)} trên "
            f"{working(figure)}, nên {working(figure)} đúng ra là số {SUBJECTS[wrong.meant].lower()}"
        )
    return Finding(
        rule="sai-doi-tuong",
        severity="error",
        message=message,
        printed=working(figure),
        recomputed="",
        cells=_cells(figure, base, share),
        codes=("awards", award.code, wrong.column),
        cause="ghi nhầm cột",
        effects=tuple(effects),
        suspects=_cells(figure),
        figures=(figure.id, f"awards.{award.code}.{wrong.meant}"),
    )


def _subtotals(placed: Placed) -> Iterator[Identity]:
    """A numbered row with kinds below it is their sum."""
    rows = list(placed.awards.values())
    for position, award in enumerate(rows):
        if award.kind != "row":
            continue
        kinds = []
        for below in rows[position + 1 :]:
            if below.kind != "sub" or not below.tt:
                break
            kinds.append(below)
        for column in (*SUBJECTS, "base_collective", "base_individual"):
            total: Figure = getattr(award, column)
            parts: list[Figure] = [f for kind in kinds if not (f := getattr(kind, column)).missing]
            if parts and not total.missing:
                yield Identity(
                    rule="tong-cac-phan",
                    kind="sum",
                    codes=("awards", award.code, column),
                    left=total,
                    relation="=",
                    right=combined("sum", *parts),
                    statement=award.name,
                )


def _full_name(award: Award, placed: Placed) -> str:
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


def _cells(*figures: Figure) -> tuple[Cell, ...]:
    return tuple(dict.fromkeys(f.cell for f in figures if f.cell is not None))


def _spelt(text: str) -> str:
    return re.sub(r"\bsỹ\b", "sĩ", fold(text))


def _has(name: str, title: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(title)}(?!\w)", name) is not None


@cache
def _subjects() -> dict[str, tuple[str, ...]]:
    text = files("thidua.checks").joinpath("subjects.yaml").read_text(encoding="utf-8")
    return {subject: tuple(_spelt(t) for t in titles) for subject, titles in yaml.safe_load(text).items()}
