"""What is left of a sentence when some of its clauses fall away."""

import re
from decimal import Decimal

import pytest

from thidua.figures import Figure, missing
from thidua.prose.template import render

NAMES = {
    "there": Figure(id="there", value=Decimal(3), unit="vụ", label="vụ"),
    "nought": Figure(id="nought", value=Decimal(0), unit="vụ", label="vụ"),
    "gone": missing("gone", "vụ"),
    "unit": "UBND xã",
}


def text(source: str) -> str:
    return re.sub(r"<[^>]+>", "", render(source, NAMES).html).strip()


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("Có {{ there }} vụ, gồm [[{{ gone }} cũ]][[, {{ there }} mới]].", "Có 03 vụ, gồm 03 mới."),
        ("Đã [[xử {{ gone }}]][[ và phạt {{ there }}]].", "Đã phạt 03."),
        ("Có [[{{ gone }} a]][[; {{ gone }} b]][[; {{ there }} c]][[; {{ there }} d]].", "Có 03 c; 03 d."),
    ],
)
def test_a_run_of_clauses_without_its_first_starts_without_a_joint(source: str, left: str) -> None:
    assert text(source) == left


def test_a_clause_behind_a_word_keeps_its_joint_when_an_earlier_one_falls_away() -> None:
    assert text("Có {{ there }} vụ[[, {{ gone }} cũ]][[, {{ there }} mới]].") == "Có 03 vụ, 03 mới."


def test_a_clause_left_with_names_and_references_only_falls_away() -> None:
    source = '[[{{ unit }} đã làm ({{ ref("bang") }}): [[a {{ gone }}]][[; b {{ gone }}]].]] Hết {{ there }}.'
    assert text(source) == "Hết 03."


def test_the_lead_of_a_list_falls_away_with_its_last_point() -> None:
    assert text("[[Kết quả ở {{ unit }}:\n\n- [[a {{ gone }}.]]\n- [[b {{ gone }}.]]\n]]") == ""


def test_a_footnote_without_its_value_falls_away() -> None:
    assert "fn" not in render("Có {{ there }} vụ^[Gồm {{ gone }} cũ.].", NAMES).html


def test_another_filter_may_follow_nonzero() -> None:
    assert (
        text("[[Có {{ nought | nonzero | with_unit }}.]] [[Có {{ there | nonzero | with_unit }}.]]") == "Có 03\u00a0vụ."
    )
