"""References to tables and charts that this period does not show leave no trace in their sentence."""

from __future__ import annotations

import pytest

from prose.told import no_data, seen
from thidua.document.block import Paragraph
from thidua.prose.references import without_references
from thidua.prose.render import render


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("Tốt ({bảng a}). Hết.", "Tốt. Hết."),
        ("Tốt (xem {bảng b} và {bảng a}). Hết.", "Tốt (xem b). Hết."),
        ("Tốt (xem {bảng a}, {bảng b}). Hết.", "Tốt (xem b). Hết."),
        ("Tốt nêu tại {bảng a} và {bảng b}; hết.", "Tốt nêu tại b; hết."),
        ("Tốt. Kết quả nêu tại {bảng a}. Hết.", "Tốt. Hết."),
        ("Kết quả nêu tại {bảng a}.", ""),
        ("Kết quả nêu tại {bảng b}.", "Kết quả nêu tại b."),
        ("Tốt^[Xem {bảng b}. Xem {bảng a}.]. Hết.", "Tốt{Xem b.}. Hết."),
    ],
)
def test_a_reference_to_what_is_not_shown_goes_with_what_it_stands_for(source: str, left: str) -> None:
    (block,) = render(source, no_data()).blocks
    assert isinstance(block, Paragraph)
    assert seen(without_references(block.runs, {"b"})) == left
