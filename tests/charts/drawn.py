"""A shown chart as its readers have it: picture, alternative text, specification."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tables.shown import carried, indicators, outputs
from thidua.document.block import Block, Chart, Paragraph, plain
from thidua.document.bundled import MIME
from thidua.document.walking import printed
from thidua.figures import Indicator
from thidua.fonts.typeset_width import width
from thidua.publish.drawings import Drawings

SVG = "{http://www.w3.org/2000/svg}"
LONG = [
    "Tổng thu ngân sách nhà nước trên địa bàn bao gồm cả thu phí sử dụng công trình kết cấu hạ tầng khu vực cửa khẩu",
    "Tỷ lệ hồ sơ thủ tục hành chính giải quyết trước hạn và đúng hạn tại Bộ phận Tiếp nhận và Trả kết quả",
    "Số người nghiêng ngả vượt thoả thuận, chuyển hướng khuếch trương nghiệp vụ ở những phường, xã",
]


def rows(folder: Path, *given: dict[str, Any]) -> list[Indicator]:
    """Indicators read from a workbook with these rows, in hectares unless they say otherwise."""
    filled = [{"code": f"c{n}", "name": f"chỉ tiêu {n}", "unit": "ha", **row} for n, row in enumerate(given)]
    found: list[Indicator] = indicators(folder, *filled).indicators.pick(*(row["code"] for row in filled))
    return found


def shown(word: Callable[..., None], *given: Any, **options: Any) -> Drawn:
    """The chart that a word shows."""
    options = {"title": "Tiến độ", "key": "tien_do", **options}
    told, drawing = outputs(word, *given, **options)
    return Drawn(told, drawing)


def shows_nothing(word: Callable[..., None], *given: Any, **options: Any) -> bool:
    return outputs(word, *given, title="Tiến độ", key="tien_do", **options) == []


@dataclass(frozen=True)
class Text:
    """A text of the picture with the size of its letters and its box, in pixels."""

    content: str
    size: float
    left: float
    top: float
    right: float
    bottom: float
    bold: bool

    def meets(self, other: Text) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 1 and down > 1


@dataclass(frozen=True)
class Drawn:
    """The outputs that a chart is shown by: its title and block, and the drawing for whoever reads the notebook."""

    told: dict[str, Any]
    drawing: dict[str, Any]

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return carried(self.told).blocks

    @property
    def block(self) -> Chart:
        chart = self.blocks[0]
        assert isinstance(chart, Chart)
        return chart

    @property
    def spec(self) -> dict[str, Any]:
        spec: dict[str, Any] = json.loads(self.block.spec)
        return spec

    @property
    def alt(self) -> str:
        return self.block.alt

    @property
    def caption(self) -> str:
        return self.block.title

    @property
    def note(self) -> str:
        """What stands below the chart."""
        return " ".join(plain(b.runs) for b in self.blocks if isinstance(b, Paragraph))

    @property
    def printed(self) -> list[str]:
        """The ids of the figures that the chart prints."""
        return printed(self.blocks)

    @cached_property
    def picture(self) -> str:
        """The report's picture."""
        return Drawings()(self.block)

    @cached_property
    def svg(self) -> ElementTree.Element:
        return ElementTree.fromstring(self.picture)

    @property
    def on_a_phone(self) -> Drawn:
        """The chart as a phone shows it."""
        shown = json.loads(self.told[MIME])
        (block,) = (b for b in shown["blocks"] if b["kind"] == "chart")
        block["spec"] = block.pop("narrow")
        return Drawn({**self.told, MIME: json.dumps(shown)}, self.drawing)

    @property
    def texts(self) -> list[str]:
        return [text.content for text in self.boxes]

    @cached_property
    def boxes(self) -> list[Text]:
        return list(_texts(self.svg, 0.0, 0.0))

    def bars(self, colour: str) -> list[tuple[float, float]]:
        """Left and right edge of each bar of a colour."""
        found = []
        for path in self.svg.iter(f"{SVG}path"):
            if path.get("fill") == colour:
                left, across = map(float, re.match(r"M([\d.-]+),[\d.-]+h([\d.-]+)", path.get("d", "")).groups())  # type: ignore[union-attr]
                found.append((left, left + across))
        return found

    @property
    def clipped(self) -> list[str]:
        """The texts that reach beyond the picture."""
        right, bottom = float(self.svg.get("width", 0)), float(self.svg.get("height", 0))
        edge = 0.6
        return [
            t.content
            for t in self.boxes
            if t.left < -edge or t.top < -edge or t.right > right + edge or t.bottom > bottom + edge
        ]

    @property
    def colliding(self) -> list[tuple[str, str]]:
        return [(a.content, b.content) for a, b in combinations(self.boxes, 2) if a.meets(b)]

    @property
    def columns(self) -> set[str]:
        """The columns of the data that the specification embeds."""
        return {column for data in self.spec["datasets"].values() for row in data for column in row}

    @property
    def columns_drawn(self) -> set[str]:
        """The columns that some mark, tooltip or transformation names."""
        spec = {k: v for k, v in self.spec.items() if k not in ("datasets", "config")}
        text = json.dumps(spec, ensure_ascii=False)
        return {*re.findall(r'"(?:field|x2)": "(\w+)"', text), *re.findall(r"datum\.(\w+)", text)}


def _texts(element: ElementTree.Element, x: float, y: float) -> Iterator[Text]:
    move = re.match(r"translate\(([\d.-]+),([\d.-]+)\)", element.get("transform", ""))
    if move:
        x, y = x + float(move[1]), y + float(move[2])
    if element.tag == f"{SVG}text":
        lines = ["".join(part.itertext()) for part in element if part.tag == f"{SVG}tspan"] or [element.text or ""]
        down = sum(float(part.get("dy", 0)) for part in element)
        size = float(element.get("font-size", "").removesuffix("px"))
        bold = element.get("font-weight") == "bold"
        across = max(width(line, size, bold=bold) for line in lines)
        left = x - {"end": across, "middle": across / 2}.get(element.get("text-anchor", "start"), 0)
        content = " ".join(line.strip() for line in lines)
        yield Text(content, size, left, y - 0.75 * size, left + across, y + down + 0.25 * size, bold)
    for child in element:
        yield from _texts(child, x, y)
