"""Which units a pattern or a folder stands for, and what is said where it stands for none."""

from __future__ import annotations

from pathlib import Path

import pytest

from fleet.communes import communes
from thidua.errors import InputError
from thidua.fleet.which_units import units_of
from workbooks import PERIOD


def _params(root: Path) -> Path:
    return root / "params" / f"{PERIOD}.yaml"


def _problems(*patterns: object, period: str | None = None) -> list[str]:
    with pytest.raises(InputError) as caught:
        units_of(list(map(str, patterns)), period)
    return [str(problem) for problem in caught.value.problems]


def test_a_pattern_a_folder_of_suites_and_a_shell_s_list_name_the_same_units(tmp_path: Path) -> None:
    roots = communes(tmp_path, 3)
    (tmp_path / "ghi-chu").mkdir()
    named = units_of([str(tmp_path / "*" / "params" / f"{PERIOD}.yaml")], None)
    assert [(u.name, u.root, u.folder) for u in named] == [
        (f"xã Suối {n}", root, f"xa-{n}") for n, root in enumerate(roots, 1)
    ]
    assert units_of([str(tmp_path)], PERIOD) == units_of([str(_params(r)) for r in roots], None) == named
    assert units_of([str(tmp_path / "xa-*")], PERIOD) == named
    shared = units_of([f"file://{tmp_path}/*/params/{PERIOD}.yaml"], None)  # an address as that of any storage
    assert [(u.name, u.address) for u in shared] == [(u.name, f"file://{u.root}") for u in named]


def test_a_unit_without_params_of_the_period_is_among_the_units_of_a_folder(tmp_path: Path) -> None:
    communes(tmp_path, 2)
    _params(tmp_path / "xa-1").unlink()
    assert [u.name for u in units_of([str(tmp_path)], PERIOD)] == ["xa-1", "xã Suối 2"]


def test_what_finds_nothing_is_named_with_what_may_have_been_meant(tmp_path: Path) -> None:
    communes(tmp_path, 1)
    missed, empty = tmp_path / "*" / "params" / "2031-Q3.yaml", tmp_path / "xa-1" / "data"
    found = _problems(missed, empty, period=PERIOD)
    assert len(found) == 2
    assert any(
        "không có tệp nào khớp với mẫu" in p and f"gần nhất là «{missed.with_name(f'{PERIOD}.yaml')}»" in p
        for p in found
    )
    assert any("trong thư mục không có bộ báo cáo nào" in p for p in found)
    assert "--period KỲ" in _problems(tmp_path)[0]
    assert "không phải tệp tham số trong một bộ báo cáo" in _problems(tmp_path / "xa-1" / "notebooks" / "*")[0]


def test_a_unit_that_is_meant_twice_is_named(tmp_path: Path) -> None:
    one, other = communes(tmp_path, 2)
    second = one / "params" / "2031-Q1.yaml"
    second.write_text(_params(one).read_text(encoding="utf-8").replace(PERIOD, "2031-Q1"), encoding="utf-8")
    text = _params(other).read_text(encoding="utf-8")
    _params(other).write_text(text.replace("xã Suối 2", "Xã  Suối 1"), encoding="utf-8")
    told = _problems(tmp_path / "*" / "params" / "*.yaml")
    assert any(f"{PERIOD}.yaml" in p and "hai tệp tham số" in p for p in told)
    assert any("đơn vị «Xã  Suối 1» đã có ở" in p for p in told)
    elsewhere = communes(tmp_path / "khac", 1)
    assert any("cùng tên thư mục «xa-1»" in p for p in _problems(_params(one), _params(elsewhere[0])))
    (tmp_path / "lien-ket").symlink_to(one)
    assert len(units_of([str(_params(one)), str(_params(tmp_path / "lien-ket"))], None)) == 1
