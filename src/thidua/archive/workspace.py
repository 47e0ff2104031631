"""Where a run is made: a folder of its own beside the finished runs, which takes its place only when it is whole.

A workspace holds a lock for as long as its process lives, so that the system itself tells which ones are left over
from runs that were killed. Everything that touches the finished runs happens under the lock of the register.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from thidua.archive.bag import PAYLOAD, manifest_hash
from thidua.archive.runs_register import locked
from thidua.errors import NotebooksFailed, RunBroken, SystemFault, ThiduaError
from thidua.machine.flushing import flush, flush_all
from thidua.machine.leftovers import remove
from thidua.machine.process import done_with, half_made, made, uninterrupted

_PREFIX = ".dang-chay-"
_LOCK = "khoa"
_RUN = "run"
_NOTEBOOKS = "notebooks"
_OLD = "old"


@contextmanager
def workspace(output: Path, period: str) -> Iterator[Path]:
    """An empty folder to make a run in; gone afterwards unless the run was placed. OSError where it cannot be made."""
    output.mkdir(parents=True, exist_ok=True)
    with locked(output), uninterrupted():  # a lock makes its folder anew where an interruption has removed it
        home = half_made(output, f"{_PREFIX}{period}-")
        lock = FileLock(home / _LOCK)
        lock.acquire()
    try:
        folder = home / _RUN
        folder.mkdir()
        yield folder
    finally:
        # Under the register's lock nobody takes the workspace for one left over. A file that is locked cannot be
        # deleted everywhere, so the lock goes first.
        with locked(output):
            lock.release()
            done_with(home)


def place(folder: Path, output: Path, name: str) -> Path:
    """Make the sealed folder the finished run ``name`` in one step, entered in the register.

    The register is written first: if the process dies between the two, ``clear_leftovers`` finishes the move, because
    the register says that this very folder is the run. An earlier run of the same name stays whole until that step.
    """
    flush_all(folder)
    final = output / name
    with locked(output) as register, uninterrupted():
        with register.taken_back_on_failure():
            if register.last_hashes().get(name) != manifest_hash(folder):  # what it says already is not said again
                register.append(name, manifest_hash(folder))
            _put(folder, final)
        made(final)
        flush(output)
    return final


@contextmanager
def executed_kept(folder: Path, output: Path, name: str) -> Iterator[None]:
    """Keep the executed notebooks where what is done with them fails.

    NotebooksFailed names them in their place; RunBroken tells of them where nobody expected the failure. A machine that
    refuses to write, and a failure that has its own sentence, keep nothing.
    """
    try:
        yield
    except NotebooksFailed as error:
        raise error.moved(keep_failed(folder, output, name) / "notebooks") from None
    except (ThiduaError, KeyboardInterrupt):
        raise
    except BaseException as error:
        if SystemFault.refused(error) or _executed(folder) is None:
            raise
        raise RunBroken(keep_failed(folder, output, name)) from error


def keep_failed(folder: Path, output: Path, name: str) -> Path:
    """Keep the executed notebooks of a failed run, and nothing that looks like a report, where one can open them."""
    executed = _executed(folder)
    assert executed is not None
    kept = folder.with_name("kept")
    kept.mkdir()
    executed.rename(kept / _NOTEBOOKS)
    final = output / f"khong-thanh-{name}"
    with locked(output), uninterrupted():
        _put(kept, final)
    return final


def _executed(folder: Path) -> Path | None:
    """The executed notebooks of a run that may be sealed already."""
    places = (folder / _NOTEBOOKS, folder / PAYLOAD / _NOTEBOOKS)
    return next((place for place in places if place.is_dir()), None)


def clear_leftovers(output: Path) -> list[str]:
    """Finish or clear what killed runs left behind; a sentence on each. Workspaces of living runs stay."""
    if not output.is_dir():
        return []
    said = []
    with locked(output) as register:
        said += register.repair()
        last = register.last_hashes()
        for home in sorted(output.glob(f"{_PREFIX}*")):
            if not home.is_dir() or _in_use(home):
                continue
            folder = home / _RUN
            name = _unplaced(folder, output, last)
            if name:
                _put(folder, output / name)
                said.append(f"Lần chạy trước bị ngắt ngay lúc hoàn tất; đã hoàn tất {name}.")
            else:
                said.append(f"Đã dọn thư mục dở dang của một lần chạy bị ngắt: {home.name}.")
            remove(home)
    return said


def _unplaced(folder: Path, output: Path, last: dict[str, str]) -> str:
    """The name under which the register knows this folder while it is not yet there; empty where there is none."""
    here = manifest_hash(folder)
    for name, wanted in last.items():
        if here and wanted == here and manifest_hash(output / name) != here:
            return name
    return ""


def _in_use(home: Path) -> bool:
    if not (home / _LOCK).is_file():  # killed before it made its lock
        return False
    try:
        with FileLock(home / _LOCK, timeout=0):
            return False
    except Timeout:
        return True


def _put(folder: Path, final: Path) -> None:
    """Move a folder to its place; what stood there stands in the workspace afterwards and goes with it.

    No system replaces a folder by another in one step that all systems have. A run killed between the two is finished
    by the next one; where the second step is refused, what stood there goes back.
    """
    if not final.exists():
        folder.rename(final)
        return
    old = folder.with_name(_OLD)
    final.rename(old)
    try:
        folder.rename(final)
    except BaseException:
        old.rename(final)
        raise
