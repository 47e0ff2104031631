"""The look of all charts, read from theme.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True)
class Theme:
    """Widths, heights and sizes in pixels; ``names`` is the share of the width that row names may take."""

    font: str
    width: int
    page_height: int
    text: int
    small: int
    gap: int
    bar: int
    names: float
    ink: str
    quiet: str
    track: str
    line: str
    done: str
    over: str
    rise: str
    fall: str
    measures: dict[str, list[str]]
    parts: tuple[str, ...]

    def config(self) -> dict[str, Any]:
        """The Vega-Lite configuration of every chart."""
        return {
            "aria": False,  # the figure around the drawing carries its alternative text
            "background": "white",
            "font": self.font,
            "text": {"color": self.ink, "fontSize": self.text, "baseline": "middle"},
            "view": {"stroke": None},
        }


def _read() -> Theme:
    content = yaml.safe_load(files("thidua.charts").joinpath("theme.yaml").read_text(encoding="utf-8"))
    sizes, colours = content.pop("sizes"), content.pop("colours")
    return Theme(**content, **sizes, **{**colours, "parts": tuple(colours["parts"])})


THEME = _read()
