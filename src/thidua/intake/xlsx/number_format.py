"""Codes of number formats, «#,##0.00», «[=0]"-";0%», «[h]:mm», taken apart.

The one place that knows their grammar (ECMA-376 Part 1, 18.8.30 and 18.8.31): what a stored number means to whoever
looks at the cell, what the cell shows and what the audit workbook calculates all follow from these sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property

from thidua.remembered import remembered

GENERAL = "General"
# «14» and «22» are the machine's own date, which in Vietnam is day, month, year.
_DATE = "dd/mm/yyyy"
_MONEY = ("#,##0_);(#,##0)", "#,##0_);[Red](#,##0)", "#,##0.00_);(#,##0.00)", "#,##0.00_);[Red](#,##0.00)")
# The formats that a workbook names by number alone.
BUILTIN = {
    **{0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?"},
    **{13: "# ??/??", 14: _DATE, 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM"},
    **{20: "h:mm", 21: "h:mm:ss", 22: f"{_DATE} h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0"},
    **dict(zip((5, 6, 7, 8, 37, 38, 39, 40), _MONEY * 2, strict=True)),
    **dict.fromkeys((41, 42), "_(* #,##0_);_(* (#,##0);_(* -_);_(@_)"),
    **dict.fromkeys((43, 44), "_(* #,##0.00_);_(* (#,##0.00);_(* -??_);_(@_)"),
    49: "@",
}
# The numbers of the eastern editions of Excel: every other edition shows them by its own formats.
BUILTIN |= {
    **dict.fromkeys((*range(27, 32), 36, *range(50, 59), 71, 72), _DATE),
    **dict.fromkeys(range(32, 36), BUILTIN[21]),
    **{59: "0", 60: "0.00", 61: "#,##0", 62: "#,##0.00", 67: "0%", 68: "0.00%", 69: "# ?/?", 70: "# ??/??"},
    **{73: "d-mmm-yy", 74: "d-mmm", 75: "mmm-yy", 76: "h:mm", 77: "h:mm:ss", 78: BUILTIN[22]},
    **{79: "mm:ss", 80: "[h]:mm:ss", 81: "mmss.0"},
}
_TOKEN = re.compile(
    r"""(?P<literal>"[^"]*"?|\\.)
    | (?P<space>_.) | (?P<fill>\*.) | (?P<bracket>\[[^\]]*\]) | (?P<general>General)
    | (?P<ampm>AM/PM|A/P|上午/下午) | (?P<exponent>E[+-]) | (?P<date>y+|m+|d+|h+|s+|e+|g+|b+|a{3,4}(?!\w))
    | (?P<digit>[0#?]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<text>@) | (?P<slash>/) | (?P<end>;)
    | (?P<other>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d*)?(?:E[+-]?\d+)?)", re.IGNORECASE)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|colou?r ?\d+", re.IGNORECASE)
