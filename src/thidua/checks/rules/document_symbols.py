"""A document's symbol: does it suit the document's type, is it written as the decree asks, is there one?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from thidua.checks.documents.mention import Mention
from thidua.checks.documents.number import abbreviations, spelling, type_named
from thidua.checks.finding import Finding
from thidua.checks.given import Given
from thidua.checks.rule import FindingRule


class OtherType(FindingRule):
    """A symbol that belongs to another type of document than the title names."""

    id = "loai-ky-hieu"
    holds = "Ký hiệu phải có chữ viết tắt của tên loại văn bản"
    severities = ("warning",)
    basis = "Nghị định 30/2020/NĐ-CP, Phụ lục III, mục I"

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each place that gives the document so: it names the cells of number and type."""
        for mention in given.mentions:
            said = _mismatch(mention)
            if said and mention.number is not None:
                yield self.finding(
                    f"{mention.name}: {said}; tên loại và ký hiệu không khớp nhau",
                    (mention.number_cell, mention.record.cell("type" if mention.type else "title")),
                    (mention.code, "ký hiệu"),
                    printed=mention.number.symbol,
                )


class Spelling(FindingRule):
    """Symbols without their hyphen, one office's abbreviation in two ways, numbers without a symbol."""

    id = "ky-hieu"
    holds = "Số văn bản có ký hiệu; ký hiệu có đủ dấu gạch nối; một cơ quan một chữ viết tắt"
    severities = ("note",)
    basis = "Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II, khoản 3"

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each misspelt symbol, one for each pair of abbreviations, one for all numbers without a symbol."""
        yield from self._misspelt(given.mentions)
        yield from self._two_spellings(given.mentions)
        yield from self._without_symbol(given.mentions)

    def _misspelt(self, found: Sequence[Mention]) -> Iterator[Finding]:
        by_symbol: dict[str, list[Mention]] = defaultdict(list)
        for mention in found:
            if mention.number is not None and any(spelling(mention.number.symbol)):
                by_symbol[mention.number.symbol].append(mention)
        for symbol, group in by_symbol.items():
            right = next(spelling(symbol))
            yield self.finding(
                f"{_numbers(group)}: ký hiệu viết «{symbol}» thiếu dấu gạch nối, đúng là «{right}»",
                (m.number_cell for m in group),
                (symbol,),
                printed=symbol,
                recomputed=right,
            )

    def _two_spellings(self, found: Sequence[Mention]) -> Iterator[Finding]:
        """One office's abbreviation written in two ways within a department's list: «QĐ-TTr» and «QĐ-TT»."""
        by_file: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
        for mention in found:
            parts = mention.number.symbol.split("-") if mention.number else []
            if mention.source == "documents" and len(parts) == 2 and parts[0] in abbreviations():
                by_file[mention.record.file][parts[1]].append(mention)
        for file, offices in by_file.items():
            pairs = [(a, b) for a in offices for b in offices if b.startswith(a) and len(b) == len(a) + 1]
            for short, other in pairs:
                places = f"«{short}» ở {_numbers(offices[short])}; «{other}» ở {_numbers(offices[other])}"
                yield self.finding(
                    f"Ký hiệu của cùng một cơ quan viết hai cách: {places}",
                    (m.number_cell for m in offices[short]),
                    (file, short, other),
                    printed=short,
                    recomputed=other,
                )

    def _without_symbol(self, found: Sequence[Mention]) -> Iterator[Finding]:
        bare = [m for m in found if m.number is not None and not m.number.symbol]
        if bare:
            codes = sorted({m.code for m in bare})
            yield self.finding(
                f"{'; '.join(dict.fromkeys(m.dated for m in bare))}: chỉ ghi số, thiếu ký hiệu văn bản",
                (m.number_cell for m in bare),
                (*codes, "thiếu"),
                printed=", ".join(codes),
            )


def _mismatch(mention: Mention) -> str:
    """How the symbol belies the type or the title; empty where it does not."""
    if mention.number is None or mention.source == "text":
        return ""
    by_symbol, named = mention.number.type, type_named(mention.type or mention.title)
    if by_symbol and named and by_symbol != named:
        return f"ký hiệu «{mention.number.symbol}» là của {by_symbol.lower()}"
    if by_symbol and mention.title.casefold().startswith("v/v") and not mention.type:
        return f"trích yếu viết như công văn, ký hiệu lại là của {by_symbol.lower()}"
    if mention.source == "register" and named and not by_symbol and mention.number.symbol:
        return f"trích yếu là của {named.lower()}, ký hiệu không có chữ viết tắt của loại đó"
    return ""


def _numbers(mentions: Sequence[Mention]) -> str:
    return ", ".join(dict.fromkeys(m.number.text for m in mentions if m.number))
