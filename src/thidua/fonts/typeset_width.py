"""How wide a text is in the report's typeface, and where to break it."""

from __future__ import annotations

from functools import cache

from PIL import ImageFont

from thidua import fonts
from thidua.remembered import remembered

# Widths are proportional to the size; measured large, they are not rounded to whole pixels of small letters.
_LARGE = 1000


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line in pixels."""
    return _length(text, bold) * size / _LARGE


def wrap(text: str, limit: float, size: float, *, bold: bool = False) -> list[str]:
    """Lines no wider than ``limit`` pixels, broken at ordinary spaces; a single word that is wider stays whole."""
    lines: list[str] = []
    filled, space = 0.0, width(" ", size, bold=bold)
    for word in text.split(" "):
        # Word by word: texts are many, their words are few and measured once.
        own = width(word, size, bold=bold)
        if lines and filled + space + own <= limit:
            lines[-1] += f" {word}"
            filled += space + own
        else:
            lines.append(word)
            filled = own
    return lines


def evenly_wrapped(text: str, limit: float, size: float, *, bold: bool = False) -> list[str]:
    """As few lines as ``wrap`` gives, but of like length, so that no single word is left on the last one."""
    lines = wrap(text, limit, size, bold=bold)
    narrower = limit
    while len(lines) > 1 and narrower > limit / 2:
        narrower -= size / 2
        closer = wrap(text, narrower, size, bold=bold)
        if len(closer) > len(lines) or any(width(line, size, bold=bold) > narrower for line in closer):
            break
        lines = closer
    return lines


@remembered(10_000)  # tables repeat their words
def _length(text: str, bold: bool) -> float:
    return _face(bold).getlength(text)


@cache
def _face(bold: bool) -> ImageFont.FreeTypeFont:
    name = "LiberationSerif-Bold.ttf" if bold else "LiberationSerif-Regular.ttf"
    return ImageFont.truetype(str(fonts.directory() / name), _LARGE, layout_engine=ImageFont.Layout.BASIC)
