"""Pictures without transparency, as PDF/A-1 wants them: on white, as the page is.

A picture of points keeps its points and form. A drawing that can be seen through becomes points inside a drawing of the
same size: what lies on what cannot be told from its text.
"""

from __future__ import annotations

import base64
import io
import re

from PIL import Image

from thidua.publish.as_points import points

# What a drawing says where something can be seen through, or might be.
_THROUGH = re.compile(
    rb"opacity\s*[=:]\s*[\"']?\s*(?:0|0?\.\d+|\d\d?(?:\.\d+)?%)(?![\d.])|rgba\(|hsla\(|<mask|<filter|<image|#[0-9a-fA-F]{8}\b"
)
# Points for each of a drawing's own, a whole number so that its size stays: at 16 cm about 300 dots per inch.
_SHARPNESS = 3


def opaque(content: bytes, mime: str) -> bytes:
    """A picture in the same form that nothing shows through; the very bytes of one that is so already."""
    if mime == "image/svg+xml":
        return _drawing(content) if _THROUGH.search(content) else content
    with Image.open(io.BytesIO(content)) as image:
        return _saved(_on_white(image), str(image.format)) if image.has_transparency_data else content


def as_png(content: bytes) -> bytes:
    """The first picture of a file as PNG."""
    with Image.open(io.BytesIO(content)) as image:
        return _saved(image.convert("RGBA"), "PNG")


def _on_white(image: Image.Image) -> Image.Image:
    seen = image.convert("RGBA")
    page = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(page, seen).convert("RGB")


def _saved(image: Image.Image, kind: str) -> bytes:
    made = io.BytesIO()
    image.save(made, kind, **({"lossless": True} if kind == "WEBP" else {}))
    return made.getvalue()


def _drawing(content: bytes) -> bytes:
    with Image.open(io.BytesIO(points(content.decode(), _SHARPNESS))) as image:
        width, height = (f"{side / _SHARPNESS:g}" for side in image.size)
        inside = base64.b64encode(_saved(_on_white(image), "PNG")).decode()
    size = f'width="{width}" height="{height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {width} {height}">'
        f'<image {size} href="data:image/png;base64,{inside}"/></svg>'
    ).encode()
