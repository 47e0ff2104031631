"""What differs by level is words of the level, unless params say otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from thidua.errors import InputError
from thidua.settings.levels import levels
from thidua.settings.params import Unit
from thidua.settings.params_file import load
from workbooks import PARAMS, params_file, write_root


def unit(level: str, superior: str | None = None, **more: Any) -> Unit:
    given = {k: v for k, v in PARAMS["unit"].items() if k not in ("lower_units", "superior")}
    return Unit.model_validate({**given, "level": level, "superior": superior, **more})


def words(level: str, superior: str | None = None) -> dict[str, Any]:
    return unit(level, superior).model_dump()


@pytest.mark.parametrize("level", levels())
def test_every_level_says_all_that_differs_by_level(level: str) -> None:
    told = words(level)
    assert {name for name, value in told.items() if value is None} <= {
        "superior",
        "lower_authorities",
        "lower_one_stop",
    }
    assert not any("{" in str(value) for value in told.values())


def test_a_commune_has_no_authorities_below_it() -> None:
    commune, ward = words("xã"), words("phường")
    assert (commune["lower_units"], ward["lower_units"]) == ("các thôn", "các tổ dân phố")
    assert commune["lower_authorities"] is None and commune["lower_one_stop"] is None
    assert commune["councils"] == "Hội đồng Thi đua - Khen thưởng xã"


def test_a_province_gets_its_budget_from_the_centre_and_has_communes_below() -> None:
    province = words("tỉnh")
    assert province["upper_budget"] == "dự toán Trung ương giao"
    assert province["lower_one_stop"] == "Trung tâm Phục vụ hành chính công các xã, phường"
    assert province["province_level"] == "tỉnh", "its own awards are those of the province"


def test_the_superior_tells_which_level_it_is() -> None:
    assert words("phường", "UBND thành phố Đông Hà")["province_level"] == "thành phố"
    town = words("thị trấn", "UBND huyện Đông Hà")
    assert (town["upper_level"], town["province_level"]) == ("huyện", "tỉnh")


def test_what_params_say_of_the_unit_stands() -> None:
    assert unit("xã", one_stop="Bộ phận một cửa").one_stop == "Bộ phận một cửa"
    assert unit("tỉnh", lower_units=None).lower_authorities is None, "what it has not, no word is made from"
    assert unit("xã", council="Hội đồng {x}").council == "Hội đồng {x}"


def test_an_unknown_level_is_told_with_the_known_ones(tmp_path: Path) -> None:
    root = write_root(tmp_path, unit={**PARAMS["unit"], "level": "phuong"})
    with pytest.raises(InputError) as raised:
        load(params_file(root))
    assert "xã, phường, đặc khu, tỉnh, thành phố" in str(raised.value)
    assert "gần nhất là «phường»" in str(raised.value)
