"""What surrounds the Python that sections run in: an environment and a profile that no user's settings change."""

from __future__ import annotations

import os
from pathlib import Path

# What else of Python's settings a user's shell exports changes how a section runs or what it prints.
_KEPT_SETTINGS = {"PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "PYTHONNOUSERSITE", "PYTHONDONTWRITEBYTECODE"}
_PROFILE = """\
c = get_config()
c.HistoryManager.enabled = False
c.IPKernelApp.log_level = 50
c.IPKernelApp.exec_PYTHONSTARTUP = False
"""


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of sections, with a profile made in a folder: no user's start-up files may change a report."""
    profile = folder / "ipython" / "profile_default"
    profile.mkdir(parents=True)
    (profile / "ipython_kernel_config.py").write_text(_PROFILE, encoding="utf-8")
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON") or k in _KEPT_SETTINGS}
    kept.pop("MPLBACKEND", None)  # a window on the user's screen instead of a picture in the notebook
    # The order of a set must not differ from run to run.
    return kept | {"IPYTHONDIR": str(profile.parent), "PYTHONHASHSEED": "0"}
