"""What surrounds the Python that sections run in: an environment and a profile that no user's settings change.

Nothing else decides what sections see of the machine's settings. So neither kept sections nor sealed runs need ask
whether a time zone, a language or the width of a terminal is still the same.
"""

from __future__ import annotations

import os
from pathlib import Path

from thidua.machine.time_zone import VIETNAM

# What says where modules are; all else of Python's settings changes how a section runs or what it prints.
_WHERE = {"PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "PYTHONNOUSERSITE", "PYTHONDONTWRITEBYTECODE"}
# How texts, numbers, dates and tables are written depends on these, and MPLBACKEND may open a window on the screen.
_UNHEARD = (
    *("LANG", "LC_", "COLUMNS", "LINES", "MPLBACKEND"),
    *("PYTHON", "PANDAS_", "NUMPY_", "NPY_", "PYDANTIC_"),
    *("OMP_", "OPENBLAS_", "MKL_", "NUMEXPR_"),  # sums in another order end in other digits
)
# The order of a set must not differ from run to run; texts are UTF-8, in no country's order, as on a bare system.
_FIXED = {"PYTHONHASHSEED": "0", "TZ": VIETNAM, "LANG": "C.UTF-8"}
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
    kept = {name: value for name, value in os.environ.items() if name in _WHERE or not name.startswith(_UNHEARD)}
    return kept | {"IPYTHONDIR": str(profile.parent)} | _FIXED
