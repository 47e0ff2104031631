"""The interactive charts of a page that loads nothing."""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_cache_path

from thidua.charts.library import VEGALITE, converter

# Tooltips show texts from the data as they are: numbers already stand there as the report prints them.
_DRAW = 'window.drawChart = (place, spec) => vegaEmbed(place, spec, {actions: false, renderer: "svg"});'
_DIGEST = 64


@cache
def drawing_library() -> str:
    """The JavaScript that draws a specification: ``drawChart(element, spec)`` gives a promise. About 0.9 MB.

    Putting it together takes longer than all else of a page, and it is the same with each version of its parts: it is
    kept in the user's cache, and taken from there only as it was written.
    """
    parts = f"{version('vl-convert-python')} {VEGALITE} {_DRAW}"
    file = user_cache_path("thidua") / f"drawing-{hashlib.sha256(parts.encode()).hexdigest()[:16]}.js"
    if (kept := _kept(file)) is not None:
        return kept
    script: str = converter().javascript_bundle(_DRAW, vl_version=VEGALITE)
    with suppress(OSError):  # without a place to keep it, it is made each time
        _keep(file, script)
    return script


def _kept(file: Path) -> str | None:
    """What a file holds behind its own digest; None where there is none, or another."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    digest, script = content[:_DIGEST], content[_DIGEST:]
    return script.decode() if hashlib.sha256(script).hexdigest().encode() == digest else None


def _keep(file: Path, script: str) -> None:
    content = script.encode()
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as made:
        made.write(hashlib.sha256(content).hexdigest().encode() + content)
    Path(made.name).replace(file)
