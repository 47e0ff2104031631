"""What is wrong with a picture: the typesetter would not say which one it is, and ends the process for a giant one."""

from __future__ import annotations

import base64
import io
import re
import warnings
from xml.etree import ElementTree

from PIL import Image, UnidentifiedImageError

from thidua.charts.picture import page_of
from thidua.charts.renderer import MOST_POINTS
from thidua.document.block import Picture

# A page of A4 at 600 dots per inch has 35; each point takes four bytes while the page is set.
_MOST = 50_000_000
_KINDS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}
# The side of a drawing that does not say how large it is.
_UNSIZED = 100.0
_DRAWING = "{http://www.w3.org/2000/svg}svg"
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?|\.\d+)\s*(px|pt|mm|cm|in)?\s*")
_PIXELS = {None: 1.0, "px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_SAVE_AGAIN = "hãy chép lại tệp gốc, hoặc mở bằng phần mềm xem ảnh rồi lưu lại"


def fault_of(picture: Picture) -> str:
    """Why the report cannot show a picture, and what to do, in words; empty where it can."""
    try:
        content = base64.b64decode(picture.data)
    except ValueError:
        return f"bị hỏng; {_SAVE_AGAIN}"
    if not content.strip():
        return f"là tệp rỗng; {_SAVE_AGAIN}"
    return _drawing(content) if picture.mime == "image/svg+xml" else _points(content, _KINDS[picture.mime])


def _points(content: bytes, kind: str) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit is ours
            with Image.open(io.BytesIO(content)) as image:
                if image.format != kind:
                    return f"là ảnh {image.format} mang tên {kind}; hãy đổi phần đuôi của tên tệp"
                if image.width * image.height > _MOST:
                    return _too_large(image.width, image.height, _MOST)
                image.load()
    except Image.DecompressionBombError:
        return f"lớn quá {_MOST // 1_000_000} triệu điểm ảnh; hãy thu nhỏ"
    except UnidentifiedImageError:
        return f"không phải ảnh {kind}; {_SAVE_AGAIN}"
    except (OSError, ValueError, SyntaxError, EOFError):  # what the readers of the formats raise
        return f"bị hỏng hoặc bị cắt giữa chừng; {_SAVE_AGAIN}"
    return ""


def _drawing(content: bytes) -> str:
    try:
        root = ElementTree.fromstring(content.decode())
    except (UnicodeDecodeError, ElementTree.ParseError):
        return f"bị hỏng, bị cắt giữa chừng hoặc không phải SVG; {_SAVE_AGAIN}"
    if root.tag != _DRAWING:
        return f"không phải SVG; {_SAVE_AGAIN}"
    view = [float(n) for n in re.findall(r"\d+(?:\.\d+)?|\.\d+", root.get("viewBox", ""))[2:4]]
    shown = view if len(view) == 2 else [_UNSIZED, _UNSIZED]
    sides = [_length(root.get(name, ""), side) for name, side in zip(("width", "height"), shown, strict=True)]
    if sides[0] * sides[1] > MOST_POINTS:
        return _too_large(round(sides[0]), round(sides[1]), MOST_POINTS)
    try:
        page_of(content.decode())  # in a process that it may hang or end
    except ValueError:
        return f"không vẽ được; {_SAVE_AGAIN}"
    return ""


def _length(text: str, otherwise: float) -> float:
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * _PIXELS[found[2]] if found else otherwise


def _too_large(width: int, height: int, most: int) -> str:
    return f"có {width} x {height} điểm ảnh, quá {most // 1_000_000} triệu; hãy thu nhỏ"
