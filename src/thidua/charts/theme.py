"""The look of all charts, read from theme.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from thidua.language.own_data import own_data


@dataclass(frozen=True)
class Theme:
    """Colours, sizes in pixels, and ``config``, the Vega-Lite configuration of every chart."""

    width: int
    narrow: int
    page_height: int
    text: int
    small: int
    gap: int
    bar: int
    ink: str
    quiet: str
    track: str
    line: str
    done: str
    over: str
    rise: str
    fall: str
    shades: tuple[str, ...]
    measures: dict[str, list[str]]
    parts: tuple[str, ...]
    config: dict[str, Any]


def _read() -> Theme:
    content = own_data(files("thidua.charts").joinpath("theme.yaml").read_text(encoding="utf-8"))
    colours: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in content["colours"].items()}
    return Theme(config=content["config"], **content["sizes"], **colours)


THEME = _read()
