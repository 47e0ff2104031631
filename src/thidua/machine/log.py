"""The log of a failure that nobody expected, for whoever mends it; the user gets one sentence that says where it is."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import shlex
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from importlib.metadata import distributions
from pathlib import Path

from thidua.errors import RunBroken, SystemFault, ThiduaError, Unexpected
from thidua.machine.libraries import remarks
from thidua.machine.process import outer_temporary_folder

FILE = "nhat-ky-loi.txt"


def tell(error: BaseException, arguments: Sequence[str]) -> None:
    """Say in one sentence what went wrong and where its log is."""
    fault, log, kept = explained(error, arguments)
    if "--json" in arguments:
        content = {"error": str(fault), "log": log and str(log), "kept": kept and str(kept)}
        print(json.dumps(content, ensure_ascii=False, indent=1))
    print(fault, file=sys.stderr)
    if log is None and not SystemFault.refused(error.__cause__ or error):
        traceback.print_exception(error)  # nowhere to save it: better on the terminal than nowhere


def explained(
    error: BaseException, arguments: Sequence[str], place: Path | None = None
) -> tuple[ThiduaError, Path | None, Path | None]:
    """What went wrong in one sentence, where its log was written, and where what had been executed is kept.

    The log goes beside what is kept, else into ``place``, else into the first folder that takes it. A machine that
    refuses needs none.
    """
    kept = error.kept if isinstance(error, RunBroken) else None
    cause = error.__cause__ if isinstance(error, RunBroken) and error.__cause__ else error
    refused = isinstance(cause, OSError) and SystemFault.refused(cause)
    log = None if refused else _saved(error, arguments, kept, place)
    if isinstance(cause, OSError) and kept is None:
        return SystemFault(cause, log), log, kept
    return Unexpected(cause, log, kept), log, kept


def _saved(error: BaseException, arguments: Sequence[str], kept: Path | None, place: Path | None) -> Path | None:
    """Where the log was written: beside what was kept of the run, else in the first place that takes it."""
    text = "\n".join(_lines(error, arguments))
    for folder in [kept] if kept else []:
        try:
            (folder / FILE).write_text(text, encoding="utf-8", errors="backslashreplace")
            return folder / FILE
        except OSError:
            continue
    for folder in (*([place] if place else []), outer_temporary_folder(), Path.cwd(), Path.home()):
        try:
            handle, name = tempfile.mkstemp(prefix="thidua-nhat-ky-loi-", suffix=".txt", dir=folder)
            with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
            return Path(name)
        except OSError:
            continue
    return None


def _lines(error: BaseException, arguments: Sequence[str]) -> Iterator[str]:
    yield f"Thời điểm: {dt.datetime.now(dt.UTC).isoformat(timespec='seconds')}"
    yield f"Lệnh: thidua {shlex.join(arguments)}"
    yield f"Thư mục: {Path.cwd()}"
    yield f"Python {platform.python_version()}, {platform.platform()}"
    yield ""
    yield from (line.rstrip("\n") for line in traceback.format_exception(error))
    yield "Thư viện nhắc:"
    yield from remarks.said
    yield ""
    yield "Phiên bản:"
    yield from sorted({f"  {d.metadata['Name']} {d.version}" for d in distributions()}, key=str.casefold)
