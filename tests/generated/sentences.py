"""A harsh reader: what is wrong with the sentences of a finished report, whatever its data.

``faults(text)`` reads plain text, one paragraph or item a line. What a department typed itself is no fault of the
report: texts of invented worlds hold nothing that is looked for here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = r"[^\W\d_]+"
_UPPER = "A-ZÀ-ỸĐ"
# Words that want something behind them.
_WANTING = (
    *("với", "gồm", "của", "tại", "theo", "là", "về", "từ", "đến", "cho", "do", "bằng", "và", "hoặc", "đạt", "còn"),
    *("trong", "trên", "dưới", "thuộc", "đối với", "so với", "trong đó", "tương ứng", "như", "vì", "để", "bởi"),
    *("được", "đã", "có", "tăng", "giảm", "chiếm", "các", "những", "nhất là", "kể cả", "bao gồm", "số", "tỷ lệ"),
)
# Of these a colon behind them leads to what they want.
_LEADING = frozenset(("gồm", "bao gồm", "về", "với", "đối với", "như", "có", "trong đó", "cho", "theo", "đạt", "là"))
# Before which they want nothing: «kèm theo», «cấp trên», «đạt được», «không đạt», «mặt bằng».
_BEFORE = ("kèm ", "nêu ", "cấp ", "đạt ", "không ", "mặt ")
_NOWHERE = "|".join(word for word in _WANTING if word not in _LEADING)
_PREPOSITION = "(?:tại|của|với|gồm|cho|trong)"
# Reduplications of the language itself.
_TWICE = frozenset(
    (
        *("dần", "luôn", "thường", "từng", "ngày", "nhà", "người", "đời", "mãi", "rất", "ngang", "song", "sau", "nơi"),
        *("năm", "tháng", "lần"),
        "bằng",  # «mặt bằng bằng không»
    )
)
_NUMBER_UNIT = r"(?<![\d.,/\w-])0(?:,0+)?[ \u00a0]?(?=[^\W\d_])"
_PATTERNS = {
    "an unfilled phrase": r"[{}\[\]]|\bunit\.|\bperiod\.",
    "a word of the machine": r"\b(?:nan|NaN|None|[Uu]ndefined|inf|True|False|null)\b|[\ue000-\uf8ff\ufffc]",
    "a code": r"\b[a-z]+(?:_[a-z0-9]+)+\b",
    "doubled punctuation": r"[,;:][ \u00a0]*[,;:.]|(?<!\.)\.[ \u00a0]*\.(?!\.)|\.[,;:]|\([,;:.]|[,;:]\)",
    "a space before punctuation": r"[ \u00a0][,;:.)](?=[ \u00a0]|$)|\([ \u00a0]",
    "no space behind punctuation": r"[,;:](?=[^\W\d_])|\.(?=[" + _UPPER + r"][a-zà-ỹ])",
    "two spaces": r"[ \u00a0]{2,}(?! *tháng)",
    "empty brackets or quotes": r"\(\s*\)|“\s*”|«\s*»",
    "nought told as a count": _NUMBER_UNIT + r"|(?<![\d,.])00(?![\d,.])",
    "nought of nought": r"(?<![\d.,])0+/0+(?![\d.,/])|(?<![\d.,/\w-])0+/\d",
    "a gap told as a value": r"chưa có số liệu",
    "a dangling word": rf"(?<![\w“])(?<!{')(?<!'.join(_BEFORE)})(?:{'|'.join(_WANTING)})[ \u00a0]*(?:[,;.)](?=\s|$)|$)",
    "a colon behind a word that leads nowhere": rf"(?<!cấp )\b(?:{_NOWHERE}):",
    "prepositions that follow each other": rf"\b{_PREPOSITION} (?:{_PREPOSITION}|theo|và|hoặc|do)\b",
    "two numbers beside each other": r"[^\W\d_] \d{1,3} (?:ước |khoảng |trên |hơn )?\d[\d.,]*(?:/|[ \u00a0%])",
    "two predicates": r"\bđược (?:được|đạt|đã|bị|thu hút)\b|\bđạt (?:được (?:triển|thực|tổ|Nhân|duy)|đạt|đã)\b",
    "two colons in one sentence": r"(?<!\d):(?!\d)[^.:!?;()]*(?<!\d):(?=\s)",
    "a minus in a sentence": r"(?:giảm|tăng|đạt|còn|thêm) -\d",
    "a change of nought": r"(?:tăng|giảm|vượt)\s0(?:,0+)?%?(?![\d,])",
}
_COMPILED = {kind: re.compile(pattern) for kind, pattern in _PATTERNS.items()}
_WORDS_TWICE = re.compile(rf"(?<![\w-])({_WORD}(?: {_WORD}){{0,3}})[ \u00a0]\1(?![\w-])", re.IGNORECASE)
_NAME_ALONE = re.compile(rf"(?:[{_UPPER}][^\W\d_]*\s?){{2,}}\d*[.;]")
SENTENCE = re.compile(r"(?<=[^\W\d_]{2}[.!?])[ \u00a0]+|(?<=[)”\d][.!?])[ \u00a0]+")


@dataclass(frozen=True)
class Fault:
    """A fault: its kind, and the words around it."""

    kind: str
    around: str

    def __str__(self) -> str:
        return f"{self.kind}: …{self.around}…"


def faults(text: str) -> list[Fault]:
    """What is wrong with a text, read line by line."""
    return [fault for line in text.split("\n") if line.strip() for fault in in_line(line.strip(), prose=True)]


def in_line(line: str, *, prose: bool) -> Iterator[Fault]:
    """What is wrong with a line; ``prose`` where it is whole sentences, not a name or a cell."""
    for kind, pattern in _COMPILED.items():
        if not prose and kind in _OF_PROSE:
            continue
        for match in pattern.finditer(line):
            yield found_at(kind, line, match)
    for match in _WORDS_TWICE.finditer(line):
        if match[1].casefold() not in _TWICE:
            yield found_at("words twice", line, match)
    yield from _marks(line)
    if prose:
        yield from _starts(line)


_OF_PROSE = frozenset(
    (
        "a dangling word",
        "nought told as a count",
        "nought of nought",
        "two colons in one sentence",
        "a gap told as a value",
        "a change of nought",
    )
)


def _marks(line: str) -> Iterator[Fault]:
    for open_, close in ("()", "“”", "«»"):
        depth = 0
        for letter in line:
            depth += (letter == open_) - (letter == close and open_ != close)
            if depth < 0:
                break
        if depth:
            yield Fault("unbalanced marks", f"{open_}{close} in {line[:160]}")


def _starts(line: str) -> Iterator[Fault]:
    for sentence in SENTENCE.split(line):
        start = sentence.lstrip("“«\"' ")
        if start[:1].islower():
            yield Fault("a sentence in lower case", line[max(0, line.find(sentence) - 40) :][:120])
        elif _NAME_ALONE.fullmatch(start):
            yield Fault("a name for a sentence", start)
        elif start[:1] in ",;:.)?!–-" and start:
            yield Fault("a sentence that begins with a mark", line[max(0, line.find(sentence) - 40) :][:120])
    last = line.rstrip()
    if last[-1:] not in ".:;!?/)”…" and not last.endswith("./."):
        yield Fault("a sentence without a stop", last[-80:])


def found_at(kind: str, line: str, match: re.Match[str]) -> Fault:
    """A fault with the words around it."""
    return Fault(kind, line[max(0, match.start() - 60) : match.end() + 40].replace("\n", " ⏎ "))
