"""What is said to somebody who types a period that there is not: the period that was meant, or what to type."""

from __future__ import annotations

from pathlib import Path

import pytest

from thidua.settings.asked_period import meant, no_period


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        *[(typed, "2031-H2") for typed in ("2031-h2", "2031H2", "H2/2031", "2031_H2.yml", "params/2031-H2")],
        *[("6 tháng cuối năm 2031", "2031-H2"), ("quý III/2031", "2031-Q3"), ("2031-m7", "2031-M07")],
        *[(typed, None) for typed in ("2031", "năm 2031", "2031-H3", "2031-M13", "", "x")],
    ],
)
def test_a_period_is_understood_however_it_is_typed(typed: str, period: str | None) -> None:
    found = meant(typed)
    assert (found.id if found else None) == period


def test_what_to_type_instead_is_a_period_that_there_is_or_the_command_that_begins_one(tmp_path: Path) -> None:
    params = tmp_path / "params"
    params.mkdir()
    for period in ("2030-FY", "2031-H1", "2032-Q1"):
        (params / f"{period}.yaml").touch()

    def said(typed: str) -> str:
        return str(no_period(typed, params))

    assert said("2031-h1") == "«2031-h1» không phải một kỳ báo cáo. Cần: ghi là «2031-H1»."
    assert said("params/2031-H1").endswith("Cần: ghi là «2031-H1».")
    assert said("2031-H9").endswith("gần nhất là «2031-H1».")
    # From the one that went before, not from the latest.
    assert "thidua new 2031-H2 --from 2031-H1 " in said("2031-H2")
    assert said("2031-H2").endswith("các kỳ đã có: 2030-FY, 2031-H1, 2032-Q1.")
    assert "là thư mục" in said(str(tmp_path))
