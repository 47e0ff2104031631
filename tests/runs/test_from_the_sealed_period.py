"""From the sealed period to the next ones by the guide's commands alone: begun, filled in by hand, checked, made."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.roots import made_by, thidua
from docs.guide import commands, guide, section
from notebooks.sections import dirt
from once import once
from prepare.filled import fill_in
from runs.test_periods_and_units import FIRST, REPOSITORY, Made, three_runs
from thidua.settings.period import Period

pytestmark = pytest.mark.slow

NEXT_YEAR, WHOLE_YEAR = "2025-H1", "2024-FY"
TOLD = list(commands(section(guide("huong-dan"), "Kỳ sau")))


def test_the_guide_goes_from_a_period_to_the_next_in_three_commands() -> None:
    assert TOLD == [["new", NEXT_YEAR, "--from", FIRST], ["check", NEXT_YEAR], ["run", NEXT_YEAR]]


@pytest.fixture(scope="module", params=[NEXT_YEAR, WHOLE_YEAR])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Period, Made]]:
    """The run of a period that was begun from the first one's."""
    period: str = request.param
    first = three_runs(tmp_path_factory)[FIRST].path
    yield Period.parse(period), Made(*once(tmp_path_factory, f"tu-{FIRST}-{period}", lambda f: _made(f, first, period)))


def _made(folder: Path, first: Path, period: str) -> tuple[Path, int, str]:
    """Do as the guide says; the departments fill in their workbooks where it says so."""
    old, root = first.parent.parent, folder / "root"
    for name in ("notebooks", "output", f"data/raw/{FIRST}"):
        shutil.copytree(old / name, root / name)
    (root / "params").mkdir()
    # One of them with every section, as officers have it.
    params = REPOSITORY / "params" if period == NEXT_YEAR else old / "params"
    for name in (f"{FIRST}.yaml", "rules.yaml"):
        shutil.copyfile(params / name, root / "params" / name)
    for line in TOLD:
        done = thidua(*(word.replace(NEXT_YEAR, period) for word in line), "--root", root)
        assert done.returncode in (0, 1), done.stderr
        if line[0] == "new":
            assert done.returncode == 0
            fill_in(root, FIRST, period, folder / "tay")
    return made_by(done), done.returncode, done.stderr


def test_it_is_sealed_and_every_department_has_submitted(made: tuple[Period, Made]) -> None:
    period, run = made
    assert run.path.name.startswith(f"{period.id}-")
    assert thidua("verify", run.path).returncode == 0
    assert "chưa nộp" not in run.said
    assert not [f for f in run.content("checks.json") if f["rule"] in ("chua-nop", "ky-trong-bieu", "ky-trong-tham-so")]


def test_it_speaks_of_its_own_period(made: tuple[Period, Made]) -> None:
    period, run = made
    assert period.name in run.text
    other = Period.parse(FIRST).name
    # It may be compared with, and is spoken of in no other way.
    assert other not in run.text.replace(f"so với {other}", "")
    assert dirt(run.text) == []


def test_numbers_are_those_that_were_typed(made: tuple[Period, Made]) -> None:
    period, run = made
    figures = {f["id"]: f for f in run.content("figures.json")}
    assert figures["lua_xuan.actual"]["value"] == "3838.2"
    if period.id == NEXT_YEAR:
        assert figures["lua_xuan.last"]["value"] == "1919.1"
        assert figures["lua_xuan.to_last"]["value"] == "200"
    else:
        assert figures["lua_xuan.plan"]["value"] == "1995.18"


def test_last_year_s_numbers_are_found_as_they_were_reported(made: tuple[Period, Made]) -> None:
    _, run = made
    assert not [f for f in run.content("checks.json") if f["rule"] == "so-cung-ky"]
