"""A command loads the libraries that it reads with, and not what these would load for others."""

from __future__ import annotations

import subprocess
import sys

COMMAND = """
import sys
from thidua.machine.light_libraries import lighten_schema_library, lighten_workbook_library
lighten_schema_library()
lighten_workbook_library()
import jsonschema, openpyxl
print(sorted({"numpy", "PIL", "rfc3987_syntax"} & set(sys.modules)))
import importlib.util
print(all(importlib.util.find_spec(name) for name in ("numpy", "PIL", "rfc3987_syntax")))
"""


def test_what_a_library_can_do_without_is_loaded_for_whoever_asks_for_it_alone() -> None:
    said = subprocess.run(
        [sys.executable, "-c", COMMAND], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert said.splitlines() == ["[]", "True"]
