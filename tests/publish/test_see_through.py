"""Pictures and charts that can be seen through stand in both editions on paper: PDF/A-1 wants none that is so."""

from __future__ import annotations

import base64
import io

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from document import sample
from thidua.document.block import Block, Chart, Picture, written
from thidua.document.stitch import Part, stitch
from thidua.publish.as_points import points
from thidua.publish.drawings import Drawings
from thidua.publish.pdf.opaque import opaque
from thidua.publish.pdf.typesetting import ACCESSIBLE, ARCHIVAL, pdf_of, set_apart
from thidua.publish.volumes import NOTHING_BEFORE

_HALF_RED, _ON_WHITE = (255, 0, 0, 128), (255, 127, 127)
_DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" {}/></svg>'
_BARS = {
    "mark": {"type": "bar", "opacity": 0.5},
    "data": {"values": [{"a": "lúa", "b": 28}]},
    "encoding": {"x": {"field": "a", "type": "nominal"}, "y": {"field": "b", "type": "quantitative"}},
}


def _points(kind: str, mode: str = "RGBA") -> bytes:
    made = io.BytesIO()
    Image.new("RGBA", (8, 8), _HALF_RED).convert(mode).save(made, kind)
    return made.getvalue()


def _picture(mime: str, content: bytes) -> Picture:
    return Picture(mime=mime, data=base64.b64encode(content).decode(), alt="Biểu trưng")  # type: ignore[arg-type]


SHOWN: list[Block] = [
    _picture("image/png", _points("PNG")),
    _picture("image/png", _points("PNG", "LA")),
    _picture("image/webp", _points("WEBP")),
    _picture("image/gif", _points("GIF", "P")),
    _picture("image/svg+xml", _DRAWN.format('fill="red" fill-opacity="0.5"').encode()),
    Chart(key="lua", title="Diện tích", alt="Lúa 28 ha.", spec=written(_BARS)),
]


def test_what_can_be_seen_through_stands_in_both_editions() -> None:
    document = stitch([Part(1, "Kinh tế", "10_kinh_te", "section", tuple(SHOWN))], sample.PROPERTIES)
    drawings = Drawings()
    accessible, archival = set_apart(document, drawings, dict, NOTHING_BEFORE)
    assert (accessible, archival) == tuple(pdf_of(document, drawings, kind) for kind in (ACCESSIBLE, ARCHIVAL))
    one, other = (pypdfium2.PdfDocument(pdf)[0].render().to_pil().convert("RGB") for pdf in (accessible, archival))
    assert max(ImageStat.Stat(ImageChops.difference(one, other)).mean) < 0.5


@pytest.mark.parametrize("content", [_points("PNG", "RGB"), _DRAWN.format('opacity="1"').encode()])
def test_what_nothing_shows_through_keeps_its_bytes(content: bytes) -> None:
    assert opaque(content, "image/svg+xml" if content.startswith(b"<") else "image/png") == content


@pytest.mark.parametrize("content", [_points("PNG"), _DRAWN.format('fill="red" opacity=".5"').encode()])
def test_what_shows_through_lies_on_white(content: bytes) -> None:
    made = opaque(content, "image/svg+xml" if content.startswith(b"<") else "image/png")
    if made.startswith(b"<"):
        assert b'width="9' in made
        made = base64.b64decode(made.partition(b"base64,")[2].partition(b'"')[0])
    with Image.open(io.BytesIO(made)) as image:
        assert not image.has_transparency_data
        red, green, blue = image.getpixel((3, 3))  # type: ignore[misc]
        assert red == 255 and green == blue and abs(green - _ON_WHITE[1]) <= 1


def test_a_drawing_has_the_colours_of_the_page_where_it_is_shown_as_points() -> None:
    with Image.open(io.BytesIO(points(_DRAWN.format('fill="red" opacity=".5"'), 2))) as image:
        red, green, blue, *through = image.getpixel((3, 3))  # type: ignore[misc]
        assert image.size == (18, 18)
    assert red == 255 and green == blue and abs(green - _ON_WHITE[1]) <= 1 and through in ([], [255])
