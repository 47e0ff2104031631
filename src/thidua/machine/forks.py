"""Work beside this process, in forks of it: each has all that this one has, and its memory goes with it.

Two pieces of work in Python take turns in one process; of what each took, the rest would be in the way of the other's.
"""

from __future__ import annotations

import ctypes
import errno
import gc
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from thidua.errors import ProgramEnded
from thidua.machine.ended import told
from thidua.machine.libraries import remarks

T = TypeVar("T")
Begin = Callable[[str, Callable[[], T]], Callable[[], T]]
_DIE_WITH_PARENT = 1  # of prctl
# How a system refuses a further process: too many, or no memory that it could promise.
_NO_MORE = (errno.EAGAIN, errno.ENOMEM)
_KILL = 9  # Windows has no name for it


class _Fork:
    """One piece of work, and the end of the pipe at which its result is read."""

    def __init__(self, said: str, work: Callable[[], Any]):
        self._said = said
        self._outcome: _Outcome | None = None
        result, given = os.pipe()
        self._result = os.fdopen(result, "rb")
        try:
            self._pid = _forked(work, given)
        except BaseException:
            self._result.close()
            raise
        finally:
            os.close(given)

    def result(self) -> Any:
        """What the work gave; what it raised is raised. ProgramEnded where its process ended before."""
        if self._outcome is None:
            given = self._result.read()
            code = self._ended()
            if not given or code:  # what a process gave that was killed over it is not whole
                raise ProgramEnded(told(f"việc {self._said} kết thúc giữa chừng", code))
            self._outcome = pickle.loads(given)
            remarks.said.extend(self._outcome.said)
        if self._outcome.error:
            raise self._outcome.error.again()
        return self._outcome.value

    def end(self) -> None:
        """End the work where nobody waits for it any more."""
        if not self._result.closed:
            with suppress(ProcessLookupError):
                os.kill(self._pid, _KILL)
            self._ended()

    def _ended(self) -> int | None:
        self._result.close()
        try:
            return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        except ChildProcessError:  # whoever waits for any child has got it
            return None


@contextmanager
def forks() -> Iterator[Begin[Any]]:
    """Begin pieces of work, each with what it is in words; what is given back waits for its result.

    None may start while this process has threads that compute: a fork has none of them, and what they hold for ever.
    Where a process cannot be forked safely, or the system gives no further one, the work is done at once.
    """
    begun: list[_Fork] = []

    def begin(said: str, work: Callable[[], Any]) -> Callable[[], Any]:
        if sys.platform == "linux":
            try:
                begun.append(_Fork(said, work))
                return begun[-1].result
            except OSError as error:
                if error.errno not in _NO_MORE:
                    raise
        value = work()
        return lambda: value

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
    asker = os.getpid()
    if pid := os.fork():
        return pid
    try:
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, _KILL)
        if os.getppid() != asker:  # it was killed before
            os._exit(1)
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # who ends this one decides, and whether it is left alone by nohup
        remarks.said.clear()
        with os.fdopen(given, "wb") as pipe:
            pipe.write(_done(work))
        os._exit(0)
    finally:
        os._exit(1)


@dataclass(frozen=True)
class _Raised:
    """An error of a fork, by what Python itself needs to make it again: its own class may want other arguments."""

    kind: type[BaseException]
    arguments: tuple[Any, ...]
    state: dict[str, Any]
    where: str

    def again(self) -> BaseException:
        """The error in its own words, and below them where it was raised."""
        error = self.kind.__new__(self.kind, *self.arguments)
        _built_in(self.kind).__init__(error, *self.arguments)
        error.__setstate__(self.state)
        error.add_note(self.where)
        return error


@dataclass(frozen=True)
class _Unknown:
    """An error of a fork that nobody else can make: its name and its words."""

    name: str
    words: str
    where: str

    def again(self) -> BaseException:
        """An error that is called so and says so."""
        error: BaseException = type(self.name, (RuntimeError,), {})(self.words)
        error.add_note(self.where)
        return error


@dataclass(frozen=True)
class _Outcome:
    """What came of the work, and what libraries remarked."""

    value: Any = None
    error: _Raised | _Unknown | None = None
    said: tuple[str, ...] = ()


def _done(work: Callable[[], Any]) -> bytes:
    try:
        return pickle.dumps(_Outcome(work(), said=tuple(remarks.said)))
    except BaseException as error:
        traceback.clear_frames(error.__traceback__)  # where memory ended there is some again
        told = _told(error, traceback.format_exc())
        return pickle.dumps(_Outcome(error=told, said=tuple(remarks.said)))


def _told(error: BaseException, where: str) -> _Raised | _Unknown:
    kind = type(error)
    try:
        made: Any = _built_in(kind).__reduce__(error)
        raised = _Raised(kind, made[1], {**(made[2] if made[2:] else {}), **vars(error)}, where)
        if str(pickle.loads(pickle.dumps(raised)).again()) == str(error):
            return raised
    except Exception:  # a class or a value that is known here alone
        return _Unknown(kind.__name__, str(error), where)
    return _Unknown(kind.__name__, str(error), where)


def _built_in(kind: type[BaseException]) -> type[BaseException]:
    return next(each for each in kind.__mro__ if each.__module__ == BaseException.__module__)
