"""The rules of lint: digits, numerals, names, words of one level or season, which belong in params or data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from thidua.errors import ProseFault
from thidua.execute.sources import read_notebooks
from thidua.language.own_data import own_data
from thidua.lint.passages import Passage, library_passages, notebook_passages
from thidua.prose.checking import faults_of, prose_cells
from thidua.settings.levels import levels

_DIGITS = re.compile(r"\d[\d.,/]*")
_ROMAN = re.compile(r"\b(?=[IVXLC]{2,}\b)[IVXLC]+\b|(?<=quý )[IV]+\b|(?<=khóa )[IVX]+\b")
_ONES = "một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười"
_WORDED = re.compile(
    rf"\b(?:{_ONES}) (?:mươi|trăm|nghìn|ngàn|triệu|tỷ)\b|\btháng (?:{_ONES}|giêng|chạp)\b|\bmười (?:{_ONES})\b"
)
_YEAR = re.compile(r"(?<![\w/])(?:19|20)\d{2}\b(?!/)")
# What one level has and another has not; «xã hội», «hợp tác xã», «nông thôn» speak of none.
_PARTS = ("thôn", "tổ dân phố", "các cấp")
_NO_LEVEL = re.compile(r"xã hội|hợp tác xã|nông thôn", re.IGNORECASE)
# What is told of one time of the year and is wrong in a report of another.
_SEASON = re.compile(r"\b(?:Tết|đầu xuân|mùa (?:xuân|hè|thu|đông)|từ đầu năm đến nay|cuối năm nay)\b", re.IGNORECASE)
# A word behind another one in a sentence: a capital there marks a name.
_INNER_WORD = re.compile(r"(?<=[^\W\d_,;)”\]] )([^\W\d_]+)")


class Fault(NamedTuple):
    """Something typed that should come from params or data."""

    file: str
    place: str
    found: str
    kind: str

    def __str__(self) -> str:
        return f"{self.file}, {self.place}: {self.kind} «{self.found}»"


@dataclass(frozen=True)
class KnownNames:
    """Names of places and persons that the root's own params and data hold."""

    names: frozenset[str]

    def within(self, text: str) -> Iterator[str]:
        """Those that stand in a text as whole words."""
        for name in self.names:
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                yield name


def lint(root: Path, package: Path, known: KnownNames) -> list[Fault]:
    """All faults of the notebooks of a root, prose that cannot be read included, and of the library."""
    faults: list[Fault] = []
    written = {path.name: path for path in sorted((root / "notebooks").glob("*.ipynb"))}
    for name, notebook in read_notebooks(written).items():
        for number, source in prose_cells(notebook):
            faults += [_misread(name, number, fault) for fault in faults_of(source, first_line=2)]
        for passage in notebook_passages(name, notebook):
            faults += _in_prose(passage, known)
    for passage in library_passages(package):
        faults += _in_library(passage, known)
    return list(dict.fromkeys(faults))


def _misread(file: str, cell: int, fault: ProseFault) -> Fault:
    return Fault(file, f"ô {cell}, dòng {fault.line}, cột {fault.column}", fault.what, "lời văn viết sai:")


def _in_prose(passage: Passage, known: KnownNames) -> Iterator[Fault]:
    text = _without_allowed(passage.text)
    for pattern, kind in ((_DIGITS, "chữ số"), (_ROMAN, "số La Mã"), (_WORDED, "số viết bằng chữ")):
        for match in pattern.finditer(text):
            yield Fault(passage.file, passage.place, match[0], kind)
    yield from _levels(passage, text)
    for match in _SEASON.finditer(text):
        yield Fault(passage.file, passage.place, match[0], "thời điểm của một kỳ")
    yield from _names(passage, text, known)
    for word in _INNER_WORD.findall(text):
        if word[0].isupper() and not word.isupper():
            yield Fault(passage.file, passage.place, word, "tên riêng")


def _in_library(passage: Passage, known: KnownNames) -> Iterator[Fault]:
    text = _without_allowed(passage.text)
    yield from _names(passage, text, known)
    if passage.spoken:
        yield from _levels(passage, text)
    for match in _YEAR.finditer(text):
        if not 2030 <= int(match[0]) < 2040:  # years of examples
            yield Fault(passage.file, passage.place, match[0], "năm")


def _levels(passage: Passage, text: str) -> Iterator[Fault]:
    for match in _level_words().finditer(_NO_LEVEL.sub("\ufffc", text)):
        yield Fault(passage.file, passage.place, match[0], "chữ của một cấp")


@cache
def _level_words() -> re.Pattern[str]:
    words = sorted((*levels(), *_PARTS), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


def _names(passage: Passage, text: str, known: KnownNames) -> Iterator[Fault]:
    for name in known.within(text):
        yield Fault(passage.file, passage.place, name, "tên riêng trong số liệu")


def _without_allowed(text: str) -> str:
    for allowed in allowances():
        text = text.replace(allowed, "\ufffc")
    return text


@cache
def allowances() -> tuple[str, ...]:
    """Texts that may be typed, the longest first. Their reasons stand beside them in allowed.yaml."""
    entries = own_data(files("thidua.lint").joinpath("allowed.yaml").read_text(encoding="utf-8"))
    return tuple(sorted((e["text"] for e in entries), key=len, reverse=True))


def proper_names(texts: Iterable[str]) -> frozenset[str]:
    """The names in texts of data: runs of two or more capitalised words, «Bình An», «Nguyễn Văn A»."""
    run = re.compile(r"(?<![\w])([^\W\d_]+(?: [^\W\d_]+)+)")
    found = set()
    for text in texts:
        for words in run.findall(text):
            current: list[str] = []
            for word in [*words.split(), ""]:
                if word[:1].isupper() and not word.isupper():
                    current.append(word)
                    continue
                if len(current) > 1:
                    found.add(" ".join(current))
                current = []
    return frozenset(found)
