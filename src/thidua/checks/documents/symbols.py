"""A document's symbol: does it suit the document's type, is it written as the decree asks, is there one?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from thidua.checks.documents.mention import Mention
from thidua.checks.documents.number import abbreviations, spelling, type_named
from thidua.checks.finding import Finding


def symbol_findings(found: Sequence[Mention]) -> Iterator[Finding]:
    yield from _other_type(found)
    yield from _misspelt(found)
    yield from _two_spellings(found)
    yield from _without_symbol(found)


def _other_type(found: Sequence[Mention]) -> Iterator[Finding]:
    for mention in found:
        if mention.number is None or mention.source == "text":
            continue
        by_symbol = mention.number.type
        named = type_named(mention.type or mention.title)
        letter = mention.title.casefold().startswith("v/v")
        if by_symbol and named and by_symbol != named:
            message = f"{mention.name}: ký hiệu «{mention.number.symbol}» là của {by_symbol.lower()}"
        elif by_symbol and letter and not mention.type:
            message = f"{mention.name}: trích yếu viết như công văn, ký hiệu lại là của {by_symbol.lower()}"
        elif mention.source == "register" and named and not by_symbol and mention.number.symbol:
            message = f"{mention.name}: trích yếu là của {named.lower()}, ký hiệu không có chữ viết tắt của loại đó"
        else:
            continue
        yield Finding(
            rule="loai-ky-hieu",
            severity="warning",
            message=f"{message}; tên loại và ký hiệu không khớp nhau",
            printed=mention.number.symbol,
            recomputed="",
            cells=tuple(dict.fromkeys((mention.number_cell, mention.record.cell("type" if mention.type else "title")))),
            codes=(mention.code, "ký hiệu"),
        )


def _misspelt(found: Sequence[Mention]) -> Iterator[Finding]:
    by_symbol: dict[str, list[Mention]] = defaultdict(list)
    for mention in found:
        if mention.number is not None and any(spelling(mention.number.symbol)):
            by_symbol[mention.number.symbol].append(mention)
    for symbol, group in by_symbol.items():
        right = next(spelling(symbol))
        numbers = ", ".join(dict.fromkeys(m.number.text for m in group if m.number))
        message = f"{numbers}: ký hiệu viết «{symbol}» thiếu dấu gạch nối, đúng là «{right}»"
        cells = tuple(dict.fromkeys(m.number_cell for m in group))
        yield Finding("ky-hieu", "note", message, symbol, right, cells, codes=(symbol,))


def _two_spellings(found: Sequence[Mention]) -> Iterator[Finding]:
    """One office's abbreviation written in two ways within a department's list: «QĐ-TTr» and «QĐ-TT»."""
    by_file: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for mention in found:
        parts = mention.number.symbol.split("-") if mention.number else []
        if mention.source == "documents" and len(parts) == 2 and parts[0] in abbreviations():
            by_file[mention.record.file][parts[1]].append(mention)
    for file, offices in by_file.items():
        for short in offices:
            longer = [o for o in offices if o.startswith(short) and len(o) == len(short) + 1]
            for other in longer:
                numbers = ", ".join(m.number.text for m in offices[short] if m.number)
                usual = ", ".join(m.number.text for m in offices[other] if m.number)
                message = f"Ký hiệu của cùng một cơ quan viết hai cách: «{short}» ở {numbers}; «{other}» ở {usual}"
                cells = tuple(m.number_cell for m in offices[short])
                yield Finding("ky-hieu", "note", message, short, other, cells, codes=(file, short, other))


def _without_symbol(found: Sequence[Mention]) -> Iterator[Finding]:
    bare = [m for m in found if m.number is not None and not m.number.symbol]
    if bare:
        codes = sorted({m.code for m in bare})
        names = "; ".join(dict.fromkeys(m.dated for m in bare))
        cells = tuple(dict.fromkeys(m.number_cell for m in bare))
        message = f"{names}: chỉ ghi số, thiếu ký hiệu văn bản"
        yield Finding("ky-hieu", "note", message, ", ".join(codes), "", cells, codes=(*codes, "thiếu"))
