"""Work in forks gives what it would have given here, whatever becomes of it, and leaves no process."""

from __future__ import annotations

import errno
import logging
import os
import signal
import time

import psutil
import pytest

from thidua.errors import InputError, Problem, ProgramBroke, ProgramEnded
from thidua.machine.forks import forks
from thidua.machine.libraries import remarks

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
    "error",
    [
        InputError([PROBLEM]),
        ProgramBroke("Typst", "bản PDF", "hết đường"),
        OSError(28, "full", "/đĩa/so-lieu.xlsx"),
        UnicodeEncodeError("utf-8", "a\udc80", 1, 2, "lẻ"),
    ],
)
def test_what_the_work_raises_is_raised_here_in_the_same_words_and_says_where_it_was(error: Exception) -> None:
    def failing() -> None:
        raise error

    with forks() as begin, pytest.raises(type(error)) as found:
        begin("viết số liệu", failing)()
    assert str(found.value) == str(error) and vars(found.value).items() >= vars(error).items()
    assert any("in failing" in note for note in found.value.__notes__)


def test_an_error_that_is_known_to_the_work_alone_keeps_its_name_and_words() -> None:
    class Panicked(BaseException):
        pass

    def failing() -> None:
        raise Panicked("đổ vỡ")

    with forks() as begin, pytest.raises(RuntimeError) as found:
        begin("viết số liệu", failing)()
    assert (found.type.__name__, str(found.value)) == ("Panicked", "đổ vỡ")


def test_what_libraries_remark_in_a_fork_is_in_the_log_here() -> None:
    logger = logging.getLogger("thu_vien")
    logger.addHandler(remarks)
    try:
        with forks() as begin:
            begin("viết số liệu", lambda: logger.warning("cũ"))()
        assert remarks.said[-1] == "WARNING thu_vien: cũ"
    finally:
        logger.removeHandler(remarks)


def test_where_the_system_gives_no_further_process_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError(errno.EAGAIN, "no")

    monkeypatch.setattr(os, "fork", refused)
    with forks() as begin:
        assert begin("viết số liệu", os.getpid)() == os.getpid()


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


def test_whoever_is_interrupted_while_it_waits_ends_the_work() -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    before = set(psutil.Process().children())
    was = signal.signal(signal.SIGALRM, interrupted)
    try:
        with pytest.raises(KeyboardInterrupt), forks() as begin:
            begin("đợi", lambda: time.sleep(60))
            waits = begin("đợi", lambda: time.sleep(60))
            signal.setitimer(signal.ITIMER_REAL, 0.1)
            waits()
    finally:
        signal.signal(signal.SIGALRM, was)
    assert set(psutil.Process().children()) == before


def test_the_end_of_a_terminal_does_not_reach_the_work_before_whoever_waits_for_it() -> None:
    def work() -> str:
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            os.kill(os.getpid(), number)
        return "xong"

    with forks() as begin:
        assert begin("viết số liệu", work)() == "xong"
