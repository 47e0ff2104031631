"""Pictures that a notebook carries: in an output, attached to a cell, inside an address."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from thidua.document.block import Picture

MIMES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")
NAMELESS = "Hình minh họa"
_INSIDE = re.compile(r"data:(image/(?:svg\+xml|png|jpeg|gif|webp))(;base64)?,(.*)", re.DOTALL)
_NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'


def picture(address: str, alt: str, attachments: Mapping[str, Mapping[str, Any]] | None = None) -> Picture | None:
    """The picture at an address: inside the address itself, or attached; None for one that lies elsewhere."""
    bundle = (attachments or {}).get(unquote(address.removeprefix("attachment:")), {})
    if address.startswith("attachment:"):
        held = next((mime for mime in MIMES if mime in bundle), None)
        return of(held, bundle[held], alt) if held else None
    inside = _INSIDE.fullmatch(address)
    if inside is None:
        return None
    return of(inside[1], inside[3] if inside[2] else unquote(inside[3]), alt)


def of(mime: str, content: Any, alt: str, about: Mapping[str, Any] | None = None) -> Picture:
    """A picture from what an output holds: drawings as text or base64, others in base64."""
    text = content if isinstance(content, str) else "".join(content)
    if text.lstrip().startswith("<"):
        drawn = text.strip() if "xmlns=" in text else text.strip().replace("<svg", f"<svg {_NAMESPACE}", 1)
        text = base64.b64encode(drawn.encode()).decode()
    width = (about or {}).get("width")
    known = {"width": int(width)} if isinstance(width, int | float) else {}
    return Picture.model_validate({"mime": mime, "data": "".join(text.split()), "alt": alt or NAMELESS, **known})
