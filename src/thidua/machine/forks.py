"""Work beside this process, in forks of it: each has all that this one has, and its memory goes with it.

Two pieces of work in Python take turns in one process; of what each took, the rest would be in the way of the other's.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from thidua.errors import ProgramEnded
from thidua.machine.ended import told

T = TypeVar("T")
Begin = Callable[[str, Callable[[], T]], Callable[[], T]]
_DIE_WITH_PARENT = 1  # of prctl
_KILL = 9  # Windows has no name for it


class _Fork:
    """One piece of work, and the end of the pipe at which its result is read."""

    def __init__(self, said: str, work: Callable[[], Any]):
        self._said = said
        self._outcome: tuple[Any, Any] | None = None
        self._result, given = os.pipe()
        self._pid = _forked(work, given)
        os.close(given)

    def result(self) -> Any:
        """What the work gave; what it raised is raised. ProgramEnded where its process ended before."""
        if self._outcome is None:
            with os.fdopen(self._result, "rb") as pipe:
                given = pipe.read()
            self._result = -1
            code = self._wait()
            if not given:
                raise ProgramEnded(told(f"việc {self._said} kết thúc giữa chừng", code))
            self._outcome = pickle.loads(given)
        value, error = self._outcome
        if error is not None:
            raise _again(*error)
        return value

    def end(self) -> None:
        """End the work where nobody waits for it any more."""
        if self._result >= 0:
            os.close(self._result)
            with suppress(ProcessLookupError):
                os.kill(self._pid, _KILL)
            self._wait()

    def _wait(self) -> int | None:
        try:
            return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        except ChildProcessError:  # whoever waits for any child has got it
            return None


@contextmanager
def forks() -> Iterator[Begin[Any]]:
    """Begin pieces of work, each with what it is in words; what is given back waits for its result.

    None may start while this process has threads that compute: a fork has none of them, and what they hold for ever.
    Where a process cannot be forked safely the work is done at once.
    """
    begun: list[_Fork] = []

    def begin(said: str, work: Callable[[], Any]) -> Callable[[], Any]:
        if sys.platform != "linux":
            value = work()
            return lambda: value
        begun.append(_Fork(said, work))
        return begun[-1].result

    gc.freeze()  # else a search for garbage in a fork would make all that it shares its own
    try:
        yield begin
    finally:
        gc.unfreeze()
        for fork in begun:
            fork.end()


def _forked(work: Callable[[], Any], given: int) -> int:
    """The fork's number; in the fork: do the work, tell what came of it, and end without this process's own end."""
    if sys.platform == "win32":
        raise NotImplementedError
    if pid := os.fork():
        return pid
    try:
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, _KILL)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # who ends this one decides
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        with os.fdopen(given, "wb") as pipe:
            pipe.write(_outcome(work))
        os._exit(0)
    finally:
        os._exit(1)


def _outcome(work: Callable[[], Any]) -> bytes:
    try:
        return pickle.dumps((work(), None))
    except BaseException as error:
        where = traceback.format_exc()
        try:
            return pickle.dumps((None, (type(error), error.args, vars(error), where)))
        except Exception:
            return pickle.dumps((None, (RuntimeError, (str(error),), {}, where)))


def _again(kind: type[BaseException], arguments: tuple[Any, ...], state: dict[str, Any], where: str) -> BaseException:
    """An error of a fork: its own words, and below them where it was raised."""
    error = kind.__new__(kind, *arguments)
    error.args = arguments
    vars(error).update(state)
    error.add_note(where)
    return error
