"""A process that sets one document and ends: ``python -m thidua.publish.pdf.typesetter FOLDER``.

What Typst remembers of a document goes with the process. FOLDER has its sources, and in editions.json what to make of
them. The last has the attachments, whose source comes from standard input, and the pictures as they are, where those
before it have others. It imports nothing but the typesetter.

Where Typst breaks down, stderr has all that is known of it, and what it says in the last line. Where the machine
refuses, the status is the number of that refusal above REFUSED.
"""

from __future__ import annotations

import errno
import json
import sys
import traceback
from pathlib import Path
from typing import Any

import typst

FONTS = Path(__file__).parents[2] / "fonts"
MAIN, ATTACHMENTS, EDITIONS = "main.typ", "kem-theo.typ", "editions.json"
PICTURES = "hinh"
REFUSED = 100


def faces() -> typst.Fonts:
    """The report's faces and those of the typesetter, none of the system's."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def compiled(folder: Path, fonts: typst.Fonts, options: dict[str, Any]) -> Any:
    """What Typst makes of a folder's sources. TypstError with where in them it stopped, or a panic, no Exception."""
    try:
        return typst.compile(str(folder / MAIN), root=str(folder), font_paths=fonts, **options)
    except typst.TypstError as error:
        error.add_note(error.diagnostic)
        raise


def in_a_line(error: BaseException) -> str:
    """What an error says."""
    return " ".join(str(error).split()) or type(error).__name__


def main() -> None:
    """Make each edition in its turn, the last one once its attachments are there."""
    folder = Path(sys.argv[1])
    fonts = faces()
    editions = json.loads((folder / EDITIONS).read_text(encoding="utf-8"))
    for number, (name, options) in enumerate(editions.items(), 1):
        if number == len(editions):
            (folder / ATTACHMENTS).write_bytes(sys.stdin.buffer.read())
            for picture in sorted((folder / PICTURES).glob("*")):
                picture.replace(folder / picture.name)
        (folder / name).write_bytes(compiled(folder, fonts, options))


if __name__ == "__main__":
    try:
        main()
    except OSError as refusal:
        sys.exit(REFUSED + (refusal.errno or errno.EIO))
    except BaseException as broken:  # what breaks in Rust is no Exception
        traceback.print_exception(broken)
        sys.exit(in_a_line(broken))
