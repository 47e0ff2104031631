"""A command as an officer is told to type it: by the program that is in use, for the suite that is meant."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from pathlib import Path

_PLAIN = re.compile(r"[\w@%+=:,./-]+")


def as_typed(*words: str, root: Path | None = None) -> str:
    """A command line that works when it is copied into the terminal in use.

    It begins with the program as it was called, unless its bare name would find it. ``root`` is the suite that is
    meant: it is named unless the current folder lies within.

    >>> as_typed("check", "2031-H1", "--name", "xã Bình An")
    "thidua check 2031-H1 --name 'xã Bình An'"
    """
    here = Path.cwd()
    suite = root.resolve() if root is not None else here
    within = suite == here or suite in here.parents
    named = () if within else ("--root", os.path.relpath(suite, here) if suite.drive == here.drive else str(suite))
    return " ".join(map(_quoted, (_program(), *words, *named)))


def _program() -> str:
    called = Path(sys.argv[0])
    found = shutil.which("thidua")
    by_name = found is not None and Path(found).resolve() == called.resolve()
    return "thidua" if by_name or called.stem != "thidua" else str(called)


def _quoted(word: str) -> str:
    # Letters with marks need no quotes, as shlex believes.
    return word if _PLAIN.fullmatch(word) else shlex.quote(word)
