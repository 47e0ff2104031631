"""The typeface of the documents, Liberation Serif 2, metric-compatible with Times New Roman.

It is kept here and not taken from the system: version 1, which systems still carry under the same name, lacks
Vietnamese letters, and another version would change the bytes of a PDF.

Signs that it lacks, such as ✓ ☑ ➢, come from DejaVu Sans; DejaVu-LICENSE.txt says how its file was made.
"""

from __future__ import annotations

import os
from functools import cache
from importlib.resources import files
from pathlib import Path


def directory() -> Path:
    """The folder of the font files."""
    return Path(str(files("thidua.fonts")))


@cache
def letters() -> frozenset[int]:
    """The characters that some face of the documents has."""
    from fontTools.ttLib import TTFont  # only setting pages asks; every section loads this module

    found: set[int] = set()
    for file in sorted(directory().glob("*.ttf")):
        with TTFont(file, lazy=True) as face:
            found.update(face.getBestCmap())
    return frozenset(found)


def web(name: str) -> bytes:
    """A face («Regular», «Bold», «Italic», «BoldItalic») as web pages carry it, with the letters of Vietnamese."""
    return (directory() / "web" / f"LiberationSerif-{name}.woff2").read_bytes()


def use_only_these() -> None:
    """Make fontconfig see these fonts alone. Must run before the first library that draws text is loaded."""
    os.environ["FONTCONFIG_FILE"] = str(directory() / "fonts.conf")
