"""Number formats of a spreadsheet: which show a date, which a percentage, and how many decimals."""

from __future__ import annotations

import re
from functools import cache

GENERAL = "General"
# The formats that a workbook names by number alone (ECMA-376 Part 1, 18.8.30).
BUILTIN = {
    **{0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?"},
    **{13: "# ??/??", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM"},
    **{19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 37: "#,##0_);(#,##0)"},
    **{38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)"},
    **{41: "_(* #,##0_);_(* (#,##0);_(* -_);_(@_)", 42: "_(* #,##0_);_(* (#,##0);_(* -_);_(@_)"},
    **{43: "_(* #,##0.00_);_(* (#,##0.00);_(* -??_);_(@_)", 44: "_(* #,##0.00_);_(* (#,##0.00);_(* -??_);_(@_)"},
    **{45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@"},
}
# Quoted text, escaped or spacing characters, colours and conditions; elapsed times such as [h] stay.
_LITERALS = re.compile(r'"[^"]*"|[\\_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DIGITS = re.compile(r"[0#?](?:\.([0#?]+))?(?=[^0#?.,]*$)")


@cache
def _bare(number_format: str) -> str:
    return _LITERALS.sub("", number_format.split(";")[0]).strip()


@cache
def is_date(number_format: str) -> bool:
    """Whether the format shows a number as a date or a time."""
    return number_format != GENERAL and re.search(r"[dmyhs]", _bare(number_format), re.IGNORECASE) is not None


@cache
def is_percent(number_format: str) -> bool:
    return "%" in _bare(number_format)


@cache
def decimals(number_format: str) -> int | None:
    """Decimals that the format shows; None where it shows no fixed number of them."""
    body = _bare(number_format)
    match = _DIGITS.search(body)
    if not match or "E" in body.upper() or "/" in body or "#" in (match[1] or "") or "?" in (match[1] or ""):
        return None
    return len(match[1] or "")
