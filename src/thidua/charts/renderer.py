"""A process that draws charts: ``python -m thidua.charts.renderer SECONDS`` reads specifications and writes drawings.

A chart may keep the drawing library busy for ever, or take all memory and its process with it: so that is no process of
ours. It ends itself where a chart takes longer, and when nobody asks any more. Messages are a length and so many
bytes; a question begins with the kind of drawing, an answer with what it is.
"""

from __future__ import annotations

import faulthandler
import hashlib
import json
import os
import re
import struct
import sys
import zlib
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import IO, Any

from thidua import fonts

# The version of Vega-Lite that Altair writes.
VEGALITE = "6.4"
# How the process ends where a chart takes longer.
TOO_LONG = 1
# Kinds of drawing, the last of an SVG as it is, and of answer: a drawing, or why there is none.
SVG, PNG, PDF, DRAWN, REFUSED = b"s", b"p", b"f", b"d", b"r"
# Points of the picture in a notebook for each of the chart's own.
_SHARPNESS = 1.5
# Word gets a drawing as points, about ten for each of its own.
MOST_POINTS = 5_000_000
_LENGTH = struct.Struct("!Q")
_made: dict[bytes, bytes] = {}
_SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"')


@cache
def converter() -> Any:
    """The module vl_convert, with the report's typeface and no other.

    A system's own typeface of that name may lack Vietnamese letters, and would go before the report's.
    """
    fonts.use_only_these()
    module = import_module("vl_convert")
    module.register_font_directory(str(fonts.directory()))
    return module


def write(stream: IO[bytes], *parts: bytes) -> None:
    """Send a message. OSError where nobody is there to read it."""
    stream.write(b"".join((_LENGTH.pack(sum(map(len, parts))), *parts)))
    stream.flush()


def read(stream: IO[bytes]) -> bytes:
    """The next message. EOFError where none comes whole."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    content: bytes = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content


def _svg(spec: bytes) -> str:
    """The drawing; it is kept, packed, for the report has the chart that a section shows."""
    key = hashlib.sha256(spec).digest()
    if key not in _made:
        _made[key] = zlib.compress(_drawn(spec).encode(), 1)
    return zlib.decompress(_made[key]).decode()


def _drawn(spec: bytes) -> str:
    drawn: str = converter().vegalite_to_svg(json.loads(spec), vl_version=VEGALITE, allowed_base_urls=[])
    if (size := _SIZE.match(drawn)) and float(size[1]) * float(size[2]) > MOST_POINTS:
        raise ValueError(f"biểu đồ rộng {size[1]}, cao {size[2]} điểm, quá {MOST_POINTS // 1_000_000} triệu điểm")
    return drawn


def _answer(question: bytes) -> tuple[bytes, bytes]:
    kind, spec = question[:1], question[1:]
    try:
        if kind == PDF:
            return DRAWN, bytes(converter().svg_to_pdf(spec.decode()))
        drawn = _svg(spec)
        return DRAWN, drawn.encode() if kind == SVG else bytes(converter().svg_to_png(drawn, scale=_SHARPNESS))
    except (ValueError, RuntimeError) as error:
        return REFUSED, str(error).encode()


def main() -> None:
    """Draw what is asked for."""
    asking, answering = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nowhere, number)  # what the library prints is no answer
    seconds = float(sys.argv[1])
    with suppress(EOFError, OSError):
        while True:
            question = read(asking)
            faulthandler.dump_traceback_later(seconds, exit=True)
            answer = _answer(question)
            faulthandler.cancel_dump_traceback_later()
            write(answering, *answer)


if __name__ == "__main__":
    main()
