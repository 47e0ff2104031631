"""Reports of units that nobody knows, read sentence by sentence, and every cell of them counted.

``pytest tests/generated/test_reports.py --worlds 1000`` reads so many.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generated.cells import wrong_accounts
from generated.documents import faults_of, season_faults
from generated.periods import EXTENTS, world
from generated.reports import Made, made
from generated.units import FOREIGN, LEVELS
from thidua.lint.style import style_faults


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    metafunc.parametrize("report", range(metafunc.config.getoption("--worlds")), indirect=True, scope="module")


@pytest.fixture(scope="module")
def report(request: pytest.FixtureRequest) -> Made:
    """The report of a world: of each level in turn, with all, most, little and nothing of what notebooks ask for.

    Of those that have little, the checks withhold what is in doubt.
    """
    seed = request.param
    extent = list(EXTENTS)[seed // 4 % 4]
    return made(world(seed, level=LEVELS[seed % 4], extent=extent), judged=extent == "little")


def test_no_sentence_table_or_heading_has_a_fault(report: Made) -> None:
    assert list(_faults(report)) == [], str(report.world)


def test_each_submitted_cell_is_told_or_named_and_none_is_both(report: Made) -> None:
    assert list(wrong_accounts(report)) == [], str(report.world)


def test_it_does_not_sound_like_a_table_read_aloud(report: Made) -> None:
    # How rows begin, and how much what is left of a sentence enumerates, is the invented data's own.
    own = ("hai câu liền nhau mở đầu như nhau", "quá nhiều dấu chấm phẩy trong một câu")
    assert [str(f) for f in style_faults(report.document) if f.kind not in own] == [], str(report.world)


def _faults(report: Made) -> Iterator[str]:
    period, level = report.world.period, report.world.level
    years = {period.year - 1, period.year, period.next.year}
    found = faults_of(report.document, years=years, foreign=FOREIGN[level])
    for fault in [*found, *season_faults(report.document, period)]:
        yield str(fault)
