"""How many lines a text takes in a column of the workbook.

Spreadsheet programs do not agree on the height of a row of wrapped text, and none computes it for merged cells, so
the workbook says each row's height. It is measured with the report's own typeface, whose letters are as wide as
those of Times New Roman.
"""

from __future__ import annotations

from thidua.fonts.typeset_width import width as width_of
from thidua.fonts.typeset_width import wrap

# Columns are as wide as so many digits of the workbook's base font, Times New Roman 12: half its size, in points.
DIGIT = 6.0


def line_count(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """Lines of a text in a column of ``width`` characters, set in ``size`` points; one for an empty text."""
    room = width * DIGIT
    if len(text) * size <= room and "\n" not in text:  # no letter is wider than the type is high
        return 1
    lines = [line for part in text.splitlines() for line in wrap(part, room, size, bold=bold)]
    # A word too long for the column is broken wherever the line ends.
    alone = (line for line in lines if " " not in line)
    return len(lines) + sum(int(width_of(word, size, bold=bold) // room) for word in alone) or 1
