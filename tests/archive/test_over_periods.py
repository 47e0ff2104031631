"""The page that shows every figure beside those of earlier sealed periods."""

from __future__ import annotations

import json
from pathlib import Path

from plain_yaml import dumped
from thidua.archive.comparison.over_periods import over_periods
from thidua.archive.comparison.page_of_changes import page_over_periods
from thidua.archive.comparison.sealed import SealedRun
from thidua.settings.period import Period

CELL = {"file": "kinh-te.xlsx", "sheet": "Chỉ tiêu", "cell": "E2"}


def sealed(folder: Path, period: str, **values: tuple[str, str]) -> SealedRun:
    """As much of a sealed run as the page reads: figures by id, each printed in a unit."""
    run = folder / f"{period}-aaaaaaaaaaaa"
    (run / "data" / "inputs").mkdir(parents=True)
    figures = [
        {
            **{"id": id.replace("__", "."), "label": f"Chỉ tiêu {id}", "value": printed.replace(",", ".") or None},
            **{"printed": printed, "unit": unit, "formula": "", "section": "10_kinh_te", "cell": "", "inputs": []},
            **{"operator": None, "why": None, "source": CELL if "__" in id else None},
        }
        for id, (printed, unit) in values.items()
    ]
    (run / "data" / "figures.json").write_text(json.dumps(figures), encoding="utf-8")
    settings = {"unit": {"name": "xã Bình An"}, "sections": [{"notebook": "10_kinh_te"}]}
    (run / "data" / "inputs" / f"{period}.yaml").write_text(dumped(settings, sort_keys=True), encoding="utf-8")
    return SealedRun(run.name, run)


def test_each_earlier_period_is_a_column_the_oldest_first(tmp_path: Path) -> None:
    now = sealed(tmp_path, "2031-Q2", lua__done=("120", "ha"), ngo__done=("80", "ha"), moi__done=("3", "ha"))
    earlier = [
        sealed(tmp_path, "2031-Q1", lua__done=("60", "ha"), ngo__done=("", "ha")),
        sealed(tmp_path, "2029-Q2", lua__done=("1.100.000", "m2")),
        sealed(tmp_path, "2030-Q2", lua__done=("115", "ha")),
    ]
    found = over_periods(now, earlier)
    assert found.periods == ("quý II năm 2029", "quý II năm 2030", "quý I năm 2031", "quý II năm 2031")
    (_, rows), *_ = found.sections
    assert {r.id: r.values for r in rows} == {
        "lua.done": ("1.100.000 m2", "115", "60", "120"),
        "ngo.done": (None, None, "", "80"),
    }
    page = page_over_periods(found)
    assert "quý II năm 2029" in page and "1.100.000 m2" in page
    assert 'data-sort="115"' in page and 'data-sort="1100000"' not in page, "another unit is no size of this one"


def test_a_number_of_a_formula_is_no_row(tmp_path: Path) -> None:
    now, before = (
        sealed(tmp_path, period, lua__done=(value, "ha"), **{"100": ("100", "")})
        for period, value in (("2031-Q2", "120"), ("2031-Q1", "60"))
    )
    ((_, rows),) = over_periods(now, [before]).sections
    assert [row.id for row in rows] == ["lua.done"]


def test_a_period_is_compared_with_the_same_of_earlier_years_those_of_its_year_and_the_one_before() -> None:
    kept = [Period.parse(id) for id in ("2029-H1", "2030-H1", "2030-FY", "2030-H2", "2029-FY", "2031-Q1", "2031-FY")]
    found = [p.id for p in Period.parse("2031-H1").comparable(kept)]
    assert found == ["2031-Q1", "2030-H2", "2030-FY", "2030-H1", "2029-H1"]