_SYMBOL = re.compile(r"\$([^-]*)(?:-([0-9A-F]*))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a code. ``kind`` is literal, slash, digit, point, comma, percent, exponent, text, general, date,
    elapsed, ampm or minute; ``text`` what it says."""

    kind: str
    text: str


@dataclass(frozen=True)
class Section:
    """One of the sections of a code.

    ``unsigned``: not the first of its code, and so shows negative numbers without their sign. ``strange``: in other
    numerals or another calendar, or beyond this grammar.
    """

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None
    coloured: bool = False
    strange: bool = False
    unsigned: bool = False

    @cached_property
    def kind(self) -> str:
        """What a number is in it: general, number, date, elapsed, text, literal (no number shown) or unknown."""
        kinds = {t.kind for t in self.tokens}
        dated = kinds & {"date", "minute", "ampm", "elapsed"}
        if dated and self._digits_outside_seconds:
            return "unknown"
        if dated:
            return "elapsed" if "elapsed" in kinds else "date"
        return next((k for k, of in _KINDS.items() if of in kinds), "literal")

    @cached_property
    def percents(self) -> int:
        """How many signs «%» it has: each shows the value a hundred times greater."""
        return sum(t.kind == "percent" for t in self.tokens)

    @cached_property
    def thousands(self) -> int:
        """How many times the number is divided by a thousand before it is shown: commas behind the last digit."""
        pieces = "".join(_SIGNS.get(t.kind, "") for t in self.tokens).split(".")
        return sum(len(p) - len(p.rstrip(",")) for p in pieces)

    @cached_property
    def factor(self) -> Decimal:
        """What a stored number times gives the number shown."""
        return Decimal(100) ** self.percents / Decimal(1000) ** self.thousands

    @cached_property
    def grouped(self) -> bool:
        """Whether the whole part is shown in groups of thousands."""
        return "0,0" in re.sub(",+", ",", "".join(_SIGNS.get(t.kind, "") for t in self.tokens).partition(".")[0])

    @cached_property
    def decimals(self) -> int | None:
        """Decimals that it shows; None where it shows no fixed number of them."""
        kinds = [t.kind for t in self.tokens]
        if self.kind != "number" or "exponent" in kinds or self.fraction:
            return None
        behind = [t.text for t in self.tokens[kinds.index("point") :] if t.kind == "digit"] if "point" in kinds else []
        return None if set(behind) - {"0"} else len(behind)

    @cached_property
    def fraction(self) -> bool:
        """Whether it shows a fraction, «1 1/4»."""
        pairs = zip(self.tokens, self.tokens[1:], strict=False)
        return any(one.kind == "slash" and (two.kind == "digit" or two.text.isdigit()) for one, two in pairs)

    @cached_property
    def words(self) -> str:
        """The text that it shows beside the number."""
        return "".join(t.text for t in self.tokens if t.kind in ("literal", "slash"))

    @cached_property
    def calendar(self) -> str:
        """The parts of a date that it shows, in their order: «dmy», «my», «» for a time alone."""
        letters = (t.text[0] for t in self.tokens if t.kind == "date" and t.text[0] in "ymdeb" and t.text[:3] != "ddd")
        return "".join(dict.fromkeys("y" if c in "eb" else c for c in letters))

    @property
    def names(self) -> bool:
        """Whether it shows a month or a day by a name, which each language has its own of."""
        return any(t.kind == "date" and t.text[:3] in ("mmm", "ddd", "aaa") for t in self.tokens)

    def holds(self, number: Decimal) -> bool:
        """Whether the number meets the section's condition («[>=1000]»); without one, any does."""
        if self.condition is None:
            return True
        sign, limit = self.condition
        return bool(_COMPARISONS[sign](number, limit))

    @property
    def _digits_outside_seconds(self) -> bool:
        inside = False
        for token in self.tokens:
            if token.kind == "digit" and not inside:
                return True
            inside = token.kind in ("point", "digit") or (token.kind in ("date", "elapsed") and token.text[0] == "s")
        return False


_KINDS = {"general": "general", "number": "digit", "text": "text"}
_SIGNS = {"digit": "0", "comma": ",", "point": "."}
_COMPARISONS = {
    "<": Decimal.__lt__, "<=": Decimal.__le__, ">": Decimal.__gt__,
    ">=": Decimal.__ge__, "=": Decimal.__eq__, "<>": Decimal.__ne__,
}  # fmt: skip


@remembered(10_000)
def section_for(code: str, number: Decimal | int) -> Section | None:
    """The section by which a number is shown; None where the code has none for it and the cell shows «####»."""
    return next((s for s in _numeric(code) if s.holds(Decimal(number))), None)


@cache
def text_section(code: str) -> Section | None:
    """The section by which a text is shown; None where it is shown as it stands."""
    sections = _sections(code)
    if len(sections) > 3:
        return sections[3]
    last = sections[-1]
    return last if any(t.kind == "text" for t in last.tokens) else None


@cache
def _numeric(code: str) -> tuple[Section, ...]:
    """The sections for numbers, each with the condition that it has by its place where it states none."""
    sections = _sections(code)[:3]
    if sections[-1].kind == "text" and len(sections) > 1:
        sections = sections[:-1]
    if sections[0].kind == "text":
        return (Section((Token("general", GENERAL),)),)
    stated = sections[0].condition is not None
    defaults: list[tuple[str, Decimal] | None] = [None]
    if len(sections) == 2:
        defaults = [(">=", Decimal(0)), None if stated else ("<", Decimal(0))]
    elif len(sections) == 3:
        defaults = [(">", Decimal(0)), ("<", Decimal(0)), None]
    return tuple(
        Section(s.tokens, s.condition or default, s.coloured, s.strange, unsigned=n > 0)
        for n, (s, default) in enumerate(zip(sections, defaults, strict=True))
    )


@cache
def _sections(code: str) -> tuple[Section, ...]:
    found: list[Section] = []
    tokens: list[Token] = []
    condition, coloured, strange = None, False, False
    for kind, text in [*_pieces(code or GENERAL), ("end", ";")]:
        if kind == "end":
            found.append(Section(_with_minutes(tokens), condition, coloured, strange))
            tokens, condition, coloured, strange = [], None, False, False
        elif kind != "bracket":
            strange |= kind == "date" and text[0] in "egba"
            tokens.append(Token(kind, text))
        elif match := _CONDITION.fullmatch(text):
            condition = (match[1], Decimal(match[2]))
        elif _ELAPSED.fullmatch(text):
            tokens.append(Token("elapsed", text.lower()))
        elif match := _SYMBOL.fullmatch(text):
            # A language's upper digits ask for other numerals or another calendar; F800 and F400 are the machine's.
            strange |= len(match[2] or "") > 4 and int(match[2], 16) >> 16 != 0
            tokens += [Token("literal", match[1])] if match[1] else []
        elif _COLOUR.fullmatch(text):
            coloured = True
        else:
            strange = True
    return tuple(found)


def _pieces(code: str) -> Iterator[tuple[str, str]]:
    """Kinds and texts of a code's pieces: quotes and escapes taken off, brackets bare, codes of dates in lower case."""
    for match in _TOKEN.finditer(code):
        kind, text = str(match.lastgroup), match[0]
        if kind == "literal":
            yield kind, text.strip('"') if text[0] == '"' else text.lstrip("\\") or "\\"
        elif kind == "space":
            yield "literal", " "
        elif kind == "bracket":
            yield kind, text[1:-1].strip()
        elif kind == "other":
            yield "literal", text
        elif kind != "fill":
            yield kind, text.lower() if kind == "date" else text


def _with_minutes(tokens: list[Token]) -> tuple[Token, ...]:
    """An m or mm behind hours or before seconds is minutes; any other is the month."""
    times = [n for n, t in enumerate(tokens) if t.kind in ("date", "elapsed")]
    for before, n, after in zip([-1, *times], times, [*times[1:], -1], strict=False):
        if tokens[n].kind == "date" and tokens[n].text in ("m", "mm"):
            behind_hours = before >= 0 and tokens[before].text[0] == "h"
            if behind_hours or (after >= 0 and tokens[after].text[0] == "s"):
                tokens[n] = Token("minute", tokens[n].text)
    return tuple(tokens)
