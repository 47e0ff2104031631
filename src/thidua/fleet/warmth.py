"""What a unit's process imports. The server that forks those processes imports this module, once for all units.

Nothing that is imported here may start a thread: a fork has none of its parent's.
"""

from __future__ import annotations

import gc
from contextlib import suppress
from importlib import import_module

from thidua.machine.light_libraries import lighten_schema_library, lighten_workbook_library

lighten_schema_library()
lighten_workbook_library()
for _name in (
    "thidua.execute.in_fork",
    "thidua.fleet.one_unit",
    "thidua.fleet.to_storage",
    "thidua.fleet.stored_units",
    "thidua.intake.xlsx.spreadsheet",
    "thidua.run.pipeline",
    "psutil",
):
    import_module(_name)
for _name in ("s3fs", "botocore.exceptions"):
    with suppress(ImportError):  # of an extra
        import_module(_name)


def _look_up() -> None:
    """What every unit would look up anew, although it hangs on the installation alone."""
    import nbformat

    from thidua import fonts
    from thidua.archive.storage.object_store import read_descriptions
    from thidua.checks.declared.declared_rule import DeclaredRule
    from thidua.checks.rules_file import common_rules
    from thidua.run.made_by import made_by

    made_by()
    fonts.letters()
    nbformat.validate(nbformat.v4.new_notebook())
    for rule in common_rules().rules:
        DeclaredRule(rule)
    read_descriptions()


with suppress(Exception):  # a unit meets the same, and tells it
    _look_up()
gc.collect()
gc.freeze()  # what a collection does not touch stays shared with the forks
