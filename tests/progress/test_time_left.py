"""The time that is left: honest, counting down, never below nothing, without leaps."""

from __future__ import annotations

import json
import os
import re
from itertools import pairwise
from pathlib import Path

import pytest

from thidua.progress import pace
from thidua.progress.countdown import Countdown, in_words
from thidua.progress.line import Line
from thidua.progress.pace import Pace, Took, remember, remembered
from thidua.progress.progress import Phase
from thidua.progress.showing import Shown, showing

PHASES = [Phase.READING, Phase.SECTIONS, Phase.TYPESETTING, Phase.SEALING]
USUAL = {Phase.READING: 2.0, Phase.SECTIONS: 20.0, Phase.TYPESETTING: 12.0, Phase.SEALING: 2.0}
PARTS = [f"muc_{n}" for n in range(20)]
_LEFT = re.compile(r"còn khoảng (\d+) (giây|phút)|sắp xong")


class Clock:
    """A time that passes only where the test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def _watched(earlier: list[Took], took: dict[Phase, float]) -> list[tuple[float, float | None]]:
    """A command whose phases take so long, watched four times a second: the seconds left in truth, and as shown."""
    clock, end = Clock(), 100.0 + sum(took.values())
    shown = Shown(PHASES, Pace(PHASES, earlier, "xa"), lambda _: None, plain=False, verbose=False, now=clock)
    seen: list[tuple[float, float | None]] = []
    for phase, seconds in took.items():
        shown.begin(phase, PARTS if phase is Phase.SECTIONS else ())
        until = clock.now + seconds
        while clock.now < until:
            if phase is Phase.SECTIONS:
                done = int(len(PARTS) * (1 - (until - clock.now) / seconds))
                for name in PARTS[:done]:
                    shown.part(name, 5, 5)
            told = _LEFT.search(str(shown.line()))
            seen.append(
                (end - clock.now, told and (float(told[1]) * (60 if told[2] == "phút" else 1) if told[1] else 0))
            )
            clock.now += 0.25
    return seen


@pytest.mark.parametrize("slower", [0.6, 1, 1.7])
def test_it_counts_down_to_the_end_without_leaps_by_what_earlier_runs_took(slower: float) -> None:
    seen = _watched([Took("run", "xa", 20, USUAL)] * 3, {phase: slower * s for phase, s in USUAL.items()})
    shown = [left for _, left in seen if left is not None]
    assert len(shown) == len(seen) and min(shown) >= 0
    assert all(abs(b - a) <= 5 for a, b in pairwise(shown))
    late = [(true, left) for true, left in seen[len(seen) // 2 :] if left is not None]
    assert all(abs(true - left) <= 0.5 * true + 3 for true, left in late)


def test_without_earlier_runs_nothing_is_claimed_until_enough_is_done_to_tell() -> None:
    seen = _watched([], USUAL)
    assert seen[0][1] is None
    told = [(true, left) for true, left in seen if left is not None]
    assert len(told) > len(seen) / 2 and all(left <= 3 * true + 5 for true, left in told)


def test_a_run_is_estimated_by_those_of_about_as_many_sections_of_the_same_unit() -> None:
    few = Took("run", "xa", 1, {Phase.SECTIONS: 1, Phase.TYPESETTING: 2})
    all_of_them = Took("run", "xa", 20, {Phase.SECTIONS: 20, Phase.TYPESETTING: 12})
    tinh = Took("run", "tinh", 20, {Phase.SECTIONS: 400, Phase.TYPESETTING: 400})
    pace = Pace([Phase.SECTIONS, Phase.TYPESETTING], [all_of_them, all_of_them, all_of_them, few, few, few, tinh], "xa")
    assert pace.left({Phase.SECTIONS: 0}, 20, 0) == 32
    assert pace.left({Phase.SECTIONS: 0}, 2, 0) == 4


def test_where_lines_stay_a_long_phase_is_told_of_by_quarters() -> None:
    clock, said = Clock(), list[str]()
    shown = Shown([Phase.UNITS], Pace([Phase.UNITS], [], "tinh"), said.append, plain=True, verbose=False, now=clock)
    units = [f"xa-{n}" for n in range(200)]
    shown.begin(Phase.UNITS, units)
    for name in units:
        clock.now += 30
        shown.part(name, 1, 1)
    assert said == [
        "Lập báo cáo các đơn vị 50/200, còn khoảng 75 phút",
        "Lập báo cáo các đơn vị 100/200, còn khoảng 50 phút",
        "Lập báo cáo các đơn vị 150/200, còn khoảng 25 phút",
    ]


def test_words_are_no_finer_than_anybody_can_know() -> None:
    assert [in_words(s) for s in (0, 7.6, 33, 89, 240, 9000)] == [
        *("sắp xong", "còn khoảng 8 giây", "còn khoảng 35 giây", "còn khoảng 90 giây", "còn khoảng 4 phút"),
        "còn khoảng 2,5 giờ",
    ]
    assert Countdown().at(0, None) is None


def test_what_is_kept_of_earlier_runs_may_be_lost_or_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "user_cache_path", lambda _: tmp_path / "chưa có")
    assert remembered("run") == []
    took = Took("run", "xa", 20, USUAL)
    remember(took)
    remember(Took("verify", "xa", 0, {}))
    assert remembered("run") == [took]
    file = tmp_path / "chưa có" / "durations.json"
    for content in ("", "{", "[" * 200_000, json.dumps([{"command": "run"}]), json.dumps([3]), json.dumps({"a": 1})):
        file.write_text(content, encoding="utf-8")
        assert remembered("run") == []
        remember(took)
        assert remembered("run") == [took], content
    with monkeypatch.context() as full:
        full.setattr(json, "dump", lambda *_, **__: os.write(-1, b""))
        remember(took)
    assert list(file.parent.iterdir()) == [file]


def test_what_takes_far_longer_than_ever_is_not_said_to_be_nearly_done() -> None:
    pace = Pace([Phase.UNITS], [Took("run-all", "xa", 10, {Phase.UNITS: 1.0})], "xa")
    assert pace.left({Phase.UNITS: 0.5}, 10, 0) == pytest.approx(0.5)
    assert pace.left({Phase.UNITS: 9.0}, 10, 0) is None
    assert (pace.left({Phase.UNITS: 9.0}, 10, 0.1) or 0) > 8
    countdown = Countdown()
    assert [countdown.at(*at) for at in ((0, 2.0), (1, None), (2, 30.0))] == [2.0, None, 30.0]


def test_the_time_that_is_left_is_the_last_to_give_way_where_a_terminal_is_narrow() -> None:
    line = Line(0.5, "Bước 3/5: ", "Chạy các mục 12/25", "còn khoảng 35 giây")
    assert line.within(50) == "Bước 3/5: Chạy các mục 12/25, còn khoảng 35 giây"
    assert line.within(40) == "Chạy các mục 12/25, còn khoảng 35 giây"
    assert line.within(30) == "Chạy các …, còn khoảng 35 giây"
    assert all(len(line.within(room)) <= room for room in range(22, 60))


def test_a_command_that_found_nothing_to_do_tells_nothing_of_those_that_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "_file", lambda: tmp_path / "durations.json")
    with showing("run", "xa", PHASES) as progress:
        for phase in PHASES:
            progress.begin(phase)
    for _ in range(3):
        with showing("run", "xa", PHASES) as progress:
            progress.begin(Phase.READING)
    assert len(remembered("run")) == 1
    # A run that is made again for the first time takes as long as it took.
    assert [t.seconds.keys() for t in remembered("reproduce", [Phase.AGAIN])] == [{Phase.AGAIN}]
