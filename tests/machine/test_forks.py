"""Work in forks gives what it would have given here, whatever becomes of it, and leaves no process."""

from __future__ import annotations

import os
import signal
import time

import psutil
import pytest

from thidua.errors import InputError, Problem, ProgramBroke, ProgramEnded
from thidua.machine.forks import forks

PROBLEM = Problem("a.xlsx", "Chỉ tiêu", "D4", "ô trống", "một số")


def test_pieces_of_work_are_done_at_once_and_what_they_change_stays_theirs() -> None:
    mine: list[str] = []

    def work(name: str) -> tuple[list[str], float]:
        mine.append(name)
        began = time.monotonic()
        time.sleep(0.2)
        return mine, began

    with forks() as begin:
        one, other = begin("một", lambda: work("a")), begin("hai", lambda: work("b"))
        (a, since_a), (b, since_b) = one(), other()
    assert (a, b, mine) == (["a"], ["b"], []) and abs(since_a - since_b) < 0.2
    assert one() == (a, since_a)


@pytest.mark.parametrize(
    "error", [InputError([PROBLEM]), ProgramBroke("Typst", "bản PDF", "hết đường"), OSError(28, "full")]
)
def test_what_the_work_raises_is_raised_here_in_the_same_words_and_says_where_it_was(error: Exception) -> None:
    def failing() -> None:
        raise error

    with forks() as begin, pytest.raises(type(error)) as found:
        begin("viết số liệu", failing)()
    assert str(found.value) == str(error) and vars(found.value).items() >= vars(error).items()
    assert any("in failing" in note for note in found.value.__notes__)


def test_work_whose_process_is_killed_is_named() -> None:
    with forks() as begin, pytest.raises(ProgramEnded, match=r"việc viết số liệu kết thúc giữa chừng: .*SIGKILL"):
        begin("viết số liệu", lambda: os.kill(os.getpid(), signal.SIGKILL))()


def test_no_process_outlives_whoever_waits_for_it() -> None:
    before = set(psutil.Process().children())
    with pytest.raises(KeyError), forks() as begin:
        begin("đợi", lambda: time.sleep(60))
        assert set(psutil.Process().children()) > before
        raise KeyError
    assert set(psutil.Process().children()) == before
