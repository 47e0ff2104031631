"""What makes sections and outputs of the same inputs: the software, of which no setting of the machine is a part."""

from __future__ import annotations

import json
import platform
import sys
import zlib
from pathlib import Path

from thidua.archive.software import packages
from thidua.machine.own_library import library_hash


def made_by() -> str:
    """One text for all of it: another one where anything of it is another."""
    system = (platform.python_version(), platform.system(), platform.machine(), zlib.ZLIB_RUNTIME_VERSION)
    return json.dumps([library_hash(), *system, packages(), _installed()], sort_keys=True)


def _installed() -> list[str]:
    """All that is installed, by name and version: libraries use others where they find them, needed or not."""
    folders = (Path(entry) for entry in sys.path if Path(entry).name in ("site-packages", "dist-packages"))
    return sorted(path.name for folder in folders for path in folder.glob("*.dist-info"))
