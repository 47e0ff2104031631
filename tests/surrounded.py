"""What a process that was forked from the server finds around it: the environment of whoever asked for it."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Mapping
from typing import Any

from thidua.fleet import apart

_perform = apart._perform  # as it is before a test's process has put ours in its place


def surround(environment: Mapping[str, str]) -> None:
    """Give this process an environment, as if it had begun with it."""
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    tempfile.tempdir = None


def unit(environment: Mapping[str, str], *given: Any) -> None:
    """Do the work of a unit's process, in an environment."""
    surround(environment)
    _perform(*given)
