"""From the sealed period to the next ones by the guide's commands alone: begun, filled in by hand, checked, made."""

from __future__ import annotations

import shutil
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from archive.roots import made_by, thidua
from docs.guide import commands, guide, section
from notebooks.sections import dirt
from once import once
from prepare.by_hand import Hand
from prepare.filled import fill_in
from runs.test_periods_and_units import FIRST, REPOSITORY, Made, three_runs
from thidua.settings.period import Period

pytestmark = pytest.mark.slow

NEXT_YEAR, WHOLE_YEAR = "2025-H1", "2024-FY"
TOLD = list(commands(section(guide("huong-dan"), "Kỳ sau")))


def test_the_guide_goes_from_a_period_to_the_next_in_three_commands() -> None:
    assert TOLD == [["new", NEXT_YEAR, "--from", FIRST], ["check", NEXT_YEAR], ["run", NEXT_YEAR]]


@pytest.fixture(scope="module", params=[NEXT_YEAR, WHOLE_YEAR])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Period, Made]:
    """The run of a period that was begun from the first one's."""
    first = three_runs(tmp_path_factory)[FIRST].path
    runs = once(tmp_path_factory, f"tu-{FIRST}", lambda folder: _made(folder, first))
    return Period.parse(request.param), Made(*runs[request.param])


def _made(folder: Path, first: Path) -> dict[str, tuple[Path, int, str]]:
    """Do as the guide says; the departments fill in their workbooks where it says so, all in one LibreOffice."""
    begin, *then = TOLD
    roots = {period: _root(folder / period, first, period) for period in (NEXT_YEAR, WHOLE_YEAR)}
    hand = Hand()
    for period, root in roots.items():
        done = _told(begin, period, root)
        assert done.returncode == 0, done.stderr
        fill_in(hand, root, FIRST, period)
    (folder / "tay").mkdir()
    hand.done(folder / "tay")
    runs = {}
    for period, root in roots.items():
        for line in then:
            done = _told(line, period, root)
            assert done.returncode in (0, 1), done.stderr
        runs[period] = made_by(done), done.returncode, done.stderr
    return runs


def _root(root: Path, first: Path, period: str) -> Path:
    old = first.parent.parent
    for name in ("notebooks", "output", f"data/raw/{FIRST}"):
        shutil.copytree(old / name, root / name)
    (root / "params").mkdir()
    # One of them with every section, as officers have it.
    params = REPOSITORY / "params" if period == NEXT_YEAR else old / "params"
    for name in (f"{FIRST}.yaml", "rules.yaml"):
        shutil.copyfile(params / name, root / "params" / name)
    return root


def _told(line: list[str], period: str, root: Path) -> CompletedProcess[str]:
    return thidua(*(word.replace(NEXT_YEAR, period) for word in line), "--root", root)


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
