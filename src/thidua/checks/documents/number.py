"""Document numbers as Nghị định 30/2020/NĐ-CP writes them: «1239/QĐ-UBND», «15/2030/NĐ-CP», «34-CT/TW»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from thidua.language.own_data import own_data

_NUMBER = re.compile(r"(?:số\s*)?(?P<serial>\d+)\s*(?:/(?P<year>(?:19|20)\d\d))?\s*(?:[/-]\s*(?P<symbol>\S.*))?", re.I)


@dataclass(frozen=True)
class DocumentNumber:
    """A number's parts: serial, the year that normative documents carry, the symbol («QĐ-UBND»; empty if none)."""

    text: str
    serial: int
    year: int | None
    symbol: str

    @property
    def type(self) -> str | None:
        """The document type by its abbreviation; None for a letter (công văn) or an unknown abbreviation."""
        return abbreviations().get(re.split(r"[-/]", self.symbol)[0])

    @property
    def untyped(self) -> str:
        """What to call it where the symbol has no type: laws carry the National Assembly's, letters an office's."""
        return "Luật" if self.symbol.startswith("QH") else "Công văn" if "-" in self.symbol else "Văn bản"

    @property
    def key(self) -> tuple[int, int | None, str]:
        """What makes two ways of writing one number equal: «15/2030/NĐCP» and «15/2030/NĐ-CP»."""
        return self.serial, self.year, re.sub(r"[\s/-]", "", self.symbol).casefold()

    @property
    def is_sole(self) -> bool:
        """Whether it names one document whoever cites it: numbers with a year, but for those of local bodies, of which
        there are many of one name."""
        return self.year is not None and not any(b in self.symbol for b in ("UBND", "HĐND"))

    @property
    def series(self) -> str:
        """The series that the serial counts in: letters of all departments of an office share one."""
        return self.symbol if self.type else self.symbol.partition("-")[0]


def read_number(text: str) -> DocumentNumber | None:
    """The parts of a document's number; None for a text that is none."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    symbol = re.sub(r"\s+", "", match["symbol"] or "")
    return DocumentNumber(text.strip(), int(match["serial"]), int(match["year"]) if match["year"] else None, symbol)


def type_named(text: str) -> str | None:
    """The document type that a text opens with: «Kế hoạch công tác …»."""
    opening = text.strip().casefold()
    return max((t for t in abbreviations().values() if opening.startswith(t.casefold())), key=len, default=None)


def spelling(symbol: str) -> Iterator[str]:
    """The symbol as it should be written, where an abbreviation is joined to its office without the hyphen."""
    head = re.split(r"[-/]", symbol)[0]
    for abbreviation in abbreviations():
        if head != abbreviation and head.startswith(abbreviation) and head not in abbreviations():
            rest = head.removeprefix(abbreviation)
            if rest in offices():
                yield symbol.replace(head, f"{abbreviation}-{rest}", 1)


@cache
def abbreviations() -> dict[str, str]:
    """Document type by abbreviation."""
    return {str(k): str(v) for k, v in _content()["types"].items()}


@cache
def offices() -> frozenset[str]:
    """Abbreviations of offices that issue documents."""
    return frozenset(_content()["offices"])


@cache
def _content() -> dict[str, dict[str, str]]:
    text = files("thidua.checks.documents").joinpath("symbols.yaml").read_text(encoding="utf-8")
    content: dict[str, dict[str, str]] = own_data(text)
    return content
